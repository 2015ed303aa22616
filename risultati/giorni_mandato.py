"""On which day an event of the mandate can have happened."""

from datetime import date, timedelta

from django.utils import timezone

from norme.mandato import last_day
from risultati.models import Proclamazione


def motivo_giorno(proclamazione: Proclamazione, data: date) -> str:
    """Why no event of this mandate can be of that day, in words for the clerk; empty when it can.

    Events follow one another: each one is answered on the council that the others left.
    """
    if motivo := motivo_fuori_mandato(
        proclamazione, data, prima="i fatti di prima si registrano fra le vicende dei candidati."
    ):
        return motivo
    ultima = proclamazione.surroghe.valide().order_by("-data").values_list("data", flat=True).first()
    if ultima and data < ultima:
        return f"C'è già un evento del {ultima:%d/%m/%Y}: gli eventi si registrano in ordine di data."
    return ""


def motivo_fuori_mandato(proclamazione: Proclamazione, data: date, *, prima: str) -> str:
    """Why the day is not one of this mandate; ``prima``: what to do of a day before the proclamation."""
    if data > timezone.localdate():
        return f"Il {data:%d/%m/%Y} non è ancora arrivato: l'evento si registra quando è avvenuto."
    if data < proclamazione.giorno:
        return f"Il {data:%d/%m/%Y} è prima della proclamazione, del {proclamazione.giorno:%d/%m/%Y}: {prima}"
    ultimo, perche = ultimo_giorno(proclamazione)
    if data > ultimo:
        return f"Il {data:%d/%m/%Y} il mandato era finito: {perche}"
    return ""


def ultimo_giorno(proclamazione: Proclamazione) -> tuple[date, str]:
    """The last day of the mandate, as far as it is known, and why."""
    elezione = proclamazione.elezione
    nuova = (
        Proclamazione.objects.in_vigore()
        .filter(elezione__comune=elezione.comune_id, elezione__data__gt=elezione.data)
        .filter(elezione__prova=elezione.prova)
        .select_related("elezione", "riparto")
        .order_by("elezione__data")
        .first()
    )
    if nuova:
        return nuova.giorno - timedelta(
            1
        ), f"il nuovo consiglio è stato proclamato il {nuova.giorno:%d/%m/%Y}."
    fine = last_day(elezione.data)
    testo = f"il consiglio eletto nel {elezione.data:%Y} resta al più fino al {fine:%d/%m/%Y}"
    return fine, f"{testo} (art. 51 c. 1 d.lgs. 267/2000, l. 182/1991). Ricontrolla la data sull'atto."
