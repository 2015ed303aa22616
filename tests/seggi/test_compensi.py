"""Golden amounts: the same cents on the screen, in the PDF's context and in the CSV."""

import csv
import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from comuni.models import Sezione
from electoral.permessi import Ruolo
from seggi import compensi, liquidazione
from seggi.documenti_compensi import prospetto_contesto
from seggi.models import DatiPagamento, ImpostazioniCompensi, Nomina, Ufficio
from seggi.nomine import replace_nomina
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


CASI = {
    "2021": (dict(data=date(2021, 10, 3)), {}, ["150,00", "120,00"]),
    "Covid 2021": (dict(data=date(2021, 10, 3)), dict(tipo="ospedaliera", covid=True), ["225,00", "180,00"]),
    "speciale Covid 2021": (
        dict(data=date(2021, 10, 3)),
        dict(tipo="speciale", covid=True),
        ["135,00", "91,50"],
    ),
    "speciale 2021": (dict(data=date(2021, 10, 3)), dict(tipo="speciale"), ["90,00", "61,00"]),
    "2024": (dict(data=date(2024, 6, 8)), {}, ["172,50", "138,00"]),
    "2024 con le europee": (dict(data=date(2024, 6, 8)), dict(elezioni=2), ["209,50", "163,00"]),
    "speciale 2024": (dict(data=date(2024, 6, 8)), dict(tipo="speciale", elezioni=2), ["103,50", "70,15"]),
}


@pytest.mark.parametrize("quando, come, attesi", CASI.values(), ids=CASI)
def test_golden_amounts_on_screen_pdf_and_csv(client, quando, come, attesi):
    elezione = make_elezione(sezioni=0, **quando)
    SezioneFactory(elezione=elezione, numero=1, tipo=come.get("tipo", Sezione.Tipo.ORDINARIA))
    from seggi.uffici import set_up_uffici

    set_up_uffici(elezione)
    Ufficio.objects.update(covid=come.get("covid", False))
    ImpostazioniCompensi.objects.create(elezione=elezione, elezioni_contemporanee=come.get("elezioni", 1))
    nominate_all(elezione)
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RAGIONERIA))

    client.post(reverse("seggi:nuova_liquidazione", args=[elezione.slug]))
    schermo = client.get(reverse("seggi:liquidazione", args=[elezione.slug, 1])).content.decode()
    contenuto = client.get(reverse("seggi:csv_liquidazione", args=[elezione.slug, 1])).content.decode()
    lotto = elezione.liquidazioni.get()

    assert all(f"{importo} €" in schermo for importo in attesi)
    assert [r["importo"] for r in prospetto_contesto(lotto)["righe"]] == [f"{i} €" for i in attesi]
    assert [riga["importo"] for riga in csv.DictReader(io.StringIO(contenuto))] == attesi
    preventivo = {r.ruolo: r.unitario.centesimi for r in compensi.forecast(elezione)}
    assert [liquidazione.write_importo(preventivo[r]) for r in ("presidente", "scrutatore")] == attesi


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
