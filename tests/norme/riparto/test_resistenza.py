"""The margins and the "prova di resistenza", against brute force on small elections."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from norme.comandi.resistenza import run
from norme.comandi.riparto import run as run_riparto
from norme.ingresso import ErroreIngresso
from norme.riparto.lettura import read_dati
from norme.riparto.resistenza import Incertezza, least_votes, result_at, test_resistance
from norme.riparto.tipi import FINO_15000
from norme.riparto.variazioni import Modello, Scheda, all_combinations, apply, outcome
from tests.norme.riparto.elezioni import elezioni, with_runoff
from tests.reali.fascicoli import read_ingresso


def _brute_force(dati, incertezza, livello):
    """Whether any choice of the ballots in doubt changes the outcome: every one is tried."""
    base = outcome(dati)
    dati = base.dati
    modello = Modello(dati, base.sistema or FINO_15000, incertezza.turno)
    schede = list(modello.schede(con_preferenze=livello == "eletti"))
    for tolte in all_combinations(schede, incertezza.togliibili):
        meno = apply(dati, modello, tolte, -1)
        for aggiunte in all_combinations(schede, incertezza.aggiungibili) if meno else ():
            dopo = apply(meno, modello, aggiunte, 1)
            if dopo and result_at(outcome(dopo), livello) != result_at(base, livello):
                return True
    return False


@given(
    elezioni(massimo_voti=12, massimo_sindaci=3),
    st.integers(0, 1),
    st.integers(0, 1),
    st.integers(1, 2),
    st.data(),
)
def test_answer_is_never_wrong(ingresso, aggiungibili, togliibili, turno, data):
    voti = data.draw(st.tuples(st.integers(0, 9), st.integers(0, 9)))
    dati = read_dati(with_runoff(ingresso, run_riparto, voti, data.draw(st.lists(st.integers(0, 2)))))
    if turno == 2 and not any(sindaco.voti_ballottaggio is not None for sindaco in dati.sindaci):
        turno = 1
    incertezza = Incertezza(turno, aggiungibili, togliibili)
    for prova in test_resistance(dati, incertezza):
        if prova.livello != "eletti":
            cambia = _brute_force(dati, incertezza, prova.livello)
            assert prova.risposta in (("si",) if cambia else ("no",))


def test_the_vote_that_keeps_the_rule_of_the_single_list_away_decides_everything():
    """In Sicilia, where sindaci and lists are counted apart, without it the quorum applies and fails."""
    ingresso = {
        "ordinamento": "sicilia",
        "data": "2024-06-09",
        "sistema": "fino_15000",
        "popolazione": 2000,
        "seggi_consiglio": 10,
        "elettori": 1000,
        "votanti": 900,
        "sindaci": [{"id": "A", "voti": 1}, {"id": "B", "voti": 300}],
        "liste": [{"id": "LA", "sindaco": "A", "voti": 0}, {"id": "LB", "sindaco": "B", "voti": 200}],
    }
    sindaco, *_ = test_resistance(read_dati(ingresso), Incertezza(togliibili=1))

    assert (sindaco.livello, sindaco.risposta) == ("sindaco", "si")
    assert [scheda.sindaco for scheda in sindaco.tolte] == ["A"]


@given(elezioni(massimo_voti=12, massimo_sindaci=3))
def test_what_is_certain_is_confirmed_by_brute_force(ingresso):
    dati = read_dati(ingresso)
    for prova in test_resistance(dati, Incertezza(aggiungibili=2)):
        if prova.certo_fino_a >= 1:
            assert not _brute_force(dati, Incertezza(aggiungibili=1), prova.livello)


@given(
    elezioni(massimo_voti=25),
    st.tuples(st.integers(0, 9), st.integers(0, 9)),
    st.lists(st.integers(0, 2), max_size=8),
    st.sampled_from((1, -1)),
    st.integers(1, 2),
    st.sampled_from(("sindaco", "seggi")),
    st.data(),
)
def test_least_votes_is_the_first_number_that_changes_the_outcome(
    ingresso, voti, apparentamenti, segno, turno, livello, data
):
    """Ties, runoffs and links included: adding one ballot at a time finds the same number."""
    ingresso = with_runoff(ingresso, run_riparto, voti, apparentamenti)
    sorteggi = data.draw(st.sampled_from(([], _draws_of(ingresso))))
    dati = read_dati(ingresso | {"sorteggi": sorteggi})
    base = outcome(dati)
    dati = base.dati
    lista = data.draw(st.sampled_from(dati.liste))
    scheda = Scheda(lista.sindaco, data.draw(st.sampled_from((None, lista.id))) if turno == 1 else None)
    if turno == 2 and dati.sindaco_per_id[lista.sindaco].voti_ballottaggio is None:
        turno = 1
    modello = Modello(dati, base.sistema, turno)

    def changed(esito):
        return result_at(esito, livello) != result_at(base, livello)

    trovato = least_votes(
        dati, scheda, turno=turno, segno=segno, massimo=30, changed=changed, livello=livello
    )
    primo = None
    for numero in range(1, 31):
        dopo = apply(dati, modello, [scheda] * numero, segno)
        if dopo is None:
            break
        if changed(outcome(dopo)):
            primo = numero
            break
    assert trovato == primo


def _draws_of(ingresso):
    """The draws this election asks for, each won by the first."""
    sorteggi = []
    while (esito := run_riparto(ingresso | {"sorteggi": sorteggi}))["esito"] == "sorteggio":
        sorteggi.append({"richiesta": esito["richiesta"], "esito": esito["richiesta"]["contendenti"][0]})
    return sorteggi


def test_margins_of_a_small_election_are_those_counted_by_hand():
    margini = run(
        {
            "data": "2021-10-03",
            "sistema": "fino_15000",
            "seggi_consiglio": 10,
            "sindaci": [{"id": "A", "voti": 500}, {"id": "B", "voti": 300}, {"id": "C", "voti": 101}],
            "liste": [
                {"id": "LA", "sindaco": "A"},
                {"id": "LB", "sindaco": "B", "candidati": _candidati(9, 7, 7)},
                {"id": "LC", "sindaco": "C"},
            ],
        }
    )["margini"]
    assert [voce["per_essere_eletto"] for voce in margini["sindaci"]] == [None, 201, 400]
    assert margini["sindaci"][0]["per_perdere_la_carica"] == 200
    seggi = {voce["lista"]: voce for voce in margini["liste"]}
    # 300, 150, then LC with 101 against 300 / 3 = 100; at 303 the quotients are equal and the cifra wins.
    assert seggi["LC"]["seggi"] == 0
    assert seggi["LB"]["per_un_seggio_in_piu"] == 3
    assert seggi["LC"]["per_un_seggio_in_meno"] is None
    candidati = {voce["candidato"]: voce for voce in margini["candidati"]}
    assert candidati["c1"] == {
        "lista": "LB",
        "candidato": "c1",
        "eletto": True,
        "per_essere_eletto": None,
        "per_perdere_il_seggio": 3,
    }
    assert candidati["c2"]["per_essere_eletto"] == 3
    assert candidati["c3"]["per_essere_eletto"] == 3


def _candidati(*preferenze):
    return [{"id": f"c{i}", "preferenze": p} for i, p in enumerate(preferenze, start=1)]


def test_cardito_2026_the_blocked_premio_resists_small_doubts_and_falls_to_large_ones():
    ingresso = read_ingresso("cardito-2026") | {"margini": False}
    sicura = run(ingresso | {"prova": {"schede_contestate": 20}})["prova"]
    assert [voce["puo_cambiare"] for voce in sicura] == ["no", "no", "no"]
    dubbia = run(ingresso | {"prova": {"schede_contestate": 101}})["prova"]
    assert [voce["puo_cambiare"] for voce in dubbia] == ["si", "si", "si"]
    assert len(dubbia[0]["esempio"]["aggiunte"]) == 100


def test_runoff_margin_decides_with_doubtful_votes():
    ingresso = read_ingresso("corchiano-2021") | {"margini": False}
    prova = {"turno": 2, "voti_dubbi": 19}
    assert run(ingresso | {"prova": prova})["prova"][0]["puo_cambiare"] == "no"
    assert run(ingresso | {"prova": prova | {"voti_dubbi": 20}})["prova"][0]["puo_cambiare"] == "si"


@pytest.mark.parametrize(("mancano", "avanzano"), [("Lega", 0)])
def test_threshold_distance_counts_the_vote_in_the_base_too(mancano, avanzano):
    margini = run(
        {
            "data": "2021-10-03",
            "sistema": "oltre_15000",
            "seggi_consiglio": 16,
            "sindaci": [{"id": "A", "voti": 900}, {"id": "B", "voti": 100}],
            "liste": [{"id": mancano, "sindaco": "B", "voti": 20}, {"id": "X", "sindaco": "A", "voti": 900}],
        }
    )["margini"]
    # (20 + x) * 100 >= 3 * (1000 + x) dà x = 11.
    riga = next(voce for voce in margini["sbarramento"] if voce["lista"] == mancano)
    assert (riga["mancano"], riga["avanzano"]) == (11, avanzano)


def test_an_election_that_lacks_a_figure_is_refused_naming_it():
    ingresso = read_ingresso("san-benedetto-del-tronto-2021")
    del ingresso["liste"][1]["voti"]
    with pytest.raises(ErroreIngresso) as errore:
        run(ingresso)
    assert (errore.value.codice, errore.value.campo) == ("dato_necessario", "liste[1].voti")


@pytest.mark.parametrize("voti", [10, 1_000_000])
def test_margins_of_any_number_of_votes_take_a_moment(voti):
    """A tie settled by cifra and lists that part at the runoff, with as many votes as one likes."""
    ingresso = {
        "data": "2021-10-03",
        "sistema": "oltre_15000",
        "seggi_consiglio": 16,
        "sindaci": [
            {"id": "A", "voti": 45 * voti, "voti_ballottaggio": 40 * voti},
            {"id": "B", "voti": 40 * voti, "voti_ballottaggio": 40 * voti},
            {"id": "C", "voti": 15 * voti},
        ],
        "liste": [
            {"id": "A1", "sindaco": "A", "voti": 40 * voti},
            {"id": "B1", "sindaco": "B", "voti": 35 * voti},
            {"id": "C1", "sindaco": "C", "voti": 7 * voti, "apparentata_con": "B"},
            {"id": "C2", "sindaco": "C", "voti": 6 * voti},
        ],
    }
    margini = run(ingresso)["margini"]
    assert margini["sindaci"][0]["per_essere_eletto"] == 1
    assert margini["sindaci"][1]["per_perdere_la_carica"] == 1
    assert margini["sindaci"][2]["per_il_ballottaggio"] == 25 * voti + 1
    assert [voce["per_un_seggio_in_meno"] for voce in margini["liste"]] == [4 * voti + 1, None, None, None]
    assert margini["liste"][1]["per_un_seggio_in_piu"] == 20 * voti + 1


REALI = ("san-benedetto-del-tronto-2021", "messina-2022", "alcamo-2021", "venezia-2026")


@pytest.mark.parametrize("nome", REALI)
def test_real_elections_resist_as_many_ballots_as_is_said_whatever_they_say(nome):
    """All the ballots said to be harmless, given to each list in turn: the seats stay the same."""
    dati = read_dati(read_ingresso(nome))
    base = outcome(dati)
    modello = Modello(dati, base.sistema, 1)
    prova = test_resistance(dati, Incertezza(aggiungibili=500))[1]
    assert prova.livello == "seggi" and prova.certo_fino_a > 0
    for lista in dati.liste:
        dopo = apply(dati, modello, [Scheda(lista.sindaco, lista.id)] * prova.certo_fino_a, 1)
        assert result_at(outcome(dopo), "seggi") == result_at(base, "seggi")
    if prova.risposta == "si":
        dopo = apply(dati, modello, prova.aggiunte, 1)
        assert len(prova.aggiunte) > prova.certo_fino_a
        assert result_at(outcome(dopo), "seggi") != result_at(base, "seggi")


@given(
    st.integers(5, 30),
    st.integers(0, 30),
    st.integers(0, 30),
    st.integers(0, 3),
    st.integers(0, 4),
    st.integers(0, 2),
)
def test_single_list_in_doubt_with_voters_still_to_come(elettori, votanti, voti, contestate, aperte, dubbi):
    """Open sections bring voters who may vote the list or leave the ballot blank: every way is tried."""
    votanti = min(votanti, elettori)
    voti = min(voti, votanti)
    ingresso = _lista_sola(elettori, votanti, voti)

    def valida(voti, votanti):
        return votanti * 5 >= elettori * 2 and voti * 2 >= votanti and voti > 0

    cambia = any(
        valida(voti - tolte + aggiunti + nuovi, votanti + nuovi + bianche) != valida(voti, votanti)
        for tolte in range(min(dubbi, voti) + 1)
        for aggiunti in range(contestate + dubbi + 1)
        for nuovi in range(aperte + 1)
        for bianche in range(aperte - nuovi + 1)
    )
    prova = {"schede_contestate": contestate, "elettori_sezioni_aperte": aperte, "voti_dubbi": dubbi}
    sindaco = run(ingresso | {"prova": prova, "margini": False})["prova"][0]
    assert sindaco["puo_cambiare"] == ("si" if cambia else "no")


def _lista_sola(elettori, votanti, voti):
    return {
        "data": "2026-05-24",
        "popolazione": 2000,
        "elettori": elettori,
        "votanti": votanti,
        "elettori_aire": 0,
        "votanti_aire": 0,
        "sindaci": [{"id": "A", "voti": voti}],
        "liste": [{"id": 1, "sindaco": "A"}],
    }


@pytest.mark.parametrize(
    ("votanti", "voti", "aperte", "risposta", "votanti_in_piu"),
    [
        (390, 300, 20, "si", 10),  # dieci votanti in più e si arriva al 40 per cento di 1.000
        (390, 300, 9, "no", 0),
        (400, 205, 300, "si", 300),  # trecento schede bianche e 205 non è più la metà dei votanti
        (400, 205, 10, "no", 0),
    ],
)
def test_the_voters_of_open_sections_decide_the_quorums(votanti, voti, aperte, risposta, votanti_in_piu):
    prova = {"elettori_sezioni_aperte": aperte}
    sindaco = run(_lista_sola(1000, votanti, voti) | {"prova": prova, "margini": False})["prova"][0]
    assert sindaco["puo_cambiare"] == risposta
    if risposta == "si":
        assert sindaco["esempio"]["votanti_in_piu"] == votanti_in_piu
