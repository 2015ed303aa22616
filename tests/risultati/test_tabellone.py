"""The board, the wall, the dossier, the scans, the rehearsal."""

import hashlib
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from comuni.models import Elezione, Sezione
from electoral.permessi import Ruolo
from risultati.accesso_sezioni import turno_corrente
from risultati.generazione import generate_scrutini
from risultati.margini import Residui, margini_sindaco
from risultati.models import Annotazione, IndirizzoSchermo, Scansione, Scrutinio
from risultati.proclamazione import proclaim
from risultati.prova_generale import ProvaVietata, clone_per_prova, empty_prova
from risultati.riparto import run_riparto_elezione
from risultati.schermo import create_indirizzo, url_schermo
from risultati.stati import Stato
from risultati.tabellone import VotiMostrati, build_tabellone, firma_tabellone
from tests.factories import CandidatoSindacoFactory, ListaFactory, utente_con_ruolo
from tests.risultati.sezioni import Squadra, elezione_piccola, sezione_digitata

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def indirizzo(nome: str, elezione: Elezione, *altri) -> str:
    return reverse(f"giornata:{nome}", args=[elezione.slug, 1, *altri])


def test_only_definitive_sections_count_on_the_board():
    elezione = elezione_piccola(sezioni=3)
    squadra = Squadra(elezione)
    sezione_digitata(elezione, by=squadra.anna, numero=1)
    sezione_digitata(elezione, by=squadra.anna, numero=2, voti_sindaci__1=102)

    quadro = build_tabellone(elezione, 1)

    assert [t.stato for t in quadro.tessere] == [Stato.DEFINITIVO, Stato.CON_ERRORI, Stato.ATTESA]
    assert [(r.numero, r.voti) for r in quadro.sindaci] == [(1, 120), (2, 80)]
    assert quadro.quante == {"mancanti": 2, "avvisi": 1, "errori": 1, "difformi": 0}


def test_the_board_says_how_sure_its_figures_are_and_of_which_hour(client):
    elezione = elezione_piccola(sezioni=2)
    squadra = Squadra(elezione)
    schermo = url_schermo(create_indirizzo(elezione, 1, by=squadra.responsabile))

    sezione_digitata(elezione, by=squadra.anna, numero=1)
    assert "Dati ufficiosi," in client.get(schermo).content.decode()

    sezione_digitata(elezione, by=squadra.anna, numero=2)
    ultima = timezone.localtime(Scrutinio.objects.latest("definitivo_il").definitivo_il)
    pagina = client.get(schermo).content.decode()
    assert "Dati definitivi," in pagina
    assert f"{ultima:%d/%m/%Y %H:%M}</time> · Scrutinio completo, in attesa della proclamazione" in pagina

    firma = firma_tabellone(elezione, 1)
    quando = datetime(2021, 10, 5, 16, 30, tzinfo=UTC)
    motivi = {"W501": "elezione piccola", "W507": "liste corte"}
    riparto = run_riparto_elezione(elezione)
    proclaim(elezione, riparto=riparto, presidente="Il presidente", motivi_avvisi=motivi, at=quando)
    pagina = client.get(schermo).content.decode()
    assert "Dati proclamati," in pagina
    assert "05/10/2021 18:30</time> · Eletti proclamati" in pagina
    assert firma_tabellone(elezione, 1) != firma


def test_the_wall_holds_many_sections_with_one_sign_each_and_no_number(client):
    elezione = elezione_piccola()
    squadra = Squadra(elezione)
    Sezione.objects.bulk_create(Sezione(elezione=elezione, numero=n) for n in range(2, 1003))
    sezione_digitata(elezione, by=squadra.anna)

    muro = client.get(url_schermo(create_indirizzo(elezione, 1, by=squadra.responsabile))).content.decode()
    client.force_login(squadra.responsabile)
    ufficio = client.get(indirizzo("tabellone_turno", elezione)).content.decode()

    assert "tessere-punti" in muro
    assert "tessere-punti" not in ufficio
    assert muro.count('class="tessera-numero"') == muro.count('class="tessera-segno"') == 1002


def test_a_rehearsal_opens_on_the_round_whose_sections_are_missing():
    elezione = elezione_piccola(sezioni=2, prova=True, data_ballottaggio=date(2021, 10, 17))
    squadra = Squadra(elezione)
    assert turno_corrente(elezione) == 1

    for numero in (1, 2):
        sezione_digitata(elezione, by=squadra.anna, numero=numero)
    assert turno_corrente(elezione) == 2


@pytest.mark.parametrize("sezioni", [1, 3])
def test_the_board_costs_the_same_queries_with_more_sections(sezioni, django_assert_max_num_queries):
    elezione = elezione_piccola(sezioni=sezioni)
    for numero in range(1, sezioni + 1):
        sezione_digitata(elezione, by=Squadra(elezione).anna, numero=numero)

    with django_assert_max_num_queries(19):  # eight of them are the data of the engine, for the seats
        build_tabellone(elezione, 1)


def righe(*voti: int) -> list[VotiMostrati]:
    return [VotiMostrati(n, f"S{n}", v, sum(voti)) for n, v in enumerate(voti, start=1)]


@pytest.mark.parametrize(
    ("voti", "residui", "aperti"),
    [
        ((60, 30, 10), 0, [False, False]),
        ((60, 30, 10), 19, [False, False]),
        ((60, 30, 10), 20, [True, True]),
        ((40, 35, 25), 19, [False, True]),
        ((40, 35, 25), 21, [True, True]),
        ((50, 30, 20), 0, [False, False]),
        ((50, 25, 25), 0, [False, True]),
    ],
)
def test_it_can_still_change_only_if_the_votes_left_are_enough(voti, residui, aperti):
    parametri = build_parametri(elezione_piccola())

    margini = list(margini_sindaco(righe(*voti), parametri, 1, residui=Residui(residui)))

    assert [m.aperto for m in margini] == aperti


def test_a_section_with_unknown_electors_leaves_open_only_what_its_votes_could_change():
    parametri = build_parametri(elezione_piccola())

    ignota = list(margini_sindaco(righe(60, 30, 10), parametri, 1, residui=Residui(5, ignote=1)))
    bastano_gli_altri = list(margini_sindaco(righe(60, 30, 10), parametri, 1, residui=Residui(30, ignote=1)))

    assert [m.aperto for m in ignota] == [None, None]
    assert "una sezione di cui non si sanno gli elettori" in ignota[0].testo
    assert [m.aperto for m in bastano_gli_altri] == [True, True]


def test_contested_ballots_not_assigned_keep_the_outcome_open():
    parametri = build_parametri(elezione_piccola())
    margini = list(margini_sindaco(righe(52, 48), parametri, 2, residui=Residui(0, contestate=4)))
    assert [m.aperto for m in margini] == [True]


def test_the_board_says_the_seats_and_up_to_how_many_votes_they_are_certain():
    elezione = elezione_piccola(sezioni=2)
    sezione_digitata(elezione, by=Squadra(elezione).anna, numero=1)

    prima = build_tabellone(elezione, 1).proiezione
    sezione_digitata(elezione, by=Squadra(elezione).anna, numero=2)
    dopo = build_tabellone(elezione, 1).proiezione

    assert sum(n for _, n in prima.seggi) + len(prima.sindaci_consiglieri) == 24
    assert prima.margine.risposta == "non è escluso che cambino"
    assert "restano 620 voti possibili" in prima.margine.testo
    assert dopo.margine.aperto is False
    assert dopo.seggi == prima.seggi


def test_the_seats_wait_for_the_runoff_when_nobody_passes_the_threshold():
    elezione = elezione_piccola()
    scrutinio = sezione_digitata(elezione, by=Squadra(elezione).anna)
    terzo = CandidatoSindacoFactory(elezione=elezione, numero=3)
    ListaFactory(sindaco=terzo, numero=4)
    scrutinio.voti_sindaci.filter(sindaco__numero=1).update(voti=90)
    scrutinio.voti_sindaci.create(sindaco=terzo, voti=30)

    proiezione = build_tabellone(elezione, 1).proiezione

    assert proiezione.seggi == ()
    assert "ballottaggio" in proiezione.margine.testo


def test_a_turno_known_only_by_totals_says_so_and_takes_no_section(client):
    elezione = elezione_piccola(sezioni=2)
    totale = Scrutinio.objects.create(
        elezione=elezione, turno=2, stato=Stato.DEFINITIVO, votanti=410, voti_validi=400
    )
    for sindaco, voti in zip(elezione.candidati_sindaco.order_by("numero"), (250, 150), strict=True):
        totale.voti_sindaci.create(sindaco=sindaco, voti=voti)
    client.force_login(Squadra(elezione).responsabile)

    quadro = build_tabellone(elezione, 2)
    pagina = client.get(indirizzo_turno("tabellone_turno", elezione, 2)).content.decode()
    sezione = client.get(indirizzo_turno("sezione", elezione, 2, 1), follow=True).content.decode()

    assert quadro.solo_totali
    assert quadro.schede["votanti"] == 410
    assert [m.aperto for m in quadro.margini] == [False]
    assert "si conoscono solo i totali" in pagina
    assert "0/2" not in pagina
    assert "c&#x27;è già il totale del comune" in sezione
    assert Scrutinio.objects.filter(elezione=elezione, turno=2).count() == 1


def indirizzo_turno(nome: str, elezione: Elezione, *altri) -> str:
    return reverse(f"giornata:{nome}", args=[elezione.slug, *altri])


def build_parametri(elezione):
    from comuni.legge import parametri_di

    return parametri_di(elezione)


def test_the_wall_opens_without_login_and_closes_when_revoked(client):
    elezione = elezione_piccola(sezioni=2)
    squadra = Squadra(elezione)
    url = url_schermo(create_indirizzo(elezione, 1, by=squadra.responsabile))

    aperto = client.get(url)
    falsato = client.get(url[:-2] + "x/")
    client.force_login(squadra.responsabile)
    client.post(indirizzo("revoca_schermo", elezione, IndirizzoSchermo.objects.get().pk))
    client.logout()

    assert aperto.status_code == 200
    assert "/scrutinio/" not in aperto.content.decode()
    assert falsato.status_code == 404
    assert client.get(url).status_code == 404


def test_the_board_is_not_sent_again_when_nothing_changed(client):
    elezione = elezione_piccola()
    squadra = Squadra(elezione)
    client.force_login(squadra.responsabile)
    firma = client.get(indirizzo("tabellone_turno", elezione))["X-Firma"]

    uguale = client.get(indirizzo("tabellone_turno", elezione), {"frammento": 1, "firma": firma})
    sezione_digitata(elezione, by=squadra.anna)
    nuovo = client.get(indirizzo("tabellone_turno", elezione), {"frammento": 1, "firma": firma})

    assert (uguale.status_code, nuovo.status_code) == (304, 200)


def test_a_scan_is_kept_private_with_its_hash_and_withdrawn_with_a_reason(client):
    elezione = elezione_piccola()
    squadra = Squadra(elezione)
    client.force_login(squadra.responsabile)
    client.post(indirizzo("carica_scansione", elezione, 1), {"file": SimpleUploadedFile("v.png", PNG)})
    riga = Scansione.objects.get()

    servita = client.get(indirizzo("scansione", elezione, 1, riga.pk))
    client.post(indirizzo("ritira_scansione", elezione, 1, riga.pk), {"motivo": "era della sezione 2"})

    assert riga.sha256 == hashlib.sha256(PNG).hexdigest()
    assert b"".join(servita.streaming_content) == PNG
    assert Scansione.objects.get().motivo_ritiro == "era della sezione 2"


@pytest.mark.parametrize("contenuto", [b"<svg onload=alert(1)>", b"", b"MZ\x90", b"<html>"])
def test_what_is_no_pdf_or_image_is_refused_whatever_its_name(client, contenuto):
    elezione = elezione_piccola()
    client.force_login(Squadra(elezione).anna)

    client.post(indirizzo("carica_scansione", elezione, 1), {"file": SimpleUploadedFile("v.pdf", contenuto)})

    assert not Scansione.objects.exists()


def test_a_scan_of_another_section_is_not_found(client):
    elezione = elezione_piccola(sezioni=2)
    client.force_login(Squadra(elezione).responsabile)
    client.post(indirizzo("carica_scansione", elezione, 1), {"file": SimpleUploadedFile("v.png", PNG)})

    assert client.get(indirizzo("scansione", elezione, 2, Scansione.objects.get().pk)).status_code == 404


def test_the_dossier_is_a_pdf_and_the_same_twice(client):
    elezione = elezione_piccola()
    squadra = Squadra(elezione)
    sezione_digitata(elezione, by=squadra.anna)
    client.force_login(squadra.responsabile)

    primo, secondo = (
        b"".join(client.post(indirizzo("dossier", elezione, 1)).streaming_content) for _ in range(2)
    )

    assert primo.startswith(b"%PDF-")
    assert primo == secondo


def test_notes_are_added_and_an_unknown_kind_is_refused(client):
    elezione = elezione_piccola()
    client.force_login(Squadra(elezione).anna)

    client.post(indirizzo("annota", elezione, 1), {"tipo": "incidente", "testo": "manca una firma"})
    altro = client.post(indirizzo("annota", elezione, 1), {"tipo": "boh", "testo": "x"})

    assert list(Annotazione.objects.values_list("tipo", "testo")) == [("incidente", "manca una firma")]
    assert altro.status_code == 404


def test_reading_aloud_is_recorded_with_who_followed(client):
    elezione = elezione_piccola()
    squadra = Squadra(elezione)
    sezione_digitata(elezione, by=squadra.anna)
    client.force_login(squadra.anna)

    pagina = client.get(indirizzo("lettura", elezione, 1)).content.decode()
    client.post(indirizzo("lettura", elezione, 1), {"chi": "Carlo Neri"})

    assert "120" in pagina
    assert "Carlo Neri" in Annotazione.objects.get(tipo="lettura").testo


def test_a_rehearsal_has_the_same_names_and_no_figure_and_is_never_published():
    vera = elezione_piccola(sezioni=2)
    sezione_digitata(vera, by=Squadra(vera).anna)

    prova = clone_per_prova(vera)

    assert (prova.sezioni.count(), prova.liste.count(), prova.candidati_sindaco.count()) == (2, 3, 2)
    assert not Scrutinio.objects.di(prova).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Elezione.objects.filter(pk=prova.pk).update(pubblicata=True)


def test_invented_figures_tally_are_marked_and_are_the_same_with_the_same_seed():
    prova = clone_per_prova(elezione_piccola(sezioni=3))

    fatte = generate_scrutini(prova, seme=7)
    prime = list(prova.scrutini.order_by("sezione__numero").values_list("votanti", "voti_validi"))
    empty_prova(prova)
    generate_scrutini(prova, seme=7)

    assert fatte == 3
    assert list(prova.scrutini.order_by("sezione__numero").values_list("votanti", "voti_validi")) == prime
    assert not any(r.codice.startswith("E") for s in prova.scrutini.all() for r in s.rilievi.all())
    assert Annotazione.objects.filter(testo__startswith="Cifre inventate").count() == 3


def test_invented_figures_never_enter_a_real_election():
    vera = elezione_piccola()

    with pytest.raises(ProvaVietata):
        generate_scrutini(vera)
    with pytest.raises(ProvaVietata):
        empty_prova(vera)
    with pytest.raises(CommandError, match="prova generale"):
        call_command("genera_scrutini", vera.slug)


def test_the_prefettura_reads_the_board_and_changes_nothing(client):
    elezione = elezione_piccola()
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.PREFETTURA))

    lette = [
        client.get(indirizzo(nome, elezione)).status_code for nome in ("tabellone_turno", "affluenza_turno")
    ]
    scritte = [
        client.post(indirizzo("annota", elezione, 1), {"testo": "x"}).status_code,
        client.get(indirizzo("digita", elezione, 1)).status_code,
        client.post(indirizzo("crea_schermo", elezione)).status_code,
        client.post(indirizzo("stato", elezione, 1), {"azione": "scarta", "motivo": "x"}).status_code,
    ]

    assert lette == [200, 200]
    assert scritte == [403, 403, 403, 403]


def test_the_scan_stands_beside_the_boxes_and_only_our_pages_may_frame_it(client):
    elezione = elezione_piccola()
    squadra = Squadra(elezione)
    client.force_login(squadra.anna)
    client.post(indirizzo("carica_scansione", elezione, 1), {"file": SimpleUploadedFile("v.png", PNG)})
    client.post(
        indirizzo("carica_scansione", elezione, 1), {"file": SimpleUploadedFile("v.pdf", b"%PDF-1.7 ...")}
    )
    foto, pdf = Scansione.objects.order_by("pk")

    passo = client.get(indirizzo("passo", elezione, 1, "sindaco"))
    servita = client.get(indirizzo("scansione", elezione, 1, pdf.pk))
    servita.getvalue()  # read to its end: closing it half way would close the connection of the test

    testo = passo.content.decode()
    assert f'<img class="verbale-immagine" src="{indirizzo("scansione", elezione, 1, foto.pk)}"' in testo
    assert f'<iframe class="verbale-pdf" src="{indirizzo("scansione", elezione, 1, pdf.pk)}#' in testo
    assert "frame-src 'self'" in passo["Content-Security-Policy"]
    assert servita["Content-Security-Policy"] == "frame-ancestors 'self'"
    assert servita["X-Frame-Options"] == "SAMEORIGIN"


def test_the_zip_of_the_sections_goes_out_and_comes_back_in(client):
    elezione, altra = elezione_piccola(sezioni=2), elezione_piccola(sezioni=2)
    squadra = Squadra(elezione)
    sezione_digitata(elezione, by=squadra.anna, numero=1)
    sezione_digitata(elezione, by=squadra.anna, numero=2, voti_sindaci__1=102)
    client.force_login(squadra.responsabile)
    sola = client.get(indirizzo("esporta", elezione) + "?sezione=1").content
    tutte = client.get(indirizzo("esporta", elezione) + "?bozze").content

    client.force_login(Squadra(altra).anna)
    caricato = client.post(
        indirizzo("scambio_turno", altra), {"file": SimpleUploadedFile("sezioni.zip", tutte)}, follow=True
    )
    rotto = client.post(
        indirizzo("scambio_turno", altra), {"file": SimpleUploadedFile("rotto.zip", b"PK non proprio")}
    )

    assert len(sola) < len(tutte)
    assert "Caricate 2 sezioni (1, 2)" in caricato.content.decode()
    assert rotto.status_code == 422
    assert "Niente è stato salvato" in rotto.content.decode()


def test_figures_not_yet_definitive_are_not_exported_for_who_may_type_the_second_reading(client):
    elezione = elezione_piccola(sezioni=2)
    squadra = Squadra(elezione)
    sezione_digitata(elezione, by=squadra.anna, numero=2, voti_sindaci__1=102)
    client.force_login(squadra.carlo)

    risposta = client.get(indirizzo("esporta", elezione) + "?bozze", follow=True)

    assert "nessuna sezione definitiva" in risposta.content.decode()


def test_a_rehearsal_is_emptied_only_by_who_says_so_twice(client):
    prova = clone_per_prova(elezione_piccola())
    generate_scrutini(prova)
    client.force_login(Squadra(prova).responsabile)
    pagina = reverse("giornata:prova_generale", args=[prova.slug])

    client.post(pagina, {"azione": "svuota"})
    tenute = Scrutinio.objects.filter(elezione=prova).count()
    client.post(pagina, {"azione": "svuota", "conferma": "si"})

    assert (tenute, Scrutinio.objects.filter(elezione=prova).count()) == (1, 0)
