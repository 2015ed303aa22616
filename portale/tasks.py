"""Publishing as a job: after every change that the public sees."""

from comuni.models import Elezione
from electoral.lavori import lavoro, request_lavoro
from electoral.models import Lavoro
from portale.pubblicazione import publish

PUBBLICAZIONE = "pubblicazione"


def request_pubblicazione(elezione: Elezione, *, by=None) -> Lavoro:
    return request_lavoro(
        PUBBLICAZIONE,
        parametri={"elezione": elezione.pk},
        by=by,
        chiave=f"{PUBBLICAZIONE}:{elezione.pk}",
        comune_pk=elezione.comune_id,
    )


@lavoro(PUBBLICAZIONE)
def run_job_pubblicazione(riga: Lavoro) -> dict:
    elezione = Elezione.objects.select_related("comune", "pubblicazione").get(pk=riga.parametri["elezione"])
    return {"file": publish(elezione)}
