"""Signed files: the content is the produced one, the signature is intact, who signed; all else is refused."""

import base64
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NumberObject, pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from electoral.documenti import render_documento
from electoral.firme import FirmaRifiutata, read_firmato
from tests.electoral.firmatari import Autorita, sign_p7m, sign_pdf


def pdf(titolo: str) -> bytes:
    contesto = {"titolo": titolo, "comune": "Prova", "paragrafi": ["Testo."]}
    return render_documento("pagina", contesto, momento=datetime(2021, 10, 20, 12, tzinfo=UTC)).pdf


@pytest.fixture(scope="module")
def autorita():
    return Autorita()


@pytest.fixture(scope="module")
def maria(autorita):
    return autorita.firmatario()


@pytest.fixture(scope="module")
def atto():
    return pdf("Verbale")


def test_a_signed_pdf_of_the_act_tells_who_signed(atto, maria):
    letto = read_firmato(sign_pdf(atto, maria), atto)

    assert letto.formato == "PAdES"
    [firma] = letto.firme
    assert (firma.firmatario, firma.codice_fiscale) == ("Rossi Maria", "RSSMRA70A41H501Q")
    assert firma.emittente == "Autorità di Prova"
    assert firma.apposta_il
    assert not firma.fuori_validita
    assert firma.catena == "non verificata"


def test_two_persons_sign_the_same_pdf(atto, maria, autorita):
    due = sign_pdf(sign_pdf(atto, maria), autorita.firmatario("Bruni Aldo"), campo="Firma2")

    assert [f.firmatario for f in read_firmato(due, atto).firme] == ["Rossi Maria", "Bruni Aldo"]


@pytest.mark.parametrize("come", ["der", "base64", "pem"])
def test_an_envelope_holds_the_act_whatever_its_spelling(atto, maria, come):
    busta = sign_p7m(atto, maria)
    if come == "base64":
        busta = base64.encodebytes(busta)
    if come == "pem":
        busta = b"-----BEGIN PKCS7-----\n" + base64.encodebytes(busta) + b"-----END PKCS7-----\n"

    letto = read_firmato(busta, atto)

    assert (letto.formato, letto.firme[0].firmatario) == ("CAdES", "Rossi Maria")


def test_a_detached_signature_is_of_the_act(atto, maria):
    assert read_firmato(sign_p7m(atto, maria, staccata=True), atto).firme[0].firmatario == "Rossi Maria"
    with pytest.raises(FirmaRifiutata, match="non è integra"):
        read_firmato(sign_p7m(pdf("Altro"), maria, staccata=True), atto)


def test_an_envelope_in_an_envelope_and_around_a_signed_pdf(atto, maria, autorita):
    aldo = autorita.firmatario("Bruni Aldo")

    doppia = read_firmato(sign_p7m(sign_p7m(atto, maria), aldo), atto)
    mista = read_firmato(sign_p7m(sign_pdf(atto, maria), aldo), atto)

    assert [f.firmatario for f in doppia.firme] == ["Bruni Aldo", "Rossi Maria"]
    assert [f.firmatario for f in mista.firme] == ["Bruni Aldo", "Rossi Maria"]


def test_another_document_is_refused_even_if_well_signed(atto, maria):
    with pytest.raises(FirmaRifiutata, match="non contiene l'atto"):
        read_firmato(sign_pdf(pdf("Altro"), maria), atto)
    with pytest.raises(FirmaRifiutata, match="non contiene l'atto"):
        read_firmato(sign_p7m(pdf("Altro"), maria), atto)
    with pytest.raises(FirmaRifiutata, match="non è l'atto prodotto"):
        read_firmato(sign_p7m(b"testo", maria), atto)


def test_the_act_itself_and_rubbish_are_refused(atto):
    with pytest.raises(FirmaRifiutata, match="nessuna firma"):
        read_firmato(atto, atto)
    with pytest.raises(FirmaRifiutata, match="nessuna firma digitale"):
        read_firmato(atto + b"\n", atto)
    for rubbish in (b"", b"\x30\x82", b"ciao", b"PK\x03\x04", b"-----BEGIN X-----\n!!", b"%PDF-1.7"):
        with pytest.raises(FirmaRifiutata):
            read_firmato(rubbish, atto)


def test_a_change_after_the_signature_is_seen(atto, maria):
    firmato = bytearray(sign_p7m(atto, maria))
    firmato[firmato.index(b"%PDF") + 200] ^= 1
    with pytest.raises(FirmaRifiutata, match="non è integra|non è l'atto"):
        read_firmato(bytes(firmato), atto)

    rotto = bytearray(sign_pdf(atto, maria))
    rotto[len(atto) + 40] ^= 1
    with pytest.raises(FirmaRifiutata):
        read_firmato(bytes(rotto), atto)


def _with_other_page_size(contenuto: bytes) -> bytes:
    """The PDF with its first page altered in an incremental update."""
    scrittore = IncrementalPdfFileWriter(BytesIO(contenuto))
    pagina = scrittore.root["/Pages"]["/Kids"][0]
    pagina[pdf_name("/Rotate")] = NumberObject(180)
    scrittore.update_container(pagina)
    uscita = BytesIO()
    scrittore.write(uscita)
    return uscita.getvalue()


def _with_a_note(contenuto: bytes) -> bytes:
    """The PDF with a note written on its first page, as a reader program would."""
    scrittore = IncrementalPdfFileWriter(BytesIO(contenuto))
    pagina = scrittore.root["/Pages"]["/Kids"][0]
    nota = DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Contents"): pdf_string("25 seggi"),
        }
    )
    pagina[pdf_name("/Annots")] = ArrayObject([scrittore.add_object(nota)])
    scrittore.update_container(pagina)
    uscita = BytesIO()
    scrittore.write(uscita)
    return uscita.getvalue()


def test_a_note_written_on_the_page_is_refused(atto, maria):
    with pytest.raises(FirmaRifiutata, match="altre modifiche"):
        read_firmato(sign_pdf(_with_a_note(atto), maria), atto)


def test_a_page_altered_before_or_after_signing_is_refused(atto, maria):
    with pytest.raises(FirmaRifiutata, match="altre modifiche"):
        read_firmato(sign_pdf(_with_other_page_size(atto), maria), atto)
    with pytest.raises(FirmaRifiutata, match="altre modifiche"):
        read_firmato(_with_other_page_size(sign_pdf(atto, maria)), atto)


def test_an_expired_certificate_is_told_not_hidden(atto, autorita):
    scaduto = autorita.firmatario("Neri Ugo", da=400, giorni=365)

    assert read_firmato(sign_p7m(atto, scaduto), atto).firme[0].fuori_validita


def test_the_chain_is_verified_only_against_the_configured_roots(atto, maria, autorita, settings, tmp_path):
    radici = tmp_path / "radici.pem"
    settings.FIRME_RADICI = str(radici)

    radici.write_bytes(autorita.as_pem())
    assert read_firmato(sign_p7m(atto, maria), atto).firme[0].catena == "verificata"

    radici.write_bytes(Autorita("Un'altra").as_pem())
    assert read_firmato(sign_pdf(atto, maria), atto).firme[0].catena.startswith("non riconosciuta")
