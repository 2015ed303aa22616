"""The polling offices: composition, who may sit, who replaces whom, sections and beds."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from norme.parametri import parametri_at
from norme.uffici import (
    COMPONENTI,
    ESCLUSIONI,
    Momento,
    PersonaUfficio,
    Ruolo,
    Tipo,
    check_componente,
    check_edificio,
    check_presenza,
    check_rappresentante,
    check_sezione,
    check_ufficio,
    choose_cooptati,
    composizione,
    sostituzioni,
    uffici_per_detenuti,
    uffici_per_letti,
)

PARAMETRI = parametri_at(date(2021, 10, 3), popolazione=45_000)
ADA = PersonaUfficio("a", "Ada Neri", data_nascita=date(1980, 1, 1), titolo_studio=3)


def codici(rilievi) -> list[str]:
    return [rilievo.codice for rilievo in rilievi]


def of_role(ruolo: str = "scrutatore", **campi) -> list[str]:
    return codici(check_componente(replace(ADA, **campi), ruolo=ruolo, parametri=PARAMETRI))


@pytest.mark.parametrize(
    ("tipo", "presidenti", "scrutatori", "segretari"),
    [("ordinaria", 1, 4, 1), ("ospedaliera", 1, 4, 1), ("speciale", 1, 2, 0), ("volante", 1, 1, 1)],
)
def test_the_office_by_type(tipo, presidenti, scrutatori, segretari):
    ufficio = composizione(tipo, parametri=PARAMETRI)
    assert (ufficio.presidenti, ufficio.scrutatori, ufficio.segretari) == (presidenti, scrutatori, segretari)
    assert ufficio.totale == presidenti + scrutatori + segretari
    assert ufficio.posti(Ruolo.RAPPRESENTANTE) == 0


def test_three_scrutatori_only_for_a_referendum_or_by_choice():
    assert composizione("ordinaria", parametri=PARAMETRI, solo_referendum=True).scrutatori == 3
    assert composizione("speciale", parametri=PARAMETRI, solo_referendum=True).scrutatori == 2
    scelto = PARAMETRI.choose(composizione_ordinario={"presidente": 1, "scrutatori": 3, "segretario": 1})
    assert composizione("ordinaria", parametri=scelto).scrutatori == 3


@pytest.mark.parametrize(
    ("letti", "covid", "tipo", "uffici"),
    [
        (0, False, Tipo.VOLANTE, 0),
        (99, False, Tipo.VOLANTE, 1),
        (100, False, Tipo.SPECIALE, 1),
        (199, False, Tipo.SPECIALE, 1),
        (200, False, Tipo.OSPEDALIERA, 1),
        (500, False, Tipo.OSPEDALIERA, 1),
        (501, False, Tipo.OSPEDALIERA, 2),
        (1_001, False, Tipo.OSPEDALIERA, 3),
        (100, True, Tipo.OSPEDALIERA, 1),
        (99, True, Tipo.VOLANTE, 1),
    ],
)
def test_who_collects_the_vote_in_a_place_of_care(letti, covid, tipo, uffici):
    fabbisogno = uffici_per_letti(letti, parametri=PARAMETRI, covid=covid)
    assert (fabbisogno.tipo, fabbisogno.uffici) == (tipo, uffici)


@pytest.mark.parametrize(("aventi_diritto", "uffici"), [(0, 0), (1, 1), (500, 1), (501, 2)])
def test_above_five_hundred_detainees_the_seggi_are_two(aventi_diritto, uffici):
    assert uffici_per_detenuti(aventi_diritto, parametri=PARAMETRI).uffici == uffici


def test_a_person_in_order_may_hold_every_role():
    assert [of_role(ruolo) for ruolo in COMPONENTI] == [[], [], []]


@pytest.mark.parametrize(
    ("nascita", "atteso"),
    [
        (date(1951, 10, 4), []),
        (date(1951, 10, 3), []),  # turns 70 on the voting day: not yet past it
        (date(1951, 10, 2), ["E301"]),
        (date(1940, 1, 1), ["E301"]),
    ],
)
def test_who_is_over_seventy_on_the_first_day_is_excluded(nascita, atteso):
    assert of_role("scrutatore", data_nascita=nascita) == atteso


def test_over_seventy_only_the_presidente_if_the_ente_follows_the_booklet():
    parametri = PARAMETRI.choose(eta_massima_ruoli=["presidente"])
    anziana = replace(ADA, data_nascita=date(1950, 1, 1))
    assert codici(check_componente(anziana, ruolo="presidente", parametri=parametri)) == ["E301"]
    assert codici(check_componente(anziana, ruolo="scrutatore", parametri=parametri)) == ["W301"]


@pytest.mark.parametrize(("lettera", "codice"), ESCLUSIONI.items())
def test_every_letter_of_article_23_excludes(lettera, codice):
    rilievi = check_componente(replace(ADA, esclusioni=(lettera,)), ruolo="segretario", parametri=PARAMETRI)
    assert codici(rilievi) == [codice]
    assert rilievi[0].voce.articolo == f"art. 23 {lettera}) TU"
    assert "Ada Neri" in rilievi[0].testo


@pytest.mark.parametrize(
    ("ruolo", "campi", "atteso"),
    [
        ("presidente", {"titolo_studio": 2}, ["E309"]),
        ("segretario", {"titolo_studio": 2}, ["E309"]),
        ("scrutatore", {"titolo_studio": 2}, []),
        ("scrutatore", {"titolo_studio": 1}, ["E309"]),
        ("scrutatore", {"titolo_studio": 1, "data_nascita": date(1951, 12, 31)}, ["E309"]),
        ("scrutatore", {"titolo_studio": None}, ["W303"]),
        ("scrutatore", {"elettore_del_comune": False}, ["E308"]),
        ("segretario", {"elettore_del_comune": False}, ["E308"]),
        ("presidente", {"elettore_del_comune": False}, ["W305"]),
        ("scrutatore", {"iscritto_albo": False}, ["W304"]),
        ("segretario", {"iscritto_albo": False}, []),
        ("scrutatore", {"rappresentante": True}, ["E313"]),
        ("scrutatore", {"uffici": ("3", "7")}, ["E312"]),
        ("scrutatore", {"data_nascita": date(2003, 10, 3)}, []),
        ("scrutatore", {"data_nascita": date(2003, 10, 4)}, ["E315"]),
        ("scrutatore", {"uffici": ("3",)}, []),
        ("scrutatore", {"data_nascita": None}, ["W302"]),
    ],
)
def test_requirements_by_role(ruolo, campi, atteso):
    assert of_role(ruolo, **campi) == atteso


def test_born_by_1950_the_licenza_elementare_is_enough():
    nel_2018 = parametri_at(date(2018, 6, 10), popolazione=45_000)
    nata = replace(ADA, data_nascita=date(1950, 12, 31), titolo_studio=1)
    assert codici(check_componente(nata, ruolo="scrutatore", parametri=nel_2018)) == []
    assert codici(check_componente(nata, ruolo="segretario", parametri=nel_2018)) == ["E309"]


def test_a_representative_from_another_comune_is_warned_or_excluded():
    di_fuori = replace(ADA, elettore_del_comune=False)
    assert check_rappresentante(ADA, parametri=PARAMETRI) == ()
    assert codici(check_rappresentante(di_fuori, parametri=PARAMETRI)) == ["W306"]
    severo = PARAMETRI.choose(rappresentante_elettore_del_comune="escluso")
    assert codici(check_rappresentante(di_fuori, parametri=severo)) == ["E314"]


def test_empty_posts_are_named_by_role():
    presenti = {Ruolo.PRESIDENTE: 1, Ruolo.SCRUTATORE: 3}
    rilievi = check_ufficio("ordinaria", presenti, parametri=PARAMETRI)
    assert [rilievo.testo for rilievo in rilievi] == [
        "Posti scoperti di scrutatore: 1 (coperti 3 su 4).",
        "Posti scoperti di segretario: 1 (coperti 0 su 1).",
    ]
    assert check_ufficio("speciale", presenti, parametri=PARAMETRI) == ()


@pytest.mark.parametrize(
    ("presenti", "vice", "atteso"),
    [
        ([Ruolo.PRESIDENTE, Ruolo.SCRUTATORE, Ruolo.SEGRETARIO], False, []),
        ([Ruolo.SCRUTATORE, Ruolo.SCRUTATORE, Ruolo.SEGRETARIO], True, []),
        ([Ruolo.SCRUTATORE, Ruolo.SCRUTATORE, Ruolo.SEGRETARIO], False, ["E311"]),
        ([Ruolo.PRESIDENTE, Ruolo.SCRUTATORE], True, ["E311"]),
    ],
)
def test_three_members_are_always_present_with_who_presides(presenti, vice, atteso):
    assert codici(check_presenza(presenti, vice_presente=vice, parametri=PARAMETRI)) == atteso


@pytest.mark.parametrize(
    ("iscritti", "campi", "atteso"),
    [
        (1_200, {}, []),
        (1_201, {}, ["W310"]),
        (500, {}, []),
        (499, {}, ["W311"]),
        (27, {"tipo": "ospedaliera"}, []),
        (50, {"disagiata": True}, []),
        (49, {"disagiata": True}, ["W311"]),
    ],
)
def test_the_size_of_a_section_is_only_warned(iscritti, campi, atteso):
    assert codici(check_sezione(iscritti, parametri=PARAMETRI, **campi)) == atteso


@pytest.mark.parametrize(
    ("sezioni", "campi", "atteso"),
    [
        (4, {}, []),
        (5, {}, ["W312"]),
        (12, {"autorizzato": True}, []),
        (13, {"autorizzato": True, "per_ingresso": 7}, ["W312", "W313"]),
        (4, {"per_ingresso": 6}, []),
    ],
)
def test_sections_in_one_building(sezioni, campi, atteso):
    assert codici(check_edificio("Scuola Moretti", sezioni, parametri=PARAMETRI, **campi)) == atteso


def test_the_oldest_and_the_youngest_are_called_in_turn():
    elettori = [
        ("media", date(1975, 1, 1)),
        ("giovane", date(2000, 1, 1)),
        ("anziana", date(1940, 1, 1)),
        ("gemella", date(2000, 1, 1)),
    ]
    assert choose_cooptati(elettori, 3) == ("anziana", "giovane", "media")
    assert choose_cooptati(elettori, 9) == ("anziana", "giovane", "media", "gemella")
    assert choose_cooptati([], 2) == ()


@given(st.lists(st.dates(date(1930, 1, 1), date(2003, 1, 1)), max_size=12), st.integers(0, 12))
def test_co_opted_electors_are_distinct_and_no_more_than_needed(nascite, quanti):
    scelti = choose_cooptati(list(enumerate(nascite)), quanti)
    assert len(scelti) == len(set(scelti)) == min(quanti, len(nascite))


def test_the_chain_of_replacement_is_known_for_every_role_and_moment():
    assert all(sostituzioni(ruolo, momento=momento) for ruolo in COMPONENTI for momento in Momento)
    prima = sostituzioni("presidente", momento=Momento.PRIMA)
    assert [anello.chi for anello in prima] == ["presidente della corte d'appello", "sindaco o suo delegato"]
    assert sostituzioni("scrutatore", momento=Momento.INSEDIAMENTO)[0].articolo == "art. 47 TU"
