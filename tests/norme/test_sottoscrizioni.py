"""Signatures: how many, which ones count, why the others do not."""

import sys
import tomllib
from datetime import date
from pathlib import Path
from time import process_time

import pytest

from norme.parametri import ParametroIgnoto, parametri_at
from norme.sottoscrizioni import (
    Firma,
    FirmeLista,
    Motivo,
    check_sottoscrizioni,
    explain_firma,
    limiti_firme,
    prima_data_valida,
)

CASI = tomllib.loads((Path(__file__).parents[1] / "casi" / "liste.toml").read_text("utf-8"))
TERMINE = date(2021, 9, 4)
PARAMETRI = parametri_at(date(2021, 10, 3), popolazione=1_500)  # 9 firme
LENTEZZA = 20 if sys.gettrace() else 1  # coverage counts every line


def firme(quante: int, *, prefisso: str = "elettore", **altro) -> list[Firma]:
    return [
        Firma(id=f"{prefisso}{n}", persona=f"{prefisso}{n}", data=date(2021, 8, 1), **altro)
        for n in range(quante)
    ]


def esito(*liste: FirmeLista, parametri=PARAMETRI):
    return check_sottoscrizioni(liste, parametri=parametri, termine=TERMINE)


def esito_di_una(firma: Firma, **altro):
    return esito(FirmeLista("A", [firma], **altro))["A"]


@pytest.mark.parametrize("caso", CASI["firme"], ids=lambda caso: str(caso["popolazione"]))
def test_the_table_of_the_law_and_the_third_of_2021(caso):
    ordinario = limiti_firme(parametri_at(date(2023, 5, 14), popolazione=caso["popolazione"]))
    ridotto = limiti_firme(parametri_at(date(2021, 10, 3), popolazione=caso["popolazione"]))
    assert (ordinario.minimo, ordinario.massimo) == (caso["minimo"], caso.get("massimo"))
    assert (ridotto.minimo, ridotto.massimo) == (caso["ridotto"], caso.get("massimo"))


@pytest.mark.parametrize(
    "caso", CASI["firme_regionali"], ids=lambda caso: f"{caso['ordinamento']} {caso['popolazione']}"
)
def test_the_tables_of_the_regions(caso):
    limiti = limiti_firme(
        parametri_at(date(2023, 5, 14), popolazione=caso["popolazione"], ordinamento=caso["ordinamento"])
    )
    assert (limiti.minimo, limiti.massimo) == (caso["minimo"], caso.get("massimo"))


@pytest.mark.parametrize(
    ("data", "minimo"),
    [
        (date(2019, 5, 26), 25),
        (date(2020, 9, 20), 9),
        (date(2021, 3, 7), 25),
        (date(2021, 10, 3), 9),
        (date(2022, 6, 12), 25),
    ],
)
def test_the_third_applies_only_in_its_months(data, minimo):
    assert limiti_firme(parametri_at(data, popolazione=1_500)).minimo == minimo


def test_the_article_names_the_reduction():
    assert limiti_firme(PARAMETRI).articolo == "l. 81/1993 art. 3 c. 1, d.l. 25/2021 art. 2 c. 1"


def test_an_unknown_reduction_is_said():
    with pytest.raises(ParametroIgnoto, match="sicilia"):
        limiti_firme(parametri_at(date(2021, 10, 10), popolazione=9_000, ordinamento="sicilia"))


def test_signatures_are_valid_from_the_180th_day_before_the_term():
    assert prima_data_valida(PARAMETRI, termine=TERMINE) == date(2021, 3, 8)
    fvg = parametri_at(date(2017, 6, 11), popolazione=1_500, ordinamento="friuli-venezia-giulia")
    assert prima_data_valida(fvg, termine=date(2017, 5, 9)) == date(2017, 2, 8)


@pytest.mark.parametrize(
    ("firma", "motivo"),
    [
        (Firma(1, "x", iscritto=False, certificato=False), Motivo.NON_ISCRITTO),
        (Firma(1, "x", certificato=False), Motivo.CERTIFICATO_MANCANTE),
        (Firma(1, "x", foglio_regolare=False), Motivo.FOGLIO_IRREGOLARE),
        (Firma(1, "x", autenticata=False), Motivo.AUTENTICAZIONE_IRREGOLARE),
        (Firma(1, "x", data=date(2021, 3, 7)), Motivo.TROPPO_VECCHIA),
        (Firma(1, "x", data=date(2021, 9, 5)), Motivo.DOPO_LA_PRESENTAZIONE),
        (Firma(1, "candidato"), Motivo.CANDIDATO),
    ],
)
def test_each_fault_voids_the_signature_and_is_explained(firma, motivo):
    risultato = esito_di_una(firma, candidati=["candidato"])
    assert risultato.nulle == {1: (motivo,)}
    assert risultato.per_motivo == {motivo: 1}
    (rilievo,) = explain_firma(firma, risultato, limite=date(2021, 3, 8))
    assert rilievo.codice == motivo.value
    assert rilievo.testo


@pytest.mark.parametrize(
    "firma", [Firma(1, "x"), Firma(1, "x", data=date(2021, 3, 8)), Firma(1, "x", data=TERMINE)]
)
def test_a_regular_signature_counts_even_if_its_date_is_missing(firma):
    assert esito_di_una(firma).valide == 1
    assert explain_firma(firma, esito_di_una(firma)) == ()


def test_a_signature_after_the_list_was_presented_does_not_count():
    firma = Firma(1, "x", data=date(2021, 9, 4))
    assert esito_di_una(firma, presentata_il=date(2021, 9, 3)).per_motivo == {Motivo.DOPO_LA_PRESENTAZIONE: 1}


def test_every_reason_is_kept_and_the_first_one_is_counted():
    risultato = esito_di_una(Firma(1, "x", foglio_regolare=False, autenticata=False))
    assert risultato.nulle == {1: (Motivo.FOGLIO_IRREGOLARE, Motivo.AUTENTICAZIONE_IRREGOLARE)}
    assert risultato.per_motivo == {Motivo.FOGLIO_IRREGOLARE: 1}


def test_who_signs_twice_counts_once():
    risultato = esito(FirmeLista("A", [Firma(1, "x"), Firma(2, "x"), Firma(3, "y")]))["A"]
    assert risultato.nulle == {2: (Motivo.RIPETUTA,)}
    assert risultato.valide == 2


def test_who_signs_two_lists_counts_for_none_and_both_counts_are_shown():
    comune = Firma("c", "comune")
    esiti = esito(
        FirmeLista(
            "A", [*firme(9, prefisso="a"), comune], denominazione="Lista A", presentata_il=date(2021, 9, 3)
        ),
        FirmeLista(
            "B", [*firme(9, prefisso="b"), comune], denominazione="Lista B", presentata_il=date(2021, 9, 4)
        ),
    )
    assert [esiti[lista].valide for lista in "AB"] == [9, 9]
    assert [esiti[lista].valide_contando_le_doppie for lista in "AB"] == [10, 10]
    (rilievo,) = explain_firma(comune, esiti["A"])
    assert rilievo.testo == "comune ha firmato anche la lista «Lista B»."


def test_the_other_policy_voids_only_the_later_list():
    comune = Firma("c", "comune")
    parametri = PARAMETRI.choose(politica_doppia_firma="successive")
    esiti = esito(
        FirmeLista("B", [comune], presentata_il=date(2021, 9, 4), ordine=2),
        FirmeLista("A", [comune], presentata_il=date(2021, 9, 4), ordine=1),
        parametri=parametri,
    )
    assert [esiti[lista].valide for lista in "AB"] == [1, 0]


@pytest.mark.parametrize("verso", [1, -1], ids=["come scritte", "al contrario"])
@pytest.mark.parametrize(
    ("giorni", "motivi"),
    [
        ({"A": None, "B": None}, {"A": "E230", "B": "E230"}),
        ({"A": TERMINE, "B": None}, {"A": "E230", "B": "E230"}),
        ({"A": TERMINE, "B": TERMINE}, {"A": "E230", "B": "E230"}),
        ({"A": date(2021, 9, 3), "B": TERMINE}, {"A": "", "B": "E227"}),
        ({"A": date(2021, 9, 3), "B": TERMINE, "C": None}, {"A": "E230", "B": "E227", "C": "E230"}),
        ({"A": date(2021, 9, 3), "B": TERMINE, "C": TERMINE}, {"A": "", "B": "E227", "C": "E227"}),
    ],
)
def test_when_it_is_not_known_which_list_came_first_the_order_of_writing_decides_nothing(
    giorni, motivi, verso
):
    liste = [
        FirmeLista(nome, [Firma("c", "comune")], presentata_il=giorno) for nome, giorno in giorni.items()
    ]
    parametri = PARAMETRI.choose(politica_doppia_firma="successive")
    esiti = esito(*liste[::verso], parametri=parametri)
    assert {nome: "".join(esiti[nome].per_motivo) for nome in giorni} == motivi
    assert all(uno.valide_contando_le_doppie == 1 for uno in esiti.values())


def test_below_the_minimum_only_because_the_order_is_not_known_is_said_as_such():
    comuni = firme(2, prefisso="comune")
    parametri = PARAMETRI.choose(politica_doppia_firma="successive")
    lista, altra = FirmeLista("A", [*firme(7), *comuni]), FirmeLista("B", comuni)
    esiti = esito(lista, altra, parametri=parametri)
    assert (esiti["A"].valide, esiti["A"].dubbie, esiti["A"].sufficienti) == (7, 2, False)
    assert [rilievo.codice for rilievo in esiti["A"].rilievi] == ["W117"]
    assert [rilievo.codice for rilievo in esiti["B"].rilievi] == ["E102"]


def test_a_certificate_nobody_has_looked_at_is_counted_apart():
    viste, non_viste = firme(4), firme(5, prefisso="altro", certificato=None)
    nulla = Firma("z", "z", certificato=None, autenticata=False)
    risultato = esito(FirmeLista("A", [*viste, *non_viste, nulla]))["A"]
    assert (risultato.valide, risultato.da_verificare) == (9, 5)


def test_signatures_of_candidates_may_count_by_choice():
    parametri = PARAMETRI.choose(firme_dei_candidati=True)
    assert esito(FirmeLista("A", [Firma(1, "x")], candidati=["x"]), parametri=parametri)["A"].valide == 1


def test_too_few_is_an_error_and_too_many_only_a_note():
    assert [rilievo.codice for rilievo in esito(FirmeLista("A", firme(8)))["A"].rilievi] == ["E102"]
    assert esito(FirmeLista("A", firme(9)))["A"].rilievi == ()
    molte = esito(FirmeLista("A", firme(51)))["A"]
    assert molte.sufficienti
    assert [rilievo.codice for rilievo in molte.rilievi] == ["W101"]


def test_signatures_void_only_for_a_missing_certificate_can_be_saved():
    senza = firme(3, prefisso="senza", certificato=False)
    risultato = esito(FirmeLista("A", [*firme(7), *senza]))["A"]
    assert (risultato.valide, risultato.curabili, risultato.sufficienti) == (7, 3, False)


def test_forty_lists_of_a_thousand_signatures_take_well_under_a_second():
    liste = [FirmeLista(n, firme(1_000, prefisso=f"lista{n}-")) for n in range(40)]
    inizio = process_time()
    esiti = esito(*liste)
    assert process_time() - inizio < 1 * LENTEZZA
    assert all(uno.valide == 1_000 for uno in esiti.values())
