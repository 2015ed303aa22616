"""Votes of the candidates for sindaco, of the lists, of the candidates: three files of the same shape."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from candidature.models import CandidatoSindaco, Lista
from comuni.fascicolo import FileFascicolo, Importazione, Voluto, fields_of
from comuni.models import Elezione
from electoral.csv_io import Colonna, Lettura, RigaLetta, errata, intero
from electoral.permessi import Azione
from risultati.fascicolo.anagrafiche import (
    candidati_per_numero,
    liste_per_numero,
    sezioni_per_numero,
    sindaci_per_numero,
)
from risultati.fascicolo.livelli import SEZIONE, TURNO
from risultati.fascicolo.scrutini import Scrutini, chiave_scrutinio, prepare
from risultati.models import Scrutinio, Turno, VotiLista, VotiPreferenza, VotiSindaco

FUORI = frozenset(
    {
        CandidatoSindaco.Stato.ESCLUSO,
        CandidatoSindaco.Stato.RITIRATO,
        Lista.Stato.RICUSATA,
        Lista.Stato.RITIRATA,
    }
)
"""Not on the ballot: nobody expects their votes."""
MOSTRATE = 10


def _load_voti(
    importazione: Importazione, lettura: Lettura, *, modello, campo: str, file: str, noti, colonne
) -> set:
    """Votes of one kind. ``noti``: from the row to who gets them, field ``campo``, listed in ``file``."""
    scrutini = Scrutini.of(importazione)
    righe = prepare(importazione, lettura)
    scrutini.ensure(righe)
    voluti = []
    for riga in righe:
        chi = noti(riga)
        scrutinio = scrutini.per_chiave.get(chiave_scrutinio(riga))
        if chi is None:
            importazione.fail_riferimento(riga, campo, file=file)
        if chi is None or scrutinio is None:
            continue
        campi = {"scrutinio": scrutinio, campo: chi, **fields_of(riga, modello, *colonne)}
        voluti.append(Voluto((scrutinio.pk, chi.pk), campi, riga))
    presenti = modello.objects.filter(scrutinio__elezione=importazione.elezione)
    esistenti = {(voti.scrutinio_id, getattr(voti, f"{campo}_id")): voti for voti in presenti}
    importazione.upsert(
        lettura.file,
        modello,
        esistenti=esistenti,
        voluti=voluti,
        guardia=lambda _, voluto: scrutini.guard(voluto.campi["scrutinio"], voluto.riga),
    )
    return {voluto.chiave for voluto in voluti}


def _note_mancanti(importazione: Importazione, lettura: Lettura, *, campo: str, attesi: Iterable) -> None:
    """First round: who has no row where others have one, and the sections with no row at all."""
    numeri = {chi.numero for chi in attesi if chi.stato not in FUORI}
    scritti: dict[int | None, set[int]] = defaultdict(set)
    for riga in lettura.righe:
        if riga["turno"] in (None, Turno.PRIMO):
            scritti[riga["sezione"]].add(riga[campo])
    mancano = [(dove, sorted(numeri - avuti)) for dove, avuti in scritti.items() if numeri - avuti]
    detti = [
        f"{campo} {', '.join(map(str, chi))}{f' (sezione {dove})' if dove else ''}" for dove, chi in mancano
    ]
    _say(importazione, "W910", lettura, detti)
    if scritti and None not in scritti:
        senza = sorted(n for n in sezioni_per_numero(importazione) if n not in scritti)
        _say(importazione, "W907", lettura, list(map(str, senza)))


def _say(importazione: Importazione, codice: str, lettura: Lettura, detti: list[str]) -> None:
    if detti:
        altre = f" e altre {len(detti) - MOSTRATE}" if len(detti) > MOSTRATE else ""
        valore = "; ".join(detti[:MOSTRATE]) + altre
        importazione.avvisi.append(errata(codice, file=lettura.file, valore=valore))


def _load_voti_sindaci(importazione: Importazione, lettura: Lettura) -> None:
    sindaci = sindaci_per_numero(importazione)
    _load_voti(
        importazione,
        lettura,
        modello=VotiSindaco,
        campo="sindaco",
        file="sindaci.csv",
        noti=lambda riga: sindaci.get(riga["sindaco"]),
        colonne=("voti", "solo_sindaco"),
    )
    if importazione.completo:  # at the end, when every section is known
        importazione.alla_fine.append(
            lambda: _note_mancanti(importazione, lettura, campo="sindaco", attesi=sindaci.values())
        )
    sindaci_csv = importazione.letture.get("sindaci.csv")
    if importazione.completo and sindaci_csv and "stato" not in sindaci_csv.colonne:
        _admit(importazione, {sindaci[r["sindaco"]].pk for r in lettura.righe if r["sindaco"] in sindaci})


def _admit(importazione: Importazione, votati: set[int]) -> None:
    """Who got votes was on the ballot, with his lists: filed papers become admitted ones."""
    CandidatoSindaco.objects.filter(pk__in=votati, stato=CandidatoSindaco.Stato.PRESENTATO).update(
        stato=CandidatoSindaco.Stato.AMMESSO
    )
    Lista.objects.filter(sindaco__in=votati, stato=Lista.Stato.PRESENTATA).update(stato=Lista.Stato.AMMESSA)


def _load_voti_liste(importazione: Importazione, lettura: Lettura) -> None:
    liste = liste_per_numero(importazione)
    _load_voti(
        importazione,
        lettura,
        modello=VotiLista,
        campo="lista",
        file="liste.csv",
        noti=lambda riga: liste.get(riga["lista"]),
        colonne=("voti",),
    )
    if importazione.completo:  # at the end, when every section is known
        importazione.alla_fine.append(
            lambda: _note_mancanti(importazione, lettura, campo="lista", attesi=liste.values())
        )


def _load_voti_preferenze(importazione: Importazione, lettura: Lettura) -> None:
    candidati = candidati_per_numero(importazione)
    scritte = _load_voti(
        importazione,
        lettura,
        modello=VotiPreferenza,
        campo="candidato",
        file="candidati.csv",
        noti=lambda riga: candidati.get((riga["lista"], riga["candidato"])),
        colonne=("preferenze",),
    )
    if not importazione.errori:
        _zero_missing(importazione, lettura, scritte)


def _zero_missing(importazione: Importazione, lettura: Lettura, scritte: set) -> None:
    """A missing preference is zero: in the sections of a whole fascicolo, in the list of a single file."""
    scrutini = Scrutini.of(importazione)
    liste = liste_per_numero(importazione)
    liste_di: dict[int, set[int]] = defaultdict(set)
    dove: dict[int, tuple[Scrutinio, RigaLetta]] = {}
    for riga in lettura.righe:
        scrutinio = scrutini.per_chiave[chiave_scrutinio(riga)]
        liste_di[scrutinio.pk].add(liste[riga["lista"]].pk)
        dove.setdefault(scrutinio.pk, (scrutinio, riga))
    presenti = VotiPreferenza.objects.filter(scrutinio__in=liste_di, preferenze__gt=0)
    sparite = [
        (pk, scrutinio)
        for pk, scrutinio, candidato, lista in presenti.order_by("pk").values_list(
            "pk", "scrutinio", "candidato", "candidato__lista"
        )
        if (scrutinio, candidato) not in scritte and (importazione.completo or lista in liste_di[scrutinio])
    ]
    for scrutinio in {scrutinio for _, scrutinio in sparite}:
        if errore := scrutini.guard(*dove[scrutinio]):
            importazione.fail(errore)
            return
    VotiPreferenza.objects.filter(pk__in=[pk for pk, _ in sparite]).update(preferenze=0)
    importazione.conteggio(lettura.file).azzerati += len(sparite)


def _rows_voti(modello, **numeri: str):
    """Rows of votes: ``numeri`` says where the numbers of the row are."""
    campi = [campo.name for campo in modello._meta.fields if not campo.is_relation and campo.name != "id"]
    percorsi = {"turno": "scrutinio__turno", "sezione": "scrutinio__sezione__numero", **numeri}

    def rows(elezione: Elezione) -> Iterable[Mapping[str, Any]]:
        voti = modello.objects.filter(scrutinio__elezione=elezione).order_by(*percorsi.values())
        nomi = [*percorsi, *campi]
        for valori in voti.values_list(*percorsi.values(), *campi):
            yield dict(zip(nomi, valori, strict=True))

    return rows


VOTI_SINDACI = FileFascicolo(
    nome="voti_sindaci.csv",
    ordine=70,
    titolo="Voti ai candidati sindaco",
    colonne=(
        TURNO,
        SEZIONE,
        Colonna("sindaco", intero(1, 999), obbligatoria=True, aiuto="Numero del candidato sindaco."),
        Colonna("voti", intero(), obbligatoria=True),
        Colonna("solo_sindaco", intero(), aiuto="Di cui senza voto di lista."),
    ),
    chiave=("turno", "sezione", "sindaco"),
    azione=Azione.CHIUDERE,
    load=_load_voti_sindaci,
    rows=_rows_voti(VotiSindaco, sindaco="sindaco__numero"),
)
VOTI_LISTE = FileFascicolo(
    nome="voti_liste.csv",
    ordine=80,
    titolo="Voti di lista",
    colonne=(
        SEZIONE,
        Colonna("lista", intero(1, 999), obbligatoria=True, aiuto="Numero della lista."),
        Colonna("voti", intero(), obbligatoria=True),
    ),
    chiave=("sezione", "lista"),
    azione=Azione.CHIUDERE,
    load=_load_voti_liste,
    rows=_rows_voti(VotiLista, lista="lista__numero"),
)
VOTI_PREFERENZE = FileFascicolo(
    nome="voti_preferenze.csv",
    ordine=90,
    titolo="Preferenze",
    colonne=(
        SEZIONE,
        Colonna("lista", intero(1, 999), obbligatoria=True, aiuto="Numero della lista."),
        Colonna("candidato", intero(1, 999), obbligatoria=True, aiuto="Posizione nella lista."),
        Colonna("preferenze", intero(), obbligatoria=True),
    ),
    chiave=("sezione", "lista", "candidato"),
    azione=Azione.CHIUDERE,
    load=_load_voti_preferenze,
    rows=_rows_voti(VotiPreferenza, lista="candidato__lista__numero", candidato="candidato__numero"),
)
