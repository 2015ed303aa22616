"""A draw that anyone can repeat: same roll and seme, same order; nothing else matters."""

import subprocess
import sys
from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from norme.sorteggio import (
    ElencoErrato,
    freeze_elenco,
    script_verifica,
    sorteggia,
    sorteggia_per_gruppi,
)

NOMI = ["ROSSI ANNA", "BIANCHI UGO", "D'ALÒ EVA", "NERI PIO", "VERDI ADA"]
SEME = "dadi 4 2 6 1"
nomi = st.lists(st.text("ABÀàè' ", min_size=1).filter(str.strip), min_size=1, max_size=12).filter(
    lambda righe: len({" ".join(riga.split()) for riga in righe}) == len(righe)
)


def test_a_known_draw_never_changes():
    elenco = freeze_elenco(NOMI)
    esito = sorteggia(elenco, seme=SEME, posti=2)
    assert elenco.impronta == "cacf3dd8536421e7e199e3c77b048198e496ea7a5b2bb52121bc54c7fb91c539"
    assert esito.sorteggiati == ("NERI PIO", "D'ALÒ EVA")
    assert esito.riserve == ("ROSSI ANNA", "VERDI ADA", "BIANCHI UGO")


@given(nomi, st.randoms(use_true_random=False))
def test_the_order_of_the_roll_does_not_matter(righe, caso):
    mescolate = list(righe)
    caso.shuffle(mescolate)
    esiti = [sorteggia(freeze_elenco(voci), seme=SEME, posti=1) for voci in (righe, mescolate)]
    assert esiti[0] == esiti[1]


@given(nomi)
def test_everybody_is_ranked_once(righe):
    elenco = freeze_elenco(righe)
    esito = sorteggia(elenco, seme=SEME, posti=1)
    assert sorted(esito.ordine) == list(elenco.righe)
    assert esito.sorteggiati + esito.riserve == esito.ordine


def test_spaces_and_unicode_form_of_seme_and_names_do_not_matter():
    uno = sorteggia(freeze_elenco(["D'ALÒ  EVA", "NERI PIO"]), seme=" dadi  4 2 6 1\n", posti=1)
    altro = sorteggia(freeze_elenco([" D'ALO\u0300 EVA ", "NERI PIO"]), seme=SEME, posti=1)
    assert uno == altro


def test_every_order_is_equally_likely():
    elenco = freeze_elenco(["A", "B", "C"])
    conto = Counter(sorteggia(elenco, seme=f"lancio {i}", posti=1).ordine for i in range(6_000))
    attesi = 1_000
    chi_quadro = sum((conto[ordine] - attesi) ** 2 / attesi for ordine in permutations("ABC"))
    assert chi_quadro < 20.5  # 5 degrees of freedom, one false alarm in a thousand; the semi are fixed


def test_adding_a_name_changes_the_whole_order():
    corto = sorteggia(freeze_elenco(map(str, range(50))), seme=SEME, posti=0).ordine
    lungo = sorteggia(freeze_elenco(map(str, range(51))), seme=SEME, posti=0).ordine
    assert [nome for nome in lungo if nome != "50"] != list(corto)


def test_groups_are_drawn_apart_from_one_seme():
    stesso = freeze_elenco(map(str, range(30)))
    esiti = sorteggia_per_gruppi({"plesso 1": stesso, "plesso 2": stesso}, seme=SEME, posti={"plesso 1": 4})
    assert [len(esito.sorteggiati) for esito in esiti.values()] == [4, 0]
    assert esiti["plesso 1"].ordine != esiti["plesso 2"].ordine
    assert esiti["plesso 1"] == sorteggia(stesso, seme=f"{SEME} / plesso 1", posti=4)


def test_the_script_for_the_citizens_gives_the_same_draw(tmp_path):
    elenco = freeze_elenco(NOMI)
    (tmp_path / "elenco.csv").write_text(elenco.as_testo(), "utf-8")
    (tmp_path / "verifica.py").write_text(script_verifica(), "utf-8")
    comando = [sys.executable, "-I", "verifica.py", "elenco.csv", SEME]
    uscita = subprocess.run(comando, cwd=tmp_path, capture_output=True, check=True).stdout.decode("utf-8")
    prima, *righe = uscita.splitlines()
    assert prima == f"impronta {elenco.impronta}"
    assert [riga.split(" ", 1)[1] for riga in righe] == list(sorteggia(elenco, seme=SEME, posti=2).ordine)


def test_the_script_is_ten_lines_long():
    assert len(script_verifica().splitlines()) == 10


@pytest.mark.parametrize(
    ("righe", "messaggio"),
    [(["A", " "], "riga vuota"), (["A B", "A  B"], "«A B» compare due volte")],
)
def test_a_roll_that_cannot_be_drawn_from_says_why(righe, messaggio):
    with pytest.raises(ElencoErrato, match=messaggio):
        freeze_elenco(righe)


@pytest.mark.parametrize(
    ("seme", "posti", "messaggio"), [(" ", 1, "seme del sorteggio è vuoto"), (SEME, 6, "I posti sono 6")]
)
def test_a_draw_without_seme_or_with_too_many_places_is_refused(seme, posti, messaggio):
    with pytest.raises(ValueError, match=messaggio):
        sorteggia(freeze_elenco(NOMI), seme=seme, posti=posti)


def test_places_for_an_unknown_group_are_refused():
    with pytest.raises(ValueError, match="gruppi che non ci sono: altro"):
        sorteggia_per_gruppi({"uno": freeze_elenco(NOMI)}, seme=SEME, posti={"altro": 1})
