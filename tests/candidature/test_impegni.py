"""Candidates and signers who also sit in an office of a section: one registry, no room knows the other."""

from datetime import date

import pytest

from candidature.istruttoria import examine_elezione
from candidature.models import Candidato
from seggi.models import Nomina, RuoloUfficio, Ufficio
from seggi.uffici import set_up_uffici
from tests.candidature.costruzione import add_firme, alle, elezione_di, presenta
from tests.factories import SezioneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lista():
    return presenta(elezione_di(40_000, seggi=24), sessi="MF" * 8, firme=None)


def siede(elezione, *, cognome: str, nascita: date, codice_fiscale: str = "", ruolo=RuoloUfficio.SCRUTATORE):
    """A person named in the office of section 7."""
    SezioneFactory(elezione=elezione, numero=7)
    set_up_uffici(elezione)
    return Nomina.objects.create(
        ufficio=Ufficio.objects.get(sezione__elezione=elezione),
        ruolo=ruolo,
        cognome=cognome,
        nome="PROVA",
        data_nascita=nascita,
        codice_fiscale=codice_fiscale,
        metodo=Nomina.Metodo.SORTEGGIO,
        nominato_il=alle(10),
    )


def avvisi(lista) -> list[str]:
    esame = examine_elezione(lista.elezione)[lista.pk]
    return [r.rilievo.testo for r in esame.rilievi if r.rilievo.codice in ("W208", "W209")]


def test_a_candidate_who_is_a_scrutatore_is_said_with_the_section_and_the_list_still_stands(lista):
    add_firme(lista, 60)
    terzo = lista.candidati.get(numero=3)
    siede(lista.elezione, cognome=terzo.cognome, nascita=terzo.data_nascita)

    assert avvisi(lista) == [f"{terzo} risulta scrutatore della sezione 7."]
    assert examine_elezione(lista.elezione)[lista.pk].esito.proposta == "ammessa"


def test_the_candidate_sindaco_who_presides_a_section_is_said(lista):
    siede(lista.elezione, cognome=lista.sindaco.cognome, nascita=date(1970, 1, 1), ruolo="presidente")

    assert avvisi(lista) == [f"{lista.sindaco} risulta presidente della sezione 7."]


def test_a_namesake_with_another_codice_fiscale_is_somebody_else(lista):
    Candidato.objects.filter(lista=lista, numero=3).update(codice_fiscale="RSSMRA80A01H501U")
    terzo = lista.candidati.get(numero=3)
    siede(
        lista.elezione,
        cognome=terzo.cognome,
        nascita=terzo.data_nascita,
        codice_fiscale="BNCMRA80A01H501T",
    )

    assert avvisi(lista) == []


def test_who_renounced_the_office_is_no_longer_in_it(lista):
    terzo = lista.candidati.get(numero=3)
    nomina = siede(lista.elezione, cognome=terzo.cognome, nascita=terzo.data_nascita)
    nomina.stato, nomina.cessato_il = Nomina.Stato.RINUNCIATO, alle(11)
    nomina.save()

    assert avvisi(lista) == []


def test_a_signer_in_an_office_is_noted_by_the_line_and_never_by_name(lista):
    add_firme(lista, 60)
    siede(lista.elezione, cognome="FIRMATARIO 5", nascita=date(1960, 1, 5))

    assert avvisi(lista) == ["Fanno parte di un ufficio di sezione 1 sottoscrittori: n. 5."]
    assert examine_elezione(lista.elezione)[lista.pk].firme.valide == 60
