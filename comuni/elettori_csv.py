"""The electors as files: counted by section at a revision, and those who vote in a special way.

Everything or nothing: one wrong row and no row is saved; each is named with its column, value and remedy.
"""

from collections.abc import Iterable

from django.db import transaction

from comuni.models import ElettoreParticolare, Elezione, RilevazioneElettori, Sezione
from electoral.csv_io import Colonna, Lettura, RigaLetta, data, intero, read_table, scelta, testo, to_csv

Titolo = ElettoreParticolare.Titolo
MASSIMO_SEZIONE = 99_999

COLONNE_REVISIONE = (
    Colonna("sezione", intero(1, 9_999), obbligatoria=True, aiuto="Numero della sezione."),
    Colonna("maschi", intero(0, MASSIMO_SEZIONE), obbligatoria=True),
    Colonna("femmine", intero(0, MASSIMO_SEZIONE), obbligatoria=True),
    Colonna("di_cui_estero", intero(0, MASSIMO_SEZIONE), aiuto="Quanti risiedono all'estero (AIRE)."),
    Colonna("di_cui_ue", intero(0, MASSIMO_SEZIONE), aiuto="Quanti sono della lista aggiunta UE."),
)
COLONNE_PARTICOLARI = (
    Colonna("titolo", scelta({t.value: t.value for t in Titolo}), obbligatoria=True, aiuto=", ".join(Titolo)),
    Colonna("cognome", testo(120), obbligatoria=True),
    Colonna("nome", testo(120), obbligatoria=True),
    Colonna("data_nascita", data()),
    Colonna("sezione", intero(1, 9_999), obbligatoria=True, aiuto="La sezione che raccoglie il voto."),
    Colonna("sezione_iscrizione", intero(1, 9_999)),
    Colonna("luogo", testo(200), aiuto="Dove vota."),
    Colonna("domanda_il", data()),
    Colonna("nota", testo(200)),
)


def read_revisione(elezione: Elezione, contenuto: bytes, *, file: str) -> Lettura:
    """The rows of a revision, checked against the sections of the election."""
    lettura = read_table(contenuto, file=file, colonne=COLONNE_REVISIONE, chiave=("sezione",))
    _check_sezioni(elezione, lettura)
    for riga in lettura.righe:
        totale = riga["maschi"] + riga["femmine"]
        for colonna in ("di_cui_estero", "di_cui_ue"):
            if (riga[colonna] or 0) > totale:
                lettura.errori.append(riga.errore("E909", colonna, minimo=0, massimo=totale))
    return lettura


def read_particolari(elezione: Elezione, contenuto: bytes, *, file: str) -> Lettura:
    chiave = ("titolo", "cognome", "nome", "data_nascita")
    lettura = read_table(contenuto, file=file, colonne=COLONNE_PARTICOLARI, chiave=chiave)
    _check_sezioni(elezione, lettura)
    return lettura


def _check_sezioni(elezione: Elezione, lettura: Lettura) -> None:
    note = set(Sezione.objects.di(elezione).values_list("numero", flat=True))
    lettura.errori += [
        riga.errore("E914", "sezione") for riga in lettura.righe if riga["sezione"] not in note
    ]


@transaction.atomic
def save_revisione(elezione: Elezione, *, momento: str, righe: Iterable[RigaLetta], aggiorna: bool) -> int:
    """Write the counts of one revision; ``aggiorna``: they become the electors of the sections."""
    sezioni = {s.numero: s for s in Sezione.objects.di(elezione)}
    quante = 0
    for riga in righe:
        sezione = sezioni[riga["sezione"]]
        campi = {"maschi": riga["maschi"], "femmine": riga["femmine"]}
        campi |= {c: riga[c] or 0 for c in ("di_cui_estero", "di_cui_ue") if riga.ha(c)}
        RilevazioneElettori.objects.update_or_create(
            elezione=elezione, momento=momento, sezione=sezione, defaults=campi
        )
        if aggiorna:
            sezione.elettori_m, sezione.elettori_f = riga["maschi"], riga["femmine"]
            sezione.save(update_fields=["elettori_m", "elettori_f"])
        quante += 1
    return quante


@transaction.atomic
def save_particolari(elezione: Elezione, *, righe: Iterable[RigaLetta]) -> tuple[int, int]:
    """(new, updated): the same person with the same title is updated, never written twice."""
    sezioni = {s.numero: s for s in Sezione.objects.di(elezione)}
    nuovi = cambiati = 0
    for riga in righe:
        chiave = {c: riga[c] for c in ("titolo", "cognome", "nome", "data_nascita")}
        altri = {c: riga[c] for c in ("sezione_iscrizione", "domanda_il") if riga.ha(c)}
        altri |= {c: riga[c] or "" for c in ("luogo", "nota") if riga.ha(c)}
        _, nuovo = ElettoreParticolare.objects.update_or_create(
            elezione=elezione, **chiave, defaults=altri | {"sezione": sezioni[riga["sezione"]]}
        )
        nuovi, cambiati = nuovi + nuovo, cambiati + (not nuovo)
    return nuovi, cambiati


def export_revisione(elezione: Elezione, *, momento: str) -> bytes:
    """The file that imports it; with no count yet, the sections to be filled."""
    colonne = [c.nome for c in COLONNE_REVISIONE]
    rilevate = {r.sezione_id: r for r in RilevazioneElettori.objects.di(elezione).filter(momento=momento)}
    righe = []
    for sezione in Sezione.objects.di(elezione).con_risultati().order_by("numero"):
        r = rilevate.get(sezione.pk)
        righe.append([sezione.numero, *([getattr(r, c) for c in colonne[1:]] if r else [None] * 4)])
    return to_csv(colonne, righe)


def export_particolari(elezione: Elezione) -> bytes:
    colonne = [c.nome for c in COLONNE_PARTICOLARI]
    elettori = ElettoreParticolare.objects.di(elezione).select_related("sezione")
    return to_csv(
        colonne,
        ([e.sezione.numero if c == "sezione" else getattr(e, c) for c in colonne] for e in elettori),
    )
