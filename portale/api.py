"""Open data by API: the same payloads as the static files, described by OpenAPI."""

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.errors import HttpError

from comuni.models import Elezione
from portale import dati
from portale.pubblicazione import is_visibile
from risultati.models import VotiLista, VotiPreferenza, VotiSindaco

api = NinjaAPI(
    title="Urna: dati aperti delle elezioni comunali",
    version="1",
    docs_url=None,
    description="Sola lettura, senza chiavi. Solo elezioni pubblicate; mai le prove generali.",
)


def _elezione(slug: str) -> Elezione:
    elezione = (
        Elezione.objects.pubbliche().filter(slug=slug).select_related("comune", "pubblicazione").first()
    )
    if elezione is None or not is_visibile(elezione):
        raise HttpError(404, "Elezione non pubblicata.")
    return elezione


@api.get("/elezioni", summary="Elezioni pubblicate")
def elezioni(request: HttpRequest) -> list[dict]:
    righe = Elezione.objects.pubbliche().select_related("comune", "pubblicazione")
    return [dati.describe_elezione(e) for e in righe if is_visibile(e)]


@api.get("/elezioni/{slug}", summary="Risultati di un'elezione, con i passi del riparto")
def risultati(request: HttpRequest, slug: str) -> dict:
    return dati.build_risultati(_elezione(slug))


@api.get("/elezioni/{slug}/riparto", summary="Dati in ingresso e esito del riparto, per rifare i conti")
def riparto(request: HttpRequest, slug: str) -> dict:
    trovato = dati.build_dati_riparto(_elezione(slug))
    if trovato is None:
        raise HttpError(404, "Il riparto non è ancora pubblicato.")
    return trovato


@api.get("/elezioni/{slug}/sezioni", summary="Schede per sezione")
def sezioni(request: HttpRequest, slug: str) -> list[dict]:
    return dati.righe_sezioni(_elezione(slug))


@api.get("/elezioni/{slug}/voti/{cosa}", summary="Voti per sezione: sindaci, liste o preferenze")
def voti(request: HttpRequest, slug: str, cosa: str) -> list[dict]:
    modelli = {"sindaci": VotiSindaco, "liste": VotiLista, "preferenze": VotiPreferenza}
    if cosa not in modelli:
        raise HttpError(404, "Scegliere fra sindaci, liste e preferenze.")
    return dati.righe_voti(_elezione(slug), modelli[cosa])
