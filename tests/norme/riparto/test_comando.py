"""``python -m norme``: the contract of the command (DESIGN §5.1)."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from norme.__main__ import VERBI, main
from norme.comandi.riparto import run
from norme.ingresso import ErroreIngresso
from norme.riparto.interpretazioni import PUNTI, Interpretazioni

RADICE = Path(__file__).parents[3]


def elezione(**campi):
    base = {
        "data": "2021-10-03",
        "sistema": "oltre_15000",
        "seggi_consiglio": 16,
        "sindaci": [{"id": 1, "nome": "Anna", "voti": 600}, {"id": 2, "nome": "Bruno", "voti": 400}],
        "liste": [
            {"id": 1, "nome": "Uno", "sindaco": 1, "voti": 590},
            {"id": 2, "nome": "Due", "sindaco": 2, "voti": 390},
        ],
    }
    return base | campi


S1 = {"id": 1, "nome": "Anna", "voti": 600}
S2 = {"id": 2, "nome": "Bruno", "voti": 400}
L1 = {"id": 1, "nome": "Uno", "sindaco": 1, "voti": 590}
L2 = {"id": 2, "nome": "Due", "sindaco": 2, "voti": 390}


def call(verbo, testo):
    uscita = io.StringIO()
    codice = main([verbo], io.BytesIO(testo if isinstance(testo, bytes) else testo.encode()), uscita)
    return codice, json.loads(uscita.getvalue())


def test_the_answer_has_the_fields_of_the_contract():
    codice, esito = call("riparto", json.dumps(elezione()))
    assert codice == 0
    assert esito["esito"] == "riparto"
    assert esito["seggi_per_lista"] == {"1": 10, "2": 5}
    assert esito["consiglieri_sindaci"] == [2]
    assert {"tipo", "articolo", "testo"} <= set(esito["passi"][0])
    assert esito["parametri"][0]["riferimento"]
    assert esito["richiesta"] is None


def test_runs_without_site_packages_and_without_django():
    programma = (
        f"import sys, runpy; sys.path.insert(0, {str(RADICE)!r}); sys.argv = ['norme', 'riparto'];"
        "runpy.run_module('norme', run_name='__main__', alter_sys=True)"
    )
    esito = subprocess.run(
        [sys.executable, "-S", "-I", "-c", programma],
        input=json.dumps(elezione()),
        capture_output=True,
        text=True,
        cwd="/",
        check=False,
    )
    assert (esito.returncode, esito.stderr) == (0, "")
    assert json.loads(esito.stdout)["sindaco"] == 1


def test_every_verb_of_the_usage_exists_as_a_module():
    mancanti = [verbo for verbo in VERBI if not (RADICE / "norme" / "comandi" / f"{verbo}.py").exists()]
    assert mancanti == []


@pytest.mark.parametrize(
    ("testo", "codice"),
    [
        ("", "json_non_valido"),
        ("{", "json_non_valido"),
        ("[1]", "tipo_errato"),
        ('{"data": NaN}', "json_non_valido"),
        ('{"data": 1, "data": 2}', "campo_ripetuto"),
        (b"\xff\xfe", "codifica_errata"),
        ("[" * 100_000, "json_non_valido"),
    ],
    ids=["vuoto", "troncato", "elenco", "NaN", "chiave doppia", "non UTF-8", "annidato"],
)
def test_what_is_not_a_json_object_is_refused_with_a_reason(testo, codice):
    uscita, esito = call("riparto", testo)
    assert (uscita, esito["errore"]["codice"]) == (2, codice)
    assert esito["errore"]["messaggio"]


def test_a_utf8_bom_is_read():
    assert call("riparto", b"\xef\xbb\xbf" + json.dumps(elezione()).encode())[0] == 0


@pytest.mark.parametrize("verbo", VERBI)
def test_every_verb_has_a_page_of_help_with_an_example_that_runs(verbo):
    aiuto = io.StringIO()
    assert main([verbo, "--help"], io.BytesIO(), aiuto) == 0
    pagina = aiuto.getvalue()
    assert pagina.startswith(f"uso: python -m norme {verbo} ")
    codice, esito = call(verbo, pagina.partition("Esempio:\n")[2])
    assert (codice, "errore" in esito) == (0, False)


def test_an_unknown_verb_lists_those_that_exist(capsys):
    uscita, esito = call("pippo", "{}")
    assert (uscita, esito["errore"]["codice"]) == (2, "verbo_ignoto")
    assert "riparto" in capsys.readouterr().err
    aiuto = io.StringIO()
    assert main(["--help"], io.BytesIO(), aiuto) == 0
    assert "resistenza" in aiuto.getvalue()


@pytest.mark.parametrize("voti", [None, "assenti"])
def test_seats_do_not_rest_on_list_votes_nobody_gave(voti):
    lista = {campo: voce for campo, voce in L2.items() if campo != "voti"}
    liste = [L1, lista if voti else lista | {"voti": None}]
    uscita, esito = call("riparto", json.dumps(elezione(liste=liste)))
    assert (uscita, esito["errore"]["codice"]) == (2, "dato_necessario")
    assert esito["errore"]["campo"] == "liste[1].voti"
    pari = [S1 | {"voti": 500}, S2 | {"voti": 500}]
    assert call("riparto", json.dumps(elezione(liste=liste, sindaci=pari)))[1]["esito"] == "ballottaggio"
    assert call("riparto", json.dumps(elezione(liste=liste, sistema="fino_15000")))[1]["esito"] == "riparto"


def test_an_empty_array_of_candidates_says_nothing_about_them():
    esito = run(elezione(liste=[L1 | {"candidati": []}, L2]))
    assert (esito["seggi_per_lista"], esito["seggi_vacanti"]) == ({"1": 10, "2": 5}, 0)


def test_who_takes_the_place_of_a_dead_finalist_is_voted_on_the_sunday_the_law_says():
    sindaci = [
        S1 | {"voti": 400},
        S2 | {"voti": 380, "deceduto_il": "2021-10-07"},
        {"id": 3, "nome": "Carla", "voti": 50},
    ]
    esito = run(elezione(sindaci=sindaci, liste=[L1, L2, L1 | {"id": 3, "sindaco": 3}]))
    assert esito["ammessi_ballottaggio"] == [1, 3]
    (passo,) = [passo for passo in esito["passi"] if passo["tipo"] == "subentro_ballottaggio"]
    assert (passo["subentra"], passo["si_vota_il"]) == (3, "2021-10-24")
    assert "Si vota il 24.10.2021" in passo["testo"]


def test_an_unknown_rule_is_never_guessed():
    uscita, esito = call("riparto", json.dumps(elezione(ordinamento="sicilia", data="2012-05-06")))
    assert (uscita, esito["errore"]["codice"]) == (2, "parametro_ignoto")


@pytest.mark.parametrize(
    ("campi", "codice", "campo"),
    [
        ({"data": None}, "campo_mancante", "data"),
        ({"data": "3/10/2021"}, "data_non_valida", "data"),
        ({"data": "2021-13-03"}, "data_non_valida", "data"),
        ({"ordinamento": "lombardia"}, "valore_non_ammesso", "ordinamento"),
        ({"ordinamento": 3}, "valore_non_ammesso", "ordinamento"),
        ({"sistema": "medio"}, "valore_non_ammesso", "sistema"),
        ({"sistema": None}, "campo_mancante", "popolazione"),
        ({"popolazione": -1}, "valore_fuori_limiti", "popolazione"),
        ({"capoluogo": "no"}, "tipo_errato", "capoluogo"),
        ({"seggi_consiglio": 0}, "valore_fuori_limiti", "seggi_consiglio"),
        ({"seggi_consiglio": None}, "campo_mancante", "seggi_consiglio"),
        ({"sindaci": []}, "elenco_troppo_corto", "sindaci"),
        ({"sindaci": None}, "campo_mancante", "sindaci"),
        ({"sindaci": {"a": 1}}, "tipo_errato", "sindaci"),
        ({"sindaci": [3]}, "tipo_errato", "sindaci[0]"),
        ({"sindaci": [S1 | {"id": ""}, S2]}, "tipo_errato", "sindaci[0].id"),
        ({"sindaci": [S1 | {"id": True}, S2]}, "tipo_errato", "sindaci[0].id"),
        ({"sindaci": [S1, S1]}, "identificativo_ripetuto", "sindaci[1].id"),
        ({"sindaci": [S1, {"id": "1", "voti": 3}]}, "identificativo_ripetuto", "sindaci[1].id"),
        ({"sindaci": [S1 | {"voti": -1}, S2]}, "valore_fuori_limiti", "sindaci[0].voti"),
        ({"sindaci": [S1 | {"voti": 1.5}, S2]}, "tipo_errato", "sindaci[0].voti"),
        ({"sindaci": [S1 | {"voti": "600"}, S2]}, "tipo_errato", "sindaci[0].voti"),
        ({"sindaci": [S1 | {"voti": True}, S2]}, "tipo_errato", "sindaci[0].voti"),
        ({"sindaci": [S1 | {"voti": None}, S2]}, "campo_mancante", "sindaci[0].voti"),
        ({"sindaci": [S1 | {"nome": 3}, S2]}, "tipo_errato", "sindaci[0].nome"),
        ({"sindaci": [S1 | {"nascita": 1960}, S2]}, "data_non_valida", "sindaci[0].nascita"),
        ({"sindaci": [S1, S2, S2 | {"id": 3}]}, "sindaco_senza_liste", "sindaci[2].id"),
        ({"liste": []}, "elenco_troppo_corto", "liste"),
        ({"liste": [L1, L2 | {"sindaco": 9}]}, "riferimento_ignoto", "liste[1].sindaco"),
        ({"liste": [L1, L2 | {"sindaco": None}]}, "campo_mancante", "liste[1].sindaco"),
        ({"liste": [L1, L1]}, "identificativo_ripetuto", "liste[1].id"),
        ({"liste": [L1, L2 | {"apparentata_con": 9}]}, "riferimento_ignoto", "liste[1].apparentata_con"),
        (
            {"liste": [L1, L2 | {"candidati": [{"id": 1}, {"id": 1}]}]},
            "identificativo_ripetuto",
            "liste[1].candidati[1].id",
        ),
        ({"elettori": 900, "votanti": 901}, "dati_impossibili", "votanti"),
        ({"votanti": 999}, "dati_impossibili", "sindaci"),
        ({"elettori_aire": 10, "votanti_aire": 11}, "dati_impossibili", "votanti_aire"),
        ({"opzioni": {"denominatore_soglie": "x"}}, "valore_non_ammesso", "opzioni.denominatore_soglie"),
        ({"opzioni": {"raggruppa_perdenti": "x"}}, "tipo_errato", "opzioni.raggruppa_perdenti"),
        ({"opzioni": {"altro": 1}}, "opzione_ignota", "opzioni.altro"),
        ({"sorteggi": [{"esito": 1}]}, "campo_mancante", "sorteggi[0].richiesta"),
        (
            {"sindaci": [S1 | {"voti_ballottaggio": 5}, S2 | {"voti_ballottaggio": 6}]},
            "ballottaggio_incoerente",
            "sindaci[0].voti_ballottaggio",
        ),
        (
            {"sindaci": [S1 | {"voti": 400, "voti_ballottaggio": 5}, S2]},
            "ballottaggio_incompleto",
            "sindaci[1].voti_ballottaggio",
        ),
        (
            {
                "sindaci": [S1 | {"voti": 400, "voti_ballottaggio": 5}, S2 | {"voti_ballottaggio": 5}],
                "liste": [L1, L2 | {"voti": 590}],
            },
            "dato_necessario",
            "sindaci[0].nascita",
        ),
        ({"sistema": "fino_15000", "sindaci": [S1], "liste": [L1]}, "dato_necessario", "elettori"),
        (
            {"sistema": "fino_15000", "sindaci": [S1], "liste": [L1], "elettori": 900},
            "dato_necessario",
            "votanti",
        ),
        (
            {"sistema": "fino_15000", "liste": [L1, L2, L2 | {"id": 3}]},
            "piu_liste_per_sindaco",
            "sindaci[1].id",
        ),
    ],
)
def test_impossible_or_malformed_input_names_the_field_and_the_reason(campi, codice, campo):
    with pytest.raises(ErroreIngresso) as errore:
        run({nome: valore for nome, valore in elezione(**campi).items() if valore is not None})
    assert (errore.value.codice, errore.value.campo) == (codice, campo)
    assert errore.value.messaggio.endswith(".")


@pytest.mark.parametrize("capo", [1, 3])
def test_a_list_cannot_join_who_is_not_in_the_runoff_nor_leave_who_is(capo):
    sindaci = [
        {"id": 1, "voti": 400, "voti_ballottaggio": 500},
        {"id": 2, "voti": 300, "voti_ballottaggio": 400},
        {"id": 3, "voti": 200},
        {"id": 4, "voti": 100},
    ]
    liste = [{"id": s["id"], "sindaco": s["id"], "voti": s["voti"] - 10} for s in sindaci]
    liste[capo - 1]["apparentata_con"] = 2 if capo == 1 else 4
    with pytest.raises(ErroreIngresso) as errore:
        run(elezione(sindaci=sindaci, liste=liste))
    assert errore.value.codice == "apparentamento_impossibile"


def _tied():
    sindaci = [{"id": 1, "voti": 510}, {"id": 2, "voti": 200}, {"id": 3, "voti": 200}, {"id": 4, "voti": 90}]
    liste = [{"id": i, "sindaco": i, "voti": voti} for i, voti in enumerate((410, 200, 200, 80), start=1)]
    return elezione(sindaci=sindaci, liste=liste)


def test_a_draw_is_a_question_with_everything_needed_to_make_it():
    esito = run(_tied())
    assert (esito["esito"], esito["sindaco"]) == ("sorteggio", 1)
    assert esito["richiesta"] == {
        "tipo": "seggio",
        "articolo": "TUEL art. 73 c. 10",
        "fra": "gruppi",
        "contendenti": [2, 3],
        "ambito": "minoranza",
        "posto": 6,
        "cifra": 200,
        "divisore": 3,
    }


def test_a_recorded_draw_answers_only_the_very_question_it_was_made_for():
    richiesta = run(_tied())["richiesta"]
    assert run(_tied() | {"sorteggi": [{"richiesta": richiesta, "esito": "3"}]})["seggi_per_lista"]["3"] == 2
    altra = richiesta | {"cifra": 201}
    ancora = run(_tied() | {"sorteggi": [{"richiesta": altra, "esito": 3}]})
    assert (ancora["esito"], ancora["richiesta"]) == ("sorteggio", richiesta)


def test_a_draw_won_by_who_was_not_in_it_is_refused():
    richiesta = run(_tied())["richiesta"]
    with pytest.raises(ErroreIngresso) as errore:
        run(_tied() | {"sorteggi": [{"richiesta": richiesta, "esito": 4}]})
    assert errore.value.campo == "sorteggi[0].esito"


def test_a_draw_nobody_asks_for_any_more_is_a_finding():
    richiesta = run(_tied())["richiesta"]
    esito = run(elezione(sorteggi=[{"richiesta": richiesta, "esito": 2}]))
    assert [rilievo["codice"] for rilievo in esito["rilievi"]] == ["W503"]


def test_fields_nobody_reads_are_named_in_a_finding():
    esito = run(elezione(voti_nulli=3, sindaci=[S1 | {"voti_balottaggio": 9}, S2]))
    (rilievo,) = esito["rilievi"]
    assert (rilievo["codice"], rilievo["campi"]) == ("W504", ["voti_nulli", "sindaci[0].voti_balottaggio"])


def test_more_preferences_than_list_votes_are_a_finding_with_the_candidate():
    liste = [L1 | {"candidati": [{"id": 1, "nome": "Carla", "preferenze": 591}]}, L2]
    esito = run(elezione(liste=liste))
    assert "E502" in [rilievo["codice"] for rilievo in esito["rilievi"]]


def test_consigliere_anziano_has_the_highest_cifra_individuale():
    liste = [
        L1 | {"candidati": [{"id": f"a{i}", "nome": f"A{i}", "preferenze": i} for i in range(12)]},
        L2 | {"candidati": [{"id": f"b{i}", "nome": f"B{i}", "preferenze": 300 + i} for i in range(12)]},
    ]
    passo = run(elezione(liste=liste))["passi"][-1]
    # 590 + 11 contro 390 + 311.
    assert (passo["tipo"], passo["candidati"], passo["cifra_individuale"]) == (
        "consigliere_anziano",
        ["b11"],
        701,
    )


def test_every_doubtful_point_has_its_text_and_its_default_among_the_choices():
    for nome, punto in PUNTI.items():
        scelto = getattr(Interpretazioni(), nome)
        assert (str(scelto).lower() if isinstance(scelto, bool) else scelto) in punto.valori
        assert punto.titolo and punto.articolo and punto.ragione
    assert set(PUNTI) == {nome for nome in Interpretazioni.__dataclass_fields__}


@pytest.mark.parametrize("campo", ["cifra", "divisore", "posto", "ambito"])
def test_a_draw_made_for_other_figures_answers_nothing(campo):
    """Equal contenders, another question: it is asked again, and the record is left unused."""
    ingresso = {
        "data": "2021-10-03",
        "sistema": "fino_15000",
        "seggi_consiglio": 10,
        "sindaci": [{"id": "A", "voti": 500}, {"id": "B", "voti": 200}, {"id": "C", "voti": 200}],
        "liste": [{"id": "LA", "sindaco": "A"}, {"id": "LB", "sindaco": "B"}, {"id": "LC", "sindaco": "C"}],
    }
    richiesta = run(ingresso)["richiesta"]
    assert richiesta["contendenti"] == ["LB", "LC"]
    fatta = run(ingresso | {"sorteggi": [{"richiesta": richiesta, "esito": "LC"}]})
    assert fatta["esito"] == "riparto"
    diversa = richiesta | {campo: "altro" if campo == "ambito" else richiesta[campo] + 1}
    assert run(ingresso | {"sorteggi": [{"richiesta": diversa, "esito": "LC"}]})["esito"] == "sorteggio"
