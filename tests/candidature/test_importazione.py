"""Import of candidates: preview, wrong rows named, nothing saved unconfirmed, twice is no change."""

import csv
import io

import pytest
from django.urls import reverse

from candidature.importazione import confirm, preview_caricamento, upload, wrong_rows_csv
from candidature.models import Candidato, CaricamentoCsv, Lista
from candidature.presentazione import NonConsentito, freeze_lista
from electoral.permessi import Ruolo
from tests.candidature.costruzione import elezione_di, presenta
from tests.factories import UtenteFactory, utente_con_ruolo

pytestmark = pytest.mark.django_db

COLONNE = ["lista", "numero", "cognome", "nome", "sesso", "data_nascita", "luogo_nascita", "codice_fiscale"]


def file_con(righe: list[list[object]]) -> bytes:
    uscita = io.StringIO()
    csv.writer(uscita).writerows([COLONNE, *righe])
    return uscita.getvalue().encode()


def righe_giuste(liste: list[Lista], per_lista: int) -> list[list[object]]:
    return [
        [
            lista.numero,
            posto,
            f"COGNOME {lista.numero}-{posto}",
            "PROVA",
            "MF"[posto % 2],
            "01/02/1980",
            "",
            "",
        ]
        for lista in liste
        for posto in range(1, per_lista + 1)
    ]


@pytest.fixture
def grande():
    """1,700 candidates in 40 lists, 12 rows of them wrong."""
    elezione = elezione_di(2_000_000, seggi=48)
    io_stesso = UtenteFactory()
    liste = [presenta(elezione, f"LISTA {n}", sessi="", by=io_stesso) for n in range(1, 41)]
    righe = righe_giuste(liste, 43)[:1_700]
    guasti = {3: "32/01/1980", 4: "Q", 7: "RSSMRA80A01H501X", 0: "99", 1: "zero", 2: ""}
    colonne = [5, 4, 7, 0, 1, 2] * 2
    attesi = []
    for quale, colonna in enumerate(colonne):
        posto = 100 * quale + 50
        guasto = guasti[3] if colonna == 5 else guasti[colonna]
        righe[posto][colonna] = guasto
        attesi.append((posto + 2, COLONNE[colonna], guasto))
    return elezione, file_con(righe), attesi


def test_1700_candidates_with_12_wrong_rows(grande):
    elezione, contenuto, attesi = grande
    caricamento = upload(
        contenuto, tipo="candidati", elezione=elezione, by=UtenteFactory(), nome_file="candidati.csv"
    )

    vista = preview_caricamento(caricamento)

    assert [(e.riga, e.colonna, e.valore) for e in sorted(vista.errori, key=lambda e: e.riga)] == attesi
    assert all(errore.rimedio for errore in vista.errori)
    assert (len(vista.nuovi), len(vista.righe_errate)) == (1_688, 12)
    assert not Candidato.objects.exists()

    assert confirm(caricamento, anche_con_errori=True)["nuovi"] == 1_688
    ancora = upload(contenuto, tipo="candidati", elezione=elezione, by=UtenteFactory(), nome_file="x.csv")
    vista = preview_caricamento(ancora)
    assert (vista.da_salvare, vista.uguali) == (0, 1_688)


def test_the_wrong_rows_come_back_as_they_were_with_the_reason(grande):
    elezione, contenuto, attesi = grande
    caricamento = upload(
        contenuto, tipo="candidati", elezione=elezione, by=UtenteFactory(), nome_file="c.csv"
    )

    testo = wrong_rows_csv(preview_caricamento(caricamento)).decode("utf-8-sig")

    righe = list(csv.reader(io.StringIO(testo), delimiter=";"))
    assert righe[0] == [*COLONNE, "errore"]
    assert len(righe) == 13
    assert all(riga[-1] for riga in righe[1:])


def test_nothing_is_saved_with_wrong_rows_unless_chosen():
    elezione = elezione_di(40_000, seggi=24)
    lista = presenta(elezione, sessi="")
    righe = righe_giuste([lista], 3)
    righe[1][5] = "mai"
    caricamento = upload(
        file_con(righe), tipo="candidati", elezione=elezione, by=UtenteFactory(), nome_file=""
    )

    with pytest.raises(NonConsentito, match="righe errate"):
        confirm(caricamento)

    assert not Candidato.objects.exists()


def test_a_list_already_sent_takes_no_row_but_an_equal_one_is_no_error():
    elezione = elezione_di(40_000, seggi=24)
    lista = presenta(elezione, sessi="")
    by = UtenteFactory()
    contenuto = file_con(righe_giuste([lista], 2))
    confirm(upload(contenuto, tipo="candidati", elezione=elezione, by=by, nome_file="c.csv"))
    freeze_lista(lista, by=by)

    uguale = preview_caricamento(upload(contenuto, tipo="candidati", elezione=elezione, by=by, nome_file="c"))
    diverso = preview_caricamento(
        upload(file_con(righe_giuste([lista], 3)), tipo="candidati", elezione=elezione, by=by, nome_file="c")
    )

    assert (uguale.uguali, uguale.errori) == (2, [])
    assert [(e.riga, e.codice) for e in diverso.errori] == [(4, "E933")]


def test_a_codice_fiscale_of_somebody_else_is_a_warning():
    elezione = elezione_di(40_000, seggi=24)
    lista = presenta(elezione, sessi="")
    riga = [lista.numero, 1, "BIANCHI", "MARIO", "F", "01/01/1980", "Roma", "RSSMRA80A01H501U"]

    vista = preview_caricamento(
        upload(file_con([riga]), tipo="candidati", elezione=elezione, by=UtenteFactory(), nome_file="c")
    )

    assert [(a.codice, a.testo) for a in vista.avvisi] == [
        ("W906", "Alla riga 2 il codice fiscale «RSSMRA80A01H501U» non corrisponde a cognome, sesso.")
    ]
    assert len(vista.nuovi) == 1


def test_the_confirmed_file_is_not_kept(client):
    elezione = elezione_di(40_000, seggi=24)
    lista = presenta(elezione, sessi="")
    utente = utente_con_ruolo(elezione.comune, Ruolo.OPERATORE)
    client.force_login(utente)
    from django.core.files.uploadedfile import SimpleUploadedFile

    pagina = reverse("candidature:importa", args=[elezione.slug, "candidati"])
    file = SimpleUploadedFile("c.csv", file_con(righe_giuste([lista], 2)))
    anteprima = client.post(pagina, {"file": file})
    assert "Conferma: salva 2 righe" in client.get(anteprima.url).content.decode()
    client.post(anteprima.url + "conferma/")

    caricamento = CaricamentoCsv.objects.get()
    assert (bytes(caricamento.contenuto), lista.candidati.count()) == (b"", 2)


def test_the_upload_of_another_person_does_not_exist(client):
    elezione = elezione_di(40_000, seggi=24)
    altro = upload(b"x", tipo="candidati", elezione=elezione, by=UtenteFactory(), nome_file="c")
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))

    assert client.get(reverse("candidature:anteprima", args=[elezione.slug, altro.pk])).status_code == 404
