"""Documents of the candidates: manifesto, fac-simile of the ballot, list of those admitted for the sections.

Every context is plain data, frozen with the act. With provisional numbers nothing is produced.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from candidature.cittadinanza import STATI_UNIONE
from candidature.impaginazione import Blocco, lay_out_manifesto, lay_out_scheda
from candidature.models import Candidato, CandidatoSindaco, Lista, Sopravvenienza
from candidature.presentazione import NonConsentito
from candidature.sopravvenienze import require_not_fermata
from comuni.atti import chi_firma, produce_atto
from comuni.legge import parametri_di
from comuni.models import Atto, Elezione, Sistema
from electoral.permessi import Azione
from electoral.templatetags.urna import giorni_di_voto


@dataclass(frozen=True, slots=True)
class Gruppo:
    """A sindaco in the race with his admitted lists, in the order of the ballot."""

    sindaco: CandidatoSindaco
    liste: tuple[Lista, ...]


def gruppi(elezione: Elezione, *, anche_provvisori: bool = False) -> list[Gruppo]:
    """Sindaci and lists in the race; refused while a list is not decided or a number is provisional."""
    require_not_fermata(elezione)
    liste = (
        Lista.objects.di(elezione)
        .in_corsa()
        .select_related("sindaco")
        .prefetch_related("candidati__sopravvenienze")
        .order_by("numero")
    )
    per_sindaco: dict[int, list[Lista]] = {}
    sindaci: dict[int, CandidatoSindaco] = {}
    for lista in liste:
        per_sindaco.setdefault(lista.sindaco_id, []).append(lista)
        sindaci[lista.sindaco_id] = lista.sindaco
    if not sindaci:
        raise NonConsentito("Non c'è nessuna lista in corsa.")
    provvisori = any(lista.numero_provvisorio for lista in liste) or any(
        sindaco.numero_provvisorio for sindaco in sindaci.values()
    )
    if provvisori and not anche_provvisori:
        raise NonConsentito("I numeri sono ancora provvisori: prima si registra il sorteggio.")
    ordinati = sorted(sindaci.values(), key=lambda s: s.numero)
    return [Gruppo(s, tuple(per_sindaco[s.pk])) for s in ordinati]


def produce_manifesto(elezione: Elezione, *, by, foglio: str = "") -> Atto:
    """The manifesto of the candidates (TU 31, 34), on the smallest sheet on which it is legible."""
    trovati = gruppi(elezione)
    return produce_atto(
        elezione,
        tipo="manifesto_candidati",
        titolo="Manifesto dei candidati",
        modello="manifesto_candidati",
        contesto=manifesto_contesto(elezione, trovati, foglio=foglio),
        immagini=immagini(trovati),
        by=by,
    )


def manifesto_contesto(
    elezione: Elezione, trovati: Sequence[Gruppo], *, foglio: str = ""
) -> dict[str, object]:
    # the mark beside the sindaco says "one sindaco, one list": where lists are linked (FVG) they stand below
    fino = elezione.sistema == Sistema.FINO_15000 and all(len(gruppo.liste) == 1 for gruppo in trovati)
    sindaci = [_sindaco(gruppo) for gruppo in trovati]
    impaginazione = lay_out_manifesto(
        [
            Blocco(
                [[c["riga"] for c in lista["candidati"]] for lista in sindaco["liste"]],
                [lista["titolo"] for lista in sindaco["liste"]],
                f"{sindaco['numero']}. {sindaco['nome']}",
            )
            for sindaco in sindaci
        ],
        accanto=fino,
        foglio=foglio,
    )
    if not impaginazione.entra:
        raise NonConsentito("I candidati non entrano nel foglio scelto: usa quello da 100 × 140 cm.")
    return {
        "comune": elezione.comune.nome,
        "giorni": giorni_di_voto(elezione),
        "fino_15000": fino,
        "consiglieri": elezione.seggi_consiglio,
        **chi_firma(elezione),
        "sindaci": sindaci,
        "impaginazione": impaginazione.as_dict(),
    }


def produce_scheda(elezione: Elezione, *, by, ballottaggio: Sequence[CandidatoSindaco] = ()) -> Atto:
    """The fac-simile of the ballot (norme §4.5); with two sindaci, that of the runoff."""
    trovati = gruppi(elezione)
    if ballottaggio:
        trovati = _ballottaggio(trovati, ballottaggio)
    turno = "ballottaggio" if ballottaggio else "primo turno"
    return produce_atto(
        elezione,
        tipo="scheda_ballottaggio" if ballottaggio else "scheda_primo_turno",
        titolo=f"Fac-simile della scheda, {turno}",
        modello="scheda_ballottaggio" if ballottaggio else "scheda_primo_turno",
        contesto=scheda_contesto(elezione, trovati, ballottaggio=bool(ballottaggio)),
        immagini=immagini(trovati),
        by=by,
    )


def scheda_contesto(elezione: Elezione, trovati: Sequence[Gruppo], *, ballottaggio: bool = False) -> dict:
    oltre = elezione.sistema == Sistema.OLTRE_15000
    if ballottaggio:
        scheda = {"larghezza": 410.0, "altezza": 220.0, "larghezza_parte": 102.5, "parti": []}
    else:
        scheda = lay_out_scheda([len(g.liste) for g in trovati], oltre_15000=oltre).as_dict()
    return {
        "comune": elezione.comune.nome,
        "giorni": giorni_di_voto(elezione),
        "fino_15000": not oltre,
        "preferenze": parametri_di(elezione).intero("preferenze_massime"),
        "sindaci": [_sindaco(gruppo, candidati=False) for gruppo in trovati],
        "scheda": scheda,
    }


def _ballottaggio(trovati: Sequence[Gruppo], sindaci: Sequence[CandidatoSindaco]) -> list[Gruppo]:
    """The two finalists with the lists of the first round and those linked since (TUEL 72 c. 7-8)."""
    if len({s.pk for s in sindaci}) != 2:
        raise NonConsentito("Al ballottaggio sono ammessi due candidati: sceglili.")
    liste = [lista for gruppo in trovati for lista in gruppo.liste]
    finalisti = []
    for sindaco in sorted(sindaci, key=lambda s: s.numero):
        collegate = tuple(
            lista for lista in liste if sindaco.pk in (lista.sindaco_id, lista.apparentata_con_id)
        )
        if not collegate:
            raise NonConsentito(f"{sindaco} non ha liste in corsa.")
        finalisti.append(Gruppo(sindaco, collegate))
    return finalisti


def produce_elenco_ammessi(elezione: Elezione, *, by) -> Atto:
    """The candidates admitted, list by list, for the sections."""
    trovati = gruppi(elezione)
    return produce_atto(
        elezione,
        tipo="elenco_candidati_ammessi",
        titolo="Elenco dei candidati ammessi",
        modello="elenco_ammessi",
        contesto={
            "comune": elezione.comune.nome,
            "giorni": giorni_di_voto(elezione),
            "sindaci": [_sindaco(gruppo) for gruppo in trovati],
        },
        immagini=immagini(trovati),
        azione=Azione.VEDERE_CANDIDATURE,
        by=by,
    )


def immagini(trovati: Sequence[Gruppo]) -> dict[str, bytes]:
    """The clean pictures of the marks, by the names the templates use."""
    bytes_per_nome = {}
    for gruppo in trovati:
        for lista in gruppo.liste:
            if contenuto := read_immagine(lista):
                bytes_per_nome[f"lista-{lista.pk}.png"] = contenuto
    return bytes_per_nome


def read_immagine(lista: Lista) -> bytes | None:
    if not lista.contrassegno_immagine:
        return None
    try:
        with lista.contrassegno_immagine.open("rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def persona_contesto(persona: Candidato | CandidatoSindaco) -> dict[str, object]:
    return {"numero": persona.numero, "nome": _nome(persona), "nascita": _nascita(persona)}


def _sindaco(gruppo: Gruppo, *, candidati: bool = True) -> dict[str, object]:
    return {
        **persona_contesto(gruppo.sindaco),
        "liste": [lista_contesto(lista, candidati=candidati) for lista in gruppo.liste],
    }


def lista_contesto(lista: Lista, *, candidati: bool, anche_esclusi: bool = False) -> dict[str, object]:
    """A list as printed; the receipt shows every name filed, also those struck afterwards."""
    stampati = (Candidato.Stato.PRESENTATO,)
    in_corsa = sorted(
        (c for c in lista.candidati.all() if anche_esclusi or c.stato in stampati), key=lambda c: c.numero
    )
    return {
        "numero": lista.numero,
        "titolo": f"Lista n. {lista.numero} — {lista.denominazione}",
        "denominazione": lista.denominazione,
        "immagine": f"lista-{lista.pk}.png" if read_immagine(lista) else "",
        "descrizione": lista.contrassegno_descrizione or f"Contrassegno della lista {lista.denominazione}",
        "candidati": [_candidato(posto, c) for posto, c in enumerate(in_corsa, 1)] if candidati else [],
    }


def _candidato(posto: int, candidato: Candidato) -> dict[str, object]:
    nome, nascita = _nome(candidato), _nascita(candidato)
    if annotazione := _decesso(candidato):
        nascita = ", ".join(filter(None, (nascita, annotazione)))
    return {
        "numero": posto,
        "nome": nome,
        "nascita": nascita,
        "riga": f"{posto} {nome}, {nascita}" if nascita else f"{posto} {nome}",
    }


def _decesso(candidato: Candidato) -> str:
    """Died after the list was decided: the name stays, and the manifesto says so."""
    for fatto in candidato.sopravvenienze.all():
        if fatto.tipo == Sopravvenienza.Tipo.DECESSO and fatto.annullata_il is None:
            finale = "a" if candidato.sesso == "F" else "o"
            return f"decedut{finale} il {timezone.localtime(fatto.avvenuta_il):%d/%m/%Y}"
    return ""


def _nome(persona: Candidato | CandidatoSindaco) -> str:
    return f"{persona.cognome.upper()} {persona.nome}"


def _nascita(persona: Candidato | CandidatoSindaco) -> str:
    """Born where and when, as filed; the State of a citizen of the Union (d.lgs. 197/1996)."""
    parti = []
    if persona.luogo_nascita:
        parti.append(f"a {persona.luogo_nascita}")
    if persona.data_nascita:
        parti.append(f"il {persona.data_nascita:%d/%m/%Y}")
    if parti:
        parti.insert(0, "nata" if persona.sesso == "F" else "nato")
    testo = " ".join(parti)
    if persona.is_cittadino_ue:
        stato = STATI_UNIONE.get(persona.cittadinanza, persona.cittadinanza)
        testo = f"{testo} ({stato})" if testo else f"({stato})"
    return testo
