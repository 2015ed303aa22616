"""The giunta: law cases as data, the rounding of the share, and the verb."""

import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from norme.giunta import Assessore, check_giunta, is_incompatibile, min_of_each_sex
from norme.parametri import Parametri, parametri_at
from tests.norme.test_comandi import call, errore

CASI = tomllib.loads((Path(__file__).parents[1] / "casi" / "giunta.toml").read_text("utf-8"))
VOTO = date(2024, 6, 8)
NUMERI = [(voce, int(popolazione)) for voce in CASI["massimi"] for popolazione in voce["assessori"]]
ROSSI = {"nome": "Rossi Ugo", "sesso": "M", "consigliere": True, "vice": True}


def parametri_del(caso: dict) -> Parametri:
    noti = {nome: caso[nome] for nome in ("popolazione", "ordinamento", "capoluogo") if nome in caso}
    return parametri_at(caso.get("data", VOTO), **noti).choose(**caso.get("scelte", {}))


def assessore(posto: int, parola: str) -> Assessore:
    return Assessore(
        f"Assessore {posto}", parola[0].strip("?"), consigliere="c" in parola, vice="v" in parola
    )


@pytest.mark.parametrize("caso", CASI["casi"], ids=lambda caso: caso["nome"])
def test_law_cases(caso):
    assessori = [assessore(posto, parola) for posto, parola in enumerate(caso["assessori"], start=1)]

    esito = check_giunta(assessori, parametri=parametri_del(caso), sesso_sindaco=caso["sindaco"])

    assert [rilievo.codice for rilievo in esito.rilievi] == caso["rilievi"]
    attese = caso.get("non_controllati", [])
    assert len(esito.non_controllati) == len(attese)
    assert all(detta.startswith(attesa) for detta, attesa in zip(esito.non_controllati, attese, strict=True))
    assert not any("…" in rilievo.testo + rilievo.rimedio for rilievo in esito.rilievi)


@pytest.mark.parametrize(("voce", "popolazione"), NUMERI)
def test_how_many_assessori(voce, popolazione):
    caso = voce | {"popolazione": popolazione}

    esito = check_giunta([], parametri=parametri_del(caso), sesso_sindaco="F")

    assert esito.massimo == voce["assessori"][str(popolazione)]


@pytest.mark.parametrize("componenti", CASI["minimi"])
def test_the_share_of_a_giunta_is_rounded_to_the_nearest(componenti):
    assert min_of_each_sex(int(componenti), Fraction(2, 5)) == CASI["minimi"][componenti]


def test_where_there_is_no_share_there_is_no_minimum():
    assert min_of_each_sex(3, "nessuna") is None


@pytest.mark.parametrize(
    ("popolazione", "ordinamento", "incompatibile"),
    [(15_000, "ordinario", False), (15_001, "ordinario", True), (20_000, "sicilia", None)],
)
def test_an_assessore_cannot_remain_consigliere_above_15000(popolazione, ordinamento, incompatibile):
    parametri = parametri_at(VOTO, popolazione=popolazione, ordinamento=ordinamento)

    assert is_incompatibile(parametri) is incompatibile


def test_the_finding_tells_numbers_and_article():
    parametri = parametri_at(VOTO, popolazione=20_000)

    (rilievo,) = check_giunta(
        [assessore(n, p) for n, p in enumerate(["Mv", "M", "M", "M", "F"], start=1)],
        parametri=parametri,
        sesso_sindaco="M",
    ).rilievi

    assert rilievo.testo == (
        "La giunta ha 5 uomini e 1 donna (contando il sindaco): su 6 componenti ne servono almeno 2 "
        "di ciascun sesso, il 40 per cento con arrotondamento aritmetico (l. 56/2014 art. 1 c. 137)."
    )


@given(st.lists(st.sampled_from(["M", "F"]), max_size=12), st.sampled_from(["M", "F"]))
def test_writing_a_sex_never_changes_what_was_already_sure(sessi, sindaco):
    """What is said with a sex missing is true whichever it is; what is not said was not sure."""
    parametri = parametri_at(VOTO, popolazione=2_000_000)
    assessori = [Assessore(str(n), sesso, vice=n == 0) for n, sesso in enumerate(sessi)]
    codici = {
        sesso: {r.codice for r in check_giunta(assessori, parametri=parametri, sesso_sindaco=sesso).rilievi}
        for sesso in ("", "M", "F")
    }
    assert codici[""] == codici["M"] & codici["F"]
    assert codici[""] <= codici[sindaco]


def test_the_verb_gives_numbers_findings_and_what_it_does_not_know():
    esito = call(
        "giunta",
        data="2024-06-08",
        popolazione=20_000,
        sindaco={"sesso": "F"},
        assessori=[ROSSI, {"nome": "Verdi Ada", "sesso": "F"}],
    )

    assert (esito["assessori_massimi"], esito["minimo_per_sesso"]) == (5, 1)
    assert (esito["componenti"], esito["uomini"], esito["donne"]) == (3, 1, 2)
    assert [rilievo["codice"] for rilievo in esito["rilievi"]] == ["W516"]
    assert "Rossi Ugo è consigliere" in esito["rilievi"][0]["testo"]
    assert esito["non_controllati"] == []


def test_the_verb_takes_the_choices_of_the_ente_words_and_numbers():
    scelte = {"assessori_massimi": 4, "genere_giunta_base": "senza_sindaco"}
    esito = call("giunta", data="2024-06-08", popolazione=20_000, scelte=scelte, assessori=[ROSSI])

    assert (esito["assessori_massimi"], esito["componenti"]) == (4, 1)


@pytest.mark.parametrize(
    ("dati", "codice", "campo"),
    [
        ({}, "campo_mancante", "data"),
        ({"assessori": [{"sesso": "M"}]}, "campo_mancante", "assessori[0].nome"),
        ({"assessori": [{"nome": "A", "sesso": "X"}]}, "valore_non_ammesso", "assessori[0].sesso"),
        ({"assessori": [{"nome": "A", "eta": 3}]}, "campo_ignoto", "assessori[0].eta"),
        ({"sindaco": {"nome": "A"}}, "campo_ignoto", "sindaco.nome"),
        ({"scelte": {"assessori_massimi": 6}}, "valore_non_ammesso", "scelte.assessori_massimi"),
        ({"scelte": {"assessori_massimi": None}}, "campo_mancante", "scelte.assessori_massimi"),
        ({"scelte": {"assessori_massimi": True}}, "valore_non_ammesso", "scelte.assessori_massimi"),
        ({"scelte": {"quota_genere_giunta": "1/3"}}, "valore_non_ammesso", "scelte.quota_genere_giunta"),
    ],
)
def test_the_verb_names_what_is_wrong(dati, codice, campo):
    base = {"data": "2024-06-08", "popolazione": 20_000} if dati else {}

    assert errore("giunta", **base, **dati) == (codice, campo)
