"""Who comes next, for five years: every vacancy answered from the ranking frozen at the proclamation.

The rule is ``norme.riparto.surroga``; here are the seats, the events and the words. Persons are keys:
``(list, number)`` for a candidate, ``("sindaco", number)`` for a losing candidate sindaco.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from candidature.models import Candidato, CandidatoSindaco
from comuni.parole_data import data_estesa
from norme.registro import migliaia
from norme.riparto import surroga as regola
from risultati.giorni_mandato import motivo_giorno
from risultati.incompatibilita import puo_cessare_per_nomina
from risultati.models import Proclamazione, Sorteggio, Surroga
from risultati.prospetto import cifre_di_lista

Chiave = tuple[object, int]
Causa = Surroga.Causa


class SurrogaRifiutata(Exception):
    """Why the event cannot be recorded, in words for the clerk."""


class SorteggioNecessario(Exception):
    """Nobody follows until the lists in parity are drawn: the question, and their names by number."""

    def __init__(self, richiesta: regola.SorteggioRichiesto, nomi: dict[str, str]) -> None:
        super().__init__(richiesta)
        self.richiesta, self.nomi = richiesta.as_dict(), nomi


@dataclass(frozen=True, slots=True)
class Estrazione:
    """A draw made in public during the mandate: the list drawn, how, before whom, when."""

    lista: int
    presenti: str
    eseguito_il: datetime
    modalita: str = Sorteggio.Modalita.URNA
    seme: str = ""

    def describe(self, richiesta: dict, nomi: dict[str, str], *, dal: date) -> dict:
        """What is kept of it and printed in the act."""
        quando = timezone.localtime(self.eseguito_il)
        if str(self.lista) not in nomi:
            raise SurrogaRifiutata("La lista sorteggiata non è fra quelle in parità.")
        if self.eseguito_il > timezone.now():
            raise SurrogaRifiutata("L'ora del sorteggio non può essere futura.")
        if quando.date() < dal:
            raise SurrogaRifiutata("Il sorteggio non può essere prima del fatto che lascia libero il seggio.")
        return {
            "richiesta": richiesta,
            "contendenti": list(nomi.values()),
            "esito": nomi[str(self.lista)],
            "modalita": Sorteggio.Modalita(self.modalita).label,
            "seme": self.seme,
            "presenti": self.presenti,
            "eseguito_il": f"{data_estesa(quando.date())}, ore {quando:%H:%M}",
        }


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

    def seggi_di(self, lista: int) -> int:
        return sum(s.lista == lista for s in self.seggi)

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
        sbarramento = next((p for p in self.esito["passi"] if p["tipo"] == "sbarramento"), {"righe": []})
        self.escluse = {riga["lista"] for riga in sbarramento["righe"] if not riga["ammessa"]}
        self.nomi: dict[Chiave, str] = {("sindaco", s["id"]): s["nome"] for s in self.dati["sindaci"]}
        for lista in self.dati["liste"]:
            for c in lista.get("candidati", []):
                self.nomi[lista["id"], c["id"]] = c["nome"]

    def graduatoria(self, lista: int) -> list[Chiave]:
        """The non-elected of a list, in order."""
        return [(lista, numero) for numero in self.esito["non_eletti"].get(str(lista), [])]

    def gruppo_di(self, sindaco: int) -> list[int]:
        """The admitted lists of a losing sindaco, with those linked to his group for the runoff."""
        al_ballottaggio = self.esito["turno"] == 2
        capi = {
            x["id"]: (x.get("apparentata_con") if al_ballottaggio else None) or x["sindaco"]
            for x in self.dati["liste"]
        }
        suoi = {capo for lista, capo in capi.items() if self.liste[lista]["sindaco"] == sindaco}
        return [lista for lista, capo in capi.items() if capo in suoi and lista not in self.escluse]

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
    for evento in proclamazione.surroghe.valide().con_persone().in_ordine():
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
        seggio.lista = None if chi[0] == "sindaco" else chi[0]
    else:
        consiglio.cessati.add(chi)
        if seggio.sospeso != chi and seggio.sospeso is not None:  # a supplente leaves: another stands in
            seggio.occupante = entra
        else:
            seggio.occupante, seggio.sospeso = entra, None
    if entra and entra[0] != "sindaco":
        seggio.lista = entra[0]
    seggio.dal = evento.data


def find_subentro(
    mandato: Mandato, consiglio: Consiglio, *, chi: Chiave, causa: str, estratta: int | None = None
) -> Subentro:
    """Who follows ``chi`` and the article that says so; ``estratta``: the list that won the draw, if due."""
    seggio = consiglio.seggio_di(chi)
    if causa == Causa.FINE_SOSPENSIONE:
        testo = f"Cessata la sospensione, {mandato.nomi[chi]} riprende il suo seggio"
        testo += f" e cessa la supplenza di {mandato.nomi[seggio.occupante]}." if seggio.occupante else "."
        return Subentro(chi, seggio.lista, regola.FINE_SOSPENSIONE, testo)
    if seggio.sospeso == chi and causa != Causa.SOSPENSIONE and seggio.occupante is not None:
        supplente = mandato.nomi[seggio.occupante]
        testo = f"Alla cessazione del sospeso la supplenza di {supplente} diventa surroga."
        return Subentro(seggio.occupante, seggio.lista, regola.CONFERMA, testo)
    supplente = seggio.sospeso is not None and seggio.sospeso != chi
    if seggio.lista is None:
        liste = [_lista_oggi(mandato, consiglio, lista) for lista in mandato.gruppo_di(chi[1])]
        esito = regola.substitute_sindaco_perdente(liste, causa=causa, supplente=supplente, estratta=estratta)
    else:
        lista = _lista_oggi(mandato, consiglio, seggio.lista)
        esito = regola.substitute(lista, causa=causa, supplente=supplente)
    return _in_words(mandato, esito, del_sindaco=seggio.lista is None)


def _lista_oggi(mandato: Mandato, consiglio: Consiglio, lista: int) -> regola.ListaOggi:
    """A list as it stands: its seats, and who of its ranking may still be called."""
    impegnati = consiglio.in_carica | consiglio.cessati | {s.sospeso for s in consiglio.seggi}
    liberi = tuple(numero for _, numero in mandato.graduatoria(lista) if (lista, numero) not in impegnati)
    return regola.ListaOggi(lista, mandato.cifre[lista], consiglio.seggi_di(lista), liberi)


def _in_words(mandato: Mandato, esito: regola.EsitoSurroga, *, del_sindaco: bool) -> Subentro:
    """The answer of the law as a sentence of the act; a tie is not settled here."""
    if isinstance(esito, regola.SorteggioRichiesto):
        raise SorteggioNecessario(esito, {str(x): mandato.liste[x]["nome"] for x in esito.contendenti})
    premessa = "Il seggio del candidato sindaco torna alla sua lista. " if del_sindaco else ""
    if isinstance(esito, regola.SeggioVacante):
        soggetto = "Il gruppo" if esito.lista is None else f"La lista «{mandato.liste[esito.lista]['nome']}»"
        testo = f"{soggetto} non ha altri candidati: il seggio resta vacante, non passa ad altre liste."
        return Subentro(None, esito.lista, esito.articolo, premessa * (esito.lista is not None) + testo)
    nome = mandato.liste[esito.lista]["nome"]
    if esito.divisore is not None:
        premessa = "Il seggio del candidato sindaco torna al suo gruppo e segue il primo quoziente utile: "
        premessa += f"«{nome}», {migliaia(mandato.cifre[esito.lista])}\u00a0:\u00a0{esito.divisore}. "
    chi = (esito.lista, esito.candidato)
    testo = f"Il seggio va a {mandato.nomi[chi]}, che segue l'ultimo eletto nella lista «{nome}»."
    return Subentro(chi, esito.lista, esito.articolo, premessa + testo)


def register_surroga(
    proclamazione: Proclamazione,
    *,
    chi: Candidato | CandidatoSindaco,
    causa: str,
    data: date,
    protocollo: str = "",
    sorteggio: Estrazione | None = None,
    by=None,
) -> Surroga:
    """Record an event of the mandate with its successor. Events follow one another: none before the last.

    ``sorteggio``: how the lists of a group were drawn, when quotient and cifra are equal; without it a tie
    raises ``SorteggioNecessario``. A draw that no tie asks for is refused.
    """
    with transaction.atomic():
        Proclamazione.objects.select_for_update().get(pk=proclamazione.pk)
        mandato, consiglio = consiglio_al(proclamazione)
        chiave = chiave_di(chi)
        _check(proclamazione, mandato, consiglio, chi=chiave, causa=causa, data=data)
        svolto = _draw_made(mandato, consiglio, chi=chiave, causa=causa, data=data, sorteggio=sorteggio)
        estratta = sorteggio.lista if sorteggio else None
        subentro = find_subentro(mandato, consiglio, chi=chiave, causa=causa, estratta=estratta)
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
            sorteggio=svolto,
            registrata_da=by,
        )


def check_surroga(
    proclamazione: Proclamazione, *, chi: Candidato | CandidatoSindaco, causa: str, data: date
) -> Subentro:
    """Who would follow, recording nothing: raises what ``register_surroga`` would."""
    mandato, consiglio = consiglio_al(proclamazione)
    _check(proclamazione, mandato, consiglio, chi=chiave_di(chi), causa=causa, data=data)
    return find_subentro(mandato, consiglio, chi=chiave_di(chi), causa=causa)


def _draw_made(
    mandato: Mandato, consiglio: Consiglio, *, chi: Chiave, causa: str, data: date, sorteggio
) -> dict:
    """The draw as the act tells it, with the question it answered; empty when there was none."""
    if sorteggio is None:
        return {}
    try:
        find_subentro(mandato, consiglio, chi=chi, causa=causa)
    except SorteggioNecessario as domanda:
        return sorteggio.describe(domanda.richiesta, domanda.nomi, dal=data)
    raise SurrogaRifiutata("Non c'è nessuna parità: questo sorteggio non serve.")


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
    if motivo := motivo_giorno(proclamazione, data):
        raise SurrogaRifiutata(motivo)
    if causa == Causa.ASSESSORE and not puo_cessare_per_nomina(proclamazione.elezione):
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
