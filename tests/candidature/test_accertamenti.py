"""Papers and requirements of each name, written by the office that receives and by the commissione."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from candidature.models import RilievoCandidatura
from candidature.presentazione import freeze_lista
from electoral.permessi import Ruolo
from tests.candidature.costruzione import add_firme, elezione_di, presenta
from tests.factories import UtenteFactory, utente_con_ruolo

pytestmark = pytest.mark.django_db


@pytest.fixture
def lista():
    lista = presenta(elezione_di(40_000, seggi=24), sessi="MF" * 9)
    freeze_lista(lista, by=UtenteFactory())
    return lista


@pytest.fixture
def commissione(client, lista):
    client.force_login(utente_con_ruolo(lista.elezione.comune, Ruolo.COMMISSIONE))
    return client


def indirizzo(nome: str, lista, pk: int) -> str:
    return reverse(f"candidature:{nome}", args=[lista.elezione.slug, pk])


def codici(lista) -> list[str]:
    return list(RilievoCandidatura.objects.filter(lista=lista).values_list("codice", flat=True))


def fatti_candidato(**altro):
    return {
        "accettazione": "presente",
        "iscrizione": "presente",
        "altri_comuni": 0,
        **altro,
    }


@pytest.mark.parametrize(
    ("dati", "codice"),
    [
        ({"incandidabile": "on"}, "E204"),
        ({"consigliere_altrove": "on"}, "E208"),
        ({"altri_comuni": 2}, "E209"),
        ({"ineleggibilita": "Dipendente del comune"}, "W202"),
        ({"accettazione": "incompleto"}, "E203"),
        ({"iscrizione": "mancante"}, "E202"),
    ],
)
def test_the_commissione_records_what_it_finds_on_a_name(commissione, lista, dati, codice):
    pk = lista.candidati.get(numero=4).pk

    risposta = commissione.post(indirizzo("candidato", lista, pk), fatti_candidato(**dati))

    assert risposta.status_code == 302
    assert codici(lista) == [codice]


def test_a_citizen_of_the_union_has_his_own_papers(commissione, lista):
    candidato = lista.candidati.get(numero=4)
    lista.candidati.filter(pk=candidato.pk).update(cittadinanza="DE")
    pagina = indirizzo("candidato", lista, candidato.pk)

    dati = fatti_candidato(dichiarazione_ue="presente", attestato_ue="mancante", lista_aggiunta="presente")
    commissione.post(pagina, dati)

    assert "Attestato dello Stato di origine" in commissione.get(pagina).content.decode()
    assert codici(lista) == ["E207"]


def test_the_attestation_older_than_three_months_at_the_filing_is_a_finding(commissione, lista):
    candidato = lista.candidati.get(numero=4)
    lista.candidati.filter(pk=candidato.pk).update(cittadinanza="DE")
    carte = {"dichiarazione_ue": "presente", "attestato_ue": "presente", "lista_aggiunta": "presente"}
    vecchio = lista.presentata_il.date() - timedelta(days=100)

    for giorno, attesi in ((vecchio, ["E214"]), (lista.presentata_il.date(), [])):
        dati = fatti_candidato(**carte, attestato_ue_del=f"{giorno:%d/%m/%Y}")
        risposta = commissione.post(indirizzo("candidato", lista, candidato.pk), dati)
        assert risposta.status_code == 302
        assert codici(lista) == attesi


def test_what_was_filed_does_not_change_here(commissione, lista):
    candidato = lista.candidati.get(numero=4)

    commissione.post(indirizzo("candidato", lista, candidato.pk), fatti_candidato(cognome="ALTRO"))

    prima = candidato.cognome
    candidato.refresh_from_db()
    assert candidato.cognome == prima


def test_the_mandates_of_the_sindaco_are_recorded(commissione, lista):
    commissione.post(
        indirizzo("sindaco", lista, lista.sindaco_id),
        {
            "accettazione": "presente",
            "iscrizione": "presente",
            "candidatura_unica": "presente",
            "mandati": 3,
            "altri_comuni": 0,
        },
    )

    assert codici(lista) == ["W207"]


def test_a_sindaco_who_is_consigliere_elsewhere_is_noted_and_not_struck(commissione, lista):
    dati = {
        "accettazione": "presente",
        "iscrizione": "presente",
        "candidatura_unica": "da_verificare",
        "consigliere_altrove": "on",
        "mandati": 0,
        "altri_comuni": 0,
    }

    commissione.post(indirizzo("sindaco", lista, lista.sindaco_id), dati)

    assert codici(lista) == ["W210"]
    banco = commissione.get(indirizzo("banco", lista, lista.pk)).content.decode()
    assert "art. 60 c. 1 n. 12" in banco
    assert "da verificare: dichiarazione di non candidarsi a sindaco altrove" in banco


def test_the_programme_is_kept_as_a_pdf_and_anything_else_is_refused(commissione, lista):
    pagina = indirizzo("sindaco", lista, lista.sindaco_id)
    dati = {
        "accettazione": "presente",
        "iscrizione": "presente",
        "candidatura_unica": "presente",
        "mandati": 0,
        "altri_comuni": 0,
    }

    no = commissione.post(pagina, {**dati, "programma": SimpleUploadedFile("p.pdf", b"ciao")})
    si = commissione.post(pagina, {**dati, "programma": SimpleUploadedFile("p.pdf", b"%PDF-1.7 prova")})

    assert (no.status_code, si.status_code) == (422, 302)
    letto = commissione.get(indirizzo("programma", lista, lista.sindaco_id))
    assert b"".join(letto.streaming_content) == b"%PDF-1.7 prova"


def test_the_signatures_counted_on_paper_are_written_on_the_page_of_the_list(commissione, lista):
    dati = {"firme_accertate": 58, "esemplari_contrassegno": 3, "simbolo_religioso": "on"}

    commissione.post(indirizzo("dati_lista", lista, lista.pk), dati)

    lista.refresh_from_db()
    assert (lista.firme_accertate, lista.denominazione) == (58, "LISTA DI PROVA")
    assert codici(lista) == ["E102", "E114"]


def test_a_certificate_that_arrives_at_the_hearing_makes_the_signature_count(commissione):
    lista = presenta(elezione_di(40_000, seggi=24), sessi="MF" * 8, firme=None)
    add_firme(lista, 59)
    lista.sottoscrizioni.filter(riga=1).update(iscrizione="mancante")
    freeze_lista(lista, by=UtenteFactory())
    commissione.force_login(utente_con_ruolo(lista.elezione.comune, Ruolo.COMMISSIONE))
    pagina = indirizzo("firme", lista, lista.pk)

    assert "Certificato di iscrizione del sottoscrittore mancante" in commissione.get(pagina).content.decode()
    dati = {"posto": 1, "iscrizione": "presente", "autenticata": "on", "modulo_regolare": "on"}
    commissione.post(indirizzo("accerta_firma", lista, lista.pk), dati)

    assert codici(lista) == []


def test_the_cumulative_certificate_settles_the_signatures_still_to_check(commissione, lista):
    add_firme(lista, 3)
    lista.sottoscrizioni.filter(riga__lte=2).update(iscrizione="da_verificare")

    commissione.post(indirizzo("firme_iscritte", lista, lista.pk))

    assert set(lista.sottoscrizioni.values_list("iscrizione", flat=True)) == {"presente"}


@pytest.mark.parametrize("ruolo", [Ruolo.PREFETTURA, Ruolo.RAGIONERIA, Ruolo.DIGITATORE])
def test_nobody_else_ascertains(client, lista, ruolo):
    client.force_login(utente_con_ruolo(lista.elezione.comune, ruolo))

    assert client.post(indirizzo("stati_candidato", lista, lista.pk)).status_code == 403
