"""What must hold for every election whatsoever."""

from collections import Counter

import votelib.evaluate.core
import votelib.evaluate.proportional
from hypothesis import assume, given
from hypothesis import strategies as st

from norme.comandi.riparto import run
from norme.riparto.quozienti import dhondt
from tests.norme.riparto.elezioni import answer_draws, elezioni, with_runoff

cifre = st.dictionaries(st.integers(1, 30), st.integers(0, 5_000), min_size=1, max_size=10)
seggi_da_dare = st.integers(0, 40)
VOTELIB = votelib.evaluate.proportional.HighestAverages("d_hondt")


@st.composite
def elezioni_decise(draw, **scelte):
    """An election and its final outcome, after the runoff and every draw it asks for."""
    ingresso = draw(elezioni(**scelte))

    def settle(dati):
        return answer_draws(dati, run, min)

    esito = settle(ingresso)
    if esito["esito"] == "ballottaggio":
        voti = draw(st.tuples(st.integers(0, 20), st.integers(1, 20)))
        legami = draw(st.lists(st.integers(0, 2), max_size=8))
        ingresso = with_runoff(ingresso, lambda dati: settle(dati), voti, legami)
        esito = settle(ingresso)
    return ingresso, esito


@given(elezioni_decise())
def test_seats_sum_to_the_council(decisa):
    _, esito = decisa
    assume(esito["esito"] == "riparto")
    dati = sum(esito["seggi_per_lista"].values()) + len(esito["consiglieri_sindaci"])
    assert dati + esito["seggi_vacanti"] == esito["seggi_consiglio"]
    assert esito["seggi_vacanti"] >= 0
    assert min(esito["seggi_per_lista"].values()) >= 0


@given(elezioni_decise())
def test_nobody_without_votes_gets_a_seat(decisa):
    ingresso, esito = decisa
    voti_sindaci = {sindaco["id"]: sindaco["voti"] for sindaco in ingresso["sindaci"]}
    unico = (ingresso["sistema"], ingresso["ordinamento"]) == ("fino_15000", "ordinario")
    for lista in ingresso["liste"]:
        suoi = voti_sindaci[lista["sindaco"]]
        voti = suoi if unico else lista.get("voti", suoi)
        vinta = lista["sindaco"] == esito["sindaco"] and ingresso["sistema"] == "fino_15000"
        if not voti and not vinta:
            assert not esito["seggi_per_lista"].get(lista["id"])


@given(elezioni_decise())
def test_elected_are_as_many_as_the_seats_and_never_twice(decisa):
    ingresso, esito = decisa
    for lista in ingresso["liste"]:
        if "candidati" in lista and esito["esito"] == "riparto":
            eletti, altri = esito["eletti"][lista["id"]], esito["non_eletti"][lista["id"]]
            assert len(eletti) == esito["seggi_per_lista"][lista["id"]]
            assert Counter(eletti + altri) == Counter(c["id"] for c in lista["candidati"])
    assert esito["sindaco"] not in esito["consiglieri_sindaci"]
    assert len(set(esito["consiglieri_sindaci"])) == len(esito["consiglieri_sindaci"])


@given(elezioni_decise(), st.randoms(use_true_random=False))
def test_order_of_the_input_is_irrelevant(decisa, sorte):
    ingresso, _ = decisa
    mescolato = dict(ingresso)
    for campo in ("sindaci", "liste"):
        voci = list(ingresso[campo])
        sorte.shuffle(voci)
        mescolato[campo] = voci
    assert _essence(answer_draws(ingresso, run, min)) == _essence(answer_draws(mescolato, run, min))


@given(elezioni_decise())
def test_names_are_irrelevant(decisa):
    ingresso, _ = decisa
    altri_nomi = ingresso | {
        campo: [voce | {"nome": f"altro {voce['id']}"} for voce in ingresso[campo]]
        for campo in ("sindaci", "liste")
    }
    assert _essence(answer_draws(ingresso, run, min)) == _essence(answer_draws(altri_nomi, run, min))


@given(elezioni_decise())
def test_another_set_of_identifiers_gives_the_same_outcome(decisa):
    """Anonymity: who is who decides nothing; draws are answered by the same person under either name."""
    ingresso, _ = decisa
    codici = {voce["id"]: f"x{voce['id']}" for campo in ("sindaci", "liste") for voce in ingresso[campo]}
    sindaci = [s | {"id": codici[s["id"]]} for s in ingresso["sindaci"]]
    liste = [
        lista
        | {"id": codici[lista["id"]], "sindaco": codici[lista["sindaco"]]}
        | ({"apparentata_con": codici[lista["apparentata_con"]]} if "apparentata_con" in lista else {})
        for lista in ingresso["liste"]
    ]
    rinominata = answer_draws(ingresso | {"sindaci": sindaci, "liste": liste}, run, min)
    assert rinominata["seggi_per_lista"] == {
        codici[ident]: seggi for ident, seggi in answer_draws(ingresso, run, min)["seggi_per_lista"].items()
    }


@given(elezioni_decise(), st.integers(2, 50))
def test_multiplying_all_the_votes_changes_nothing(decisa, fattore):
    ingresso, _ = decisa
    sindaci = [
        s
        | {"voti": s["voti"] * fattore}
        | ({"voti_ballottaggio": s["voti_ballottaggio"] * fattore} if s.get("voti_ballottaggio") else {})
        for s in ingresso["sindaci"]
    ]
    liste = [
        lista
        | ({"voti": lista["voti"] * fattore} if "voti" in lista else {})
        | (
            {"candidati": [c | {"preferenze": c["preferenze"] * fattore} for c in lista["candidati"]]}
            if "candidati" in lista
            else {}
        )
        for lista in ingresso["liste"]
    ]
    molti = {campo: ingresso[campo] * fattore for campo in ("elettori", "votanti")}
    scalata = answer_draws(ingresso | {"sindaci": sindaci, "liste": liste} | molti, run, min)
    assert _essence(scalata) == _essence(answer_draws(ingresso, run, min))


@given(elezioni())
def test_a_draw_is_asked_only_among_equals_and_answering_it_moves_on(ingresso):
    sorteggi = []
    while (esito := run(ingresso | {"sorteggi": sorteggi}))["esito"] == "sorteggio":
        richiesta = esito["richiesta"]
        assert richiesta == run(ingresso | {"sorteggi": sorteggi})["richiesta"]
        assert len(richiesta["contendenti"]) > 1
        assert len(_drawn_votes(ingresso, richiesta)) == 1
        sorteggi.append({"richiesta": richiesta, "esito": richiesta["contendenti"][0]})
        assert len(sorteggi) < 50
    assert "W503" not in [rilievo["codice"] for rilievo in esito["rilievi"]]


def _drawn_votes(ingresso, richiesta):
    """The different figures of the contenders of a draw: one only, or it would be no tie."""
    voti = {sindaco["id"]: sindaco["voti"] for sindaco in ingresso["sindaci"]}
    if richiesta["fra"] == "sindaci":
        return {voti[nome] for nome in richiesta["contendenti"]} if richiesta["ambito"] != "elezione" else {0}
    return {richiesta["cifra"]}


def _essence(esito):
    campi = (
        "esito",
        "sindaco",
        "turno",
        "premio",
        "seggi_per_lista",
        "eletti",
        "non_eletti",
        "seggi_vacanti",
    )
    insiemi = ("ammessi_ballottaggio", "consiglieri_sindaci")
    return {campo: esito[campo] for campo in campi} | {campo: sorted(esito[campo]) for campo in insiemi}


@given(cifre, seggi_da_dare)
def test_dhondt_gives_every_seat_or_says_which_are_tied_or_vacant(voti, seggi):
    esito = dhondt(voti, seggi)
    assert len(esito.graduatoria) + esito.incerti + esito.vacanti == seggi
    assert esito.vacanti == (0 if any(voti.values()) else seggi)
    assert not esito.incerti or len(esito.in_parita) > esito.incerti
    assert len({voti[nome] for nome in esito.in_parita}) <= 1


@given(cifre, seggi_da_dare)
def test_dhondt_quotients_are_in_order_and_no_excluded_one_is_higher(voti, seggi):
    esito = dhondt(voti, seggi)
    for prima, dopo in zip(esito.graduatoria, esito.graduatoria[1:], strict=False):
        assert prima.cifra * dopo.divisore >= dopo.cifra * prima.divisore
    if esito.graduatoria:
        ultimo = esito.graduatoria[-1]
        for nome, numero in voti.items():
            assert numero * ultimo.divisore <= ultimo.cifra * (esito.conta(nome) + 1)


@given(cifre, seggi_da_dare)
def test_dhondt_with_one_seat_more_takes_no_seat_away(voti, seggi):
    meno, piu = dhondt(voti, seggi), dhondt(voti, seggi + 1)
    for nome in voti:
        contesi = meno.incerti if nome in meno.in_parita else 0
        assert piu.conta(nome) + (piu.incerti if nome in piu.in_parita else 0) >= meno.conta(nome)
        assert piu.conta(nome) >= meno.conta(nome) or contesi


@given(cifre, seggi_da_dare, st.data())
def test_dhondt_with_more_votes_a_list_loses_no_seat(voti, seggi, data):
    nome = data.draw(st.sampled_from(sorted(voti)))
    piu = voti | {nome: voti[nome] + data.draw(st.integers(1, 500))}
    assert dhondt(piu, seggi).conta(nome) >= dhondt(voti, seggi).conta(nome)


@given(
    st.dictionaries(st.integers(1, 40), st.integers(1, 50_000), min_size=1, max_size=12), st.integers(1, 48)
)
def test_dhondt_agrees_with_votelib_where_there_is_no_tie(voti, seggi):
    for numero in range(5):
        mescolati = {nome: cifra * (numero + 7) + nome * numero for nome, cifra in voti.items()}
        suo = dict(VOTELIB.evaluate(mescolati, seggi))
        if not any(isinstance(nome, votelib.evaluate.core.Tie) for nome in suo):
            esito = dhondt(mescolati, seggi)
            assert {nome: esito.conta(nome) for nome in mescolati if esito.conta(nome)} == suo
            assert not esito.incerti
