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


CHIUSURE = [
    # two days: the last report is that of 15:00 of the second; fewer is E403, whatever the hour
    ("ore 15, di meno", {}, [("15", 300)], ["E409"]),
    ("ore 15, gli stessi", {}, [("12", 90), ("15", 310)], []),
    ("ore 15 scritta per intero", {}, [("15:00", 300)], ["E409"]),
    ("ore 15, di più", {}, [("15", 320)], ["E403"]),
    ("la chiusura non è arrivata", {}, [("12", 90), ("23", 250)], []),
    ("nessuna affluenza", {}, [], []),
    ("un giorno solo: l'ultima è alle 23", {"data": "2022-06-12"}, [("23", 300)], ["E409"]),
    ("un giorno solo: alle 19 si votava ancora", {"data": "2022-06-12"}, [("19", 250)], []),
    # in June 2024 the hour 23 comes twice: alone it may be that of Saturday
    ("giugno 2024, le 23 da sole", {"data": "2024-06-08"}, [("23", 90)], []),
    ("giugno 2024, le 23 di domenica", {"data": "2024-06-08"}, [("12", 90), ("23", 300)], ["E409"]),
    ("ballottaggio del 2024, le 23 di domenica", {"data": "2024-06-08", "turno": 2}, [("23", 250)], []),
    ("ballottaggio del 2024, le 15", {"data": "2024-06-08", "turno": 2}, [("15", 300)], ["E409"]),
    ("seggio speciale: solo un avviso", {"speciale": True}, [("15", 300)], ["W446"]),
    ("Sicilia: le ore non sono note", {"ordinamento": "sicilia"}, [("15", 300)], []),
    ("detta a parte, di meno", {"chiusura": 300}, [], ["E409"]),
    ("detta a parte, di più", {"chiusura": 320}, [("23", 250)], ["E409"]),
    ("detta a parte, più delle ore scritte", {"chiusura": 310}, [("15", 300)], []),
]


@pytest.mark.parametrize(("nome", "altro", "ore", "attesi"), CHIUSURE, ids=[voce[0] for voce in CHIUSURE])
def test_the_voters_are_those_told_when_the_polls_closed(nome, altro, ore, attesi):
    sezione = {"votanti_m": 150, "votanti_f": 160, "votanti": 310, "schede_bianche": 5, "schede_nulle": 5}
    if altro.get("turno") == 2:
        sezione |= {"liste": [], "sindaci": [{"id": 1, "voti": 200}, {"id": 2, "voti": 100}]}
    affluenze = [{"rilevazione": ora, "votanti": votanti} for ora, votanti in ore]
    esito = run(ingresso(**sezione, **altro, affluenze=affluenze))
    assert [r["codice"] for r in esito["rilievi"]] == attesi
    assert esito["quadra"] is not any(codice[0] == "E" for codice in attesi)


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
