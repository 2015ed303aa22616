"""What people read of many cases is what a person has read and approved (``tests/casi/letture``)."""

import pytest

from tests.norme.letture import PAGINE, read


@pytest.mark.parametrize("documento", PAGINE)
def test_every_page_reads_as_it_was_approved(documento):
    """If this fails, read the difference; if it is right: python -m tests.norme.letture"""
    trovate, approvate = PAGINE[documento](), read(documento)
    assert list(trovate) == list(approvate)
    for titolo, testo in trovate.items():
        assert testo.strip("\n") == approvate[titolo], titolo


@pytest.mark.parametrize("documento", ["scrutinio", "liste"])
def test_no_finding_lacks_its_figures(documento):
    testo = "\n".join(read(documento).values())
    assert "…" not in testo and "None" not in testo
