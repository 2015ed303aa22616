"""Any pile of ballots, read by the tables of the vote, gives a section that balances."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from norme.dati_scrutinio import DatiScrutinio
from norme.parametri import parametri_at
from norme.preferenze import CandidatoVotabile, ListaVotabile, Scritta
from norme.rilievi import has_errori
from norme.scrutinio import check_scrutinio
from norme.voto import EsitoScheda, Segni, read_scheda, regole_at

SESSI = {1: "M", 2: "F", 3: "M"}
QUADRI = {
    "fino a 15.000": (date(2021, 10, 3), {"popolazione": 9_000}, {"X": "A", "Y": "B", "Z": "C"}),
    "sotto 5.000": (date(2021, 10, 3), {"popolazione": 4_999}, {"X": "A", "Y": "B", "Z": "C"}),
    "oltre 15.000": (date(2021, 10, 3), {"popolazione": 46_963}, {"X": "A", "Y": "A", "Z": "B"}),
    "Sicilia 2022": (
        date(2022, 6, 12),
        {"popolazione": 9_000, "ordinamento": "sicilia"},
        {"X": "A", "Y": "A", "Z": "B"},
    ),
    "Sicilia 2014": (
        date(2014, 5, 25),
        {"sistema": "oltre_15000", "ordinamento": "sicilia"},
        {"X": "A", "Y": "A", "Z": "B"},
    ),
}
scritte = st.builds(
    Scritta, lista=st.sampled_from("XYZ"), candidato=st.sampled_from([1, 2, 3])
) | st.sampled_from([Scritta("12"), Scritta("Comune"), Scritta("X1"), Scritta("Nessuno")])
schede = st.builds(
    Segni,
    sindaci=st.lists(st.sampled_from("AB"), max_size=2).map(tuple),
    liste=st.lists(st.sampled_from("XYZ"), max_size=2).map(tuple),
    preferenze=st.lists(scritte, max_size=3).map(tuple),
    ufficiale=st.sampled_from([True, True, True, False]),
    altri_segni=st.booleans(),
)


def lista(nome, sindaco):
    candidati = [CandidatoVotabile(n, f"{nome}{n}", "Comune", sesso) for n, sesso in SESSI.items()]
    return ListaVotabile(nome, sindaco, (*candidati, CandidatoVotabile(4, "Comune", nome, "F")))


def count(voti, collegamenti, turno=1):
    """The verbale of a pile of ballots."""
    esiti = Counter(voto.esito for voto in voti)
    preferenze = Counter((voto.lista, c) for voto in voti for c in voto.preferenze)
    sindaci = dict.fromkeys(collegamenti.values())
    return DatiScrutinio(
        turno=turno,
        votanti=len(voti),
        voti_validi=esiti[EsitoScheda.VALIDA],
        schede_bianche=esiti[EsitoScheda.BIANCA],
        schede_nulle=esiti[EsitoScheda.NULLA],
        contestate_non_attribuite=0,
        non_restituite=0,
        voti_sindaci={s: sum(v.sindaco == s for v in voti) for s in sindaci},
        solo_sindaco={s: sum(v.is_solo_sindaco and v.sindaco == s for v in voti) for s in sindaci},
        voti_liste={x: sum(v.lista == x for v in voti) for x in collegamenti} if turno == 1 else {},
        voti_lista_nulli=sum(v.lista_nulla for v in voti) if turno == 1 else None,
        preferenze={x: {n: preferenze[x, n] for n in (1, 2, 3, 4)} for x in collegamenti}
        if turno == 1
        else {},
        collegamenti=collegamenti,
        sessi={x: {**SESSI, 4: "F"} for x in collegamenti},
    )


@pytest.mark.parametrize("quadro", QUADRI)
@given(pila=st.lists(schede, max_size=30))
def test_any_pile_of_ballots_balances(quadro, pila):
    giorno, dove, collegamenti = QUADRI[quadro]
    parametri = parametri_at(giorno, **dove)
    liste = [lista(nome, sindaco) for nome, sindaco in collegamenti.items()]
    voti = [read_scheda(segni, liste=liste, regole=regole_at(parametri)) for segni in pila]
    sezione = count(voti, collegamenti)
    rilievi = check_scrutinio(sezione, parametri=parametri)
    assert not has_errori(rilievi), [rilievo.testo for rilievo in rilievi]


@given(pila=st.lists(schede, max_size=30))
def test_any_pile_of_runoff_ballots_balances(pila):
    parametri = parametri_at(date(2021, 10, 3), popolazione=46_963)
    collegamenti = {"X": "A", "Y": "A", "Z": "B"}
    liste = [lista(nome, sindaco) for nome, sindaco in collegamenti.items()]
    voti = [read_scheda(segni, liste=liste, regole=regole_at(parametri), turno=2) for segni in pila]
    sezione = replace(count(voti, collegamenti, turno=2), solo_sindaco={})
    assert not has_errori(check_scrutinio(sezione, parametri=parametri))


@pytest.mark.parametrize("quadro", QUADRI)
@given(segni=schede)
def test_a_ballot_gives_votes_only_if_valid_and_preferences_only_with_their_list(quadro, segni):
    giorno, dove, collegamenti = QUADRI[quadro]
    regole = regole_at(parametri_at(giorno, **dove))
    liste = [lista(nome, sindaco) for nome, sindaco in collegamenti.items()]
    voto = read_scheda(segni, liste=liste, regole=regole)
    if voto.esito is not EsitoScheda.VALIDA:
        assert (voto.sindaco, voto.lista, voto.preferenze) == (None, None, ())
    assert voto.lista is not None or not voto.preferenze
    assert len(voto.preferenze) <= regole.limiti.massime
    assert voto.articolo
