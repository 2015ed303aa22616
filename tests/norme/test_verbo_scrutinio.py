"""The verb ``scrutinio``: the figures of a section in JSON, the findings out."""

import io
import json

import pytest

from norme.__main__ import main
from norme.comandi.scrutinio import run
from norme.ingresso import ErroreIngresso


def ingresso(**altro):
    return {
        **{"data": "2021-10-03", "popolazione": 46963, "sezione": 1},
        **{"votanti_m": 327, "votanti_f": 373, "votanti": 700, "elettori": 1131},
        **{"voti_validi": 300, "schede_bianche": 195, "schede_nulle": 205, "contestate_non_attribuite": 0},
        "affluenze": [{"rilevazione": "12", "votanti": 150}, {"rilevazione": "23", "votanti": 690}],
        "sindaci": [{"id": 1, "voti": 200, "solo_sindaco": 10}, {"id": 2, "voti": 100, "solo_sindaco": 0}],
        "liste": [
            {
                "id": "A",
                "sindaco": 1,
                "voti": 190,
                "totale_preferenze": 7,
                "candidati": [
                    {"id": 1, "preferenze": 3, "sesso": "M"},
                    {"id": 2, "nome": "X", "preferenze": 4},
                ],
            },
            {"id": "B", "sindaco": 2, "voti": 100},
        ],
        **altro,
    }


def test_a_section_that_balances():
    esito = run(
        ingresso(schede_bianche=5, schede_nulle=5, votanti=310, votanti_m=150, votanti_f=160, affluenze=[])
    )
    assert esito == {"sezione": 1, "turno": 1, "quadra": True, "errori": 0, "avvisi": 0, "rilievi": []}


def test_a_section_that_does_not():
    esito = run(ingresso(votanti=689))
    assert (esito["quadra"], esito["errori"]) == (False, 3)
    assert [r["codice"] for r in esito["rilievi"]] == ["E401", "E403", "E410"]
    assert esito["rilievi"][1]["campi"] == ["votanti", "affluenze.23"]


def test_only_one_step():
    assert run(ingresso(votanti=689, passo="sindaco"))["rilievi"] == []
    dati = ingresso(passo="preferenze.A")
    dati["liste"][0]["totale_preferenze"] = 8
    assert [r["codice"] for r in run(dati)["rilievi"]] == ["E444"]


def test_the_command_prints_findings_and_exits_zero():
    uscita = io.StringIO()
    testo = json.dumps(ingresso(votanti=689)).encode()
    assert main(["scrutinio"], io.BytesIO(testo), uscita) == 0
    assert json.loads(uscita.getvalue())["errori"] == 3


@pytest.mark.parametrize(
    ("cambio", "codice", "campo"),
    [
        ({"passo": "lista"}, "valore_non_ammesso", "passo"),
        ({"schede_bianca": 3}, "campo_ignoto", "schede_bianca"),
        ({"votanti": "700"}, "tipo_errato", "votanti"),
        ({"votanti": -1}, "valore_fuori_limiti", "votanti"),
        ({"liste": [{"id": 1, "sindaco": 9, "voti": 3}]}, "riferimento_ignoto", "liste[0].sindaco"),
        ({"liste": [{"id": 1, "voti": 3}, {"id": 1, "voti": 3}]}, "valore_ripetuto", "liste[1].id"),
        (
            {"liste": [{"id": 1, "candidati": [{"id": 1, "preferenza": 3}]}]},
            "campo_ignoto",
            "liste[0].candidati[0].preferenza",
        ),
        ({"turno": 3}, "valore_fuori_limiti", "turno"),
    ],
)
def test_a_wrong_input_names_code_and_field(cambio, codice, campo):
    with pytest.raises(ErroreIngresso) as errore:
        run(ingresso(**cambio))
    assert (errore.value.codice, errore.value.campo) == (codice, campo)
