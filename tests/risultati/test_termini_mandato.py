"""Terms of the mandate: ten days to replace who resigned, the choice of who is elected in two comuni."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from candidature.models import Candidato
from risultati.models import Surroga
from risultati.surroga import register_surroga
from tests.factories import UtenteFactory
from tests.risultati.elezioni import semplice
from tests.risultati.test_surroga import candidato, proclama

pytestmark = pytest.mark.django_db


@pytest.fixture
def pagina_di(client):
    client.force_login(UtenteFactory(is_superuser=True))

    def read(p) -> str:
        url = reverse("esito:mandato", args=[p.elezione.slug])
        return unescape(client.get(url).content.decode())

    return read


def primo_eletto(p):
    (lista, numeri), *_ = p.istantanea["esito"]["eletti"].items()
    return candidato(p.elezione, int(lista), numeri[0])


def test_the_page_says_by_when_the_resigned_is_replaced(pagina_di):
    p = proclama(semplice())
    register_surroga(p, chi=primo_eletto(p), causa=Surroga.Causa.DIMISSIONI, data=date(2021, 11, 5))

    pagina = pagina_di(p)

    assert "il consiglio delibera la surroga entro il 15/11/2021 (TUEL art. 38 c. 8)" in pagina
    assert "art. 57" not in pagina


def test_the_page_names_the_councillors_who_ran_in_another_comune_too(pagina_di):
    elezione = semplice()
    Candidato.objects.di(elezione).update(altri_comuni=1)
    p = proclama(elezione)

    scelta = pagina_di(p).split("Candidati anche in un altro comune")[1]

    assert str(primo_eletto(p)) in scelta
    assert "sceglie entro 5 giorni dall'ultima deliberazione di convalida (TUEL art. 57)" in scelta
    register_surroga(p, chi=primo_eletto(p), causa=Surroga.Causa.MORTE, data=date(2021, 11, 5))
    dopo = pagina_di(p)
    assert "delibera la surroga entro" not in dopo  # only a resignation has that term
    assert (
        str(primo_eletto(p)) not in dopo.split("Candidati anche in un altro comune")[1].split("</section>")[0]
    )
