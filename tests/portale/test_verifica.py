"""The one-file verifier on what it must refuse: tampered outcomes, void elections, broken files."""

import ast
import copy
import json
import random
import sys

import pytest

from electoral.documenti import impronta
from portale import verifica as programma
from portale.verifica_unita import build_verifica
from risultati.motore import run_riparto
from tests.reali.fascicoli import read_ingresso


def pubblica(dati: dict) -> dict:
    return {"dati": dati, "esito": run_riparto(dati), "impronta_dati": impronta(dati)}


def lancia(tmp_path, contenuto) -> int:
    file = tmp_path / "riparto.json"
    file.write_text(contenuto if isinstance(contenuto, str) else json.dumps(contenuto, default=str))
    return programma.main([str(file)])


def lista_unica(votanti: int) -> dict:
    return {
        "data": "2021-10-03",
        "sistema": "fino_15000",
        "popolazione": 2000,
        "seggi_consiglio": 10,
        "elettori": 1000,
        "votanti": votanti,
        "elettori_aire": 100,
        "votanti_aire": 10,
        "sindaci": [{"id": 1, "nome": "ROSSI Anna", "voti": 300}],
        "liste": [{"id": 1, "nome": "Unica", "sindaco": 1}],
    }


@pytest.mark.parametrize(("votanti", "esito"), [(364, "riparto"), (363, "nulla")])
def test_the_quorum_of_a_single_list_is_recomputed(tmp_path, votanti, esito):
    pubblicato = pubblica(lista_unica(votanti))
    assert pubblicato["esito"]["esito"] == esito

    assert lancia(tmp_path, pubblicato) == 0
    pubblicato["esito"]["esito"] = "nulla" if esito == "riparto" else "riparto"
    assert lancia(tmp_path, pubblicato) == 1


@pytest.mark.parametrize("campo", ["sindaco", "turno", "seggi_per_lista", "eletti", "consiglieri_sindaci"])
def test_an_outcome_that_the_data_do_not_give_is_seen(tmp_path, campo, capsys):
    pubblicato = pubblica(read_ingresso("san-benedetto-del-tronto-2021"))
    esito = pubblicato["esito"]
    if campo == "seggi_per_lista":
        esito[campo] = esito[campo] | {"1": 5, "2": 2}
    elif campo == "eletti":
        esito[campo] = esito[campo] | {"1": list(reversed(esito[campo]["1"]))[:1]}
    else:
        esito[campo] = [2] if campo == "consiglieri_sindaci" else 3

    assert lancia(tmp_path, pubblicato) == 1
    assert "ATTENZIONE" in capsys.readouterr().out


@pytest.mark.parametrize("testo", ["", "{", "[]", "null", "3", '{"dati": {}}', '{"dati": [], "esito": {}}'])
def test_a_file_that_is_not_ours_gets_words_and_code_two(tmp_path, testo, capsys):
    assert lancia(tmp_path, testo) == 2
    assert "Traceback" not in capsys.readouterr().out
    assert programma.main([str(tmp_path / "manca.json")]) == 2


@pytest.mark.parametrize("nome", ["triora-2018", "messina-2022", "corchiano-2021", "cardito-2026"])
def test_no_broken_file_makes_it_crash(tmp_path, nome, capsys):
    buono, caso = pubblica(read_ingresso(nome)), random.Random(nome)
    for _ in range(200):
        rotto = copy.deepcopy(buono)
        _break_somewhere(rotto, caso)
        assert lancia(tmp_path, rotto) in (0, 1, 2, 3)


def _break_somewhere(valore, caso: random.Random) -> None:
    while True:
        chiavi = list(valore) if isinstance(valore, dict) else range(len(valore))
        chiave = caso.choice(list(chiavi))
        sotto = valore[chiave]
        if isinstance(sotto, dict | list) and sotto and caso.random() < 0.8:
            valore = sotto
            continue
        valore[chiave] = caso.choice([None, 0, -1, "x", [], {}, True, 10**9])
        return


def test_it_needs_nothing_but_the_standard_library():
    albero = ast.parse(build_verifica())
    moduli = {
        nome.split(".")[0]
        for nodo in ast.walk(albero)
        for nome in (
            [a.name for a in nodo.names]
            if isinstance(nodo, ast.Import)
            else [nodo.module]
            if isinstance(nodo, ast.ImportFrom)
            else []
        )
    }
    assert moduli <= sys.stdlib_module_names
