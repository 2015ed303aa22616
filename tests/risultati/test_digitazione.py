"""Typing a section: from the first box to the definitive figures."""

import pytest

from comuni.models import Elezione, Sistema
from risultati.caselle import build_modulo
from risultati.chiusura import reopen
from risultati.consolidamento import celle_da_tabelle
from risultati.differenze import find_differenze, find_sospetti
from risultati.digitazione import Conflitto, open_digitazione, read_celle, save_bozza, save_passo
from risultati.models import Annotazione, BozzaPasso, PassoDigitato, RilievoSezione, Scrutinio
from risultati.risoluzione import save_rilettura, settle_differenze
from risultati.stati import PassaggioVietato, Stato
from tests.risultati.sezioni import (
    CIFRE,
    Squadra,
    close,
    elezione_piccola,
    scrutinio_di,
    sezione_digitata,
    type_tutto,
)

pytestmark = pytest.mark.django_db
DOPPIA = Elezione.Digitazione.DOPPIA


def test_a_section_whose_figures_tally_becomes_definitive():
    elezione = elezione_piccola()
    squadra = Squadra(elezione)

    scrutinio = sezione_digitata(elezione, by=squadra.anna)

    assert scrutinio.stato == Stato.DEFINITIVO
    assert (scrutinio.votanti, scrutinio.voti_validi, scrutinio.elettori) == (210, 200, 620)
    assert dict(scrutinio.voti_sindaci.values_list("sindaco__numero", "voti")) == {1: 120, 2: 80}
    assert dict(scrutinio.voti_liste.values_list("lista__numero", "voti")) == {1: 70, 2: 45, 3: 75}
    assert not scrutinio.voti_preferenze.filter(preferenze=0).exists()


def test_the_tables_give_back_the_figures_typed():
    elezione = elezione_piccola()
    scrutinio = sezione_digitata(elezione, by=Squadra(elezione).anna)
    modulo = build_modulo(elezione, 1)

    totali = {campo for campo in CIFRE if campo.startswith("total")}

    assert celle_da_tabelle(scrutinio, modulo) == CIFRE | dict.fromkeys(totali)


def test_an_error_keeps_the_figures_and_calls_the_responsabile():
    elezione = elezione_piccola()
    squadra = Squadra(elezione)

    scrutinio = sezione_digitata(elezione, by=squadra.anna, voti_sindaci__1=102)

    assert scrutinio.stato == Stato.CON_ERRORI
    assert "E420" in set(scrutinio.rilievi.values_list("codice", flat=True))
    assert scrutinio.digitazioni.get().passi.get(nome="sindaco").celle["voti_sindaci.1"] == 102


def test_the_operatore_does_not_decide_an_error_and_the_responsabile_does_with_a_reason():
    elezione = elezione_piccola()
    squadra = Squadra(elezione)
    scrutinio, modulo = (
        sezione_digitata(elezione, by=squadra.anna, schede_nulle=16),
        build_modulo(elezione, 1),
    )
    motivi = {riga.impronta: "così sul verbale" for riga in scrutinio.rilievi.all()}

    with pytest.raises(PassaggioVietato, match="responsabile"):
        close(scrutinio, modulo, by=squadra.anna, motivi=motivi)
    chiusura = close(scrutinio, modulo, by=squadra.responsabile, motivi=motivi)

    assert chiusura.stato == Stato.DEFINITIVO
    assert RilievoSezione.objects.get(codice="E410").deciso_da == squadra.responsabile


def test_a_warning_asks_for_a_reason_and_then_closes():
    elezione = elezione_piccola()
    squadra = Squadra(elezione)
    modulo = build_modulo(elezione, 1)
    scrutinio = sezione_digitata(elezione, by=squadra.anna, schede_bianche=10, schede_nulle=0)
    riga = scrutinio.rilievi.get(codice="W401")

    assert scrutinio.stato == Stato.IN_DIGITAZIONE
    assert (
        close(scrutinio, modulo, by=squadra.anna, motivi={riga.impronta: "ricontate"}).stato
        == Stato.DEFINITIVO
    )


def test_two_people_on_one_step_the_second_sees_what_differs():
    elezione = elezione_piccola()
    squadra = Squadra(elezione)
    scrutinio, passo = scrutinio_di(elezione), build_modulo(elezione, 1).passo("sindaco")
    digitazione = open_digitazione(scrutinio, by=squadra.anna)
    celle = {campo: CIFRE[campo] for campo in passo.campi}
    save_passo(digitazione, passo, celle, versione=0, by=squadra.anna)

    esito = save_passo(digitazione, passo, celle | {"voti_sindaci.2": 8}, versione=0, by=squadra.carlo)

    assert isinstance(esito, Conflitto)
    assert [(c.campo, c.loro, c.mia) for c in esito.celle] == [("voti_sindaci.2", 80, 8)]
    assert PassoDigitato.objects.get().celle["voti_sindaci.2"] == 80


def test_the_second_reading_is_blind_and_by_somebody_else():
    elezione = elezione_piccola(digitazione=DOPPIA)
    squadra = Squadra(elezione)

    scrutinio = sezione_digitata(elezione, by=squadra.anna)

    assert scrutinio.stato == Stato.PRIMA
    with pytest.raises(PassaggioVietato, match="persona diversa"):
        open_digitazione(scrutinio, by=squadra.anna)
    assert not open_digitazione(scrutinio, by=squadra.carlo).passi.exists()


def test_two_equal_readings_make_the_section_definitive():
    elezione = elezione_piccola(digitazione=DOPPIA)
    squadra = Squadra(elezione)
    sezione_digitata(elezione, by=squadra.anna)

    assert sezione_digitata(elezione, by=squadra.carlo).stato == Stato.DEFINITIVO


def _difforme(elezione, squadra, **cambiate) -> Scrutinio:
    sezione_digitata(elezione, by=squadra.anna)
    return sezione_digitata(elezione, by=squadra.carlo, **cambiate)


def test_differences_are_found_box_by_box_with_the_likely_slip():
    elezione = elezione_piccola(digitazione=DOPPIA)
    scrutinio = _difforme(elezione, Squadra(elezione), preferenze__2__1=11, preferenze__2__2=3)

    differenze = find_differenze(scrutinio, build_modulo(elezione, 1))

    assert scrutinio.stato == Stato.DIFFORME
    assert [(d.campo, d.prima, d.seconda) for d in differenze] == [
        ("preferenze.2.1", 3, 11),
        ("preferenze.2.2", 11, 3),
    ]
    assert {d.sospetto for d in differenze} == {"due righe scambiate?"}


def test_the_responsabile_keeps_the_first_reading():
    elezione = elezione_piccola(digitazione=DOPPIA)
    squadra = Squadra(elezione)
    scrutinio = _difforme(elezione, squadra, schede_bianche=6, schede_nulle=4)
    scelte = {"schede_bianche": "prima", "schede_nulle": "prima"}

    with pytest.raises(PassaggioVietato, match="responsabile"):
        settle_differenze(scrutinio, build_modulo(elezione, 1), scelte, motivo="riletto", by=squadra.anna)
    stato = settle_differenze(
        scrutinio, build_modulo(elezione, 1), scelte, motivo="riletto", by=squadra.responsabile
    )

    scrutinio.refresh_from_db()
    assert (stato, scrutinio.schede_bianche) == (Stato.DEFINITIVO, 4)
    nota = Annotazione.objects.get()
    assert (nota.tipo, nota.scritta_da) == ("differenza", squadra.responsabile)
    assert nota.testo.splitlines() == [
        "riletto",
        "Votanti e schede, Schede bianche: prima 4, seconda 6; resta 4",
        "Votanti e schede, Schede nulle: prima 6, seconda 4; resta 6",
    ]


def test_only_the_differing_boxes_are_sent_back_and_a_third_reading_settles_them():
    elezione = elezione_piccola(digitazione=DOPPIA)
    squadra, modulo = Squadra(elezione), build_modulo(elezione, 1)
    scrutinio = _difforme(elezione, squadra, schede_bianche=6, schede_nulle=4)
    rimanda = dict.fromkeys(["schede_bianche", "schede_nulle"], "rimanda")
    settle_differenze(scrutinio, modulo, rimanda, motivo="cifre poco leggibili", by=squadra.responsabile)

    rilettura = open_digitazione(scrutinio, by=squadra.anna)
    stato = save_rilettura(rilettura, modulo, {"schede_bianche": 4, "schede_nulle": 6}, by=squadra.anna)

    assert rilettura.motivo == "cifre poco leggibili"
    assert stato == Stato.DEFINITIVO


def test_a_third_figure_leaves_the_choice_to_the_responsabile():
    elezione = elezione_piccola(digitazione=DOPPIA)
    squadra, modulo = Squadra(elezione), build_modulo(elezione, 1)
    scrutinio = _difforme(elezione, squadra, schede_bianche=6)
    settle_differenze(scrutinio, modulo, {"schede_bianche": "rimanda"}, motivo="?", by=squadra.responsabile)
    rilettura = open_digitazione(scrutinio, by=squadra.anna)

    assert save_rilettura(rilettura, modulo, {"schede_bianche": 5}, by=squadra.anna) == Stato.DIFFORME
    assert [(d.prima, d.seconda, d.rilettura) for d in find_differenze(scrutinio, modulo)] == [(4, 6, 5)]


def test_reopening_keeps_the_figures_and_asks_for_a_reason():
    elezione = elezione_piccola()
    squadra, modulo = Squadra(elezione), build_modulo(elezione, 1)
    scrutinio = sezione_digitata(elezione, by=squadra.anna)

    with pytest.raises(PassaggioVietato, match="motivo"):
        reopen(scrutinio, modulo, motivo=" ", by=squadra.responsabile)
    reopen(scrutinio, modulo, motivo="rilettura del verbale", by=squadra.responsabile)

    scrutinio.refresh_from_db()
    assert scrutinio.stato == Stato.IN_DIGITAZIONE
    assert scrutinio.definitivo_il is None
    assert scrutinio.passaggi.last().motivo == "rilettura del verbale"
    assert scrutinio.digitazioni.get().passi.get(nome="schede").celle["votanti"] == 210


def test_correcting_after_errors_throws_away_the_second_reading():
    elezione = elezione_piccola(digitazione=DOPPIA)
    squadra, modulo = Squadra(elezione), build_modulo(elezione, 1)
    scrutinio = _difforme(elezione, squadra, schede_nulle=16)
    settle_differenze(scrutinio, modulo, {"schede_nulle": "seconda"}, motivo="è 16", by=squadra.responsabile)
    scrutinio.refresh_from_db()
    assert scrutinio.stato == Stato.CON_ERRORI

    type_tutto(scrutinio, modulo, by=squadra.anna)

    assert list(scrutinio.digitazioni.values_list("ordine", flat=True)) == [1]


def test_drafts_are_kept_and_an_old_message_does_not_cover_a_new_one():
    elezione = elezione_piccola()
    anna = Squadra(elezione).anna
    passo = build_modulo(elezione, 1).passo("schede")
    digitazione = open_digitazione(scrutinio_di(elezione), by=anna)

    assert save_bozza(digitazione, passo, {"votanti": "2"}, numero=1, by=anna)
    assert save_bozza(digitazione, passo, {"votanti": "210", "altro": "x"}, numero=3, by=anna)
    assert not save_bozza(digitazione, passo, {"votanti": "21"}, numero=2, by=anna)
    assert BozzaPasso.objects.get().celle == {"votanti": "210"}


def test_an_empty_box_is_zero_only_where_the_paper_says_nothing_for_zero():
    passo = build_modulo(elezione_piccola(), 1).passo("schede")

    celle, errori = read_celle(passo, {"votanti": "1.210", "schede_nulle": " ", "elettori_m": "12a"})

    assert (celle["votanti"], celle["schede_nulle"], celle["voti_validi"]) == (1210, 0, None)
    assert errori == {"elettori_m": "«12a» non è un numero: scriva solo cifre."}


def test_up_to_15_000_the_list_votes_are_not_typed():
    elezione = elezione_piccola(sistema=Sistema.FINO_15000, popolazione_legale=4_000)

    nomi = [passo.nome for passo in build_modulo(elezione, 1).passi]

    assert nomi == ["schede", "sindaco", "preferenze.1", "preferenze.2", "preferenze.3"]


def test_in_sicilia_the_lists_are_typed_up_to_15_000_too():
    elezione = elezione_piccola(sistema=Sistema.FINO_15000, popolazione_legale=4_000, ordinamento="sicilia")

    assert build_modulo(elezione, 1).passo("liste") is not None


def test_the_runoff_has_only_ballots_and_sindaci():
    modulo = build_modulo(elezione_piccola(), 2)

    assert [passo.nome for passo in modulo.passi] == ["schede", "sindaco"]
    assert "solo_sindaco.1" not in modulo.campi


@pytest.mark.parametrize(
    "cambia",
    [
        lambda e: e.liste.get(numero=1).candidati.filter(numero=2).update(cognome="NUOVO"),
        lambda e: e.liste.get(numero=1).candidati.filter(numero=2).update(sesso="F", numero=9),
        lambda e: e.liste.get(numero=1).candidati.filter(numero=2).update(stato="escluso"),
        lambda e: e.liste.filter(numero=1).update(denominazione="LISTA CON ALTRO NOME"),
        lambda e: e.candidati_sindaco.filter(numero=1).update(cognome="ALTRO"),
        lambda e: type(e).objects.filter(pk=e.pk).update(popolazione_legale=9_000, sistema="fino_15000"),
    ],
)
def test_the_form_kept_from_before_never_hides_a_change_of_the_ballot(cambia):
    elezione = elezione_piccola()
    prima = build_modulo(elezione, 1)
    assert build_modulo(elezione, 1) is prima

    cambia(elezione)
    elezione.refresh_from_db()
    dopo = build_modulo(elezione, 1)

    assert (dopo.sindaci, dopo.liste, dopo.candidati, dopo.is_voto_unico) != (
        prima.sindaci,
        prima.liste,
        prima.candidati,
        prima.is_voto_unico,
    )


@pytest.mark.parametrize(
    ("prima", "seconda", "sospetti"),
    [
        ([16, 61], [61, 16], ["due righe scambiate?"] * 2),
        ([16, 61, 5], [61, 16, 8], ["due righe scambiate?", "due righe scambiate?", ""]),
        ([9, 1, 2, 7], [4, 9, 1, 2], ["una riga slittata?"] * 4),
        ([4, 9, 1, 2], [9, 1, 2, 7], ["una riga slittata?"] * 4),
        ([183], [138], ["cifre invertite?"]),
        ([12], [120], ["una cifra in più o in meno?"]),
        ([47], [0], ["una riga saltata?"]),
        ([47], [52], [""]),
        ([None], [3], [""]),
    ],
)
def test_each_differing_box_names_its_likely_slip(prima, seconda, sospetti):
    campi = [f"c{i}" for i in range(len(prima))]
    trovati = find_sospetti(
        campi, dict(zip(campi, prima, strict=True)), dict(zip(campi, seconda, strict=True))
    )
    assert [trovati.get(campo, "") for campo in campi] == sospetti
