"""Verb ``scheda``: the marks on a ballot and the votes they give (see :mod:`norme.voto`).

Input: the election (``data``, ``popolazione`` or ``sistema``, ``ordinamento``, ``capoluogo``, ``scelte``),
``turno``, ``liste`` [{id, sindaco, candidati [{id, cognome, nome, sesso, nascita}]}], ``sindaci`` [{id}]
(those of the runoff at the second turno) and ``schede``: [{sindaci, liste, preferenze, sindaco_scritto,
ufficiale, riconoscibile, altri_segni}], or one in ``scheda``. A preference is the text as written, or
{"lista", "candidato"}. Output: one result per ballot, and the totals when there are several.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from norme.comandi.elezione import read_parametri, read_turno, refuse_unknown, unique
from norme.ingresso import ErroreIngresso, Oggetto
from norme.preferenze import CandidatoVotabile, Id, ListaVotabile, Scritta, SessoIgnoto
from norme.voto import EsitoScheda, RegoleVoto, Segni, Voto, read_scheda, regole_at


def run(dati: Mapping[str, Any]) -> dict[str, object]:
    """What each ballot gives, by which row of the tables."""
    radice = Oggetto(dati)
    turno = read_turno(radice)
    sindaci = _read_sindaci(radice)
    liste = _read_liste(radice, sindaci, turno)
    regole = _read_regole(radice)
    if regole.voto_unico and turno == 1:
        _check_una_lista_ciascuno(sindaci, liste)
    una = radice.oggetto_facoltativo("scheda")
    schede = radice.oggetti("schede", minimo=0 if una else 1)
    refuse_unknown(radice)
    voti = [_read_una(scheda, sindaci, liste, regole, turno) for scheda in ((una,) if una else ()) + schede]
    if una and not schede:
        return voti[0].as_dict()
    return {"schede": [voto.as_dict() for voto in voti], "totali": _count(voti)}


def _read_regole(radice: Oggetto) -> RegoleVoto:
    """``preferenze_massime`` may be given where no source was found for it (Friuli-Venezia Giulia)."""
    parametri = read_parametri(radice)
    massime = radice.intero_facoltativo("preferenze_massime", minimo=1, massimo=2)
    return regole_at(parametri, preferenze_massime=massime)


def _read_sindaci(radice: Oggetto) -> tuple[Id, ...]:
    sindaci = radice.oggetti("sindaci", minimo=1)
    unique(sindaci, "il candidato sindaco")
    for sindaco in sindaci:
        sindaco.testo("nome", default="")
    refuse_unknown(*sindaci)
    return tuple(sindaco.identificativo("id") for sindaco in sindaci)


def _read_liste(radice: Oggetto, sindaci: tuple[Id, ...], turno: int) -> tuple[ListaVotabile, ...]:
    liste = radice.oggetti("liste", minimo=1 if turno == 1 else 0)
    unique(liste, "la lista")
    lette = []
    for lista in liste:
        apparentata = lista.identificativo_facoltativo("apparentata_con")
        sindaco = lista.identificativo("sindaco")
        if turno == 2:
            sindaco = sindaco if apparentata is None else apparentata
            if sindaco not in sindaci:
                continue
        lista.testo("nome", default="")
        _known(lista, "sindaco", sindaco, sindaci)
        candidati = _read_candidati(lista)
        lette.append(ListaVotabile(lista.identificativo("id"), sindaco, candidati))
        refuse_unknown(lista)
    return tuple(lette)


def _read_candidati(lista: Oggetto) -> tuple[CandidatoVotabile, ...]:
    candidati = lista.oggetti("candidati")
    unique(candidati, "il candidato")
    letti = []
    for candidato in candidati:
        nascita = candidato.giorno_facoltativo("nascita")
        letti.append(
            CandidatoVotabile(
                id=candidato.identificativo("id"),
                cognome=candidato.testo("cognome", default=""),
                nome=candidato.testo("nome", default=""),
                sesso=candidato.scelta("sesso", ("M", "F", ""), default=""),
                nascita=nascita.isoformat() if nascita else "",
            )
        )
        refuse_unknown(candidato)
    return tuple(letti)


def _check_una_lista_ciascuno(sindaci: tuple[Id, ...], liste: tuple[ListaVotabile, ...]) -> None:
    contate = Counter(lista.sindaco for lista in liste)
    for sindaco in sindaci:
        if contate[sindaco] != 1:
            messaggio = (
                f"Campo «liste»: il candidato sindaco «{sindaco}» ha {contate[sindaco]} liste,"
                " ma fino a 15.000 abitanti ne ha una (art. 71 c. 2 TUEL)."
            )
            raise ErroreIngresso("collegamento_errato", "liste", messaggio)


def _read_una(
    scheda: Oggetto, sindaci: tuple[Id, ...], liste: tuple[ListaVotabile, ...], regole: RegoleVoto, turno: int
) -> Voto:
    segni = Segni(
        sindaci=_read_ids(scheda, "sindaci", sindaci),
        liste=_read_ids(scheda, "liste", tuple(lista.id for lista in liste)),
        preferenze=_read_scritte(scheda, liste),
        sindaco_scritto=scheda.identificativo_facoltativo("sindaco_scritto"),
        ufficiale=scheda.booleano("ufficiale", default=True),
        riconoscibile=scheda.booleano("riconoscibile", default=False),
        altri_segni=scheda.booleano("altri_segni", default=False),
    )
    if segni.sindaco_scritto is not None:
        _known(scheda, "sindaco_scritto", segni.sindaco_scritto, sindaci)
    if not scheda.booleano("autenticata", default=True):
        segni = replace(segni, ufficiale=False)
    refuse_unknown(scheda)
    try:
        return read_scheda(segni, liste=liste, regole=regole, turno=turno)
    except SessoIgnoto as errore:
        raise ErroreIngresso("campo_mancante", scheda.percorso("preferenze"), str(errore)) from errore


def _known(oggetto: Oggetto, nome: str, valore: Id, noti: tuple[Id, ...]) -> None:
    if valore not in noti:
        campo = oggetto.percorso(nome)
        messaggio = f"Campo «{campo}»: «{valore}» non è fra quelli della scheda."
        raise ErroreIngresso("riferimento_ignoto", campo, messaggio)


def _read_ids(oggetto: Oggetto, nome: str, noti: tuple[Id, ...]) -> tuple[Id, ...]:
    letti = []
    for i, valore in enumerate(oggetto.elenco(nome)):
        singolo = Oggetto({"id": valore}, f"{oggetto.percorso(nome)}[{i}]").identificativo("id")
        _known(oggetto, nome, singolo, noti)
        letti.append(singolo)
    return tuple(letti)


def _read_scritte(scheda: Oggetto, liste: tuple[ListaVotabile, ...]) -> tuple[Scritta, ...]:
    scritte = []
    for i, valore in enumerate(scheda.elenco("preferenze")):
        campo = f"{scheda.percorso('preferenze')}[{i}]"
        if isinstance(valore, str):
            scritte.append(Scritta(testo=valore.strip()))
            continue
        voce = Oggetto(valore, campo)
        lista, candidato = voce.identificativo("lista"), voce.identificativo("candidato")
        refuse_unknown(voce)
        _known(voce, "lista", lista, tuple(nota.id for nota in liste))
        candidati = next(nota.candidati for nota in liste if nota.id == lista)
        _known(voce, "candidato", candidato, tuple(c.id for c in candidati))
        scritte.append(Scritta(lista=lista, candidato=candidato))
    return tuple(scritta for scritta in scritte if scritta.testo or scritta.candidato is not None)


def _count(voti: list[Voto]) -> dict[str, object]:
    """The totals of a pile of ballots, as the verbale wants them."""
    esiti = Counter(voto.esito for voto in voti)
    preferenze = Counter((voto.lista, candidato) for voto in voti for candidato in voto.preferenze)
    return {
        **{esito.value: esiti[esito] for esito in EsitoScheda},
        "voti_sindaci": _table("sindaco", Counter(v.sindaco for v in voti if v.sindaco is not None)),
        "solo_sindaco": _table("sindaco", Counter(v.sindaco for v in voti if v.is_solo_sindaco)),
        "voti_liste": _table("lista", Counter(v.lista for v in voti if v.lista is not None)),
        "voti_lista_nulli": sum(voto.lista_nulla for voto in voti),
        "preferenze": [
            {"lista": lista, "candidato": candidato, "voti": numero}
            for (lista, candidato), numero in preferenze.items()
        ],
    }


def _table(nome: str, conto: Mapping[Id | None, int]) -> list[dict[str, object]]:
    return [{nome: chiave, "voti": numero} for chiave, numero in conto.items()]
