"""Forecast, prospetto, quietanze, certificates, rendiconto, payment data from a file."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from pypdf import PdfReader

from comuni.importazione import import_file, write_file
from seggi import compensi, documenti_compensi, liquidazione
from seggi.fascicolo_pagamenti import PAGAMENTI
from seggi.models import DatiPagamento, ImpostazioniCompensi, Nomina
from seggi.nomine import replace_nomina
from tests.seggi.costruzione import CODICE_VALIDO, IBAN_VALIDO, make_elezione
from tests.seggi.test_compensi import nominate_all, read_pdf

pytestmark = pytest.mark.django_db


def close_batch(elezione):
    """Everybody paid in cash by one determina."""
    compensi.refresh_compensi(elezione)
    lotto = liquidazione.open_liquidazione(elezione)
    liquidazione.close_liquidazione(lotto, determina="214", data=date(2024, 7, 2))
    return lotto


def test_with_one_section_there_is_no_adunanza():
    elezione = make_elezione(sezioni=1, popolazione_legale=800, sistema="fino_15000")

    with pytest.raises(ValidationError, match="sezione sola"):
        compensi.set_adunanza(elezione, giorni=1)


def test_the_forecast_is_printed_with_the_runoff_that_may_come():
    elezione = make_elezione(sezioni=43, data=date(2024, 6, 8), giorni=2, sistema="oltre_15000")

    testo = read_pdf(documenti_compensi.produce_preventivo(elezione))

    # 43 presidenti at 172,50 and 215 others at 138,00, twice
    assert "37.087,50 €" in testo
    assert "Ballottaggio (eventuale)" in testo
    assert "Spesa massima prevista: 74.175,00 €" in testo


def test_the_forecast_counts_a_day_of_the_adunanza_up_to_fifteen_thousand():
    elezione = make_elezione(sezioni=3, popolazione_legale=8_000, sistema="fino_15000")

    *_, adunanza = compensi.forecast(elezione, turni=compensi.turni_previsti(elezione))

    assert (adunanza.posti, adunanza.unitario.centesimi, adunanza.centesimi) == (4, 4_132, 16_528)


def test_the_rendiconto_adds_up_to_the_determinas_by_role_and_by_rule():
    elezione = make_elezione(sezioni=2, data=date(2024, 6, 8), giorni=2)
    ImpostazioniCompensi.objects.create(elezione=elezione, elezioni_contemporanee=2)
    nominate_all(elezione)
    with pytest.raises(ValidationError, match="Nessuna liquidazione è chiusa"):
        documenti_compensi.produce_rendiconto(elezione)
    close_batch(elezione)

    contesto = documenti_compensi.rendiconto_contesto(elezione)
    testo = read_pdf(documenti_compensi.produce_rendiconto(elezione))

    assert contesto["totale"] == "745,00 €"  # twice 209,50 and twice 163,00
    assert dict(contesto["ruoli"]) == {"presidente": "419,00 €", "scrutatore": "326,00 €"}
    assert [somma for _, somma in contesto["regole"]] == ["540,00 €", "81,00 €", "124,00 €"]
    assert "8 ottobre 2024" in testo and "214" in testo and "745,00 €" in testo


def test_the_list_of_cash_has_room_for_the_receipt_and_only_who_is_paid_so():
    elezione = make_elezione(sezioni=2)
    nominate_all(elezione)
    DatiPagamento.objects.filter(nomina__ruolo="presidente").update(contanti=False, iban=IBAN_VALIDO)
    compensi.refresh_compensi(elezione)
    lotto = liquidazione.open_liquidazione(elezione)

    testo = read_pdf(documenti_compensi.produce_prospetto(lotto, modo="contanti"))

    assert "quietanza" in testo and "SCRUTATORE2 PROVA" in testo
    assert "PRESIDENTE1" not in testo and IBAN_VALIDO not in testo
    assert "Totale: 240,00 €" in testo


def test_payment_data_of_many_come_from_one_file_and_go_back_equal():
    elezione = make_elezione(sezioni=2)
    nominate_all(elezione)
    righe = [
        "sezione,ruolo,cognome,nome,codice_fiscale,iban,contanti",
        f"1,presidente,PRESIDENTE1,PROVA,{CODICE_VALIDO},it60 x054 2811 1010 0000 0123 456,no",
        "2,scrutatore,SCRUTATORE2,PROVA,,,si",
    ]

    importazione = import_file(elezione, PAGAMENTI, "\n".join(righe).encode(), nome="pagamenti.csv")

    assert importazione.errori == []
    assert DatiPagamento.objects.get(nomina__cognome="PRESIDENTE1").iban == IBAN_VALIDO
    contenuto = write_file(PAGAMENTI, list(PAGAMENTI.rows(elezione)))
    assert import_file(elezione, PAGAMENTI, contenuto, nome="pagamenti.csv").cambiati == 0


@pytest.mark.parametrize(
    "riga, colonna, codice",
    [
        ("1,presidente,PRESIDENTE1,PROVA,,IT60X0542811101000000123457,", "iban", "E932"),
        ("1,presidente,PRESIDENTE1,PROVA,RSSMRA80A01H501X,,", "codice_fiscale", "E916"),
        (f"1,presidente,PRESIDENTE1,PROVA,,{IBAN_VALIDO},si", "contanti", "E933"),
        ("1,presidente,ALTRA,PROVA,,,si", "cognome", "E914"),
    ],
)
def test_a_wrong_payment_row_is_named_and_nothing_is_saved(riga, colonna, codice):
    elezione = make_elezione(sezioni=1)
    nominate_all(elezione)
    DatiPagamento.objects.all().delete()
    testata = "sezione,ruolo,cognome,nome,codice_fiscale,iban,contanti"
    testo = f"{testata}\n1,scrutatore,SCRUTATORE1,PROVA,,,si\n{riga}"

    importazione = import_file(elezione, PAGAMENTI, testo.encode(), nome="pagamenti.csv")

    assert [(e.riga, e.colonna, e.codice) for e in importazione.errori] == [(3, colonna, codice)]
    assert not DatiPagamento.objects.exists()


def test_nobody_who_was_absent_is_certified_as_present():
    elezione = make_elezione(sezioni=1)
    nominate_all(elezione)
    prima = Nomina.objects.get(ruolo="scrutatore")
    nuova = replace_nomina(
        prima,
        stato=Nomina.Stato.ASSENTE,
        motivo="assente",
        metodo=Nomina.Metodo.INSEDIAMENTO,
        persona={"cognome": "SECONDA", "nome": "PROVA"},
    )
    prima.refresh_from_db()

    atto = documenti_compensi.produce_attestati(elezione, [nuova], pagamento=False)

    assert "SECONDA PROVA" in read_pdf(atto)
    with pytest.raises(ValidationError, match="non ha prestato servizio"):
        documenti_compensi.produce_attestati(elezione, [prima], pagamento=False)


def test_the_certificates_of_payment_are_one_page_each_with_the_determina():
    elezione = make_elezione(sezioni=2)
    nominate_all(elezione)
    persone = list(Nomina.objects.di(elezione))
    with pytest.raises(ValidationError, match="liquidazione chiusa"):
        documenti_compensi.produce_attestati(elezione, persone, pagamento=True)
    close_batch(elezione)

    atto = documenti_compensi.produce_attestati(elezione, persone, pagamento=True)

    with atto.file.open("rb") as file:
        pagine = [p.extract_text() for p in PdfReader(file).pages]
    assert len(pagine) == 4
    assert all("214" in p and ("150,00 €" in p or "120,00 €" in p) for p in pagine)
