"""What the sindaco hands to each presidente before the insediamento (art. 27 TU).

The list begins as that of the law (``materiale_seggio``) and belongs to the comune: its office corrects it.
"""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from comuni.legge import parametri_di
from comuni.models import Elezione
from seggi.models import Consegna, Ufficio, VoceMateriale


def voci_materiale(elezione: Elezione) -> list[tuple[str, int]]:
    """Items and quantity for each section: as the comune wrote them, else as the law lists them."""
    scritte = list(VoceMateriale.objects.di(elezione).values_list("voce", "quantita"))
    if scritte:
        return scritte
    return [(v["voce"], v["quantita"]) for v in parametri_di(elezione).valore("materiale_seggio")]


def read_elenco(testo: str) -> list[tuple[str, int]]:
    """Lines «6 Matite copiative» (or only the name, for one) as items; ``ValidationError`` names the line."""
    voci: list[tuple[str, int]] = []
    for numero, riga in enumerate(testo.splitlines(), start=1):
        if not riga.strip():
            continue
        prima, _, resto = riga.strip().partition(" ")
        if prima.isascii() and prima.isdecimal() and len(prima) <= 5 and resto.strip():
            voce, quantita = resto.strip(), int(prima)
        else:
            voce, quantita = riga.strip(), 1
        if len(voce) > VoceMateriale._meta.get_field("voce").max_length:
            raise ValidationError(f"Alla riga {numero} la voce è troppo lunga: al più 80 caratteri.")
        if voce.casefold() in {v.casefold() for v, _ in voci}:
            raise ValidationError(f"Alla riga {numero} «{voce}» compare di nuovo: toglierla.")
        if not quantita:
            raise ValidationError(f"Alla riga {numero} la quantità è zero: togliere la riga.")
        voci.append((voce, quantita))
    if not voci:
        raise ValidationError("L'elenco è vuoto: scrivere almeno una voce.")
    return voci


@transaction.atomic
def save_elenco(elezione: Elezione, voci: Iterable[tuple[str, int]]) -> None:
    """Replace the list of the comune; what was already handed over stays as it is."""
    VoceMateriale.objects.di(elezione).delete()
    VoceMateriale.objects.bulk_create(
        VoceMateriale(elezione=elezione, ordine=n, voce=voce, quantita=quantita)
        for n, (voce, quantita) in enumerate(voci, start=1)
    )


@transaction.atomic
def prepare_consegne(elezione: Elezione) -> int:
    """Bring the list of every office in step with that of the comune; returns how many lines changed.

    A line already ticked is a receipt and never changes.
    """
    voci = voci_materiale(elezione)
    uffici = list(Ufficio.objects.di(elezione).order_by("sezione__numero"))
    tutte = Consegna.objects.filter(ufficio__sezione__elezione=elezione)
    superate = tutte.filter(consegnata_il__isnull=True).exclude(voce__in=[voce for voce, _ in voci])
    cambiate, _ = superate.delete()
    presenti = {(c.ufficio_id, c.voce): c for c in tutte}
    nuove, corrette = [], []
    for ufficio in uffici:
        for voce, quantita in voci:
            consegna = presenti.get((ufficio.pk, voce))
            if consegna is None:
                nuove.append(Consegna(ufficio=ufficio, voce=voce, quantita=quantita))
            elif consegna.consegnata_il is None and consegna.quantita != quantita:
                consegna.quantita = quantita
                corrette.append(consegna)
    Consegna.objects.bulk_create(nuove)
    Consegna.objects.bulk_update(corrette, ["quantita"])
    return cambiate + len(nuove) + len(corrette)


def toggle_consegna(consegna: Consegna, *, by, quando: datetime) -> None:
    """Handed over, by whom and when; a second time takes the tick away."""
    if consegna.consegnata_il is None:
        consegna.consegnata_il, consegna.consegnata_da = quando, by
    else:
        consegna.consegnata_il = consegna.consegnata_da = None
    consegna.save(update_fields=["consegnata_il", "consegnata_da"])


def hand_over_all(ufficio: Ufficio, *, by, quando: datetime) -> int:
    """The presidente signs for everything that is left on the list."""
    return ufficio.consegne.filter(consegnata_il__isnull=True).update(consegnata_il=quando, consegnata_da=by)
