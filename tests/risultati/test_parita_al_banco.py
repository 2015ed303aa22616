"""Ties and exhausted lists through the desk: it stops, asks, records, goes on; the verbale tells it."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from electoral.permessi import Ruolo
from risultati.models import Proclamazione, Riparto, VotiPreferenza
from tests.factories import utente_con_ruolo
from tests.risultati.elezioni import add_ballottaggio, registra, semplice

pytestmark = pytest.mark.django_db

SEDUTA = {
    "presidente": "Maria Rossi",
    "segretario": "Ugo Neri",
    "luogo": "la sala consiliare",
    "componenti": "Bruni Aldo, presidente della sezione 1\nVerdi Ada, presidente della sezione 2",
    "giorno": "2021-10-19",
    "aperta_alle": "08:00",
    "ora": "11:45",
    "incandidabilita_riesaminata": "on",
    "conferma": "on",
}


class Banco:
    """The desk of an election as the responsabile uses it."""

    def __init__(self, client, elezione, on_commit) -> None:
        self.client, self.elezione, self.on_commit = client, elezione, on_commit
        client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE))

    def indirizzo(self, nome: str) -> str:
        return reverse(f"esito:{nome}", args=[self.elezione.slug])

    def post(self, nome: str, dati: dict | None = None):
        with self.on_commit(execute=True):
            return self.client.post(self.indirizzo(nome), dati or {})

    def pagina(self, nome: str = "banco") -> str:
        return self.client.get(self.indirizzo(nome)).content.decode()

    def calcola(self) -> Riparto:
        self.post("calcola")
        return Riparto.objects.corrente(self.elezione)

    def sorteggia(self, esito, *, ora="11:20") -> Riparto:
        dati = {
            "esito": str(esito),
            "modalita": "urna",
            "presenti": "Bruni Aldo e Verdi Ada, presidenti",
            "giorno": "2021-10-19",
            "ora": ora,
        }
        assert self.post("sorteggio", dati).status_code == 302
        return Riparto.objects.corrente(self.elezione)

    def proclama(self, **altro) -> str:
        """Proclaim from the page; the text of the verbale."""
        risposta = self.post("proclamazione", SEDUTA | altro)
        assert risposta.status_code == 302, risposta.content.decode()
        return testo_atto(self.elezione, "verbale_esito")


def testo_atto(elezione, tipo: str) -> str:
    with elezione.atti.get(tipo=tipo).file.open("rb") as file:
        lettore = PdfReader(BytesIO(file.read()))
    return " ".join(" ".join(p.extract_text() for p in lettore.pages).replace("’", "'").split())


@pytest.fixture
def al_banco(client, django_capture_on_commit_callbacks):
    return lambda elezione: Banco(client, elezione, django_capture_on_commit_callbacks)


def test_a_tie_for_the_last_seat(al_banco):
    elezione = semplice(seggi=10, voti=(600, 200, 200), nome="ultimo-seggio")
    elezione.popolazione_legale = 2500
    elezione.save()
    banco = al_banco(elezione)
    assert banco.calcola().tipo_esito == "sorteggio"
    assert "Una parità che decide la sorte" in banco.pagina()
    assert "va registrato il sorteggio" in banco.pagina("proclamazione")

    assert banco.sorteggia(3).esito["seggi_per_lista"] == {"1": 7, "2": 0, "3": 1}

    verbale = banco.proclama()
    domanda = "Sono in parità Lista 2 e Lista 3 per il posto n. 3 (quoziente 200 : 2)."
    assert f"{domanda} Si è proceduto a sorteggio in pubblico" in verbale
    assert "estrazione dall'urna" in verbale
    assert "19 ottobre 2021, ore 11:20" in verbale
    assert "presenti Bruni Aldo e Verdi Ada, presidenti" in verbale
    assert "È stato sorteggiato Lista 3" in verbale


def test_a_tie_between_candidates_is_decided_by_the_order_of_the_list_and_told(al_banco):
    elezione = semplice(nome="parita-candidati")
    pari = VotiPreferenza.objects.filter(candidato__lista__elezione=elezione, candidato__lista__numero=1)
    pari.filter(candidato__numero__in=[8, 9]).update(preferenze=42)
    banco = al_banco(elezione)

    riparto = banco.calcola()
    assert riparto.tipo_esito == "riparto"
    assert riparto.esito["eletti"]["1"] == [1, 2, 3, 4, 5, 6, 7, 8]

    verbale = banco.proclama()
    frase = "A parità di cifra (642) BIANCHI18 Ugo precede BIANCHI19 Ugo nell'ordine della lista"
    assert frase in verbale
    assert frase in banco.pagina().replace("&#x27;", "'")


def test_three_sindaci_tied_two_draws_a_runoff_and_the_council(al_banco):
    elezione = semplice(voti=(400, 400, 400), nome="tre-in-parita", data_ballottaggio="2021-10-17")
    banco = al_banco(elezione)
    assert banco.calcola().esito["richiesta"]["contendenti"] == [1, 2, 3]
    assert banco.sorteggia(2, ora="09:10").tipo_esito == "sorteggio"
    assert banco.sorteggia(3, ora="09:15").esito["ammessi_ballottaggio"] == [2, 3]
    assert "si va al ballottaggio" in banco.pagina("proclamazione")

    add_ballottaggio(elezione, {2: 500, 3: 450})
    riparto = banco.calcola()
    assert (riparto.tipo_esito, riparto.esito["sindaco"], riparto.esito["turno"]) == ("riparto", 2, 2)
    assert riparto.esito["seggi_per_lista"]["2"] == 8
    while riparto.tipo_esito == "sorteggio":
        riparto = banco.sorteggia(riparto.esito["richiesta"]["contendenti"][0], ora="09:40")

    avvisi = {r["codice"] for r in riparto.esito["rilievi"] if r["gravita"] == "W"}
    verbale = banco.proclama(**{f"motivo_{codice}": "Sentita la prefettura." for codice in avvisi})
    assert "Sono in parità ROSSI1 Anna, ROSSI2 Anna e ROSSI3 Anna per il posto n. 1 (" in verbale
    assert "È stato sorteggiato ROSSI2 Anna" in verbale
    assert "Si va al ballottaggio fra ROSSI2 Anna e ROSSI3 Anna" in verbale.replace("si va", "Si va")
    assert "Si procede perché: Sentita la prefettura." in verbale


def _con_lista_esaurita() -> dict:
    def candidati(lista: int, quanti: int) -> list[dict]:
        return [
            {"id": k, "nome": f"BIANCHI{lista}{k} Ugo", "preferenze": 50 - k} for k in range(1, quanti + 1)
        ]

    return {
        "data": "2021-10-03",
        "sistema": "oltre_15000",
        "popolazione": 20000,
        "seggi_consiglio": 16,
        "sindaci": [
            {"id": 1, "nome": "ROSSI Anna", "voti": 6000},
            {"id": 2, "nome": "VERDI Ugo", "voti": 4000},
        ],
        "liste": [
            {"id": 1, "nome": "Corta", "sindaco": 1, "voti": 3000, "candidati": candidati(1, 3)},
            {"id": 2, "nome": "Seconda", "sindaco": 1, "voti": 1500, "candidati": candidati(2, 16)},
            {"id": 3, "nome": "Terza", "sindaco": 1, "voti": 1500, "candidati": candidati(3, 16)},
            {"id": 4, "nome": "Quarta", "sindaco": 2, "voti": 4000, "candidati": candidati(4, 16)},
        ],
    }


def test_an_exhausted_list_whose_seats_are_tied(al_banco):
    banco = al_banco(registra(_con_lista_esaurita(), nome="lista-esaurita"))
    richiesta = banco.calcola().esito["richiesta"]
    assert (richiesta["ambito"], richiesta["contendenti"]) == ("eccedenza 1", [2, 3])

    assert banco.sorteggia(3).esito["seggi_per_lista"] == {"1": 3, "2": 3, "3": 4, "4": 5}

    verbale = banco.proclama()
    assert "Alla lista «Corta» spettano 6 seggi ma ha 3 candidati" in verbale
    assert "Sono in parità Seconda e Terza per il posto" in verbale
    assert "È stato sorteggiato Terza" in verbale


def test_the_verbale_tells_how_the_sitting_went(al_banco):
    banco = al_banco(semplice())
    banco.calcola()

    verbale = banco.proclama(incidenti="Il delegato della lista 2 reclama sulla sezione 1: respinto.")

    assert (
        "Il 19 ottobre 2021, alle ore 08:00, in la sala consiliare" in verbale or "sala consiliare" in verbale
    )
    assert "Sono presenti: Bruni Aldo, presidente della sezione 1; Verdi Ada" in verbale
    assert "Segretario: Ugo Neri" in verbale
    assert "Il delegato della lista 2 reclama sulla sezione 1: respinto." in verbale
    assert "Il 19 ottobre 2021, alle ore 11:45, è proclamato sindaco ROSSI1 Anna" in verbale
    assert "nessuno risulta incandidabile" in verbale
    assert "19 ottobre 2021" in testo_atto(banco.elezione, "manifesto_eletti")


@pytest.mark.parametrize(
    ("sbagliato", "messaggio"),
    [
        ({"giorno": "2021-10-02"}, "non può essere prima del 04/10/2021"),
        ({"giorno": f"{timezone.localdate().year + 1}-01-01"}, "non può essere futura"),
        ({"ora": "07:00"}, "prima dell&#x27;apertura"),
        ({"giorno": "domani"}, "Inserisci una data valida"),
        ({"incandidabilita_riesaminata": ""}, "obbligatorio"),
    ],
)
def test_an_impossible_sitting_is_refused_with_the_reason(al_banco, sbagliato, messaggio):
    banco = al_banco(semplice())
    banco.calcola()

    risposta = banco.post("proclamazione", SEDUTA | sbagliato)

    assert risposta.status_code == 422
    assert messaggio in risposta.content.decode()
    assert not Proclamazione.objects.exists()


def _con_liste_divise() -> dict:
    """The lists of the third left him for both finalists, with equal votes and one seat each."""
    return {
        "data": "2021-10-03",
        "sistema": "oltre_15000",
        "popolazione": 20000,
        "seggi_consiglio": 16,
        "sindaci": [
            {"id": 1, "nome": "ROSSI Anna", "voti": 5200, "voti_ballottaggio": 6000},
            {"id": 2, "nome": "VERDI Ugo", "voti": 3800, "voti_ballottaggio": 4000},
            {"id": 3, "nome": "NERI Pia", "voti": 2000},
        ],
        "liste": [
            {"id": 1, "nome": "Prima", "sindaco": 1, "voti": 6000},
            {"id": 2, "nome": "Seconda", "sindaco": 2, "voti": 3500},
            {"id": 3, "nome": "Terza", "sindaco": 3, "voti": 700, "apparentata_con": 1},
            {"id": 4, "nome": "Quarta", "sindaco": 3, "voti": 700, "apparentata_con": 2},
        ],
    }


def test_whose_group_gives_its_seat_to_a_losing_sindaco_left_by_all_his_lists(al_banco):
    banco = al_banco(registra(_con_liste_divise(), nome="liste-divise"))
    assert banco.calcola().esito["richiesta"]["tipo"] == "addebito"
    domanda = (
        "Le liste di NERI Pia sono divise fra i gruppi di ROSSI Anna e VERDI Ugo con lo stesso ultimo "
        "quoziente (700 : 1): si sorteggia quale gruppo cede il seggio."
    )
    assert domanda in banco.pagina()
    assert domanda in banco.pagina("sorteggio")

    esito = banco.sorteggia(2).esito
    assert esito["seggi_per_lista"] == {"1": 9, "2": 4, "3": 1, "4": 0}
    assert esito["consiglieri_sindaci"] == [2, 3]
    assert "si è sorteggiato chi cede il seggio: gruppo di VERDI Ugo" in banco.pagina()
    assert domanda in banco.proclama()
