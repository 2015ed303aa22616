"""Files of the papers: kept private, opened by who may, under a log where they name the signers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from candidature.allegati import attach, forget_riservati, withdraw
from candidature.models import Allegato, Documento, LetturaSottoscrittori
from candidature.presentazione import NonConsentito
from electoral.permessi import Ruolo
from tests.candidature.costruzione import elezione_di, presenta
from tests.factories import ComuneFactory, UtenteFactory, utente_con_ruolo

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 prova"


@pytest.fixture
def lista():
    return presenta(elezione_di(40_000, seggi=24), sessi="MF" * 8)


def pdf(contenuto: bytes = PDF, nome: str = "carta.pdf"):
    return SimpleUploadedFile(nome, contenuto)


def indirizzo(nome: str, lista, *altro) -> str:
    return reverse(f"candidature:{nome}", args=[lista.elezione.slug, *altro])


def entra(client, lista, ruolo=Ruolo.OPERATORE):
    utente = utente_con_ruolo(lista.elezione.comune, ruolo)
    client.force_login(utente)
    return utente


def di(lista, tipo) -> Documento:
    return lista.documenti.get(tipo=tipo)


def apri(client, lista, allegato) -> int:
    risposta = client.get(indirizzo("apri_allegato", lista, allegato.pk))
    if risposta.streaming:
        b"".join(risposta.streaming_content)  # read to the end: the file is closed
    return risposta.status_code


def test_the_clerk_attaches_two_pages_to_one_paper_and_opens_them(client, lista):
    entra(client, lista)
    candidato = lista.candidati.first()

    client.post(
        indirizzo("allega", lista, lista.pk),
        {"carta": f"candidato-{candidato.pk}-accettazione", "file": [pdf(), pdf(PDF + b"2", "due.pdf")]},
    )

    assert list(candidato.allegati.values_list("nome", "carta")) == [
        ("carta.pdf", "accettazione"),
        ("due.pdf", "accettazione"),
    ]
    risposta = client.get(indirizzo("apri_allegato", lista, candidato.allegati.first().pk))
    assert b"".join(risposta.streaming_content) == PDF
    assert "carta.pdf" in client.get(indirizzo("carte", lista, lista.pk)).content.decode()


def test_what_is_not_a_document_is_refused_with_the_remedy(client, lista):
    entra(client, lista)

    pagina = client.post(
        indirizzo("allega", lista, lista.pk),
        {"carta": "documento-programma", "file": pdf(b"MZ eseguibile", "gioco.pdf")},
        follow=True,
    )

    assert "salvarlo come PDF" in pagina.content.decode()
    assert not Allegato.objects.exists()


def test_the_same_file_is_not_attached_twice_to_a_paper(lista):
    attach(lista.elezione, soggetto=di(lista, "programma"), file=pdf(), by=UtenteFactory())

    with pytest.raises(NonConsentito, match="già allegato"):
        attach(lista.elezione, soggetto=di(lista, "programma"), file=pdf(), by=UtenteFactory())


def test_opening_the_declaration_with_the_signers_is_written_down(client, lista):
    utente = entra(client, lista, Ruolo.COMMISSIONE)
    allegato = attach(lista.elezione, soggetto=di(lista, "dichiarazione"), file=pdf(), by=utente)
    altro = attach(lista.elezione, soggetto=di(lista, "programma"), file=pdf(), by=utente)

    for carta in (allegato, altro):
        apri(client, lista, carta)

    lettura = LetturaSottoscrittori.objects.get()
    assert (lettura.utente, lettura.lista, lettura.pagina) == (utente, lista, "carta: dichiarazione")


def test_nobody_else_opens_a_paper(client, lista):
    allegato = attach(lista.elezione, soggetto=di(lista, "programma"), file=pdf(), by=UtenteFactory())
    esiti = []
    for ruolo in (Ruolo.DIGITATORE, Ruolo.RAGIONERIA, Ruolo.PREFETTURA):
        entra(client, lista, ruolo)
        esiti.append(apri(client, lista, allegato))
    client.force_login(utente_con_ruolo(ComuneFactory(), Ruolo.RESPONSABILE))

    assert esiti == [403] * 3
    assert apri(client, lista, allegato) == 404


def test_a_file_is_withdrawn_with_a_reason_and_its_history_stays(client, lista):
    entra(client, lista)
    allegato = attach(lista.elezione, soggetto=di(lista, "programma"), file=pdf(), by=UtenteFactory())

    senza = client.post(indirizzo("togli_allegato", lista, allegato.pk), {"motivo": " "})
    client.post(indirizzo("togli_allegato", lista, allegato.pk), {"motivo": "File di un'altra lista."})

    allegato.refresh_from_db()
    assert senza.status_code == 422
    assert allegato.ritirato_il and allegato.file
    assert Allegato.pgh_event_model.objects.filter(pgh_obj_id=allegato.pk).count() == 2
    assert "carta.pdf" not in client.get(indirizzo("carte", lista, lista.pk)).content.decode()


def test_at_the_end_of_the_term_the_files_with_the_signers_go(client, lista):
    utente = entra(client, lista)
    riservato = attach(lista.elezione, soggetto=di(lista, "dichiarazione"), file=pdf(), by=utente)
    withdraw(riservato, motivo="Doppio.", by=utente)
    resta = attach(lista.elezione, soggetto=di(lista, "programma"), file=pdf(), by=utente)
    archivio, nome = riservato.file.storage, riservato.file.name

    assert forget_riservati(lista.elezione) == 1
    assert forget_riservati(lista.elezione) == 0

    assert not archivio.exists(nome)
    assert apri(client, lista, riservato) == 404
    assert apri(client, lista, resta) == 200


def test_the_page_of_the_papers_takes_the_same_queries_with_more_files(
    client, lista, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    utente = entra(client, lista)
    pagina = indirizzo("carte", lista, lista.pk)
    attach(lista.elezione, soggetto=di(lista, "programma"), file=pdf(), by=utente)
    client.get(pagina)
    with CaptureQueriesContext(connection) as una:
        client.get(pagina)
    for n in range(3):
        attach(
            lista.elezione,
            soggetto=lista.candidati.first(),
            file=pdf(PDF + b"%d" % n),
            by=utente,
            carta="iscrizione",
        )

    with django_assert_max_num_queries(len(una)):
        client.get(pagina)
