"""The verbs parametri, calendario, compensi, lista: one object in, one out, errors name the field."""

import io
import json

import pytest

from norme.__main__ import main

ELEZIONE = {"data": "2021-10-03", "popolazione": 20_000}


def call(verbo: str, **dati) -> dict:
    codice, esito = outcome(verbo, dati)
    assert codice == 0, esito
    return esito


def outcome(verbo: str, dati: dict) -> tuple[int, dict]:
    uscita = io.StringIO()
    codice = main([verbo], io.BytesIO(json.dumps(dati).encode()), uscita)
    return codice, json.loads(uscita.getvalue())


def errore(verbo: str, **dati) -> tuple[str, str]:
    codice, esito = outcome(verbo, dati)
    assert codice == 2
    assert esito["errore"]["messaggio"]
    return esito["errore"]["codice"], esito["errore"]["campo"]


def candidati(quanti: int = 12) -> list[dict]:
    return [
        {
            "id": numero,
            "cognome": "Cognome" + "x" * numero,
            "sesso": "MF"[numero % 2],
            "data_nascita": "1980-01-01",
            "accettazione": True,
            "certificato": True,
        }
        for numero in range(1, quanti + 1)
    ]


def lista(id: str = "A", **altro) -> dict:
    sindaco = {
        "id": "s" + id,
        "cognome": "Sindaco" + id,
        "data_nascita": "1970-01-01",
        "accettazione": True,
        "certificato": True,
        "candidatura_unica": True,
    }
    return {
        "id": id,
        "denominazione": f"Lista {id * 9}",
        "sindaco": sindaco,
        "presentata_il": "2021-09-03T10:00",
        "firme_valide": 100,
        "contrassegno": {"digitale": True, "impronta": id},
        "collegamento": True,
        "programma": True,
        "delegati": True,
        "candidati": candidati(),
        **altro,
    }


# ---------------------------------------------------------------- parametri


def test_parametri_tells_every_value_with_its_article():
    esito = call("parametri", **ELEZIONE)
    assert esito["sistema"] == "oltre_15000"
    seggi = esito["parametri"]["seggi_consiglio"]
    assert (seggi["valore"], seggi["riferimento"], seggi["prova"]) == (16, "l. 191/2009 art. 2 c. 184", "V")
    assert esito["parametri"]["quota_minima_lista"]["valore"] == "2/3"


def test_parametri_of_some_names_of_a_region():
    nomi = ["seggi_consiglio", "regola_genere"]
    esito = call("parametri", data="2022-06-12", popolazione=9_000, regione="Sicilia", nomi=nomi)
    assert (esito["ordinamento"], esito["parametri"]["seggi_consiglio"]["valore"]) == ("sicilia", 12)
    assert esito["ignoti"] == ["regola_genere"]


def test_parametri_without_population_gives_what_does_not_depend_on_it():
    esito = call("parametri", data="2021-10-03")
    assert esito["sistema"] is None
    assert "seggi_consiglio" in esito["ignoti"]
    assert esito["parametri"]["eta_minima_candidato"]["valore"] == 18


@pytest.mark.parametrize(
    ("dati", "codice", "campo"),
    [
        ({}, "campo_mancante", "data"),
        ({"data": "2021-13-03"}, "data_non_valida", "data"),
        ({"data": "2021-10-03", "regione": "Padania"}, "valore_non_ammesso", "regione"),
        ({"data": "2021-10-03", "nomi": "seggi"}, "tipo_errato", "nomi"),
        ({"data": "2021-10-03", "nomi": ["seggi"]}, "valore_non_ammesso", "nomi[0]"),
        ({"data": "2021-10-03", "popolazzione": 3}, "campo_ignoto", "popolazzione"),
    ],
)
def test_parametri_names_what_is_wrong(dati, codice, campo):
    assert errore("parametri", **dati) == (codice, campo)


# ---------------------------------------------------------------- calendario


def test_calendario_lists_the_duties_in_order():
    esito = call("calendario", **ELEZIONE, ballottaggio=False)
    voci = {voce["codice"]: voce for voce in esito["adempimenti"]}
    assert (voci["manifesto_convocazione"]["data"], voci["manifesto_convocazione"]["sigla"]) == (
        "2021-08-19",
        "D−45",
    )
    assert "ballottaggio_primo_giorno" not in voci
    assert esito["avvertenze"] == []
    assert [voce["data"] for voce in esito["adempimenti"]] == sorted(
        voce["data"] for voce in esito["adempimenti"]
    )


def test_calendario_says_when_a_region_has_its_own():
    esito = call("calendario", **ELEZIONE, ordinamento="sicilia", giorni=1, proclamazione="2021-10-07")
    assert "La Regione ha un proprio calendario" in esito["avvertenze"][0]


def test_calendario_says_what_it_does_not_know():
    assert errore("calendario", **ELEZIONE, ordinamento="valle-d-aosta") == ("campo_mancante", "sistema")
    assert errore("calendario", **ELEZIONE, sistema="oltre_15000", ordinamento="valle-d-aosta") == (
        "parametro_ignoto",
        "data",
    )


COMPOSIZIONE = {"presidente": 1, "scrutatori": 3, "segretario": 1}


@pytest.mark.parametrize(
    ("nome", "scelta"),
    [
        ("udienza_delegati", False),
        ("firme_dei_candidati", True),
        ("commissione_comunale_soglia", 48),
        ("eta_massima_ruoli", ["presidente"]),
        ("composizione_ordinario", COMPOSIZIONE),
        ("composizione_ordinario", {"scrutatori": 3}),
        ("adempimento_spazi_propaganda", {"entro": -30}),
    ],
)
def test_a_choice_of_any_kind_can_be_written(nome, scelta):
    call("calendario", data="2021-10-03", popolazione=9_000, scelte={nome: scelta})


def test_a_choice_made_of_fields_moves_the_duty():
    esito = call("calendario", **ELEZIONE, scelte={"adempimento_spazi_propaganda": {"entro": -30}})
    (spazi,) = [voce for voce in esito["adempimenti"] if voce["codice"] == "spazi_propaganda"]
    assert spazi["data"] == "2021-09-03"


@pytest.mark.parametrize(
    ("scelte", "alternative"),
    [
        ({"udienza_delegati": 0}, "true, false"),
        ({"eta_massima_ruoli": ["scrutatore"]}, '["presidente", "scrutatore", "segretario"], ["presidente"]'),
        ({"eta_massima_ruoli": []}, '["presidente"]'),
        ({"composizione_ordinario": {"presidente": 1}}, '{"scrutatori": 4}, {"scrutatori": 3}'),
        ({"composizione_ordinario": {}}, '{"scrutatori": 4}, {"scrutatori": 3}'),
        ({"composizione_ordinario": {"scrutatori": 3.0}}, '{"scrutatori": 4}, {"scrutatori": 3}'),
        ({"adempimento_spazi_propaganda": "D-30"}, '{"entro": -31}, {"entro": -30}'),
    ],
)
def test_a_wrong_choice_is_answered_with_the_alternatives_as_they_are_written(scelte, alternative):
    codice, esito = outcome("calendario", {"data": "2021-10-03", "popolazione": 9_000, "scelte": scelte})
    assert (codice, esito["errore"]["codice"]) == (2, "valore_non_ammesso")
    assert alternative in esito["errore"]["messaggio"]


def test_parametri_tells_the_alternatives_of_a_doubtful_point():
    nomi = ["udienza_delegati", "seggi_consiglio"]
    esito = call("parametri", data="2021-10-03", popolazione=9_000, nomi=nomi)["parametri"]
    assert esito["udienza_delegati"]["scelte"] == [True, False]
    assert "scelte" not in esito["seggi_consiglio"]


# ---------------------------------------------------------------- compensi


def test_the_choice_on_the_covid_increase_reaches_the_fees():
    sede = {"id": 1, "ruolo": "presidente", "tipo": "ospedaliera", "covid": True, "elezioni": 2}
    base = call("compensi", data="2021-10-03", componenti=[sede])["centesimi"]
    scelte = {"covid_su_incrementi": True}
    assert call("compensi", data="2021-10-03", scelte=scelte, componenti=[sede])["centesimi"] > base


def test_compensi_gives_every_fee_its_entries_and_the_sum():
    esito = call(
        "compensi",
        data="2024-06-08",
        componenti=[
            {"id": 1, "ruolo": "presidente", "elezioni": 2},
            {"id": 2, "ruolo": "scrutatore", "durate": [1, 2]},
            {"id": 3, "ruolo": "segretario", "tipo": "volante"},
        ],
    )
    assert [compenso["centesimi"] for compenso in esito["compensi"]] == [20_950, 13_800, 0]
    assert esito["compensi"][1]["parti"] == [4_600, 9_200]
    assert (esito["centesimi"], esito["euro"]) == (34_750, "347,50 €")


def test_compensi_of_the_adunanza():
    esito = call("compensi", data="2021-10-03", popolazione=9_000, adunanza={"giorni": 2, "componenti": 5})
    assert esito["adunanza"]["ciascuno"]["euro"] == "82,64 €"
    assert esito["centesimi"] == 2 * 5 * 4_132


@pytest.mark.parametrize(
    ("componente", "codice", "campo"),
    [
        ({"id": 1}, "campo_mancante", "componenti[0].ruolo"),
        ({"id": 1, "ruolo": "usciere"}, "valore_non_ammesso", "componenti[0].ruolo"),
        ({"id": 1, "ruolo": "scrutatore", "durate": [0, 0]}, "tipo_errato", "componenti[0].durate"),
        ({"id": 1, "ruolo": "scrutatore", "durate": "molto"}, "tipo_errato", "componenti[0].durate"),
        ({"id": 1, "ruolo": "scrutatore", "elezioni": 0}, "valore_fuori_limiti", "componenti[0].elezioni"),
        ({"id": 1, "ruolo": "scrutatore", "voto": 1}, "campo_ignoto", "componenti[0].voto"),
    ],
)
def test_compensi_names_what_is_wrong(componente, codice, campo):
    assert errore("compensi", data="2021-10-03", componenti=[componente]) == (codice, campo)


def test_compensi_of_the_adunanza_where_there_is_none_and_of_the_circoscrizioni():
    adunanza = {"giorni": 1, "componenti": 5}
    codice, esito = outcome("compensi", {"data": "2021-10-03", "popolazione": 400_000, "adunanza": adunanza})
    assert (codice, esito["errore"]["campo"]) == (2, "adunanza")
    assert "proclama l'Ufficio centrale (art. 72 TU)" in esito["errore"]["messaggio"]
    adunanza["circoscrizioni"] = True
    esito = call("compensi", data="2021-10-03", popolazione=400_000, adunanza=adunanza)
    assert esito["centesimi"] == 5 * 4_132


@pytest.mark.parametrize("tipo", ["ordinaria", "volante"])
def test_compensi_refuses_the_covid_uplift_to_an_ordinary_section(tipo):
    componente = {"id": 1, "ruolo": "presidente", "tipo": tipo, "covid": True}
    assert errore("compensi", data="2021-10-03", componenti=[componente]) == (
        "valore_non_ammesso",
        "componenti[0].covid",
    )


def test_compensi_without_a_known_rule_says_it():
    covid = {"id": 1, "ruolo": "presidente", "covid": True}
    assert errore("compensi", data="2023-05-14", componenti=[covid]) == ("parametro_ignoto", "data")


# ---------------------------------------------------------------- lista


def test_lista_examines_one_list():
    esito = call("lista", **ELEZIONE, lista=lista())
    assert (esito["proposta"], esito["minimo"], esito["massimo"]) == ("ammessa", 11, 16)
    assert [verifica["stato"] for verifica in esito["verifiche"]] == ["superata"] * 8
    assert esito["restano"] == list(range(1, 13))


def test_lista_tells_the_names_to_strike_and_why():
    squilibrata = lista(
        candidati=[voce | {"sesso": "M" if voce["id"] <= 9 else "F"} for voce in candidati(13)]
    )
    esito = call("lista", **ELEZIONE, lista=squilibrata)
    assert esito["proposta"] == "ammessa_con_esclusioni"
    assert esito["cancellazioni"] == [
        {"candidato": 9, "lettera": "d-bis", "motivi": ["E104"], "curabile": False}
    ]


def test_lista_counts_the_signatures_one_by_one_and_compares_the_lists():
    firme = [{"id": numero, "persona": f"P{numero}", "data": "2021-08-01"} for numero in range(35)]
    prima = lista("A", firme_valide=None, firme=[*firme, {"id": "x", "persona": "P0"}])
    dopo = lista(
        "B", firme_valide=None, firme=[{"id": "y", "persona": "P1"}], presentata_il="2021-09-03T11:00"
    )
    esito = call("lista", **ELEZIONE, liste=[prima, dopo])
    uno, altro = esito["liste"]
    assert (uno["firme"]["presentate"], uno["firme"]["valide"]) == (36, 34)
    assert uno["firme"]["nulle"] == [{"firma": 1, "motivi": ["E227"]}, {"firma": "x", "motivi": ["E228"]}]
    assert (altro["firme"]["valide"], altro["proposta"]) == (0, "ricusata")
    assert {voce["lettera"] for voce in altro["cancellazioni"]} == {"d"}


def test_lista_does_not_count_the_signature_of_the_sindaco_nor_of_a_candidate():
    sindaco = lista()["sindaco"] | {"codice_fiscale": "NREDAA70A41H501X"}
    nomi = candidati()
    nomi[0]["codice_fiscale"] = "RSSMRA80A01H501U"
    firme = [
        {"id": "sindaco", "persona": "NREDAA70A41H501X"},
        {"id": "consigliere", "persona": "RSSMRA80A01H501U"},
        {"id": "elettore", "persona": "BNCLCU80A01H501Y"},
    ]
    una = lista(firme_valide=None, sindaco=sindaco, candidati=nomi, firme=firme)
    contate = call("lista", **ELEZIONE, lista=una)["firme"]
    assert contate["valide"] == 1
    assert contate["nulle"] == [
        {"firma": "sindaco", "motivi": ["E229"]},
        {"firma": "consigliere", "motivi": ["E229"]},
    ]


def test_lista_leaves_open_what_depends_on_who_came_first_or_on_a_paper_not_looked_at():
    """34 signatures are needed; four are of the same electors in two lists whose hour is not known."""
    comuni = [{"id": f"c{numero}", "persona": f"C{numero}"} for numero in range(4)]

    def di(nome: str, **altro) -> dict:
        sole = [{"id": numero, "persona": f"{nome}{numero}"} for numero in range(30)]
        return lista(nome, firme_valide=None, firme=[*sole, *comuni], presentata_il="", **altro)

    scelte = {"politica_doppia_firma": "successive"}
    uno, altro = call("lista", **ELEZIONE, scelte=scelte, liste=[di("A"), di("B")])["liste"]
    for esito in (uno, altro):
        assert (esito["firme"]["valide"], esito["firme"]["dubbie"]) == (30, 4)
        assert esito["firme"]["nulle"][0]["motivi"] == ["E230"]
        assert esito["proposta"] == "da_decidere"
        assert "W117" in {voce["codice"] for passo in esito["verifiche"] for voce in passo["rilievi"]}
    non_vista = [{"id": numero, "persona": f"P{numero}", "certificato": None} for numero in range(34)]
    esito = call("lista", **ELEZIONE, lista=lista(firme_valide=None, firme=non_vista))
    assert (esito["firme"]["valide"], esito["firme"]["da_verificare"]) == (34, 34)
    assert (esito["verifiche"][1]["stato"], esito["proposta"]) == ("da_verificare", "da_decidere")
    assert "certificati da verificare: 34" in esito["verifiche"][1]["testo"]


def test_lista_in_the_second_sitting_cures_nothing():
    senza = lista(programma=False, contrassegno={"presente": False})
    assert call("lista", **ELEZIONE, lista=senza, altre_liste=[])["proposta"] == "da_integrare"
    assert call("lista", **ELEZIONE, lista=senza, definitiva=True)["proposta"] == "ricusata"


def test_lista_with_nothing_looked_at_admits_nothing():
    nomi = [{"id": numero, "cognome": "Rossi" + "o" * numero} for numero in range(12)]
    sindaco = {"id": "s", "cognome": "Neri"}
    esito = call("lista", **ELEZIONE, lista={"id": 1, "candidati": nomi, "sindaco": sindaco})
    assert esito["proposta"] == "da_decidere"
    stati = [verifica["stato"] for verifica in esito["verifiche"]]
    assert stati == ["da_verificare"] * 5 + ["superata", "da_verificare", "superata"]


@pytest.mark.parametrize(
    ("dati", "codice", "campo"),
    [
        ({}, "campo_mancante", "liste"),
        ({"lista": lista(presentata_il="ieri")}, "data_non_valida", "lista.presentata_il"),
        ({"lista": lista(), "liste": []}, "campo_ignoto", "liste"),
        ({"liste": [lista(), lista()]}, "valore_ripetuto", "liste[1].id"),
        ({"lista": lista(candidati=[{"id": 1}])}, "campo_mancante", "lista.candidati[0].cognome"),
        ({"lista": lista(motto="viva")}, "campo_ignoto", "lista.motto"),
        ({"lista": lista(contrassegno={"colore": 1})}, "campo_ignoto", "lista.contrassegno.colore"),
    ],
)
def test_lista_names_what_is_wrong(dati, codice, campo):
    assert errore("lista", **ELEZIONE, **dati) == (codice, campo)


# ---------------------------------------------------------------- sorteggio


def test_sorteggio_is_the_same_whatever_the_order_and_can_be_repeated():
    uno = call("sorteggio", elenco=["Rossi", "Verdi", "Bianchi"], seme="dadi 4 2 6", posti=2)
    altro = call("sorteggio", elenco=["Verdi", "Bianchi", "Rossi"], seme=" dadi  4 2 6 ", posti=2)
    assert uno == altro
    assert sorted(uno["sorteggiati"] + uno["riserve"]) == ["Bianchi", "Rossi", "Verdi"]
    assert (len(uno["sorteggiati"]), len(uno["impronta"])) == (2, 64)
    assert uno["verifica"].startswith("# Ripete il sorteggio")
    assert call("sorteggio", elenco=["Rossi"], seme="1")["riserve"] == []


@pytest.mark.parametrize(
    ("dati", "atteso"),
    [
        ({"elenco": [], "seme": "1"}, ("elenco_troppo_corto", "elenco")),
        ({"elenco": "Rossi", "seme": "1"}, ("tipo_errato", "elenco")),
        ({"elenco": ["Rossi", 3], "seme": "1"}, ("tipo_errato", "elenco[1]")),
        ({"elenco": ["Rossi", "Rossi "], "seme": "1"}, ("elenco_errato", "elenco")),
        ({"elenco": ["Rossi"], "seme": " "}, ("campo_mancante", "seme")),
        ({"elenco": ["Rossi"], "seme": "1", "posti": 2}, ("valore_fuori_limiti", "posti")),
        ({"elenco": ["Rossi"], "seme": "1", "altro": 2}, ("campo_ignoto", "altro")),
    ],
)
def test_sorteggio_refuses_what_cannot_be_drawn(dati, atteso):
    assert errore("sorteggio", **dati) == atteso
