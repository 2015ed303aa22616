"""Every law case of ``tests/casi/riparto*.toml`` comes out as expected."""

import pytest

from tests.norme.riparto.casi import build_ingresso, read_casi, run_with_draws

CASI = read_casi()


@pytest.mark.parametrize("caso", CASI, ids=[caso["nome"] for caso in CASI])
def test_law_case(caso):
    esito, domande = run_with_draws(build_ingresso(caso), caso.get("sorti", []))
    atteso = dict(caso["atteso"])
    esito["rilievi"] = sorted(rilievo["codice"] for rilievo in esito["rilievi"])
    if "domande" in atteso:
        assert [domanda["contendenti"] for domanda in domande] == atteso.pop("domande")
    else:
        assert domande == []
    if "seggi" in atteso:
        con_seggi = {lista: numero for lista, numero in esito["seggi_per_lista"].items() if numero}
        assert con_seggi == atteso.pop("seggi")
    atteso.setdefault("rilievi", [])
    assert {campo: esito[campo] for campo in atteso} == atteso


def test_every_case_has_its_own_name():
    nomi = [caso["nome"] for caso in CASI]
    assert len(set(nomi)) == len(nomi)
