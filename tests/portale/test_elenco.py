"""The public index: the answer of every election, in few queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comuni.models import Elezione
from risultati.models import Scrutinio
from risultati.proclamazione import proclaim
from risultati.riparto import run_riparto_elezione
from tests.risultati.elezioni import reale, semplice

pytestmark = pytest.mark.django_db


def pubblica(elezione, *, riparto=False, proclamata=False):
    if riparto or proclamata:
        esito = run_riparto_elezione(elezione)
        if proclamata:
            proclaim(elezione, riparto=esito, presidente="Maria Rossi")
    Elezione.objects.filter(pk=elezione.pk).update(pubblicata=True)
    return elezione


def testo(client) -> str:
    return " ".join(client.get("/").content.decode().split())


def test_l_elenco_dice_chi_ha_vinto(client):
    pubblica(reale("san-benedetto-del-tronto-2021"), proclamata=True)

    pagina = testo(client)

    assert "Eletto sindaco: <strong>SPAZZAFUMO ANTONIO</strong> <span>(al ballottaggio, 54," in pagina
    assert "Eletti proclamati" in pagina


def test_prima_della_proclamazione_nessuno_e_eletto(client):
    pubblica(semplice(), riparto=True)

    pagina = testo(client)

    assert "Il più votato: <strong>" in pagina
    assert "in attesa della proclamazione" in pagina
    assert "Eletto sindaco" not in pagina


def test_durante_lo_scrutinio_l_elenco_dice_quante_sezioni(client):
    pubblica(semplice(sezioni=2))
    Scrutinio.objects.filter(sezione__numero=2).update(stato=Scrutinio.Stato.ATTESA)

    assert "Scrutinio in corso: 1 sezioni su 2" in testo(client)


def test_senza_voti_i_risultati_si_aspettano(client):
    elezione = pubblica(semplice())
    Scrutinio.objects.filter(elezione=elezione).update(stato=Scrutinio.Stato.ATTESA)

    assert "In attesa dei risultati" in testo(client)


def test_una_parita_non_ha_un_vincitore(client):
    pubblica(semplice(voti=(600, 600, 200)), riparto=True)

    pagina = testo(client)

    assert "Ballottaggio: <strong>" in pagina
    assert "Il più votato" not in pagina


def test_le_query_dell_elenco_non_crescono(client):
    quante = []
    for n in range(3):
        pubblica(semplice(nome=f"vinta-{n}"), proclamata=True)
        pubblica(semplice(nome=f"contata-{n}"), riparto=True)
        pubblica(semplice(nome=f"in-corso-{n}"))
        if n in (0, 2):
            with CaptureQueriesContext(
                connection,
            ) as eseguite:
                client.get("/")
            quante.append(len(eseguite))

    assert quante[0] == quante[1]
