"""Signers: read only under a log, forgotten after the term (only keyed hash and count stay)."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from candidature.allegati import forget_riservati
from candidature.models import Allegato, CaricamentoCsv, LetturaSottoscrittori, Lista, Sottoscrizione
from candidature.presentazione import require_open
from comuni.legge import parametri_di
from comuni.models import Elezione

SCADENZA_CARICAMENTI = timedelta(hours=24)


def read_sottoscrittori(lista: Lista, *, by, pagina: str) -> QuerySet[Sottoscrizione]:
    """The signers of a list, with the reading written down first; every page goes through here."""
    righe = lista.sottoscrizioni.con_nomi().order_by("riga")
    LetturaSottoscrittori.objects.create(utente=by, lista=lista, letti=righe.count(), pagina=pagina)
    return righe


def add_sottoscrittore(lista: Lista, *, riga: int | None = None, **dati) -> Sottoscrizione:
    """One signature, typed fast; its position is the next one unless given."""
    require_open(lista)
    posto = riga or (lista.sottoscrizioni.aggregate(n=Max("riga"))["n"] or 0) + 1
    firma = lista.sottoscrizioni.filter(riga=posto).first() or Sottoscrizione(lista=lista, riga=posto)
    for campo, valore in dati.items():
        setattr(firma, campo, valore)
    firma.full_clean(exclude=["lista"])
    firma.set_impronte()
    firma.save()
    return firma


def mark_iscritti(lista: Lista) -> int:
    """The signatures still to be checked are of electors of the comune; how many they were."""
    stati = Sottoscrizione.Iscrizione
    da_verificare = lista.sottoscrizioni.filter(iscrizione=stati.DA_VERIFICARE)
    return da_verificare.update(iscrizione=stati.PRESENTE)


def log_caricamento(caricamento: CaricamentoCsv, righe: Iterable[Sottoscrizione], *, by, pagina: str) -> None:
    """A file of signers shown before it is saved is a reading too: one line per list."""
    if caricamento.tipo != CaricamentoCsv.Tipo.SOTTOSCRITTORI:
        return
    per_lista = Counter(riga.lista_id for riga in righe)
    LetturaSottoscrittori.objects.bulk_create(
        [
            LetturaSottoscrittori(utente=by, lista_id=lista, letti=quanti, pagina=pagina)
            for lista, quanti in sorted(per_lista.items())
        ]
    )


def forget_scaduti(oggi: date) -> int:
    """Forget the signers of every election past its term; run every day, safe to run twice."""
    return sum(forget_sottoscrittori(elezione) for elezione, _ in elezioni_scadute(oggi))


def scadenza_conservazione(elezione: Elezione) -> date:
    """The day from which the names are deleted."""
    giorni = parametri_di(elezione).intero("conservazione_sottoscrittori_giorni")
    return elezione.data + timedelta(days=giorni)


@transaction.atomic
def forget_sottoscrittori(elezione: Elezione) -> int:
    """Delete the personal data of the signers and the files that name them; hash, state and count stay.

    Safe to run twice.
    """
    forget_riservati(elezione)
    return (
        Sottoscrizione.objects.di(elezione)
        .con_nomi()
        .update(
            cognome="",
            nome="",
            data_nascita=None,
            luogo_nascita="",
            codice_fiscale="",
            autenticata_da="",
            cancellata_il=timezone.now(),
        )
    )


def purge_caricamenti() -> int:
    """Delete the uploads nobody confirmed: they hold names."""
    limite = timezone.now() - SCADENZA_CARICAMENTI
    return CaricamentoCsv.objects.filter(confermato_il=None, caricato_il__lt=limite).delete()[0]


def elezioni_scadute(oggi: date) -> list[tuple[Elezione, int]]:
    """Elections past the term that still keep names or files with names, and how many names."""
    contate = (
        Sottoscrizione.objects.con_nomi()
        .values_list("lista__elezione")
        .annotate(quanti=Count("pk"))
        .order_by("lista__elezione")
    )
    quanti = dict(contate)
    con_file = Allegato.objects.riservati().values_list("elezione", flat=True)
    return [
        (elezione, quanti.get(elezione.pk, 0))
        for elezione in Elezione.objects.filter(pk__in={*quanti, *con_file}).select_related("comune")
        if scadenza_conservazione(elezione) < oggi
    ]
