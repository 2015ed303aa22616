"""The signed, read-only address of the board: no login, no expiry, revocable."""

from django.core import signing
from django.urls import reverse
from django.utils import timezone

from comuni.models import Elezione
from risultati.models import IndirizzoSchermo

_firmatario = signing.Signer(salt="risultati.schermo")


def create_indirizzo(elezione: Elezione, turno: int, *, by) -> IndirizzoSchermo:
    return IndirizzoSchermo.objects.create(elezione=elezione, turno=turno, creato_da=by)


def url_schermo(indirizzo: IndirizzoSchermo) -> str:
    """The path to open on the wall."""
    return reverse("giornata:schermo", args=[indirizzo.elezione.slug, _firmatario.sign(indirizzo.pk)])


def find_indirizzo(firma: str, slug: str) -> IndirizzoSchermo | None:
    """The address, when the signature is ours, the election is that one, and nobody revoked it."""
    try:
        pk = _firmatario.unsign(firma)
    except signing.BadSignature:
        return None
    return (
        IndirizzoSchermo.objects.select_related("elezione__comune")
        .filter(pk=pk, elezione__slug=slug, revocato_il=None)
        .first()
    )


def revoke_indirizzo(indirizzo: IndirizzoSchermo) -> None:
    indirizzo.revocato_il = timezone.now()
    indirizzo.save(update_fields=["revocato_il"])
