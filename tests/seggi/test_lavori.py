"""What is too long for a page: the draw over a great register, the papers of many people and sections."""

from datetime import date

import pytest
from django.urls import reverse
from pypdf import PdfReader

from comuni.models import Atto, Comune
from electoral.lavori import execute_lavoro
from electoral.models import Lavoro
from seggi import sorteggi, tasks, viste_materiale, viste_nomine, viste_sorteggio
from seggi.models import Iscritto, Nomina, PostoGraduatoria
from tests.factories import CandidatoFactory, CandidatoSindacoFactory, ListaFactory
from tests.seggi.costruzione import draw_scrutatori, make_albo

pytestmark = pytest.mark.django_db
SEME = {"seme": "dadi 4 2 6 1", "origine_seme": "quattro dadi", "presenti": "la commissione"}


def page(nome, elezione, *altro):
    return reverse(f"seggi:{nome}", args=[elezione.slug, *altro])


def publish(elezione, *, riserve=3):
    return sorteggi.publish_elenco(elezione, iscritti=Iscritto.objects.all(), posti=8, riserve=riserve)


def test_a_great_draw_is_a_job_that_shows_and_names_the_seed_in_force(ufficio_web, elezione, monkeypatch):
    monkeypatch.setattr(viste_sorteggio, "SUBITO", 5)
    make_albo(elezione, 20)
    publish(elezione)

    ufficio_web.post(page("esegui_sorteggio", elezione), SEME)
    altro = ufficio_web.post(
        page("esegui_sorteggio", elezione), {**SEME, "seme": "altri dadi"}, follow=True
    ).content.decode()

    riga = Lavoro.objects.get()
    assert riga.comune_pk == elezione.comune_id and not Nomina.objects.exists()
    assert "già in corso con il seme «dadi 4 2 6 1»" in altro
    assert "data-lavoro" in altro and "Esegui il sorteggio" not in altro
    execute_lavoro(riga.pk)
    dopo = ufficio_web.get(page("sorteggio", elezione)).content.decode()
    assert "dadi 4 2 6 1" in dopo and "data-lavoro" not in dopo
    assert Nomina.objects.count() == 8


def test_the_draw_done_twice_by_the_same_job_is_done_once(elezione):
    make_albo(elezione, 20)
    sorteggio = publish(elezione)
    riga = tasks.request_sorteggio(sorteggio, dati=SEME)
    execute_lavoro(riga.pk)
    prima = list(Nomina.objects.values_list("pk", "iscritto"))

    Lavoro.objects.update(stato=Lavoro.Stato.IN_CODA)  # the executor died after the work, before saying so
    execute_lavoro(riga.pk)

    riga.refresh_from_db()
    assert riga.stato == Lavoro.Stato.RIUSCITO
    assert list(Nomina.objects.values_list("pk", "iscritto")) == prima
    assert PostoGraduatoria.objects.count() == 3


def test_a_second_seed_on_an_executed_draw_is_refused_in_words(elezione):
    make_albo(elezione, 20)
    sorteggio = draw_scrutatori(elezione)

    riga = tasks.request_sorteggio(sorteggio, dati={**SEME, "seme": "altri dadi"})
    execute_lavoro(riga.pk)

    riga.refresh_from_db()
    assert riga.stato == Lavoro.Stato.FALLITO and "già stato eseguito" in riga.errore


def test_a_draw_in_a_job_is_the_same_as_in_the_page(elezione):
    make_albo(elezione, 30)
    subito = [n.iscritto_id for n in _drawn(elezione, draw_scrutatori)]
    for modello in (Nomina, PostoGraduatoria, sorteggi.SorteggioScrutatori):
        modello.objects.all().delete()

    def in_a_job(elezione):
        execute_lavoro(tasks.request_sorteggio(publish(elezione), dati=SEME).pk)

    assert [n.iscritto_id for n in _drawn(elezione, in_a_job)] == subito


def _drawn(elezione, draw):
    draw(elezione)
    return list(Nomina.objects.order_by("ufficio__sezione__numero", "posizione"))


def test_letters_of_many_people_are_one_pdf_made_apart(ufficio_web, elezione, monkeypatch):
    monkeypatch.setattr(viste_nomine, "SUBITO", 3)
    make_albo(elezione, 20)
    draw_scrutatori(elezione)

    risposta = ufficio_web.post(
        page("azione_nomine", elezione), {"azione": "lettere", "in_carica": "on"}, follow=True
    )
    assert "data-lavoro" in risposta.content.decode() and not Atto.objects.exists()
    execute_lavoro(Lavoro.objects.get().pk)

    assert "Lettere di nomina (8)" in ufficio_web.get(page("nomine", elezione)).content.decode()
    with Atto.objects.get().file.open("rb") as file:
        assert len(PdfReader(file).pages) == 8


def make_scheda(elezione):
    sindaco = CandidatoSindacoFactory(elezione=elezione, numero=1, cognome="PRIMA", nome="SINDACA")
    CandidatoFactory(lista=ListaFactory(sindaco=sindaco, stato="ammessa"), cognome="TIZIA", nome="PROVA")
    CandidatoSindacoFactory(elezione=elezione, numero=2, cognome="SECONDO", nome="SINDACO")
    CandidatoSindacoFactory(elezione=elezione, numero=3, cognome="TERZO", nome="SINDACO")


def test_forms_of_a_city_come_in_files_of_so_many_sections(ufficio_web, elezione, monkeypatch):
    monkeypatch.setitem(viste_materiale.SUBITO, "tabelle", 1)
    monkeypatch.setattr(tasks, "SEZIONI_PER_FILE", 1)
    make_scheda(elezione)

    ufficio_web.post(page("documento_materiale", elezione, "tabelle"))
    riga = Lavoro.objects.get()
    execute_lavoro(riga.pk)
    Lavoro.objects.update(stato=Lavoro.Stato.IN_CODA)
    execute_lavoro(riga.pk)

    riga.refresh_from_db()
    assert riga.esito == {"atti": [1, 2]}
    assert sorted(Atto.objects.values_list("oggetto", flat=True)) == ["1", "2"]
    pagina = ufficio_web.get(page("materiale", elezione)).content.decode()
    assert "Tabelle di scrutinio: sezione 2 (n. 2)" in pagina


@pytest.mark.parametrize("che", ["tabelle", "comunicazioni"])
def test_the_forms_of_the_runoff_carry_the_two_admitted_and_its_days(ufficio_web, elezione, monkeypatch, che):
    monkeypatch.setattr("comuni.fonti._finalisti", [lambda e: frozenset({1, 3})])
    elezione.data_ballottaggio = date(2021, 10, 17)
    elezione.save()
    make_scheda(elezione)

    ufficio_web.post(page("documento_materiale", elezione, che), {"turno": "2", "sezione": "1"})

    atto = Atto.objects.get()
    with atto.file.open("rb") as file:
        testo = "\n".join(p.extract_text() for p in PdfReader(file).pages)
    assert "ballottaggio" in atto.titolo and atto.oggetto == "ballottaggio 1"
    assert "PRIMA SINDACA" in testo and "TERZO SINDACO" in testo
    assert "SECONDO SINDACO" not in testo and "TIZIA" not in testo
    assert "17" in atto.contesto["giorni"]
    if che == "comunicazioni":
        assert "17 ottobre" in atto.contesto["rilevazioni"][0]["quando"]


def test_the_forms_of_the_runoff_wait_for_the_first_round(ufficio_web, elezione):
    make_scheda(elezione)
    indirizzo = page("documento_materiale", elezione, "tabelle")

    senza_data = ufficio_web.post(indirizzo, {"turno": "2"}, follow=True).content.decode()
    elezione.data_ballottaggio = date(2021, 10, 17)
    elezione.save()
    senza_ammessi = ufficio_web.post(indirizzo, {"turno": "2"}, follow=True).content.decode()

    assert "non ha la data del ballottaggio" in senza_data
    assert "Non si sa ancora chi va al ballottaggio" in senza_ammessi
    assert not Atto.objects.exists()


def test_the_hours_of_turnout_are_there_also_where_the_region_has_none_of_its_own(ufficio_web, elezione):
    Comune.objects.filter(pk=elezione.comune_id).update(regione="Sicilia")
    type(elezione).objects.filter(pk=elezione.pk).update(ordinamento="sicilia")
    make_scheda(elezione)

    risposta = ufficio_web.post(page("documento_materiale", elezione, "comunicazioni"))

    assert risposta.status_code == 302 and Atto.objects.get().contesto["rilevazioni"]
