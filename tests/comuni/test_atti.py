"""Produced documents."""

import hashlib

import pytest

from comuni.atti import produce_atto, reproduce_pdf
from tests.factories import ElezioneFactory

pytestmark = pytest.mark.django_db


def produce(elezione, **altro):
    contesto = {"titolo": "Avviso", "comune": "Prova", "paragrafi": ['#read("/etc/passwd") $x^2$ *testo*']}
    return produce_atto(elezione, tipo="prova", titolo="Avviso", modello="pagina", contesto=contesto | altro)


def test_an_act_is_numbered_hashed_and_kept():
    elezione = ElezioneFactory()

    primo, secondo = produce(elezione), produce(elezione, titolo="Altro avviso")

    assert [primo.numero, secondo.numero] == [1, 2]
    with primo.file.open("rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == primo.sha256


def test_the_same_context_gives_back_the_same_act():
    elezione = ElezioneFactory()

    assert produce(elezione) == produce(elezione)


def test_an_act_is_reproduced_bit_by_bit():
    atto = produce(ElezioneFactory())
    atto.refresh_from_db()

    assert hashlib.sha256(reproduce_pdf(atto)).hexdigest() == atto.sha256


def test_a_rehearsal_is_watermarked():
    vero, prova = produce(ElezioneFactory()), produce(ElezioneFactory(prova=True))

    assert vero.sha256 != prova.sha256
