"""An event of the mandate recorded by mistake: it stays written, with the reason, and no longer counts.

Every event is answered on the council that the others left, so only the last valid one can be annulled: the
later ones would rest on a seat that nobody left.
"""

from django.db import transaction
from django.utils import timezone

from comuni.models import Elezione
from risultati.models import Proclamazione, Surroga
from risultati.surroga import SurrogaRifiutata


def motivo_non_annullabile(surroga: Surroga) -> str:
    """Why this event cannot be annulled (now), in words for the clerk; empty when it can."""
    if surroga.annullata:
        return "L'evento è già stato annullato."
    if surroga.proclamazione.riaperta_il:
        return "La proclamazione è stata riaperta: i suoi eventi restano come sono."
    ultima = surroga.proclamazione.surroghe.ultima_valida()
    if ultima == surroga:
        return ""
    return (
        f"Prima va annullato l'ultimo evento registrato ({ultima}): "
        "ogni evento poggia sul consiglio lasciato da quelli che lo precedono."
    )


def annul_surroga(surroga: Surroga, *, motivo: str, by=None) -> None:
    """Annul the last valid event of its mandate: the council is again the one before it."""
    if not motivo.strip():
        raise SurrogaRifiutata("Serve il motivo dell'annullamento.")
    with transaction.atomic():
        # the same lock as who records an event: the last one stays the last until the end
        Proclamazione.objects.select_for_update().get(pk=surroga.proclamazione_id)
        attuale = Surroga.objects.con_persone().select_related("proclamazione").get(pk=surroga.pk)
        if perche := motivo_non_annullabile(attuale):
            raise SurrogaRifiutata(perche)
        attuale.annullata, attuale.annullata_motivo = True, motivo.strip()
        attuale.annullata_da, attuale.annullata_il = by, timezone.now()
        attuale.save(
            update_fields=["annullata", "annullata_motivo", "annullata_da", "annullata_il"],
        )


def atti_annullati(elezione: Elezione) -> dict[tuple[str, str], str]:
    """The acts of annulled events, by kind and object, with the words to put beside them."""
    annullate = Surroga.objects.annullate().filter(proclamazione__elezione=elezione)
    return {
        ("surroga", f"surroga-{pk}"): f"L'evento di questo atto è stato annullato il "
        f"{timezone.localtime(quando):%d/%m/%Y, ore %H:%M}: {motivo}"
        for pk, quando, motivo in annullate.order_by().values_list("pk", "annullata_il", "annullata_motivo")
    }
