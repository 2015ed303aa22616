"""The commissione elettorale comunale: composition, valid sittings, documents."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from comuni import commissione
from comuni.models import ComponenteCommissione, PresenzaSeduta, SedutaCommissione
from electoral.cronologia import describe, modello_eventi
from electoral.permessi import Ruolo
from tests.factories import ElezioneFactory, utente_con_ruolo

pytestmark = pytest.mark.django_db
ROMA = ZoneInfo("Europe/Rome")
GIORNO = date(2021, 8, 29)


@pytest.fixture
def elezione():
    return ElezioneFactory(popolazione_legale=46_963, seggi_consiglio=24)


def nomina(elezione, *, effettivi: int, supplenti: int, minoranza: bool = True):
    for ruolo, quanti in (("effettivo", effettivi), ("supplente", supplenti)):
        for n in range(quanti):
            ComponenteCommissione.objects.create(
                comune=elezione.comune,
                cognome=f"{ruolo.upper()}{n}",
                nome="PROVA",
                ruolo=ruolo,
                minoranza=minoranza and n == 0,
                eletto_il=date(2016, 7, 1),
            )


def seduta(elezione, *, effettivi: int = 0, supplenti: int = 0, sindaco: bool = True, **altro):
    riga = SedutaCommissione.objects.create(
        elezione=elezione,
        oggetto="minorenni",
        convocata_per=datetime(2021, 8, 29, 10, tzinfo=ROMA),
        sindaco_presente=sindaco,
        tenuta=True,
        esito="Elenco approvato.",
        **altro,
    )
    per_ruolo = ComponenteCommissione.objects.filter(comune=elezione.comune)
    riga.presenti.set(
        [
            *per_ruolo.filter(ruolo="effettivo")[:effettivi],
            *per_ruolo.filter(ruolo="supplente")[:supplenti],
        ]
    )
    return riga


@pytest.mark.parametrize(("seggi", "attesi"), [(12, (3, 3, 3)), (48, (3, 3, 3)), (60, (8, 8, 5))])
def test_the_seats_of_the_consiglio_decide_the_composition(seggi, attesi):
    legge = commissione.composizione_di_legge(ElezioneFactory(popolazione_legale=1, seggi_consiglio=seggi))

    assert (legge.effettivi, legge.supplenti, legge.maggioranza) == attesi


def test_missing_members_and_a_missing_minority_are_said(elezione):
    assert commissione.check_composizione(elezione, giorno=GIORNO) == []
    nomina(elezione, effettivi=3, supplenti=2, minoranza=False)

    problemi = " ".join(commissione.check_composizione(elezione, giorno=GIORNO))

    assert "supplenti in carica sono 2: ne servono 3" in problemi
    assert problemi.count("nessuno è della minoranza") == 2


def test_who_ceased_is_no_longer_in_office(elezione):
    nomina(elezione, effettivi=3, supplenti=3)
    ComponenteCommissione.objects.filter(cognome="EFFETTIVO0").update(cessato_il=date(2021, 8, 1))

    assert len(commissione.in_carica(elezione, giorno=GIORNO)) == 5


@pytest.mark.parametrize(
    ("effettivi", "supplenti", "sindaco", "contano", "valida"),
    [
        (2, 0, True, 3, True),
        (1, 0, True, 2, False),
        (3, 3, False, 3, True),  # a supplente counts only in the place of an effettivo
        (1, 2, True, 4, True),
        (2, 0, False, 2, False),
    ],
)
def test_a_sitting_needs_the_majority_and_supplenti_only_replace(
    elezione, effettivi, supplenti, sindaco, contano, valida
):
    nomina(elezione, effettivi=3, supplenti=3)

    riga = seduta(elezione, effettivi=effettivi, supplenti=supplenti, sindaco=sindaco)

    assert (commissione.count_presenti(riga), commissione.is_valida(riga)) == (contano, valida)


def test_the_documents_come_out_of_a_valid_sitting_only(elezione):
    with pytest.raises(ValidationError, match="registrare i componenti"):
        commissione.produce_convocazione_seduta(seduta(elezione), data=GIORNO)
    nomina(elezione, effettivi=3, supplenti=3)
    buona, cattiva = seduta(elezione, effettivi=3), seduta(elezione, effettivi=1)

    convocazione = commissione.produce_convocazione_seduta(buona, data=GIORNO)
    verbale = commissione.produce_verbale_seduta(buona, data=GIORNO)

    assert len(convocazione.contesto["componenti"]) == 6
    assert (verbale.contesto["quanti"], verbale.contesto["ora"]) == (4, "10.00")
    with pytest.raises(ValidationError, match="non è valida"):
        commissione.produce_verbale_seduta(cattiva, data=GIORNO)


def test_the_pages_take_a_member_a_sitting_and_its_outcome(client, elezione):
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))
    dati = {"cognome": "ROSSI", "nome": "A", "ruolo": "effettivo", "eletto_il": "2016-07-01"}
    client.post(reverse("comuni:nuovo_componente", args=[elezione.slug]), dati)
    client.post(
        reverse("comuni:nuova_seduta", args=[elezione.slug]),
        {"oggetto": "minorenni", "convocata_per": "2021-08-29T10:00", "luogo": "Casa comunale"},
    )
    riga = SedutaCommissione.objects.get()
    esito = reverse("comuni:esito_seduta", args=[elezione.slug, riga.pk])

    assert "che cosa la commissione ha deciso" in client.post(esito, {"tenuta": "on"}).content.decode()
    presenti = {"tenuta": "on", "sindaco_presente": "on", "esito": "Approvato."}
    assert client.post(esito, presenti | {"presenti": ComponenteCommissione.objects.get().pk}).url
    pagina = client.get(reverse("comuni:commissione_comunale", args=[elezione.slug])).content.decode()
    assert "non valida: presenti insufficienti" in pagina


def test_chi_era_presente_ha_la_sua_cronologia(elezione):
    nomina(elezione, effettivi=1, supplenti=0)
    riga = seduta(elezione, effettivi=1)
    riga.presenti.clear()

    eventi = modello_eventi(PresenzaSeduta).objects.order_by("pgh_id")

    assert [e.pgh_label for e in eventi] == ["insert", "delete"]
    assert describe(list(eventi))[0].oggetto.startswith("EFFETTIVO0 PROVA, seduta del 29/08/2021")
