"""The feeds that a person gives to her agenda: opened, read, closed."""

from django.utils import timezone

from comuni.models import CalendarioPersonale, Elezione
from electoral.models import Utente
from electoral.permessi import Azione, puo


def open_calendario(utente: Utente, elezione: Elezione) -> CalendarioPersonale:
    """The feed of that person for that election; asking twice gives the same address."""
    return CalendarioPersonale.objects.get_or_create(utente=utente, elezione=elezione)[0]


def close_calendario(calendario: CalendarioPersonale) -> None:
    """The address stops working at once; a new one may be opened."""
    calendario.delete()


def read_calendario(token: str) -> CalendarioPersonale | None:
    """The feed of that address, while its owner may still see the election."""
    calendario = (
        CalendarioPersonale.objects.select_related("utente", "elezione__comune").filter(token=token).first()
    )
    if calendario is None or not puo(
        calendario.utente, Azione.VEDERE_ELEZIONE, calendario.elezione.comune_id
    ):
        return None
    CalendarioPersonale.objects.filter(pk=calendario.pk).update(letto_il=timezone.now())
    return calendario
