"""The demonstration shows an office at work, and nothing of what it invents may look real."""

import pytest
from django.db.models import Q
from django.urls import reverse

from candidature.models import Candidato, CandidatoSindaco
from comuni.models import Comune, ElettoreParticolare, Elezione
from electoral.permessi import Ruolo
from risultati import dimostrazione
from risultati.fascicolo.cartella import read_cartella
from risultati.fascicolo.importazione import import_fascicolo
from risultati.models import Affluenza, Scrutinio
from seggi.models import Iscritto, Nomina, Rappresentante
from tests.factories import AppartenenzaFactory, UtenteFactory

pytestmark = pytest.mark.django_db
PAGINE = (
    *("comuni:elezione", "comuni:scadenzario", "comuni:convocazione", "comuni:elettori", "comuni:propaganda"),
    *("comuni:commissione_comunale", "candidature:quadro", "candidature:esame", "candidature:sorteggio"),
    *("seggi:quadro", "seggi:sorteggio", "seggi:nomine", "seggi:tabellone_insediamento", "seggi:materiale"),
    *("seggi:rappresentanti", "seggi:compensi", "seggi:luoghi", "giornata:affluenza", "giornata:sezioni"),
    *("giornata:tabellone", "esito:banco"),
)


@pytest.fixture
def prova() -> Elezione:
    esito = import_fascicolo(read_cartella(dimostrazione.DATI / "fascicoli" / dimostrazione.PRINCIPALE))
    assert not esito.errori
    comune = Comune.objects.get(nome="San Benedetto del Tronto")
    for ruolo in Ruolo:
        AppartenenzaFactory(comune=comune, ruolo=ruolo, utente__username=ruolo.value)
    dimostrazione.load_prova_generale()
    dimostrazione.fill_prova_generale(lambda testo: None)
    return Elezione.objects.get(slug=dimostrazione.PROVA)


def test_la_prova_generale_e_un_ufficio_al_lavoro_e_ogni_nome_dice_che_e_generato(prova, client):
    client.force_login(UtenteFactory(is_superuser=True))
    persone = [
        *CandidatoSindaco.objects.di(prova),
        *Candidato.objects.di(prova),
        *Nomina.objects.di(prova),
        *ElettoreParticolare.objects.di(prova),
        *Rappresentante.objects.di(prova),
        *Iscritto.objects.filter(comune=prova.comune),
    ]

    assert prova.prova and not prova.pubblicata
    assert len(persone) > 500
    assert [str(p) for p in persone if "GENERAT" not in p.cognome] == []
    assert not prova.sezioni.exclude(Q(plesso__contains="generat")).exists()
    stati = set(Scrutinio.objects.di(prova).values_list("stato", flat=True))
    assert {"definitivo", "in_digitazione", "prima", "difforme", "con_errori"} <= stati
    assert Affluenza.objects.filter(elezione=prova).exists()
    vuote = [n for n in PAGINE if 'class="vuoto"' in _corpo(client, n, prova) and n != "esito:banco"]
    assert vuote == []


def _corpo(client, nome: str, elezione: Elezione) -> str:
    risposta = client.get(reverse(nome, args=[elezione.slug]), follow=True)
    assert risposta.status_code == 200, nome
    return risposta.content.decode()


def test_ripetere_la_dimostrazione_non_rifa_la_prova_generale(prova):
    prima = Nomina.objects.di(prova).count()

    dimostrazione.load_prova_generale()
    dimostrazione.fill_prova_generale(lambda testo: None)

    assert Nomina.objects.di(prova).count() == prima
    assert Elezione.objects.filter(prova=True).count() == 1
