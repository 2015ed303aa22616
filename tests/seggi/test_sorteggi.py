"""The draw of the scrutatori, repeated by anybody."""

import re
import subprocess
import sys

import pytest
from django.core.exceptions import ValidationError

from comuni.models import Sezione
from norme.sorteggio import script_verifica
from seggi import sorteggi
from seggi.models import Iscritto, Nomina, PostoGraduatoria
from seggi.uffici import count_posti, set_up_uffici
from tests.factories import ElezioneFactory, IscrittoFactory, SezioneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def elezione():
    elezione = ElezioneFactory(popolazione_legale=46_963)
    for numero in (1, 2):
        SezioneFactory(elezione=elezione, numero=numero)
    set_up_uffici(elezione)
    return elezione


def make_albo(elezione, quanti, **altro):
    return [IscrittoFactory(comune=elezione.comune, **altro) for _ in range(quanti)]


def draw(elezione, *, posti=8, riserve=5, strati=(), seme="dadi 4 2 6 1"):
    sorteggio = sorteggi.publish_elenco(
        elezione, iscritti=Iscritto.objects.all(), posti=posti, riserve=riserve, strati=strati
    )
    nomine = sorteggi.execute_sorteggio(sorteggio, seme=seme, origine_seme="dadi", presenti="la commissione")
    sorteggio.refresh_from_db()
    return sorteggio, nomine


def test_offices_are_composed_by_type(elezione):
    SezioneFactory(elezione=elezione, numero=3, tipo=Sezione.Tipo.SPECIALE)
    SezioneFactory(elezione=elezione, numero=4, tipo=Sezione.Tipo.VOLANTE)

    assert set_up_uffici(elezione) == 2
    assert count_posti(elezione) == {"presidente": 3, "scrutatore": 10, "segretario": 2}
    assert set_up_uffici(elezione) == 0


def test_the_draw_fills_every_post_and_ranks_the_reserves(elezione):
    make_albo(elezione, 20)

    _, nomine = draw(elezione)

    assert [(n.ufficio.sezione.numero, n.posizione) for n in nomine] == [
        (sezione, posizione) for sezione in (1, 2) for posizione in (1, 2, 3, 4)
    ]
    riserve = list(PostoGraduatoria.objects.di(elezione))
    assert [p.posizione for p in riserve] == [1, 2, 3, 4, 5]
    assert not {p.iscritto_id for p in riserve} & {n.iscritto_id for n in nomine}


def test_the_published_script_gives_the_same_outcome(elezione, tmp_path):
    make_albo(elezione, 30)
    sorteggio, nomine = draw(elezione)
    (tmp_path / "verifica.py").write_text(script_verifica(), encoding="utf-8")
    elenco = tmp_path / "elenco.csv"
    elenco.write_text("\n".join(v["riga"] for v in sorteggio.elenco), encoding="utf-8")

    uscita = subprocess.run(
        [sys.executable, "-I", tmp_path / "verifica.py", elenco, sorteggio.seme],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()

    assert uscita[0] == f"impronta {sorteggio.impronta}"
    ripetuti = [re.sub(r"^\d+ ", "", riga) for riga in uscita[1:9]]
    assert ripetuti == [sorteggi.roll_line(n.iscritto) for n in nomine]


def test_a_preferred_category_comes_first(elezione):
    make_albo(elezione, 10)
    disoccupati = make_albo(elezione, 5, categoria="disoccupati")

    _, nomine = draw(elezione, strati=["disoccupati"])

    assert {n.iscritto_id for n in nomine[:5]} == {i.pk for i in disoccupati}


def test_a_short_roll_is_refused_with_the_remedy(elezione):
    make_albo(elezione, 3)

    with pytest.raises(ValidationError, match="3 nomi per 8 posti"):
        draw(elezione)


def test_the_published_roll_holds_no_codice_fiscale(elezione):
    make_albo(elezione, 8, codice_fiscale="")
    Iscritto.objects.update(luogo_nascita="Luogo riservato")

    sorteggio, _ = draw(elezione)

    assert set(sorteggio.elenco[0]) == {"iscritto", "riga", "categoria"}
    assert not any("riservato" in v["riga"] for v in sorteggio.elenco)


def test_a_draw_is_executed_once(elezione):
    make_albo(elezione, 20)
    sorteggio, _ = draw(elezione)

    with pytest.raises(ValidationError, match="già stato eseguito"):
        sorteggi.execute_sorteggio(sorteggio, seme="altro", origine_seme="", presenti="x")
    assert Nomina.objects.di(elezione).count() == 8
