"""Representatives of the lists: the term of the law, the file with all of them, the sheets."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from pypdf import PdfReader

from comuni.importazione import import_file, write_file
from comuni.models import Atto
from electoral.permessi import Ruolo
from seggi.models import Rappresentante
from seggi.rappresentanti import RAPPRESENTANTI, is_tardiva, termine_designazione
from tests.caricamento import carica, conferma
from tests.factories import CandidatoSindacoFactory, ListaFactory, utente_con_ruolo
from tests.seggi.costruzione import make_elezione

pytestmark = pytest.mark.django_db
ROMA = ZoneInfo("Europe/Rome")
TESTATA = "sezione,lista,qualita,cognome,nome,designato_il,modo\n"


@pytest.fixture
def elezione():
    elezione = make_elezione(sezioni=2)
    sindaco = CandidatoSindacoFactory(elezione=elezione)
    for numero, nome in ((1, "INSIEME"), (2, "AVANTI")):
        ListaFactory(sindaco=sindaco, numero=numero, denominazione=nome, stato="ammessa")
    return elezione


@pytest.fixture
def ufficio_web(client, elezione):
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))
    return client


def test_the_term_is_the_end_of_the_thursday_before_the_vote(elezione):
    assert termine_designazione(elezione) == datetime(2021, 10, 1, 0, 0, tzinfo=ROMA)


@pytest.mark.parametrize(
    "giorno, modo, tardiva", [(30, "pec", False), (1, "pec", True), (1, "carta", True), (1, "seggio", False)]
)
def test_only_what_reaches_the_segreteria_after_the_term_is_late(elezione, giorno, modo, tardiva):
    mese = 9 if giorno == 30 else 10
    rappresentante = Rappresentante(modo=modo, designato_il=datetime(2021, mese, giorno, 12, tzinfo=ROMA))

    assert is_tardiva(rappresentante, termine_designazione(elezione)) is tardiva


def test_a_file_designates_by_number_or_by_name_and_comes_back_equal(elezione):
    righe = "1,1,effettivo,ROSSI,ADA,,pec\n1,avanti,supplente,VERDI,UGO,,carta\n,2,effettivo,NERI,IDA,,pec\n"

    importazione = import_file(elezione, RAPPRESENTANTI, (TESTATA + righe).encode(), nome="r.csv")

    assert importazione.errori == []
    assert list(Rappresentante.objects.order_by("pk").values_list("sezione__numero", "lista", "qualita")) == [
        (1, "1. INSIEME", "effettivo"),
        (1, "2. AVANTI", "supplente"),
        (None, "2. AVANTI", "effettivo"),
    ]
    contenuto = write_file(RAPPRESENTANTI, list(RAPPRESENTANTI.rows(elezione)))
    assert import_file(elezione, RAPPRESENTANTI, contenuto, nome="r.csv").cambiati == 0


@pytest.mark.parametrize(
    "righe, errore",
    [
        ("9,1,effettivo,ROSSI,ADA,,pec\n", (2, "sezione", "E914")),
        ("1,NESSUNA,effettivo,ROSSI,ADA,,pec\n", (2, "lista", "E914")),
        ("1,1,effettivo,ROSSI,ADA,,pec\n1,INSIEME,effettivo,VERDI,UGO,,pec\n", (3, "lista", "E913")),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_saved(elezione, righe, errore):
    importazione = import_file(elezione, RAPPRESENTANTI, (TESTATA + righe).encode(), nome="r.csv")

    assert [(e.riga, e.colonna, e.codice) for e in importazione.errori] == [errore]
    assert not Rappresentante.objects.exists()


def test_the_page_imports_warns_and_gives_a_sheet_to_each_presidente(ufficio_web, elezione):
    righe = "1,1,effettivo,ROSSI,ADA,2021-10-02T10:00,pec\n2,2,effettivo,NERI,IDA,2021-09-28T10:00,pec\n"
    file = "rappresentanti.csv"

    conferma(ufficio_web, file, carica(ufficio_web, elezione, file, (TESTATA + righe).encode()))

    pagina = ufficio_web.get(reverse("seggi:rappresentanti", args=[elezione.slug])).content.decode()
    assert pagina.count("oltre il termine") == 1
    ufficio_web.post(reverse("seggi:documento", args=[elezione.slug, "elenco_rappresentanti"]))
    with Atto.objects.get(tipo="elenco_rappresentanti").file.open("rb") as documento:
        pagine = [p.extract_text() for p in PdfReader(documento).pages]
    assert ["ROSSI ADA" in p for p in pagine] == [True, False]


def test_a_late_designation_typed_by_hand_says_what_can_still_be_done(ufficio_web, elezione):
    dati = {
        "sezione": 1,
        "lista": "1. INSIEME",
        "qualita": "effettivo",
        "cognome": "ROSSI",
        "nome": "ADA",
        "elettore": "on",
        "modo": "pec",
        "designato_il": "2021-10-02T09:00",
    }

    risposta = ufficio_web.post(reverse("seggi:rappresentanti", args=[elezione.slug]), dati, follow=True)

    assert "su carta al presidente" in risposta.content.decode()
    assert Rappresentante.objects.get().designato_il == datetime(2021, 10, 2, 9, tzinfo=ROMA)
