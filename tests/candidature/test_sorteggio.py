"""The draw of the numbers and what follows: order, documents, links for the runoff."""

import pytest

from candidature.atti import produce_verbale_sorteggio
from candidature.collegamenti import declare_collegamento
from candidature.decisioni import decide_lista
from candidature.manifesti import produce_elenco_ammessi, produce_manifesto, produce_scheda
from candidature.models import Delegato, Lista
from candidature.presentazione import NonConsentito
from candidature.sorteggio import annul, draw, urne
from comuni.models import Elezione
from risultati.models import Riparto
from tests.candidature.costruzione import alle, elezione_di, presenta, sindaco_in_regola
from tests.factories import UtenteFactory

pytestmark = pytest.mark.django_db


def ammetti(*liste: Lista) -> None:
    for lista in liste:
        decide_lista(lista, esito="ammessa", motivazione="", by=UtenteFactory())


def estrai(elezione: Elezione, chiave: str, **altro):
    dati = {"modalita": "ripetibile", "seme": "dadi 4 2 6 1", "presenti": "La commissione"} | altro
    return draw(elezione, chiave=chiave, eseguito_il=alle(7), by=UtenteFactory(), **dati)


def sorteggia_tutto(elezione: Elezione) -> None:
    while prossima := next((u for u in urne(elezione) if not u.fatto), None):
        estrai(elezione, prossima.chiave)


@pytest.fixture
def grande():
    """Two sindaci, the first with two lists."""
    elezione = elezione_di(40_000, seggi=24)
    primo, secondo = sindaco_in_regola(elezione, "PRIMO"), sindaco_in_regola(elezione, "SECONDO")
    liste = [
        presenta(elezione, "A", sessi="MF" * 8, sindaco=primo),
        presenta(elezione, "B", sessi="MF" * 8, sindaco=secondo),
        presenta(elezione, "C", sessi="MF" * 8, sindaco=primo),
    ]
    ammetti(*liste)
    return elezione, primo, secondo, liste


def numeri(elezione: Elezione) -> dict[str, int]:
    return dict(Lista.objects.di(elezione).values_list("denominazione", "numero"))


def test_the_sindaci_come_out_first_then_the_lists_of_each(grande):
    elezione, primo, secondo, (a, b, c) = grande
    with pytest.raises(NonConsentito, match="Prima si sorteggiano i candidati sindaco"):
        estrai(elezione, f"liste-{primo.pk}")

    estrai(elezione, "sindaci", modalita="urna", ordine=[secondo.pk, primo.pk])
    estrai(elezione, f"liste-{secondo.pk}")
    estrai(elezione, f"liste-{primo.pk}", modalita="urna", ordine=[c.pk, a.pk])

    assert numeri(elezione) == {"B": 1, "C": 2, "A": 3}
    assert not Lista.objects.filter(numero_provvisorio=True).exists()


def test_up_to_15000_one_draw_gives_the_order_of_lists_and_sindaci():
    elezione = elezione_di(4_000, seggi=12)
    liste = [presenta(elezione, nome, sessi="MF" * 5, firme=10) for nome in "ABC"]
    ammetti(*liste)

    estrai(elezione, "liste", modalita="urna", ordine=[liste[2].pk, liste[0].pk, liste[1].pk])

    assert numeri(elezione) == {"C": 1, "A": 2, "B": 3}
    assert list(elezione.candidati_sindaco.values_list("liste__denominazione", "numero")) == [
        ("C", 1),
        ("A", 2),
        ("B", 3),
    ]


def test_the_repeatable_draw_repeats(grande):
    elezione, *_ = grande

    primo = estrai(elezione, "sindaci")
    annul(primo, motivo="Prova", by=UtenteFactory())
    secondo = estrai(elezione, "sindaci")

    assert primo.ordine == secondo.ordine


def test_a_refused_list_keeps_a_number_after_the_others(grande):
    elezione, _primo, _secondo, (a, *_) = grande
    decide_lista(a, esito="ricusata", motivazione="Firme.", by=UtenteFactory())

    sorteggia_tutto(elezione)

    assert numeri(elezione)["A"] == 3
    assert Lista.objects.get(pk=a.pk).numero_provvisorio


def test_no_draw_before_every_decision():
    elezione = elezione_di(40_000, seggi=24)
    ammetti(presenta(elezione, "A", sessi="MF" * 8))
    presenta(elezione, "B", sessi="MF" * 8)

    with pytest.raises(NonConsentito, match="«B»"):
        estrai(elezione, "sindaci")


@pytest.mark.parametrize("ordine", [[], [1, 2], [0, 0]])
def test_an_urn_with_wrong_numbers_is_refused(grande, ordine):
    with pytest.raises(NonConsentito, match="Ogni nome nell'urna"):
        estrai(grande[0], "sindaci", modalita="urna", ordine=ordine)


def test_no_decision_changes_after_the_draw(grande):
    elezione, _primo, _secondo, (a, *_) = grande
    sorteggia_tutto(elezione)

    with pytest.raises(NonConsentito, match="annulla il sorteggio"):
        decide_lista(a, esito="ricusata", motivazione="Tardi.", by=UtenteFactory())


def test_no_manifesto_with_provisional_numbers(grande):
    with pytest.raises(NonConsentito, match="provvisori"):
        produce_manifesto(grande[0], by=UtenteFactory())


def test_manifesto_ballots_and_roll_after_the_draw(grande):
    elezione, primo, secondo, _liste = grande
    sorteggia_tutto(elezione)
    by = UtenteFactory()

    atti = [
        produce_manifesto(elezione, by=by),
        produce_scheda(elezione, by=by),
        produce_scheda(elezione, ballottaggio=[primo, secondo], by=by),
        produce_elenco_ammessi(elezione, by=by),
    ]

    assert [atto.numero for atto in atti] == [1, 2, 3, 4]
    assert len(atti[0].contesto["sindaci"]) == 2


def test_a_link_for_the_runoff_needs_both_sides(grande):
    elezione, primo, secondo, (_a, b, _c) = grande
    sorteggia_tutto(elezione)
    quando = alle(9, 10)

    def dichiara(parte):
        declare_collegamento(
            b,
            sindaco=primo,
            parte=parte,
            dichiarante="Chi dichiara",
            dichiarata_il=quando,
            by=UtenteFactory(),
        )
        b.refresh_from_db()
        return b.apparentata_con

    assert dichiara("delegati") is None
    assert dichiara("sindaco") == primo


@pytest.mark.parametrize(("giorno", "ora"), [(11, 0), (11, 9)])
def test_a_link_after_the_seventh_day_is_refused(grande, giorno, ora):
    elezione, primo, _secondo, (_a, b, _c) = grande
    sorteggia_tutto(elezione)

    with pytest.raises(NonConsentito, match="settimo giorno"):
        declare_collegamento(
            b,
            sindaco=primo,
            parte="delegati",
            dichiarante="Chi dichiara",
            dichiarata_il=alle(giorno, 10, ora=ora, minuto=1),
            by=UtenteFactory(),
        )


def dichiara_delegati(lista: Lista, sindaco, dichiarante: str = "Chi dichiara"):
    return declare_collegamento(
        lista,
        sindaco=sindaco,
        parte="delegati",
        dichiarante=dichiarante,
        dichiarata_il=alle(9, 10),
        by=UtenteFactory(),
    )


def test_only_a_delegate_of_the_list_declares_for_it(grande):
    elezione, primo, _secondo, (_a, b, _c) = grande
    sorteggia_tutto(elezione)
    Delegato.objects.create(lista=b, cognome="Dell'Orto", nome="Ada")

    with pytest.raises(NonConsentito, match="Dell'Orto Ada"):
        dichiara_delegati(b, primo, "Un altro")

    assert dichiara_delegati(b, primo, "Ada DELL'ORTO").dichiarante == "Ada DELL'ORTO"


def test_after_the_first_turno_only_the_two_admitted_can_be_linked_and_their_lists_stay(grande):
    elezione, primo, secondo, (a, b, _c) = grande
    terzo = sindaco_in_regola(elezione, "TERZO")
    d = presenta(elezione, "D", sessi="MF" * 8, sindaco=terzo, quando=alle(4))
    ammetti(d)
    sorteggia_tutto(elezione)
    for sindaco in (primo, secondo, terzo):
        sindaco.refresh_from_db()
    manda_al_ballottaggio(elezione, [primo.numero, terzo.numero])

    with pytest.raises(NonConsentito, match="resta fermo"):
        dichiara_delegati(a, terzo)
    with pytest.raises(NonConsentito, match="non è fra i due candidati ammessi"):
        dichiara_delegati(d, secondo)
    assert dichiara_delegati(b, terzo).pk


def manda_al_ballottaggio(elezione: Elezione, numeri: list[int]) -> None:
    """The engine sent these two to the runoff."""
    Riparto.objects.create(
        elezione=elezione,
        tipo_esito="ballottaggio",
        parziale=False,
        esito={"esito": "ballottaggio", "ammessi_ballottaggio": [str(n) for n in numeri], "passi": []},
        dati={},
        impronta="prova",
        letture={},
        versione_urna="prova",
        eseguito_il=alle(5, 10),
    )


def test_the_verbale_of_the_draw_has_what_is_needed_to_repeat_it(grande):
    elezione, *_ = grande
    sorteggia_tutto(elezione)

    atto = produce_verbale_sorteggio(elezione, by=UtenteFactory())

    primo = atto.contesto["sorteggi"][0]
    assert primo["titolo"] == "candidati sindaco"
    assert sorted(primo["ordine"]) == sorted(primo["elenco"])
    assert (bool(primo["seme"]), len(primo["impronta"]), bool(primo["presenti"])) == (True, 16, True)


def test_there_is_no_verbale_without_a_draw(grande):
    with pytest.raises(NonConsentito, match="nessun sorteggio"):
        produce_verbale_sorteggio(grande[0], by=UtenteFactory())
