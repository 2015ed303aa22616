"""What people read of many cases is what a person has read and approved (``tests/casi/letture``)."""

import pytest

from tests.norme.letture import PAGINE, casi_margini, describe_margini, read

MARGINI = casi_margini()


@pytest.mark.parametrize("documento", [nome for nome in PAGINE if nome != "margini"])
def test_every_page_reads_as_it_was_approved(documento):
    """If this fails, read the difference; if it is right: python -m tests.norme.letture"""
    trovate, approvate = PAGINE[documento](), read(documento)
    assert list(trovate) == list(approvate)
    for titolo, testo in trovate.items():
        assert testo.strip("\n") == approvate[titolo], titolo


def test_the_margins_read_are_of_these_elections():
    assert list(MARGINI) == list(read("margini"))


@pytest.mark.parametrize("nome", MARGINI)
def test_the_margins_read_as_they_were_approved(nome):
    assert describe_margini(MARGINI[nome]).strip("\n") == read("margini")[nome]


@pytest.mark.parametrize("documento", ["scrutinio", "liste"])
def test_no_finding_lacks_its_figures(documento):
    testo = "\n".join(read(documento).values())
    assert "…" not in testo and "None" not in testo
