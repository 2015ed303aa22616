"""The registers: the yearly days, what the notice asks and whom it excludes."""

from datetime import date

import pytest

from norme.albi import PARAMETRI, domande_albo, esclusi, next_anno, requisiti_albo
from norme.parametri import parametri_at
from norme.uffici import ESCLUSIONI, PersonaUfficio, check_componente

OGGI = parametri_at(date(2026, 10, 1), popolazione=20_000)


def testi(voci) -> str:
    return "; ".join(voce.testo for voce in voci)


def test_the_scrutatori_apply_in_november_after_a_notice_of_october():
    domande = domande_albo("scrutatore", anno=2026, parametri=OGGI)

    assert (domande.domande_entro, domande.avviso_entro) == (date(2026, 11, 30), date(2026, 10, 31))
    assert domande.articolo == "l. 95/1989 artt. 1, 3"


def test_the_presidenti_apply_by_october_and_the_law_found_says_nothing_of_the_notice():
    domande = domande_albo("presidente", anno=2026, parametri=OGGI)

    assert (domande.domande_entro, domande.avviso_entro) == (date(2026, 10, 31), None)
    assert domande.articolo == "l. 53/1990 art. 1"


@pytest.mark.parametrize(
    ("ruolo", "oggi", "anno"),
    [
        ("scrutatore", date(2026, 11, 30), 2026),
        ("scrutatore", date(2026, 12, 1), 2027),
        ("presidente", date(2026, 10, 31), 2026),
        ("presidente", date(2026, 11, 1), 2027),
    ],
)
def test_on_the_last_day_one_may_still_apply_the_day_after_it_is_for_the_next_year(ruolo, oggi, anno):
    assert next_anno(ruolo, oggi=oggi, parametri=OGGI) == anno


def test_each_role_with_its_study_title():
    assert "elettore del comune" in testi(requisiti_albo("presidente", parametri=OGGI))
    assert "almeno il diploma" in testi(requisiti_albo("presidente", parametri=OGGI))
    scrutatore = testi(requisiti_albo("scrutatore", parametri=OGGI))
    assert "almeno la licenza media (la licenza elementare per i nati fino al 1950)" in scrutatore


@pytest.mark.parametrize("ruolo", list(PARAMETRI))
def test_the_notice_excludes_whom_the_check_refuses(ruolo):
    """Every letter of TU 23 with the article of the finding a person would get."""
    articoli = [voce.articolo for voce in esclusi(ruolo, parametri=OGGI)]
    vecchio = PersonaUfficio(
        1, "X", data_nascita=date(1940, 1, 1), titolo_studio=3, esclusioni=tuple(ESCLUSIONI)
    )

    assert articoli == [r.voce.articolo for r in check_componente(vecchio, ruolo=ruolo, parametri=OGGI)]


def test_the_age_as_the_ente_reads_it():
    solo_presidente = OGGI.choose(eta_massima_ruoli=["presidente"])

    assert "70 anni" in testi(esclusi("scrutatore", parametri=OGGI))
    assert "70 anni" not in testi(esclusi("scrutatore", parametri=solo_presidente))
    assert "70 anni" in testi(esclusi("presidente", parametri=solo_presidente))
