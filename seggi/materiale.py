"""What the sindaco hands to each presidente before the insediamento (art. 27 TU)."""

from datetime import datetime

from django.db import transaction

from comuni.models import Elezione
from seggi.models import Consegna, Ufficio

#: Items of the list and how many; the ballots are counted when they are handed over.
VOCI: tuple[tuple[str, int], ...] = (
    ("Plico sigillato con il bollo della sezione", 1),
    ("Lista degli elettori della sezione", 1),
    ("Elenco dei degenti, detenuti ed elettori a domicilio", 1),
    ("Copia della lista per l'affissione", 1),
    ("Manifesti con le liste dei candidati", 3),
    ("Manifesto delle principali sanzioni penali", 1),
    ("Verbali di nomina degli scrutatori", 1),
    ("Elenco dei rappresentanti di lista designati", 1),
    ("Pacco sigillato delle schede", 1),
    ("Urne", 2),
    ("Matite copiative", 6),
    ("Verbale delle operazioni (due esemplari)", 2),
    ("Tabelle di scrutinio", 2),
    ("Buste per la chiusura dei plichi", 1),
    ("Registri maschile e femminile dei votanti", 2),
    ("Moduli delle comunicazioni di affluenza e scrutinio", 1),
    ("Cancelleria e timbro a calendario", 1),
)


@transaction.atomic
def prepare_consegne(elezione: Elezione) -> int:
    """Write the missing items of the list of every office; returns how many."""
    presenti = set(
        Consegna.objects.filter(ufficio__sezione__elezione=elezione).values_list("ufficio_id", "voce")
    )
    nuove = [
        Consegna(ufficio=ufficio, voce=voce, quantita=quantita)
        for ufficio in Ufficio.objects.di(elezione).order_by("sezione__numero")
        for voce, quantita in VOCI
        if (ufficio.pk, voce) not in presenti
    ]
    return len(Consegna.objects.bulk_create(nuove))


def toggle_consegna(consegna: Consegna, *, by, quando: datetime) -> None:
    """Handed over, by whom and when; a second time takes the tick away."""
    if consegna.consegnata_il is None:
        consegna.consegnata_il, consegna.consegnata_da = quando, by
    else:
        consegna.consegnata_il = consegna.consegnata_da = None
    consegna.save(update_fields=["consegnata_il", "consegnata_da"])
