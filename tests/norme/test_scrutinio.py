"""The identities of one section: nothing false on the real ones, every slip with its own code."""

from dataclasses import replace
from datetime import date

import pytest

from norme.dati_scrutinio import DatiScrutinio
from norme.parametri import parametri_at
from norme.rilievi import has_errori
from norme.scrutinio import check_scrutinio
from tests.norme.sezioni import PARAMETRI, change, change_preferenze, sezione, sezioni

PICCOLO = parametri_at(date(2021, 10, 3), popolazione=3_740)
MEDIO = parametri_at(date(2021, 10, 3), popolazione=9_000)
SICILIA = parametri_at(date(2022, 6, 12), popolazione=9_000, ordinamento="sicilia")
SICILIA_2014 = parametri_at(date(2014, 5, 25), sistema="fino_15000", ordinamento="sicilia")
IGNOTO = parametri_at(date(2022, 6, 12), sistema="oltre_15000")


def codici(dati, parametri=PARAMETRI, passo=None):
    return [rilievo.codice for rilievo in check_scrutinio(dati, parametri=parametri, passo=passo)]


def fields(dati, codice, parametri=PARAMETRI, passo=None):
    rilievi = check_scrutinio(dati, parametri=parametri, passo=passo)
    return next(rilievo.campi for rilievo in rilievi if rilievo.codice == codice)


def senza_sessi(dati):
    return replace(dati, sessi={})


# --- the real sections


def test_no_real_section_has_an_error():
    errate = {
        dati.sezione: codici(senza_sessi(dati))
        for dati in sezioni()
        if has_errori(check_scrutinio(senza_sessi(dati), parametri=PARAMETRI))
    }
    assert errate == {}


def test_the_warnings_of_the_real_sections_are_few_and_known():
    avvisi = {d.sezione: codici(senza_sessi(d)) for d in sezioni() if codici(senza_sessi(d))}
    assert avvisi == {
        4: ["W403"],
        6: ["W402"],
        10: ["W403"],
        13: ["W404", "W413"],
        20: ["W403"],
        37: ["W403"],
    }


def test_with_the_sexes_two_real_sections_have_a_warning_and_none_an_error():
    """Section 10, list 14: women 3 + 2 on 4 votes. Section 20, list 10: men 1 + 7 + 1 + 5 on 13 votes."""
    oltre = {d.sezione: codici(d) for d in sezioni() if "W418" in codici(d)}
    assert oltre == {10: ["W403", "W418"], 20: ["W403", "W418"]}
    assert not any(has_errori(check_scrutinio(d, parametri=PARAMETRI)) for d in sezioni())


@pytest.mark.parametrize(
    ("voti", "preferenze", "codice"),
    [
        (4, 5, "W418"),
        (4, 7, "E442"),
        (100, 105, "W418"),
        (100, 106, "E442"),
        (400, 408, "W418"),
        (400, 409, "E442"),
    ],
)
def test_few_preferences_of_one_sex_above_the_list_votes_are_a_warning_many_an_error(
    voti, preferenze, codice
):
    donne = {1: preferenze // 2, 2: preferenze - preferenze // 2}
    dati = DatiScrutinio(
        voti_liste={1: voti}, preferenze={1: donne}, sessi={1: {1: "F", 2: "F"}}, collegamenti={1: 1}
    )
    assert codici(dati, passo="preferenze") == [codice]


@pytest.mark.parametrize("passo", ["schede", "sindaco", "liste", "preferenze"])
def test_each_step_of_the_real_sections_is_clean_alone(passo):
    dati = [senza_sessi(d) for d in sezioni()]
    assert not any(has_errori(check_scrutinio(d, parametri=PARAMETRI, passo=passo)) for d in dati)


@pytest.mark.parametrize(
    "assenti",
    [
        {"voti_validi": None},
        {"contestate_non_attribuite": None},
        {"schede_bianche": None, "schede_nulle": None, "contestate_non_attribuite": None},
        {"elettori": None, "elettori_m": None, "elettori_f": None},
        {"votanti": None, "votanti_m": None, "votanti_f": None},
        {"votanti": None},
        {"voti_liste": {}, "preferenze": {}},
        {"solo_sindaco": {}},
        {"voti_sindaci": {}, "solo_sindaco": {}},
        {"collegamenti": {}},
        {"votanti_m": None, "voti_validi": None, "voti_liste": {}},
    ],
    ids=lambda assenti: ", ".join(assenti),
)
def test_what_is_not_known_is_not_an_error(assenti):
    trovati = {d.sezione: codici(replace(senza_sessi(d), **assenti)) for d in sezioni()}
    assert {s: c for s, c in trovati.items() if any(codice[0] == "E" for codice in c)} == {}


def test_the_hospital_section_without_electors_is_at_most_a_warning():
    assert codici(sezione(13)) == ["W404", "W413"]
    assert codici(replace(sezione(13), speciale=True, ammessi=10)) == ["W404", "W413"]


def test_figures_not_yet_reached_are_silent():
    assert codici(DatiScrutinio()) == []
    assert codici(DatiScrutinio(votanti=700, votanti_m=327, votanti_f=373)) == []


# --- slips in the first step

VUOTA = dict.fromkeys(
    ["votanti", "votanti_m", "votanti_f", "voti_validi", "schede_bianche", "schede_nulle"], 0
)
SLIPS_SCHEDE = [
    ("digits swapped in the women", {"votanti_f": 337}, "E401"),
    ("digits swapped in the total", {"votanti": 770, "votanti_m": None}, "E410"),
    ("null ballots of another line", {"schede_nulle": 6}, "E410"),
    ("blank and null too few", {"schede_bianche": 0, "schede_nulle": 0, "non_restituite": 0}, "E410"),
    ("one ballot missing and none unreturned", {"schede_nulle": 4, "non_restituite": 0}, "E410"),
    ("one ballot missing, unreturned not said", {"schede_nulle": 4}, "W407"),
    ("electors do not add up", {"elettori": 1113}, "E406"),
    ("more voters than electors and added", {"elettori_m": None, "elettori": 690, "ammessi": 3}, "E404"),
    ("more voters than a whole section", {"elettori_m": None, "elettori": 600}, "E404"),
    ("some voters more, added not said", {"elettori_m": None, "elettori": 690}, "W405"),
    ("more voters than electors in a special one", {"elettori": 0, "ammessi": 3}, "E406"),
    ("men and women of the electors swapped", {"elettori_m": 320, "elettori_f": 811}, "W405"),
    ("more men than electors", {"elettori_m": 320, "elettori_f": 811, "ammessi": 0}, "E405"),
    ("a number below zero", {"schede_bianche": -1, "schede_nulle": 7}, "E408"),
    ("voters fewer than at 23", {"affluenze": {"12": 150, "19": 420, "23": 701}}, "E403"),
    ("turnout going down", {"affluenze": {"12": 450, "19": None, "23": 420}}, "E402"),
    ("turnout above the electors", {"affluenze": {"12": 1500}, "votanti": 1500}, "E407"),
    ("ballots left do not fit", {"autenticate": 1131, "residue": 400}, "E411"),
    ("one ballot replaced", {"autenticate": 1131, "residue": 430, "ammessi": 0}, "W408"),
    ("some added without ballots", {"autenticate": 1131, "residue": 434}, "W408"),
    ("authenticated other than the electors", {"autenticate": 1141, "residue": 441}, "W406"),
    ("nobody voted", VUOTA, "W404"),
    ("many blank ballots", {"schede_bianche": 21, "voti_validi": 674}, "W401"),
    ("many null ballots", {"schede_nulle": 35, "voti_validi": 664}, "W402"),
    ("more voters than at the closing", {"chiusura": 680}, "E409"),
    ("fewer voters than at the closing, no hour written", {"chiusura": 720}, "E409"),
    ("more voters than at the closing in a special one", {"chiusura": 680, "speciale": True}, "W446"),
    ("men and women swapped", {"chiusura_m": 373, "chiusura_f": 327}, "W447"),
    ("the sheet of a section with more electors", {"iscritti_m": 480, "iscritti_f": 520}, "W448"),
    ("men and women of the list swapped", {"iscritti_m": 615, "iscritti_f": 516}, "W448"),
    ("contested ballots", {"contestate_non_attribuite": 3, "schede_nulle": 2}, "W403"),
]


@pytest.mark.parametrize(("nome", "cambio", "codice"), SLIPS_SCHEDE, ids=[voce[0] for voce in SLIPS_SCHEDE])
def test_a_slip_in_the_ballots_has_its_code(nome, cambio, codice):
    dati = replace(sezione(1), preferenze={}, **cambio)
    assert codice in codici(dati, passo="schede")


def test_ballots_that_balance_are_silent():
    giusti = replace(
        sezione(1),
        autenticate=1131,
        residue=431,
        ammessi=0,
        affluenze={"12": 150, "19": 420, "23": 520, "15": 700},
    )
    assert codici(giusti) == []
    assert codici(replace(giusti, autenticate=1133, residue=433, ammessi=2)) == []


def test_the_fields_of_a_finding_are_the_boxes_to_read_again():
    dati = replace(sezione(1), affluenze={"12": 450, "19": 420})
    assert fields(dati, "E402") == ("affluenze.12", "affluenze.19")
    assert fields(replace(sezione(1), votanti_m=372), "E401") == ("votanti_m", "votanti_f", "votanti")


def test_a_finished_step_names_its_empty_boxes():
    assert fields(DatiScrutinio(votanti=3), "E412", passo="schede") == (
        "voti_validi",
        "schede_bianche",
        "schede_nulle",
    )
    vuote = change(sezione(1), "voti_sindaci", _3=None)
    assert fields(vuote, "E412", passo="sindaco") == ("voti_sindaci.3",)


# --- slips on the sindaci


def test_swapped_digits_of_a_sindaco_break_the_sum():
    assert codici(change(sezione(1), "voti_sindaci", _1=138), passo="sindaco") == ["E420"]


def test_the_total_on_the_paper_is_compared_with_the_sum():
    dati = replace(sezione(1), totale_sindaci=694, totale_solo_sindaco=20, totale_liste=674)
    assert codici(dati) == []
    assert codici(replace(dati, totale_sindaci=649), passo="sindaco") == ["E421"]
    assert codici(replace(dati, totale_solo_sindaco=2), passo="sindaco") == ["E424"]
    assert codici(replace(dati, totale_liste=647), passo="liste") == ["E432"]


def test_rows_of_the_sindaci_slid_by_one_are_caught_even_when_the_sum_is_right():
    voti = list(sezione(1).voti_sindaci.values())
    girati = dict(enumerate([voti[-1], *voti[:-1]], 1))
    assert "E422" not in codici(replace(sezione(1), voti_sindaci=girati), passo="sindaco")
    assert codici(replace(sezione(1), voti_sindaci=girati), passo="liste") == ["W412"] * 4


def test_sindaco_alone_cannot_exceed_the_sindaco():
    dati = change(sezione(1), "solo_sindaco", _2=79)
    assert fields(dati, "E422", passo="sindaco") == ("voti_sindaci.2", "solo_sindaco.2")


def test_a_column_of_votes_in_place_of_sindaco_alone_is_odd():
    assert "W415" in codici(change(sezione(1), "solo_sindaco", _2=78), passo="sindaco")


def test_an_empty_sindaco_is_an_error_when_votes_are_missing_and_a_doubt_when_not():
    assert codici(change(sezione(1), "voti_sindaci", _3=None)) == ["E412"]
    senza = change(change(sezione(1), "voti_sindaci", _3=None), "voti_sindaci", _4=380)
    assert "W414" in codici(senza, passo="sindaco")
    assert codici(replace(change(sezione(1), "voti_sindaci", _3=None), voti_validi=None)) == ["W414"]


# --- slips on the lists


def test_swapped_digits_of_a_list_break_the_sum():
    assert "E430" in codici(change(sezione(1), "voti_liste", _2=56), passo="liste")


def test_a_skipped_list_breaks_the_sum():
    assert codici(change(sezione(1), "voti_liste", _2=0), passo="liste") == ["E430"]


def test_a_list_left_empty_is_named():
    assert fields(change(sezione(1), "voti_liste", _2=None), "E412", passo="liste") == ("voti_liste.2",)


def test_an_empty_list_is_a_doubt_when_no_vote_is_missing_from_the_lists():
    uno = sezione(1)
    assert sum(uno.solo_sindaco.values())
    voti = uno.voti_liste[1] + uno.voti_liste[2]
    assert "W414" in codici(change(uno, "voti_liste", _1=voti, _2=None), passo="liste")


def test_lists_above_the_valid_ballots():
    assert codici(change(sezione(1), "voti_liste", _2=120), passo="liste") == ["E434"]
    assert "E431" in codici(change(sezione(1), "voti_liste", _2=695), passo="liste")


def test_null_list_votes_have_their_own_box_or_stand_with_the_sindaco_alone():
    meno = change(sezione(1), "voti_liste", _2=63)
    assert codici(meno, passo="liste") == ["W409"]
    assert codici(replace(meno, voti_lista_nulli=2), passo="liste") == []
    assert codici(replace(meno, voti_lista_nulli=1), passo="liste") == ["E430"]
    assert codici(replace(meno, voti_lista_nulli=3), passo="liste") == ["E430"]
    assert codici(replace(sezione(1), voti_lista_nulli=2), passo="liste") == []


def test_without_the_valid_ballots_the_sum_of_the_sindaci_stands_in():
    dati = replace(change(sezione(1), "voti_liste", _2=120), voti_validi=None)
    assert codici(dati, passo="liste") == ["E434"]


# --- slips on the preferences


def test_preferences_above_the_votes_of_the_list():
    dati = change_preferenze(sezione(1), 1, {4: 30})
    assert fields(dati, "E440") == ("preferenze.1.4", "voti_liste.1")


def test_women_above_the_votes_of_the_list():
    dati = sezione(1)
    donne = [c for c, sesso in dati.sessi[1].items() if sesso == "F"][:2]
    troppe = change_preferenze(dati, 1, {c: 0 for c in dati.preferenze[1]} | dict.fromkeys(donne, 20))
    assert codici(troppe) == ["E442"]
    assert codici(senza_sessi(troppe)) == []
    assert fields(troppe, "E442")[-1] == "voti_liste.1"


def test_two_preferences_for_each_vote_when_sexes_are_not_known():
    troppe = change_preferenze(senza_sessi(sezione(1)), 1, dict.fromkeys(range(1, 4), 29))
    assert codici(troppe) == ["E441"]


def test_the_total_of_the_preferences_catches_every_single_slip():
    dati = sezione(1)
    totali = {lista: sum(celle.values()) for lista, celle in dati.preferenze.items()}
    assert codici(replace(dati, totali_preferenze=totali)) == []
    sbagliata = change_preferenze(replace(dati, totali_preferenze=totali), 1, {4: 8})
    assert codici(sbagliata, passo="preferenze.1") == ["E444"]
    assert codici(sbagliata, passo="preferenze.2") == []


def test_preferences_of_a_list_without_votes():
    dati = change(sezione(1), "voti_liste", _1=None)
    assert "E443" in codici(dati, passo="preferenze.1")
    assert codici(replace(sezione(1), voti_liste={}), passo=None) == []


def test_no_preference_at_all_is_odd_from_forty_votes():
    zero = change_preferenze(sezione(1), 2, dict.fromkeys(sezione(1).preferenze[2], 0))
    altri = [r for r in codici(change(zero, "voti_liste", _2=39)) if r == "W410"]
    assert altri == [] and "W410" in codici(change(zero, "voti_liste", _2=40))


def test_odd_but_possible_preferences():
    zero = change_preferenze(sezione(1), 2, dict.fromkeys(sezione(1).preferenze[2], 0))
    assert codici(zero) == ["W410"]
    uguali = change_preferenze(zero, 2, {1: 65})
    assert codici(uguali) == ["W411"]
    assert fields(change_preferenze(sezione(1), 1, {4: -1}), "E408") == ("preferenze.1.4",)


def test_an_error_hides_a_warning_on_the_same_box():
    dati = replace(sezione(1), schede_nulle=40)
    assert codici(dati) == ["E410"]


# --- the slips of one evening on section 1, with the page's own rule that an empty box is zero


def pagina(**cambi):
    """Section 1 as the entry page holds it: the rare boxes are zero, the turnout of the hours is in."""
    ore = {"12": 150, "19": 420, "23": 520, "15": 700}
    return replace(
        sezione(1),
        **{"ammessi": 0, "non_restituite": 0, "voti_lista_nulli": 0, "affluenze": ore, **cambi},
    )


def after_slip(campo, vecchi_e_nuovi):
    celle = getattr(sezione(1), campo)
    return pagina(**{campo: {**celle, **vecchi_e_nuovi}})


LISTE = list(sezione(1).voti_liste.values())
SVISTE_DELLA_SERA = [
    ("digits swapped in a sindaco", after_slip("voti_sindaci", {1: 138}), "E420"),
    ("digits swapped in a list", after_slip("voti_liste", {2: 56}), "E430"),
    ("digits swapped in the voters", pagina(votanti_m=372), "E401"),
    ("digits swapped in the sindaco alone", after_slip("solo_sindaco", {5: 30}), "E430"),
    (
        "a row of the lists shifted down",
        after_slip("voti_liste", dict(enumerate(LISTE[3:-1], 5)) | {4: 0}),
        "E430",
    ),
    (
        "a row of the lists shifted up",
        after_slip("voti_liste", dict(enumerate(LISTE[4:], 4)) | {19: 0}),
        "E430",
    ),
    ("a list skipped", after_slip("voti_liste", {7: 0}), "E430"),
    ("preferences above votes", change_preferenze(pagina(), 1, {3: 60}), "E440"),
    ("women's preferences above list votes", change_preferenze(pagina(), 1, {3: 20, 8: 20}), "E442"),
    ("voters fewer than at 23", pagina(votanti=518, votanti_m=245, votanti_f=273), "E403"),
]


@pytest.mark.parametrize(("nome", "dati", "codice"), SVISTE_DELLA_SERA, ids=[v[0] for v in SVISTE_DELLA_SERA])
def test_a_slip_of_the_evening_is_stopped_with_its_code(nome, dati, codice):
    assert codici(pagina()) == []
    assert codice in codici(dati)


def test_an_unknown_step_is_a_bug():
    with pytest.raises(ValueError, match="passo «lista» sconosciuto"):
        check_scrutinio(sezione(1), parametri=PARAMETRI, passo="lista")


# --- other systems


def piccolo(**cambi):
    voti = {
        **{"votanti": 200, "voti_validi": 190, "schede_bianche": 4, "schede_nulle": 6},
        **{"voti_sindaci": {1: 110, 2: 80}, "collegamenti": {1: 1, 2: 2}},
        **{"preferenze": {1: {1: 60, 2: 50}, 2: {1: 40, 2: 0}}},
    }
    return DatiScrutinio(**{**voti, **cambi})


def test_up_to_15000_the_list_has_the_votes_of_its_sindaco():
    assert codici(piccolo(), PICCOLO) == []
    assert codici(piccolo(voti_liste={1: 110, 2: 80}), PICCOLO) == []
    assert codici(piccolo(voti_liste={1: 101, 2: 80}), PICCOLO, "liste") == ["E433"]
    assert codici(piccolo(solo_sindaco={1: 3, 2: 0}), PICCOLO, "sindaco") == ["W416"]


def test_up_to_15000_list_votes_without_links_are_still_bound_by_the_valid_ballots():
    assert codici(piccolo(voti_liste={1: 110, 2: 81}, collegamenti={}), PICCOLO, "liste") == ["E434"]
    vuota = piccolo(voti_liste={1: 110, 2: None}, collegamenti={})
    assert codici(vuota, PICCOLO, "liste") == ["E412"]


def test_below_5000_one_preference_per_vote():
    assert codici(piccolo(preferenze={1: {1: 60, 2: 51}}), PICCOLO) == ["E441"]
    assert codici(piccolo(preferenze={1: {1: 60, 2: 51}}), MEDIO) == []


def test_an_unknown_population_takes_the_weaker_bound():
    dati = DatiScrutinio(voti_liste={1: 110}, preferenze={1: {1: 110, 2: 110}})
    assert [c for c in codici(dati, IGNOTO) if c[0] == "E"] == []
    assert codici(replace(dati, preferenze={1: {1: 110, 2: 110, 3: 1}}), IGNOTO) == ["E441"]


def runoff(**cambi):
    voti = {
        **{"turno": 2, "votanti": 2521, "schede_bianche": 7, "schede_nulle": 71},
        **{"voti_sindaci": {1: 1241, 2: 1202}, "collegamenti": {1: 1, 2: 2}},
    }
    return DatiScrutinio(**{**voti, **cambi})


@pytest.mark.parametrize("parametri", [PICCOLO, PARAMETRI, SICILIA])
def test_at_the_runoff_two_sindaci_make_the_valid_ballots(parametri):
    """Corchiano 2021, second turno, real figures."""
    assert codici(runoff(), parametri) == []
    assert codici(runoff(voti_sindaci={1: 1241, 2: 1220}), parametri, "schede") == ["E412", "E410"]
    assert codici(runoff(voti_validi=2443, voti_sindaci={1: 1241, 2: 1220}), parametri, "sindaco") == ["E420"]


def test_at_the_runoff_a_third_sindaco_or_a_list_is_an_error():
    assert codici(runoff(voti_sindaci={1: 1240, 2: 1202, 3: 1})) == ["E423"]
    dati = runoff(voti_liste={1: 3}, solo_sindaco={1: 2}, preferenze={1: {1: 1}})
    assert fields(dati, "E425") == ("voti_liste.1", "solo_sindaco.1", "preferenze.1.1")
    assert codici(dati, passo="preferenze.1") == []
    assert codici(runoff(voti_liste={1: 0})) == []


def test_in_sicilia_fewer_sindaci_votes_are_a_doubt_and_more_an_error():
    """The votes of Castellammare del Golfo 2023; the valid ballots are made up."""
    dati = DatiScrutinio(
        voti_validi=8536,
        voti_sindaci={1: 2934, 2: 2441, 3: 2193, 4: 823},
        voti_liste={1: 3068, 2: 2367, 3: 2086, 4: 746},
        collegamenti={1: 1, 2: 2, 3: 3, 4: 4},
    )
    assert codici(dati, SICILIA) == ["W417"]
    assert codici(dati, SICILIA_2014) == []
    assert codici(replace(dati, voti_validi=8390), SICILIA) == ["E420"]
    soli = replace(dati, voti_sindaci={1: 8536}, solo_sindaco={1: 200}, collegamenti={})
    assert codici(soli, SICILIA, "liste") == ["W409"]


def test_every_finding_fills_every_name_of_its_texts():
    casi = [replace(sezione(1), preferenze={}, **cambio) for _, cambio, _ in SLIPS_SCHEDE]
    casi += [change_preferenze(sezione(1), 1, {4: 30}), change(sezione(1), "voti_liste", _2=0)]
    casi += [*sezioni(), runoff(voti_liste={1: 3}), change(sezione(1), "voti_sindaci", _1=138, _3=None)]
    for dati in casi:
        for rilievo in check_scrutinio(dati, parametri=PARAMETRI):
            assert rilievo.voce.segnaposti <= set(rilievo.contesto), rilievo.codice
