"""Opening the pages of a section leaves no row behind: the rows are made by who writes first."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comuni.models import Elezione
from risultati.caselle import build_modulo
from risultati.chiusura import discard_tutto
from risultati.models import BozzaPasso, Digitazione, RilievoSezione, Scrutinio
from risultati.stati import Stato
from tests.risultati.sezioni import (
    Squadra,
    close,
    elezione_piccola,
    scrutinio_di,
    sezione_digitata,
    type_tutto,
)
from tests.risultati.test_pagine_digitazione import indirizzo, send_passo

pytestmark = pytest.mark.django_db

PAGINE = ["sezione", "digita", "controlla", "differenze", "rilettura", "lettura"]


def chiave_bozza(client, elezione, nome: str = "schede") -> str:
    pagina = client.get(indirizzo("passo", elezione, nome)).content.decode()
    return pagina.split('data-chiave="')[1].split('"')[0]


@pytest.mark.parametrize("doppia", [False, True])
def test_every_page_of_an_untouched_section_opens_and_leaves_nothing(client, doppia):
    tipo = Elezione.Digitazione.DOPPIA if doppia else Elezione.Digitazione.SINGOLA
    elezione = elezione_piccola(digitazione=tipo)
    client.force_login(Squadra(elezione).responsabile)

    for chiama in (client.get, client.head):
        stati = [chiama(indirizzo(nome, elezione)).status_code for nome in PAGINE]
        stati.append(chiama(indirizzo("passo", elezione, "schede")).status_code)
        assert set(stati) <= {200, 302}

    assert not Scrutinio.objects.exists()
    assert not Digitazione.objects.exists()


def test_the_pages_of_an_untouched_section_say_so(client):
    elezione = elezione_piccola()
    client.force_login(Squadra(elezione).responsabile)

    sezione = client.get(indirizzo("sezione", elezione)).content.decode()
    controlla = client.get(indirizzo("controlla", elezione)).content.decode()

    assert "Comincia a digitare" in sezione
    assert "Nessuna cifra" in sezione
    assert "Da compilare ancora" in controlla


def test_the_first_draft_makes_the_rows_and_is_found_again(client):
    elezione = elezione_piccola()
    anna = Squadra(elezione).anna
    client.force_login(anna)
    client.get(indirizzo("passo", elezione, "schede"))

    risposta = client.post(
        reverse("giornata:bozza", args=[elezione.slug, 1, 1, "schede"]),
        {"celle": {"votanti": "210"}, "numero": 3},
        content_type="application/json",
    )

    assert risposta.json() == {"salvata": True}
    assert BozzaPasso.objects.get().digitazione.iniziata_da == anna
    assert 'value="210"' in client.get(indirizzo("passo", elezione, "schede")).content.decode()


def test_a_first_save_with_a_wrong_figure_shows_it_again(client):
    elezione = elezione_piccola()
    client.force_login(Squadra(elezione).anna)

    risposta = send_passo(client, elezione, "schede", votanti="duecento")

    assert risposta.status_code == 422
    assert "duecento" in risposta.content.decode()


def test_what_the_browser_kept_is_the_same_before_and_after_the_first_save_and_not_after_a_discard(client):
    elezione = elezione_piccola()
    squadra = Squadra(elezione)
    client.force_login(squadra.responsabile)
    prima = chiave_bozza(client, elezione)

    send_passo(client, elezione, "schede")
    assert chiave_bozza(client, elezione) == prima

    discard_tutto(Scrutinio.objects.get(), motivo="sezione sbagliata", by=squadra.responsabile)
    assert chiave_bozza(client, elezione) != prima


def test_the_blind_second_reading_keeps_another_draft_and_is_made_by_its_first_save(client):
    elezione = elezione_piccola(digitazione=Elezione.Digitazione.DOPPIA)
    squadra = Squadra(elezione)
    client.force_login(squadra.carlo)
    prima = chiave_bozza(client, elezione)
    sezione_digitata(elezione, by=squadra.anna)

    assert chiave_bozza(client, elezione) != prima
    assert not Digitazione.objects.filter(ordine=Digitazione.Ordine.SECONDA).exists()
    send_passo(client, elezione, "schede")

    assert Scrutinio.objects.get().stato == Stato.SECONDA
    assert Digitazione.objects.get(ordine=Digitazione.Ordine.SECONDA).iniziata_da == squadra.carlo


def test_the_check_shows_the_findings_and_who_closes_stores_them(client):
    elezione = elezione_piccola()
    squadra = Squadra(elezione)
    type_tutto(scrutinio_di(elezione), build_modulo(elezione, 1), by=squadra.anna, schede_nulle=16)
    client.force_login(squadra.responsabile)

    pagina = client.get(indirizzo("controlla", elezione)).content.decode()
    assert "E410" in pagina
    assert not RilievoSezione.objects.exists()
    nome = pagina.split('name="motivo-')[1].split('"')[0]

    client.post(indirizzo("controlla", elezione), {f"motivo-{nome}": "così sul verbale"})

    riga = RilievoSezione.objects.get(impronta=nome)
    assert (riga.motivo, riga.deciso_da) == ("così sul verbale", squadra.responsabile)
    assert Scrutinio.objects.get().stato == Stato.DEFINITIVO


def test_a_reason_for_other_figures_decides_nothing(client):
    elezione = elezione_piccola()
    squadra = Squadra(elezione)
    scrutinio = sezione_digitata(elezione, by=squadra.anna, schede_nulle=16)
    vecchi = {riga.impronta: "così sul verbale" for riga in scrutinio.rilievi.all()}
    modulo = build_modulo(elezione, 1)
    type_tutto(scrutinio, modulo, by=squadra.anna, schede_nulle=17)

    chiusura = close(scrutinio, modulo, by=squadra.responsabile, motivi=vecchi)

    assert chiusura.stato == Stato.CON_ERRORI
    assert not RilievoSezione.objects.exclude(deciso_il=None).exists()


def test_opening_an_untouched_step_asks_no_more_queries_than_a_begun_one(client):
    elezione = elezione_piccola(sezioni=2)
    client.force_login(Squadra(elezione).anna)
    send_passo(client, elezione, "schede")
    conti = []
    for numero in (1, 2):
        with CaptureQueriesContext(connection) as fatte:
            assert client.get(indirizzo("passo", elezione, "sindaco", numero=numero)).status_code == 200
        conti.append(len(fatte))
    assert conti[1] <= conti[0]


def test_settling_differences_of_an_untouched_section_says_there_are_none(client):
    elezione = elezione_piccola(digitazione=Elezione.Digitazione.DOPPIA)
    client.force_login(Squadra(elezione).responsabile)

    risposta = client.post(indirizzo("differenze", elezione), {"motivo": "Visto il verbale."})

    assert "non ci sono differenze da decidere" in risposta.content.decode()
    assert not Scrutinio.objects.exists()
