"""The paper "Casi di validità della scheda": every row of the election, how sure it is, in two sheets."""

import pytest
from django.urls import reverse
from pypdf import PdfReader

from comuni.legge import parametri_di
from comuni.models import Atto
from electoral.permessi import Azione
from norme.tavola_applicata import PROVE, apply_tavola

pytestmark = pytest.mark.django_db


def read_casi(client, elezione, **dati) -> tuple[Atto, PdfReader, str]:
    client.post(reverse("seggi:documento_materiale", args=[elezione.slug, "casi"]), dati)
    atto = Atto.objects.di(elezione).get(tipo="casi_validita", oggetto="ballottaggio" if dati else "")
    with atto.file.open("rb") as file:
        pdf = PdfReader(file)
        return atto, pdf, " ".join(" ".join(p.extract_text() for p in pdf.pages).split())


@pytest.mark.parametrize("ordinamento", ["ordinario", "sicilia", "friuli-venezia-giulia"])
@pytest.mark.parametrize("sistema, popolazione", [("oltre_15000", 46_963), ("fino_15000", 9_000)])
def test_the_table_of_valid_ballots_is_two_sheets_at_most_with_every_row_and_mark(
    ufficio_web, elezione, ordinamento, sistema, popolazione
):
    type(elezione).objects.filter(pk=elezione.pk).update(
        ordinamento=ordinamento, sistema=sistema, popolazione_legale=popolazione
    )
    elezione.refresh_from_db()

    atto, pdf, testo = read_casi(ufficio_web, elezione)

    assert len(pdf.pages) <= 2
    assert atto.azione == Azione.VEDERE_UFFICI
    righe = apply_tavola(parametri_di(elezione)).righe
    for riga in righe.values():
        assert f"{riga.codice} {riga.segni[:20]}" in testo
    for prova in "SDR":
        segnate = sum(riga.prova == prova for riga in righe.values())
        # once in the legend, once in each row
        assert testo.count(f"{prova} {PROVE[prova]}") == segnate + 1
    assert ("al più quella della norma regionale" in testo) == (ordinamento != "ordinario")


def test_the_choice_of_the_ente_is_on_the_paper_with_the_other_reading(ufficio_web, elezione):
    type(elezione).objects.filter(pk=elezione.pk).update(
        popolazione_legale=46_963, interpretazioni={"piu_liste_stesso_sindaco": "solo_sindaco"}
    )

    _, _, testo = read_casi(ufficio_web, elezione)

    assert "voto al solo sindaco; il voto di lista è nullo altra lettura: scheda nulla" in testo


def test_at_the_runoff_the_table_is_one_sheet_and_waits_for_no_result(ufficio_web, elezione):
    type(elezione).objects.filter(pk=elezione.pk).update(data_ballottaggio="2021-10-17")

    atto, pdf, testo = read_casi(ufficio_web, elezione, turno="2")

    assert len(pdf.pages) == 1 and "ballottaggio" in atto.titolo
    assert "17" in atto.contesto["giorni"]
    assert "C4 Segno soltanto" in testo and "P1 " not in testo


def test_where_the_rules_were_not_collected_there_is_no_table(ufficio_web, elezione):
    type(elezione).objects.filter(pk=elezione.pk).update(ordinamento="valle-d-aosta")
    indirizzo = reverse("seggi:documento_materiale", args=[elezione.slug, "casi"])

    pagina = ufficio_web.post(indirizzo, follow=True).content.decode()

    assert "non sono state raccolte" in pagina and not Atto.objects.exists()
