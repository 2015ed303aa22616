"""The register of the parameters: what it finds, what it refuses, what it says when it does not know."""

import csv
import sys
import tomllib
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path
from time import process_time

import pytest

from norme.fasce import ordinamento_di
from norme.liste import limiti_lista
from norme.parametri import ParametroIgnoto, parametri_at
from norme.registro import ParametriErrati, catalogo, load, to_json

RADICE = Path(__file__).parents[2]
VALORE = """
valore = {valore}
riferimento = {{ atto = "TUEL", articolo = "73", comma = "7" }}
prova = "V"
verificato_il = 2026-11-22
"""
LENTEZZA = 20 if sys.gettrace() else 1  # coverage counts every line


def parametro(*valori: str, testa: str = "") -> dict[str, str]:
    righe = ["[prova]", 'descrizione = "Prova"', testa, *(f"[[prova.valori]]\n{valore}" for valore in valori)]
    return {"prova.toml": "\n".join(righe)}


def valore(dal: str, contenuto: str = "1", **altro: str) -> str:
    righe = "\n".join(f"{chiave} = {voce}" for chiave, voce in altro.items())
    return f"dal = {dal}\n{righe}\n{VALORE.format(valore=contenuto)}"


def test_a_value_carries_article_and_validity():
    voce = parametri_at(date(2021, 10, 3), popolazione=20_000)["sistema"]
    assert (voce.valore, str(voce.riferimento), voce.al) == (
        "oltre_15000",
        "TUEL artt. 72-73",
        date(2024, 1, 28),
    )


CONSIGLIO = tomllib.loads((RADICE / "tests/casi/consiglio.toml").read_text("utf-8"))["casi"]


@pytest.mark.parametrize(
    ("caso", "popolazione", "seggi"),
    [(caso, int(popolazione), seggi) for caso in CONSIGLIO for popolazione, seggi in caso["seggi"].items()],
    ids=lambda voce: f"{voce['data']} {voce.get('ordinamento', '')}" if isinstance(voce, dict) else str(voce),
)
def test_the_council_has_the_seats_of_its_law_or_is_said_to_be_unknown(caso, popolazione, seggi):
    parametri = parametri_at(
        caso["data"],
        popolazione=popolazione,
        ordinamento=caso.get("ordinamento", "ordinario"),
        capoluogo=caso.get("capoluogo", False),
    )
    assert (parametri["seggi_consiglio"].valore if "seggi_consiglio" in parametri else "ignoto") == seggi


FONTI = tomllib.loads((RADICE / "tests/casi/fonti.toml").read_text("utf-8"))["casi"]


@pytest.mark.parametrize(
    "caso", FONTI, ids=lambda caso: f"{caso['parametro']} {caso['data']} {caso['prova']}"
)
def test_a_value_cites_the_act_and_bears_the_mark_of_its_source(caso):
    valore = parametri_at(
        caso["data"],
        popolazione=caso.get("popolazione"),
        ordinamento=caso.get("ordinamento", "ordinario"),
    )[caso["parametro"]]
    assert (valore.riferimento.atto, valore.prova) == (caso["atto"], caso["prova"])
    assert caso.get("nota", "") in valore.nota


def test_fractions_lists_and_tables_are_read_exact_and_frozen():
    letto = load(parametro(valore("2000-01-01", '{ quota = "3/100", ore = ["7", "1/3"] }')))
    contenuto = letto["prova"].valori[0].valore
    assert contenuto["quota"] == Fraction(3, 100)
    assert contenuto["ore"] == ("7", Fraction(1, 3))
    assert to_json(contenuto) == {"quota": "3/100", "ore": ["7", "1/3"]}
    with pytest.raises(TypeError):
        contenuto["quota"] = 1


def test_an_unknown_name_suggests_the_nearest_one():
    with pytest.raises(ParametroIgnoto, match="«sistem» non esiste. Forse «sistema»"):
        parametri_at(date(2021, 10, 3))["sistem"]


def test_without_population_the_message_says_what_is_missing():
    with pytest.raises(ParametroIgnoto, match="Manca la popolazione legale"):
        parametri_at(date(2021, 10, 3)).valore("sistema")


def test_an_unknown_value_is_an_absent_key_and_never_a_guess():
    trento = parametri_at(date(2021, 10, 3), popolazione=1_200, ordinamento="trentino-alto-adige")
    assert "sistema" not in trento
    with pytest.raises(ParametroIgnoto, match=r"al 03.10.2021 per ordinamento trentino-alto-adige, 1.200 ab"):
        trento["sistema"]


def test_a_given_sistema_wins_over_the_derived_one():
    assert (
        parametri_at(date(2021, 10, 3), popolazione=9_000, sistema="oltre_15000").valore("sistema")
        == "oltre_15000"
    )


@pytest.mark.parametrize(
    "argomenti",
    [{"ordinamento": "padania"}, {"sistema": "oltre"}, {"popolazione": -1}],
)
def test_impossible_arguments_are_refused(argomenti):
    with pytest.raises(ValueError, match=r"sconosciuto|negativa"):
        parametri_at(date(2021, 10, 3), **argomenti)


@pytest.mark.parametrize(
    ("primo", "secondo"),
    [
        (valore("2000-01-01"), valore("2010-01-01")),
        (valore("2000-01-01", al="2010-01-01"), valore("2010-01-01")),
        (valore("2000-01-01", popolazione_a="3000"), valore("2000-01-01", popolazione_da="3000")),
        (
            valore("2000-01-01", ordinamento='["sicilia", "ordinario"]'),
            valore("2000-01-01", ordinamento='"sicilia"'),
        ),
        (valore("2000-01-01", capoluogo="true"), valore("2000-01-01")),
        (valore("2000-01-01", sistema='"fino_15000"'), valore("2000-01-01", popolazione_a="10")),
    ],
)
def test_two_values_for_one_case_are_a_load_error(primo, secondo):
    with pytest.raises(ParametriErrati, match="due valori per lo stesso caso"):
        load(parametro(primo, secondo))


@pytest.mark.parametrize(
    ("primo", "secondo"),
    [
        (valore("2000-01-01", al="2009-12-31"), valore("2010-01-01")),
        (valore("2000-01-01", popolazione_a="3000"), valore("2000-01-01", popolazione_da="3001")),
        (valore("2000-01-01", ordinamento='"sicilia"'), valore("2000-01-01", ordinamento='"ordinario"')),
        (valore("2000-01-01", capoluogo="true"), valore("2000-01-01", capoluogo="false")),
        (valore("2000-01-01", sistema='"fino_15000"'), valore("2000-01-01", sistema='"oltre_15000"')),
    ],
)
def test_values_for_different_cases_live_together(primo, secondo):
    assert len(load(parametro(primo, secondo))["prova"].valori) == 2


@pytest.mark.parametrize(
    ("testi", "messaggio"),
    [
        (parametro(valore("2000-01-01", colore='"blu"')), "chiavi sconosciute colore"),
        (parametro("dal = 2000-01-01\nvalore = 1"), "manca o è errato 'riferimento'"),
        (parametro(valore("2000-01-01", al="1999-01-01")), "prima di cominciare"),
        (parametro(valore("2000-01-01", popolazione_da="9", popolazione_a="5")), "rovesciata"),
        (parametro(valore("2000-01-01", ordinamento='"padania"')), "ordinamento «padania»"),
        (parametro(valore("2000-01-01").replace('"V"', '"X"')), "prova «X»"),
        (parametro(valore("2000-01-01", '"1/0"')), "manca o è errato"),
        (
            parametro(valore("2000-01-01")) | {"zeta.toml": parametro(valore("2000-01-01"))["prova.toml"]},
            "è già in",
        ),
    ],
)
def test_an_unclear_file_is_refused_with_its_reason(testi, messaggio):
    with pytest.raises(ParametriErrati, match=messaggio):
        load(testi)


def test_what_is_common_is_written_once():
    letto = load(
        parametro("dal = 2000-01-01\nvalore = 1", testa=VALORE.format(valore="0").replace("valore = 0", ""))
    )
    assert letto["prova"].valori[0].prova == "V"


def test_every_parameter_in_the_product_loads_with_a_description():
    assert all(voce.descrizione and voce.valori for voce in catalogo().values())


def test_an_ente_chooses_only_where_the_law_is_unsure():
    parametri = parametri_at(date(2021, 10, 3), popolazione=9_000)
    scelti = parametri.choose(politica_doppia_firma="successive", eta_massima_ruoli=["presidente"])
    assert scelti.valore("politica_doppia_firma") == "successive"
    assert scelti.valore("eta_massima_ruoli") == ("presidente",)
    assert scelti["politica_doppia_firma"].nota == "scelta dell'ente su un punto dubbio"
    assert parametri.valore("politica_doppia_firma") == "tutte"
    with pytest.raises(ValueError, match="nessuna, la legge non lascia scelta"):
        parametri.choose(seggi_consiglio=99)
    with pytest.raises(ParametroIgnoto):
        parametri.choose(seggi=99)


def test_a_value_outside_its_own_choices_is_refused():
    with pytest.raises(ParametriErrati, match="non è tra le sue scelte"):
        load(parametro(valore("2000-01-01", scelte="[2, 3]")))


def test_intero_refuses_what_is_not_a_number():
    parametri = parametri_at(date(2021, 10, 3), popolazione=9_000)
    assert parametri.intero("seggi_consiglio") == 12
    with pytest.raises(TypeError, match="sistema non è un intero"):
        parametri.intero("sistema")


def test_a_value_is_told_to_machines_with_its_source():
    assert parametri_at(date(2021, 10, 3), popolazione=20_000)["quota_minima_lista"].as_dict() == {
        "nome": "quota_minima_lista",
        "valore": "2/3",
        "riferimento": "TUEL art. 73 c. 1",
        "url": "https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:decreto.legislativo:2000-08-18;267",
        "prova": "V",
        "dal": "2000-10-13",
        "al": None,
        "nota": "Nei capoluoghi fino a 15.000 abitanti dal 29.1.2024 per d.l. 7/2024 art. 3.",
    }


def test_dates_are_told_in_iso_form():
    assert to_json({"entro": date(2021, 7, 27)}) == {"entro": "2021-07-27"}


def test_the_message_names_the_capoluogo():
    parametri = parametri_at(date(2000, 4, 16), popolazione=70_000, capoluogo=True)
    with pytest.raises(ParametroIgnoto, match=r"70\.000 abitanti, capoluogo"):
        parametri["seggi_consiglio"]


def test_the_mapping_holds_only_what_is_known():
    parametri = parametri_at(date(2021, 10, 3), popolazione=20_000)
    assert len(parametri) == len(list(parametri)) == sum(nome in parametri for nome in catalogo())


def test_the_comuni_of_2021_all_have_their_rules():
    """Above 15.000 they are 119, as the booklet counts (§7.4.1); three without lists have none."""
    with (RADICE / "dati" / "comuni_2021.csv").open(encoding="utf-8", newline="") as file:
        comuni = [riga for riga in csv.DictReader(file) if riga["popolazione_legale_2011"]]
    sistemi = Counter()
    for riga in comuni:
        parametri = parametri_at(
            date(2021, 10, 3),
            popolazione=int(riga["popolazione_legale_2011"]),
            ordinamento=ordinamento_di(riga["regione"]),
            capoluogo=riga["comune"] == riga["provincia"],
        )
        assert limiti_lista(parametri).minimo < parametri.intero("seggi_consiglio")
        sistemi[parametri.valore("sistema")] += 1
    assert sistemi == {"oltre_15000": 119, "fino_15000": 1_069}  # 1.073 less 4 of Friuli not in its list


def test_reading_the_parameters_of_an_election_again_costs_nothing():
    parametri_at(date(2021, 10, 3), popolazione=45_000)
    inizio = process_time()
    for _ in range(1_000):
        parametri_at(date(2021, 10, 3), popolazione=45_000)
    assert process_time() - inizio < 0.1 * LENTEZZA
