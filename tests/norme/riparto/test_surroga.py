"""Vacant seats during the mandate, from the frozen ranking (TUEL 45)."""

from norme.riparto.passi import Graduatoria, RigaGraduatoria
from norme.riparto.sorteggi import SorteggioRichiesto
from norme.riparto.surroga import SeggioVacante, Surrogante, substitute, substitute_sindaco_perdente


def _graduatoria(lista, *, voti, seggi, candidati, non_proclamabili=()):
    righe = tuple(
        RigaGraduatoria(
            nome, voti + 10 - posto, 10 - posto, posto, posto <= seggi, nome not in non_proclamabili
        )
        for posto, nome in enumerate(candidati, start=1)
    )
    return Graduatoria("TUEL art. 73 c. 12", lista, seggi, voti, righe)


def test_the_first_not_elected_of_the_same_list_takes_the_seat():
    graduatoria = _graduatoria("L", voti=900, seggi=2, candidati=["a", "b", "c", "d"])
    assert substitute(graduatoria, causa="dimissioni") == Surrogante("L", "c", "TUEL art. 38 c. 8 e 45 c. 1")


def test_who_was_already_called_or_gives_up_or_cannot_be_proclaimed_is_passed_over():
    graduatoria = _graduatoria(
        "L", voti=900, seggi=1, candidati=["a", "b", "c", "d", "e"], non_proclamabili=["d"]
    )
    chiamato = substitute(graduatoria, causa="morte", gia_chiamati=["b"], rinunciatari=["c"])
    assert chiamato == Surrogante("L", "e", "TUEL art. 45 c. 1")


def test_a_suspended_councillor_has_a_substitute_for_the_time_of_the_suspension():
    graduatoria = _graduatoria("L", voti=900, seggi=1, candidati=["a", "b"])
    chiamato = substitute(graduatoria, causa="sospensione")
    assert (chiamato.candidato, chiamato.supplente) == ("b", True)


def test_an_exhausted_list_leaves_the_seat_vacant():
    graduatoria = _graduatoria("L", voti=900, seggi=2, candidati=["a", "b"])
    assert substitute(graduatoria, causa="decadenza") == SeggioVacante("L", "TUEL art. 45 c. 1")


def test_the_seat_of_a_losing_sindaco_of_one_list_goes_to_its_first_not_elected():
    sola = _graduatoria("L", voti=900, seggi=1, candidati=["a", "b"])
    assert substitute_sindaco_perdente([sola], causa="dimissioni").candidato == "b"


def test_the_seat_of_a_losing_sindaco_of_a_group_goes_to_the_next_useful_quotient():
    # 900 : 3 = 300 contro 500 : 2 = 250: tocca alla prima.
    prima = _graduatoria("L", voti=900, seggi=2, candidati=["a", "b", "c"])
    seconda = _graduatoria("M", voti=500, seggi=1, candidati=["x", "y"])
    assert substitute_sindaco_perdente([prima, seconda], causa="dimissioni").candidato == "c"
    finita = _graduatoria("L", voti=900, seggi=2, candidati=["a", "b"])
    assert substitute_sindaco_perdente([finita, seconda], causa="dimissioni").candidato == "y"


def test_equal_quotients_and_cifre_of_the_group_are_drawn():
    prima = _graduatoria("L", voti=600, seggi=1, candidati=["a", "b"])
    seconda = _graduatoria("M", voti=600, seggi=1, candidati=["x", "y"])
    domanda = substitute_sindaco_perdente([prima, seconda], causa="dimissioni")
    assert isinstance(domanda, SorteggioRichiesto)
    assert (domanda.contendenti, domanda.cifra, domanda.divisore) == (("L", "M"), 600, 2)
    estratto = substitute_sindaco_perdente([prima, seconda], causa="dimissioni", estratta="M")
    assert estratto.candidato == "y"


def test_a_group_with_nobody_left_leaves_the_seat_vacant():
    prima = _graduatoria("L", voti=600, seggi=1, candidati=["a"])
    seconda = _graduatoria("M", voti=500, seggi=1, candidati=["x"])
    vacante = substitute_sindaco_perdente([prima, seconda], causa="morte")
    assert vacante == SeggioVacante(None, "TUEL art. 73 c. 11 e 45 c. 1")
