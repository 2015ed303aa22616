"""Golden amounts: the same cents on the screen, in the PDF's context and in the CSV."""

import csv
import html
import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from pypdf import PdfReader

from comuni.models import Atto, Sezione
from electoral.permessi import Ruolo
from norme.compensi import format_euro
from seggi import compensi, liquidazione
from seggi.models import DatiPagamento, ImpostazioniCompensi, Nomina, Ufficio
from seggi.nomine import replace_nomina
from seggi.uffici import set_up_uffici
from tests.factories import SezioneFactory, utente_con_ruolo
from tests.seggi.costruzione import CODICE_VALIDO, IBAN_VALIDO, make_elezione

pytestmark = pytest.mark.django_db


def nominate_all(elezione):
    """One presidente and one scrutatore accepted in every office, with cash payment."""
    for ufficio in Ufficio.objects.di(elezione):
        for ruolo in ("presidente", "scrutatore"):
            nomina = Nomina.objects.create(
                ufficio=ufficio,
                ruolo=ruolo,
                cognome=f"{ruolo.upper()}{ufficio.sezione.numero}",
                nome="PROVA",
                codice_fiscale=CODICE_VALIDO,
                metodo=Nomina.Metodo.SORTEGGIO,
                stato=Nomina.Stato.ACCETTATO,
                nominato_il="2021-09-10T10:00+02:00",
                accettato_il="2021-09-12T10:00+02:00",
            )
            DatiPagamento.objects.create(nomina=nomina, contanti=True)


D21 = date(2021, 10, 3)
D24 = date(2024, 6, 8)
#: Day of the vote, what the office is, amounts of presidente and scrutatore (norme: l. 70/1980).
CASI = {
    "2021": (D21, {}, ["150,00", "120,00"]),
    "2021, due elezioni": (D21, dict(elezioni=2), ["187,00", "145,00"]),
    "2021, tre elezioni": (D21, dict(elezioni=3), ["224,00", "170,00"]),
    "2021, quattro elezioni": (D21, dict(elezioni=4), ["261,00", "195,00"]),
    "2021, cinque elezioni": (D21, dict(elezioni=5), ["298,00", "220,00"]),
    "2021, sei elezioni: gli incrementi sono quattro": (D21, dict(elezioni=6), ["298,00", "220,00"]),
    "Covid 2021": (D21, dict(tipo="ospedaliera", covid=True), ["225,00", "180,00"]),
    "speciale Covid 2021": (D21, dict(tipo="speciale", covid=True), ["135,00", "91,50"]),
    "speciale 2021": (D21, dict(tipo="speciale"), ["90,00", "61,00"]),
    "speciale con altre due elezioni": (D21, dict(tipo="speciale", elezioni=3), ["90,00", "61,00"]),
    "2024": (D24, {}, ["172,50", "138,00"]),
    "2024 con le europee": (D24, dict(elezioni=2), ["209,50", "163,00"]),
    "speciale 2024": (D24, dict(tipo="speciale", elezioni=2), ["103,50", "70,15"]),
    "2026": (date(2026, 5, 24), {}, ["172,50", "138,00"]),
}


def read_pdf(atto) -> str:
    with atto.file.open("rb") as file:
        return "\n".join(pagina.extract_text() for pagina in PdfReader(file).pages)


@pytest.mark.parametrize("giorno, come, attesi", CASI.values(), ids=CASI)
def test_golden_amounts_on_the_screens_in_the_pdf_and_in_the_csv(client, giorno, come, attesi):
    elezione = make_elezione(sezioni=0, giorni=2, data=giorno)
    SezioneFactory(elezione=elezione, numero=1, tipo=come.get("tipo", Sezione.Tipo.ORDINARIA))
    set_up_uffici(elezione)
    Ufficio.objects.update(covid=come.get("covid", False))
    ImpostazioniCompensi.objects.create(elezione=elezione, elezioni_contemporanee=come.get("elezioni", 1))
    nominate_all(elezione)
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RAGIONERIA))

    def open_page(nome, *altro):
        return client.get(reverse(f"seggi:{nome}", args=[elezione.slug, *altro])).content.decode()

    preventivo = open_page("compensi")
    client.post(reverse("seggi:nuova_liquidazione", args=[elezione.slug]))
    schermo, contenuto = open_page("liquidazione", 1), open_page("csv_liquidazione", 1)
    client.post(reverse("seggi:prospetto", args=[elezione.slug, 1]))
    prospetto = read_pdf(Atto.objects.di(elezione).get(tipo="prospetto_liquidazione"))

    for importo in attesi:
        assert all(f"{importo} €" in testo for testo in (preventivo, schermo, prospetto))
    assert [riga["importo"] for riga in csv.DictReader(io.StringIO(contenuto))] == attesi
    totale = format_euro(sum(int(importo.replace(",", "")) for importo in attesi))
    assert totale in schermo and f"Totale: {totale}" in prospetto


@pytest.mark.parametrize(
    ("giorno", "tipo", "perche"),
    [
        (D21, "ordinaria", "spetta solo a sezioni ospedaliere e seggi speciali (d.l. 117/2021 art. 2"),
        (D24, "ospedaliera", "riguardava solo le elezioni del 2021"),
    ],
)
def test_an_office_marked_covid_by_mistake_is_paid_without_the_uplift_and_the_page_says_it(
    client, giorno, tipo, perche
):
    elezione = make_elezione(sezioni=0, giorni=2, data=giorno)
    SezioneFactory(elezione=elezione, numero=1, tipo=tipo)
    set_up_uffici(elezione)
    prima = [(r.tipo, r.centesimi) for r in compensi.forecast(elezione)]
    Ufficio.objects.update(covid=True)

    assert [(r.tipo, r.centesimi) for r in compensi.forecast(elezione)] == prima
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RAGIONERIA))
    risposta = client.get(reverse("seggi:compensi", args=[elezione.slug]))
    assert risposta.status_code == 200
    pagina = html.unescape(risposta.content.decode())
    assert "pagate senza l'aumento" in pagina and perche in pagina


@pytest.mark.parametrize(("giorno", "tipo"), [(D21, "ordinaria"), (D21, "volante"), (D24, "speciale")])
def test_the_covid_mark_is_refused_where_the_law_gives_no_uplift(giorno, tipo):
    elezione = make_elezione(sezioni=0, giorni=2, data=giorno)
    SezioneFactory(elezione=elezione, numero=1, tipo="ordinaria")
    set_up_uffici(elezione)
    ufficio = Ufficio.objects.get()
    ufficio.sezione.tipo, ufficio.covid = tipo, True
    with pytest.raises(ValidationError, match="Non si può segnare: l'aumento Covid"):
        ufficio.clean()
    ufficio.covid = False
    ufficio.clean()


def test_a_covid_section_of_2021_is_not_warned_about(client):
    elezione = make_elezione(sezioni=0, giorni=2, data=D21)
    SezioneFactory(elezione=elezione, numero=1, tipo="speciale")
    set_up_uffici(elezione)
    Ufficio.objects.update(covid=True)
    Ufficio.objects.get().clean()
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RAGIONERIA))
    assert "Segnate Covid" not in client.get(reverse("seggi:compensi", args=[elezione.slug])).content.decode()


def test_a_post_served_by_two_people_pays_each_its_share_to_the_cent():
    elezione = make_elezione(sezioni=1)
    nominate_all(elezione)
    prima = Nomina.objects.get(ruolo="scrutatore")
    replace_nomina(
        prima,
        stato=Nomina.Stato.SOSTITUITO,
        motivo="malore",
        metodo=Nomina.Metodo.INSEDIAMENTO,
        persona={"cognome": "SECONDA", "nome": "PROVA"},
    )
    Nomina.objects.filter(pk=prima.pk).update(frazione_servizio="1/7")

    dovuti = {d.nomina.cognome: d.centesimi for d in compensi.compute_dovuti(elezione, turno=1)}

    assert dovuti == {"PRESIDENTE1": 15_000, "SCRUTATORE1": 1_714, "SECONDA": 10_286}


def test_the_runoff_pays_the_fee_again_for_one_election_only():
    elezione = make_elezione(sezioni=1, data_ballottaggio=date(2021, 10, 17))
    ImpostazioniCompensi.objects.create(elezione=elezione, elezioni_contemporanee=3)
    nominate_all(elezione)

    compensi.refresh_compensi(elezione)

    importi = elezione.sezioni.get().ufficio.nomine.values_list(
        "ruolo", "compensi__turno", "compensi__centesimi"
    )
    assert sorted(importi) == [
        ("presidente", 1, 22_400),
        ("presidente", 2, 15_000),
        ("scrutatore", 1, 17_000),
        ("scrutatore", 2, 12_000),
    ]


def test_who_lacks_an_iban_waits_and_stands_first():
    elezione = make_elezione(sezioni=2)
    nominate_all(elezione)
    DatiPagamento.objects.filter(nomina__cognome="SCRUTATORE2").delete()
    compensi.refresh_compensi(elezione)

    prima = liquidazione.righe_da_liquidare(elezione)[0]
    lotto = liquidazione.open_liquidazione(elezione)

    assert (str(prima.nomina), [r.codice for r in prima.rilievi]) == ("SCRUTATORE2 PROVA", ["E320"])
    assert lotto.compensi.count() == 3
    assert liquidazione.totali(liquidazione.righe_da_liquidare(elezione, liquidazione=lotto)) == {
        "bonifico": 0,
        "contanti": 42_000,
        "da completare": 0,
        "totale": 42_000,
    }


def test_a_closed_batch_keeps_its_amounts():
    elezione = make_elezione(sezioni=1)
    nominate_all(elezione)
    compensi.refresh_compensi(elezione)
    lotto = liquidazione.open_liquidazione(elezione)
    liquidazione.close_liquidazione(lotto, determina="214", data=date(2021, 11, 2))

    ImpostazioniCompensi.objects.create(elezione=elezione, elezioni_contemporanee=5)

    assert compensi.refresh_compensi(elezione) == 0
    assert liquidazione.totale_liquidato(elezione) == 27_000
    with pytest.raises(ValidationError, match="chiusa"):
        liquidazione.dissolve_liquidazione(lotto)


def test_iban_and_codice_fiscale_are_checked():
    assert liquidazione.clean_iban("it60 x054 2811 1010 0000 0123 456") == IBAN_VALIDO
    with pytest.raises(ValidationError, match="27 caratteri"):
        liquidazione.clean_iban("IT60X0542811101000000123457")
    with pytest.raises(ValidationError, match="tessera sanitaria"):
        liquidazione.clean_codice_fiscale("RSSMRA80A01H501X")


def test_the_account_is_due_four_months_after_the_vote():
    assert compensi.termine_rendiconto(make_elezione(sezioni=0)) == date(2022, 2, 3)


def test_the_adunanza_pays_the_presidenti_and_the_segretario_of_section_one():
    elezione = make_elezione(sezioni=2, popolazione_legale=8_000, sistema="fino_15000")
    nominate_all(elezione)
    Nomina.objects.create(
        ufficio=Ufficio.objects.get(sezione__elezione=elezione, sezione__numero=1),
        ruolo="segretario",
        cognome="SEGRETARIO1",
        nome="PROVA",
        metodo=Nomina.Metodo.PRESIDENTE,
        nominato_il="2021-09-10T10:00+02:00",
    )

    assert compensi.set_adunanza(elezione, giorni=2) == 3

    dovuti = {d.nomina.cognome: d.centesimi for d in compensi.compute_dovuti(elezione, turno=1)}
    assert dovuti == {
        "PRESIDENTE1": 15_000 + 8_264,
        "SCRUTATORE1": 12_000,
        "SEGRETARIO1": 12_000 + 8_264,
        "PRESIDENTE2": 15_000 + 8_264,
        "SCRUTATORE2": 12_000,
    }


def test_above_fifteen_thousand_there_is_no_adunanza():
    with pytest.raises(ValidationError, match="fino a 15.000"):
        compensi.set_adunanza(make_elezione(sezioni=1), giorni=1)
