"""Whatever JSON reaches a verb: an outcome (exit 0) or an error that names the field (exit 2)."""

import copy
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from norme.__main__ import VERBI, main
from tests.norme.test_comandi import candidati, lista
from tests.norme.test_verbo_scrutinio import ingresso

ELEZIONE = {"data": "2021-10-03", "popolazione": 20_000, "ordinamento": "ordinario", "capoluogo": False}
RIPARTO = {
    **ELEZIONE,
    "seggi_consiglio": 16,
    "elettori": 3000,
    "votanti": 1200,
    "elettori_aire": 10,
    "votanti_aire": 1,
    "sindaci": [
        {"id": 1, "nome": "Anna", "voti": 500, "voti_ballottaggio": 600, "nascita": "1970-01-01"},
        {"id": 2, "nome": "Bruno", "voti": 400, "voti_ballottaggio": 500, "proclamabile": True},
        {"id": "3", "nome": "Carla", "voti": 100, "deceduto_il": None, "impedito_il": None},
    ],
    "liste": [
        {
            "id": 1,
            "sindaco": 1,
            "voti": 490,
            "candidati": [{"id": 1, "preferenze": 9}, {"id": 2, "preferenze": 9}],
        },
        {"id": 2, "sindaco": 2, "voti": 390},
        {"id": 3, "sindaco": "3", "voti": 100, "apparentata_con": 1},
    ],
    "sorteggi": [{"richiesta": {"tipo": "seggio"}, "esito": 1}],
    "opzioni": {},
}
VALIDI = {
    "riparto": RIPARTO,
    "resistenza": RIPARTO,
    "parametri": {**ELEZIONE, "nomi": ["seggi_consiglio"]},
    "lista": {**ELEZIONE, "liste": [lista("A"), lista("B", candidati=candidati(3))]},
    "calendario": {**ELEZIONE, "giorni": 2, "ballottaggio": True, "proclamazione": "2021-10-06"},
    "compensi": {
        **ELEZIONE,
        "componenti": [{"id": 1, "ruolo": "presidente", "elezioni": 2, "durate": [1, 2], "tipo": "volante"}],
    },
    "giunta": {
        **ELEZIONE,
        "sindaco": {"sesso": "F"},
        "assessori": [{"nome": "Rossi Ugo", "sesso": "M", "consigliere": True, "vice": True}],
        "scelte": {"assessori_massimi": 5, "genere_giunta_base": "con_sindaco"},
    },
    "scheda": {
        **ELEZIONE,
        "turno": 1,
        "sindaci": [{"id": 1}, {"id": 2}],
        "liste": [
            {
                "id": 1,
                "sindaco": 1,
                "candidati": [{"id": 1, "cognome": "Rossi", "nome": "Ada", "sesso": "F"}],
            },
            {"id": 2, "sindaco": 2},
        ],
        "schede": [{"sindaci": [1], "liste": [1], "preferenze": ["Rossi", {"lista": 1, "candidato": 1}]}],
    },
    "scrutinio": ingresso(),
    "sorteggio": {"elenco": ["Rossi Ada", "Verdi Ugo"], "seme": "dadi 4 2", "posti": 1},
}

numeri = st.one_of(
    st.integers(-3, 5),
    st.integers(-(10**30), 10**30),
    st.sampled_from([0.5, 1e400, -0.0, 10**9, 200, 16, 15_000, 15_001]),
)
testi = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        ["1", "", "0001-01-01", "9999-12-31", "2021-10-03", "ordinario", "sicilia", "1/3", "x" * 300]
    ),
)
semplici = st.one_of(st.none(), st.booleans(), numeri, testi)
qualunque = st.recursive(
    semplici,
    lambda figli: st.lists(figli, max_size=3) | st.dictionaries(testi, figli, max_size=3),
    max_leaves=8,
)


def _luoghi(valore, luogo=()):
    """Every place of a document, the root left out."""
    voci = (
        valore.items() if isinstance(valore, dict) else enumerate(valore) if isinstance(valore, list) else ()
    )
    for chiave, figlio in voci:
        yield (*luogo, chiave)
        yield from _luoghi(figlio, (*luogo, chiave))


@st.composite
def quasi_validi(draw, verbo: str):
    """A valid document with one to four places replaced, taken away or written twice."""
    dati = copy.deepcopy(VALIDI[verbo])
    for _ in range(draw(st.integers(1, 4))):
        luoghi = list(_luoghi(dati))
        if not luoghi:
            break
        *strada, ultimo = draw(st.sampled_from(luoghi))
        dove = dati
        for chiave in strada:
            dove = dove[chiave]
        match draw(st.sampled_from(["cambia", "togli", "ripeti"])):
            case "cambia":
                dove[ultimo] = draw(qualunque)
            case "togli":
                del dove[ultimo]
            case "ripeti" if isinstance(dove, list):
                dove.append(copy.deepcopy(dove[ultimo]))
    return dati


def answer(verbo: str, testo: bytes) -> None:
    uscita = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")  # as strict as a terminal
    codice = main([verbo], io.BytesIO(testo), uscita)
    uscita.seek(0)
    esito = json.loads(uscita.read())
    assert codice in (0, 2)
    assert ("errore" in esito and set(esito["errore"]) == {"codice", "campo", "messaggio"}) is (codice == 2)
    if codice == 2:
        assert esito["errore"]["messaggio"]


@pytest.mark.parametrize("verbo", VERBI)
def test_a_valid_document_has_an_outcome(verbo):
    uscita = io.StringIO()
    assert main([verbo], io.BytesIO(json.dumps(VALIDI[verbo]).encode()), uscita) == 0, uscita.getvalue()


@pytest.mark.parametrize("verbo", VERBI)
@given(data=st.data())
def test_a_document_with_something_wrong_has_an_answer(verbo, data):
    answer(verbo, json.dumps(data.draw(quasi_validi(verbo))).encode())


@pytest.mark.parametrize("verbo", VERBI)
@given(dati=qualunque)
def test_any_json_at_all_has_an_answer(verbo, dati):
    answer(verbo, json.dumps(dati).encode())


@pytest.mark.parametrize("verbo", VERBI)
@given(testo=st.binary(max_size=60))
def test_any_bytes_at_all_have_an_answer(verbo, testo):
    answer(verbo, testo)


@pytest.mark.parametrize("verbo", VERBI)
@pytest.mark.parametrize(
    "campi",
    [{"\udfff": 1}, {"data": "9999-12-31"}, {"data": "0001-01-01"}, {"data": "\ud800"}],
    ids=["half a character", "last year", "first year", "half a character in a value"],
)
def test_the_faults_that_once_broke_it(verbo, campi):
    answer(verbo, json.dumps({**VALIDI[verbo], **campi}).encode())


@pytest.mark.parametrize("verbo", VERBI)
@pytest.mark.parametrize("testo", [b"[" * 100_000, b'{"a":' * 100_000, b"9" * 5_000, b'{"data": 1e999}'])
def test_depth_and_length_do_not_break_it(verbo, testo):
    answer(verbo, testo)
