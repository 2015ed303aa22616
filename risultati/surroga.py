"""Who comes next, for five years: every vacancy answered from the ranking frozen at the proclamation.

d.lgs. 267/2000 artt. 38 c. 8, 41, 45, 64; d.lgs. 235/2012 art. 11. Persons are keys: ``(list, number)`` for a
candidate, ``("sindaco", number)`` for a losing candidate sindaco.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.db import transaction

from candidature.models import Candidato, CandidatoSindaco
from comuni.models import Sistema
from risultati.models import Proclamazione, Surroga
from risultati.prospetto import cifre_di_lista

Chiave = tuple[object, int]
Causa = Surroga.Causa


class SurrogaRifiutata(Exception):
    """Why the event cannot be recorded, in words for the clerk."""


@dataclass(slots=True)
class Seggio:
    """One seat: who sits, for which list (None: as losing sindaco), in place of whom if suspended."""

    occupante: Chiave | None
    lista: int | None
    dal: date
    sospeso: Chiave | None = None


@dataclass(slots=True)
class Consiglio:
    """The council after some events: seats, and who may no longer be called."""

    seggi: list[Seggio]
    cessati: set[Chiave] = field(default_factory=set)

    def seggio_di(self, chi: Chiave) -> Seggio | None:
        return next((s for s in self.seggi if chi in (s.occupante, s.sospeso)), None)

    @property
    def in_carica(self) -> set[Chiave]:
        return {s.occupante for s in self.seggi if s.occupante is not None}

    @property
    def vacanti(self) -> int:
        return sum(s.occupante is None for s in self.seggi)


@dataclass(frozen=True, slots=True)
class Subentro:
    """Who takes a seat (nobody when the list is exhausted) and why."""

    chi: Chiave | None
    lista: int | None
    articolo: str
    testo: str


class Mandato:
    """The frozen outcome as the surrogations read it."""

    def __init__(self, proclamazione: Proclamazione) -> None:
        self.proclamazione = proclamazione
        self.dati, self.esito = proclamazione.istantanea["dati"], proclamazione.istantanea["esito"]
        self.sindaci = {s["id"]: s for s in self.dati["sindaci"]}
        self.liste = {x["id"]: x for x in self.dati["liste"]}
        self.cifre = cifre_di_lista(self.dati, self.sindaci)
        self.nomi: dict[Chiave, str] = {("sindaco", s["id"]): s["nome"] for s in self.dati["sindaci"]}
        for lista in self.dati["liste"]:
            for c in lista.get("candidati", []):
                self.nomi[lista["id"], c["id"]] = c["nome"]

    def graduatoria(self, lista: int) -> list[Chiave]:
        """The non-elected of a list, in order."""
        return [(lista, numero) for numero in self.esito["non_eletti"].get(str(lista), [])]

    def gruppo_di(self, sindaco: int) -> list[int]:
        """The lists of a losing sindaco, with those linked to his group for the runoff."""
        al_ballottaggio = self.esito["turno"] == 2
        capi = {
            x["id"]: (x.get("apparentata_con") if al_ballottaggio else None) or x["sindaco"]
            for x in self.dati["liste"]
        }
        suoi = {capo for lista, capo in capi.items() if self.liste[lista]["sindaco"] == sindaco}
        return [lista for lista, capo in capi.items() if capo in suoi]

    def primo_consiglio(self) -> Consiglio:
        giorno = self.proclamazione.giorno
        seggi = [
            Seggio((int(lista), numero), int(lista), giorno)
            for lista, numeri in self.esito["eletti"].items()
            for numero in numeri
        ]
        seggi += [Seggio(("sindaco", numero), None, giorno) for numero in self.esito["consiglieri_sindaci"]]
        return Consiglio(seggi)


def consiglio_al(proclamazione: Proclamazione, giorno: date | None = None) -> tuple[Mandato, Consiglio]:
    """The council on a day (today's last state without a day)."""
    mandato = Mandato(proclamazione)
    consiglio = mandato.primo_consiglio()
    eventi = proclamazione.surroghe.select_related(
        "cessa_candidato__lista", "cessa_sindaco", "subentra__lista"
    )
    for evento in eventi.order_by("data", "pk"):
        if giorno is None or evento.data <= giorno:
            _apply(consiglio, evento)
    return mandato, consiglio


def chiave_di(persona: Candidato | CandidatoSindaco) -> Chiave:
    if isinstance(persona, CandidatoSindaco):
        return ("sindaco", persona.numero)
    return (persona.lista.numero, persona.numero)


def _apply(consiglio: Consiglio, evento: Surroga) -> None:
    chi = chiave_di(evento.chi_cessa)
    entra = chiave_di(evento.subentra) if evento.subentra else None
    seggio = consiglio.seggio_di(chi)
    if evento.causa == Causa.SOSPENSIONE:
        seggio.sospeso, seggio.occupante = chi, entra
    elif evento.causa == Causa.FINE_SOSPENSIONE:
        seggio.occupante, seggio.sospeso = chi, None
    else:
        consiglio.cessati.add(chi)
        if seggio.sospeso != chi and seggio.sospeso is not None:  # a supplente leaves: another stands in
            seggio.occupante = entra
        else:
            seggio.occupante, seggio.sospeso = entra, None
    if entra and entra[0] != "sindaco":
        seggio.lista = entra[0]
    seggio.dal = evento.data


def find_subentro(mandato: Mandato, consiglio: Consiglio, *, chi: Chiave, causa: str) -> Subentro:
    """Who follows ``chi``; the article that says so."""
    seggio = consiglio.seggio_di(chi)
    if causa == Causa.FINE_SOSPENSIONE:
        return Subentro(
            chi, seggio.lista, "art. 11 d.lgs. 235/2012", "Cessata la sospensione, riprende il suo seggio."
        )
    if seggio.sospeso == chi and causa != Causa.SOSPENSIONE and seggio.occupante is not None:
        testo = (
            f"Alla cessazione del sospeso la supplenza di {mandato.nomi[seggio.occupante]} diventa surroga."
        )
        return Subentro(seggio.occupante, seggio.lista, "art. 45 c. 2 d.lgs. 267/2000", testo)
    articolo = "art. 45 c. 2" if causa == Causa.SOSPENSIONE or seggio.sospeso else "art. 45 c. 1"
    lista = seggio.lista
    premessa = ""
    if lista is None:
        lista, premessa = _lista_del_sindaco(mandato, consiglio, chi)
    for candidato in mandato.graduatoria(lista) if lista is not None else []:
        if candidato not in consiglio.in_carica and candidato not in consiglio.cessati:
            nome = mandato.liste[lista]["nome"]
            testo = f"{premessa}Il seggio va a {mandato.nomi[candidato]}, che segue l'ultimo eletto"
            testo += f" nella lista «{nome}»."
            return Subentro(candidato, lista, f"{articolo} d.lgs. 267/2000", testo)
    nome = f"La lista «{mandato.liste[lista]['nome']}»" if lista is not None else "Il gruppo"
    testo = f"{premessa}{nome} non ha altri candidati: il seggio resta vacante, non passa ad altre liste."
    return Subentro(None, lista, f"{articolo} d.lgs. 267/2000", testo)


def _lista_del_sindaco(mandato: Mandato, consiglio: Consiglio, chi: Chiave) -> tuple[int | None, str]:
    """A losing sindaco's seat goes back to his group: to the next quotient (CdS 30.4.2021, Desenzano)."""
    liste = mandato.gruppo_di(chi[1])
    if len(liste) == 1:
        return liste[0], "Il seggio del candidato sindaco torna alla sua lista. "
    avuti: dict[int, int] = defaultdict(int)
    for seggio in consiglio.seggi:
        if seggio.lista is not None:
            avuti[seggio.lista] += 1
    quozienti = {
        x: (Fraction(mandato.cifre[x], avuti[x] + 1), mandato.cifre[x]) for x in liste if mandato.cifre[x]
    }
    migliore = max(quozienti.values())
    prime = [x for x in liste if quozienti.get(x) == migliore]
    if len(prime) > 1:
        nomi = ", ".join(mandato.liste[x]["nome"] for x in prime)
        raise SurrogaRifiutata(
            f"Quoziente e cifra uguali fra {nomi}: serve un sorteggio prima della surroga."
        )
    lista = prime[0]
    premessa = (
        "Il seggio del candidato sindaco torna al suo gruppo e segue il primo quoziente utile: "
        f"«{mandato.liste[lista]['nome']}», {mandato.cifre[lista]} : {avuti[lista] + 1}. "
    )
    return lista, premessa


def register_surroga(
    proclamazione: Proclamazione,
    *,
    chi: Candidato | CandidatoSindaco,
    causa: str,
    data: date,
    protocollo: str = "",
    by=None,
) -> Surroga:
    """Record an event of the mandate with its successor. Events follow one another: none before the last."""
    with transaction.atomic():
        Proclamazione.objects.select_for_update().get(pk=proclamazione.pk)
        mandato, consiglio = consiglio_al(proclamazione)
        chiave = chiave_di(chi)
        _check(proclamazione, mandato, consiglio, chi=chiave, causa=causa, data=data)
        subentro = find_subentro(mandato, consiglio, chi=chiave, causa=causa)
        entra = _candidato(proclamazione, subentro.chi) if causa != Causa.FINE_SOSPENSIONE else None
        return Surroga.objects.create(
            proclamazione=proclamazione,
            causa=causa,
            data=data,
            protocollo=protocollo,
            cessa_candidato=chi if isinstance(chi, Candidato) else None,
            cessa_sindaco=chi if isinstance(chi, CandidatoSindaco) else None,
            subentra=entra,
            lista=entra.lista if entra else None,
            motivazione={
                "articolo": subentro.articolo,
                "testo": subentro.testo,
                "vacante": subentro.chi is None,
            },
            registrata_da=by,
        )


def _candidato(proclamazione: Proclamazione, chiave: Chiave | None) -> Candidato | None:
    if chiave is None or chiave[0] == "sindaco":
        return None
    return Candidato.objects.select_related("lista").get(
        lista__elezione=proclamazione.elezione_id, lista__numero=chiave[0], numero=chiave[1]
    )


def _check(proclamazione, mandato, consiglio, *, chi: Chiave, causa: str, data: date) -> None:
    """Refuse what the law or the calendar does not allow."""
    if chi == ("sindaco", mandato.esito["sindaco"]):
        raise SurrogaRifiutata(
            "Il sindaco non si surroga: cessa l'intero consiglio (art. 53 d.lgs. 267/2000)."
        )
    seggio = consiglio.seggio_di(chi)
    if seggio is None:
        raise SurrogaRifiutata(f"{mandato.nomi[chi]} non fa parte del consiglio.")
    ultima = proclamazione.surroghe.order_by("-data").values_list("data", flat=True).first()
    if data < proclamazione.giorno:
        raise SurrogaRifiutata("La data è prima della proclamazione.")
    if ultima and data < ultima:
        raise SurrogaRifiutata(
            f"C'è già un evento del {ultima:%d/%m/%Y}: gli eventi si registrano in ordine."
        )
    if causa == Causa.ASSESSORE and proclamazione.elezione.sistema == Sistema.FINO_15000:
        raise SurrogaRifiutata(
            "Fino a 15.000 abitanti il consigliere nominato assessore resta consigliere (art. 64 c. 3)."
        )
    if causa == Causa.FINE_SOSPENSIONE and seggio.sospeso != chi:
        raise SurrogaRifiutata(f"{mandato.nomi[chi]} non è sospeso.")
    if causa == Causa.SOSPENSIONE and seggio.sospeso == chi:
        raise SurrogaRifiutata(f"{mandato.nomi[chi]} è già sospeso.")


def describe_consiglio(mandato: Mandato, consiglio: Consiglio) -> list[dict]:
    """The seats for people, by list."""
    righe = [
        {
            "nome": mandato.nomi[s.occupante] if s.occupante else "",
            "chiave": f"{s.occupante[0]}/{s.occupante[1]}" if s.occupante else "",
            "lista": mandato.liste[s.lista]["nome"] if s.lista is not None else "candidato sindaco",
            "numero_lista": s.lista or 0,
            "dal": s.dal,
            "supplente_di": mandato.nomi[s.sospeso] if s.sospeso else "",
            "sospeso_chiave": f"{s.sospeso[0]}/{s.sospeso[1]}" if s.sospeso else "",
        }
        for s in consiglio.seggi
    ]
    return sorted(righe, key=lambda r: (r["numero_lista"] == 0, r["numero_lista"], r["nome"]))
