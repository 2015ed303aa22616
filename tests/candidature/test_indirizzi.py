"""No address of the product shows candidatures or signers to who has no business with them.

The addresses are read from the URL conf: a page added tomorrow is tried too.
"""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from candidature.atti import produce_ricevuta
from candidature.decisioni import decide_lista
from candidature.importazione import upload
from candidature.istruttoria import refresh_rilievi
from candidature.models import LetturaSottoscrittori
from electoral.permessi import Ruolo
from tests.candidature.costruzione import add_firme, elezione_di, presenta
from tests.factories import UtenteFactory, utente_con_ruolo

pytestmark = pytest.mark.django_db
PRIVI = [Ruolo.DIGITATORE, Ruolo.RAGIONERIA]


@pytest.fixture
def lista():
    """A list with everything a page could show: signers, decision, act, waiting file."""
    lista = presenta(elezione_di(40_000, seggi=24), "LISTA SEGRETA", sessi="MF" * 8)
    add_firme(lista, 3)
    io = UtenteFactory()
    decide_lista(lista, esito="ammessa", motivazione="", by=io)
    produce_ricevuta(lista, by=io)
    upload(b"x", tipo="sottoscrittori", elezione=lista.elezione, by=io, nome_file="f.csv", lista=lista)
    refresh_rilievi(lista.elezione)
    return lista


def nomi_degli_indirizzi(
    resolver: URLResolver | None = None, prefisso: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Every named address of the product with its pattern."""
    for voce in (resolver or get_resolver()).url_patterns:
        if isinstance(voce, URLResolver):
            dentro = f"{prefisso}{voce.namespace}:" if voce.namespace else prefisso
            yield from nomi_degli_indirizzi(voce, dentro)
        elif voce.name:
            yield f"{prefisso}{voce.name}", voce


def indirizzi_di(lista) -> list[str]:
    """Every address that can be written with this election and this list."""
    valori = {
        "slug": lista.elezione.slug,
        "tipo": "sottoscrittori",
        "numero": 1,
        "object_id": lista.pk,
        "app_label": "candidature",
        "pk": lista.pk,
    }
    indirizzi = set()
    for nome, voce in nomi_degli_indirizzi():
        parametri = {p: valori.get(p, lista.pk) for p in voce.pattern.converters}
        parametri |= {p: valori.get(p, lista.pk) for p in voce.pattern.regex.groupindex if p not in parametri}
        for argomenti in ({"kwargs": parametri}, {"kwargs": parametri | {"slug": valori["slug"]}}):
            try:
                indirizzi.add(reverse(nome, **argomenti))
                break
            except NoReverseMatch:
                continue
    return sorted(indirizzi)


def della_stanza(indirizzi: list[str]) -> list[str]:
    """The pages and archives of the candidatures; the commissione comunale is of another room."""
    della_comunale = ("/admin/comuni/", "/admin/seggi/")
    return [
        i
        for i in indirizzi
        if ("candidature" in i or "commissione" in i) and not i.startswith(della_comunale)
    ]


def test_the_list_of_addresses_holds_the_whole_room(lista):
    from candidature.urls import urlpatterns

    stanza = della_stanza(indirizzi_di(lista))
    archivi = {
        f"/candidature/{modello.__name__.lower()}/"
        for modello in apps.get_app_config("candidature").get_models()
        if any(f"/candidature/{modello.__name__.lower()}/" in i for i in stanza)
    }

    assert len([i for i in stanza if i.startswith("/ufficio/")]) >= len(urlpatterns)
    assert "/candidature/lista/" in archivi
    assert "/candidature/sottoscrizione/" not in archivi


@pytest.mark.parametrize("ruolo", PRIVI)
def test_no_address_of_the_room_opens_for_who_has_no_business_there(client, lista, ruolo):
    client.force_login(utente_con_ruolo(lista.elezione.comune, ruolo))

    aperti = [
        (metodo, indirizzo, risposta.status_code)
        for indirizzo in della_stanza(indirizzi_di(lista))
        for metodo in ("get", "post")
        if (risposta := getattr(client, metodo)(indirizzo)).status_code not in (302, 403, 404, 405)
        or (risposta.status_code == 302 and "login" not in risposta.url and "/ufficio/" not in risposta.url)
    ]

    assert aperti == []
    assert not LetturaSottoscrittori.objects.exists()


@pytest.mark.parametrize("ruolo", [*PRIVI, Ruolo.PREFETTURA])
def test_no_address_of_the_product_names_a_signer(client, lista, ruolo):
    client.force_login(utente_con_ruolo(lista.elezione.comune, ruolo))

    con_nomi = [i for i in indirizzi_di(lista) if "FIRMATARIO" in _testo(client.get(i))]

    assert con_nomi == []


def test_ragioneria_reads_the_name_of_no_candidate_anywhere_in_the_office(client, lista):
    client.force_login(utente_con_ruolo(lista.elezione.comune, Ruolo.RAGIONERIA))
    ufficio = [i for i in indirizzi_di(lista) if i.startswith(("/ufficio/", "/admin/"))]

    assert [i for i in ufficio if f"UOMO {lista.pk}-1" in _testo(client.get(i))] == []


@pytest.mark.parametrize("ruolo", PRIVI)
def test_the_acts_of_the_candidatures_are_not_in_their_list_of_acts(client, lista, ruolo):
    client.force_login(utente_con_ruolo(lista.elezione.comune, ruolo))

    assert client.get(reverse("comuni:atto", args=[lista.elezione.slug, 1])).status_code in (403, 404)


def _testo(risposta) -> str:
    contenuto = b"".join(risposta.streaming_content) if risposta.streaming else risposta.content
    return contenuto.decode("utf-8", "replace")
