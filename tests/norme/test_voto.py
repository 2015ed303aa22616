"""The decision tables of the vote, row by row, through the verb ``scheda``."""

import tomllib
from pathlib import Path

import pytest

from norme.comandi.scheda import run
from norme.ingresso import ErroreIngresso
from norme.parametri import ParametroIgnoto
from norme.tavola_voto import TITOLI, tavola

CASI = tomllib.loads((Path(__file__).parents[1] / "casi" / "voto.toml").read_text("utf-8"))
NIENTE = {
    "sindaco": None,
    "lista": None,
    "solo_sindaco": False,
    "lista_nulla": False,
    "preferenze": [],
    "nulle": [],
}


def ingresso(quadro: str, **altro):
    voce = CASI["quadri"][quadro]
    liste = [
        {
            "id": nome,
            "sindaco": lista["sindaco"],
            "apparentata_con": lista.get("apparentata_con"),
            "candidati": CASI["candidati"].get(lista.get("candidati"), []),
        }
        for nome, lista in voce["liste"].items()
    ]
    sindaci = voce.get("sindaci") or dict.fromkeys(lista["sindaco"] for lista in liste)
    return {**voce["elezione"], "sindaci": [{"id": s} for s in sindaci], "liste": liste, **altro}


@pytest.mark.parametrize("caso", CASI["caso"], ids=lambda caso: caso["nome"])
def test_marks_give_the_votes_of_the_row(caso):
    esito = run(ingresso(caso["quadro"], scheda=caso["scheda"], scelte=caso.get("scelte")))
    esito["nulle"] = [nulla["riga"] for nulla in esito.pop("preferenze_nulle")]
    atteso = {**NIENTE, **caso["atteso"]}
    assert {chiave: esito[chiave] for chiave in atteso} == atteso


def test_every_row_of_the_tables_has_a_case():
    righe = {caso["atteso"]["riga"] for caso in CASI["caso"]}
    righe |= {riga for caso in CASI["caso"] for riga in caso["atteso"].get("nulle", [])}
    assert righe == set(tavola())


def test_every_row_names_marks_outcome_article_and_mark_of_evidence():
    for riga in tavola().values():
        assert riga.segni and riga.esito and riga.articolo and riga.prova in "VSRD"
        assert riga.codice[0] in TITOLI


def test_a_pile_of_ballots_gives_the_totals_of_the_verbale():
    schede = [
        {"liste": ["A1"], "preferenze": ["Rossi Mario"]},
        {"sindaci": ["B"], "liste": ["A1"]},
        {"sindaci": ["A"]},
        {"sindaci": ["A"], "liste": ["A1", "B1"]},
        {},
        {"sindaci": ["A", "B"]},
    ]
    assert run(ingresso("distinto", schede=schede))["totali"] == {
        "valida": 4,
        "nulla": 1,
        "bianca": 1,
        "da_decidere": 0,
        "voti_sindaci": [{"sindaco": "A", "voti": 3}, {"sindaco": "B", "voti": 1}],
        "solo_sindaco": [{"sindaco": "A", "voti": 1}],
        "voti_liste": [{"lista": "A1", "voti": 2}],
        "voti_lista_nulli": 1,
        "preferenze": [{"lista": "A1", "candidato": 1, "voti": 1}],
    }


def test_the_law_nobody_found_is_not_guessed():
    friuli = ingresso("friuli", scheda={"liste": ["A1"]})
    del friuli["preferenze_massime"]
    with pytest.raises(ParametroIgnoto, match="preferenze_massime"):
        run(friuli)


def senza_sesso():
    dati = ingresso("distinto", scheda={"liste": ["A1"], "preferenze": ["Rossi Mario", "Rossi Anna"]})
    dati["liste"][0]["candidati"] = [{**c, "sesso": ""} for c in dati["liste"][0]["candidati"]]
    return dati


@pytest.mark.parametrize(
    ("dati", "codice", "campo"),
    [
        (senza_sesso(), "campo_mancante", "scheda.preferenze"),
        (ingresso("distinto"), "campo_mancante", "schede"),
        (ingresso("distinto", scheda={"liste": ["Q"]}), "riferimento_ignoto", "scheda.liste"),
        (ingresso("distinto", scheda={"liste": "A1"}), "tipo_errato", "scheda.liste"),
        (
            ingresso("distinto", scheda={"sindaco_scritto": "Q"}),
            "riferimento_ignoto",
            "scheda.sindaco_scritto",
        ),
        (ingresso("distinto", scheda={"lsite": []}), "campo_ignoto", "scheda.lsite"),
        (ingresso("distinto", scheda={}, preferenza=1), "campo_ignoto", "preferenza"),
        (ingresso("distinto", scheda={}, scelte={"sistema": "x"}), "valore_non_ammesso", "scelte.sistema"),
        (ingresso("distinto", scheda={}, turno=3), "valore_fuori_limiti", "turno"),
        (ingresso("distinto", scheda={}, popolazione=None), "campo_mancante", "popolazione"),
        (ingresso("sicilia_2014", scheda={}, sistema=None), "campo_mancante", "sistema"),
        (ingresso("distinto", scheda={}, ordinamento="valle-d-aosta"), "campo_mancante", "sistema"),
        (
            ingresso("unico", scheda={}, sindaci=[{"id": "A"}, {"id": "A"}]),
            "valore_ripetuto",
            "sindaci[1].id",
        ),
        (ingresso("distinto", scheda={}, sistema="fino_15000"), "collegamento_errato", "liste"),
        (
            ingresso("distinto", scheda={"preferenze": [{"lista": "A1", "candidato": 99}]}),
            "riferimento_ignoto",
            "scheda.preferenze[0].candidato",
        ),
        (
            ingresso("distinto", scheda={"preferenze": [7]}),
            "tipo_errato",
            "scheda.preferenze[0]",
        ),
    ],
)
def test_a_wrong_input_names_code_and_field(dati, codice, campo):
    with pytest.raises(ErroreIngresso) as errore:
        run(dati)
    assert (errore.value.codice, errore.value.campo) == (codice, campo)
    assert errore.value.messaggio.endswith(".")
