"""Certificates made for the tests, and files signed with them the ways offices sign."""

import asyncio
from datetime import UTC, datetime, timedelta
from io import BytesIO

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore


def _nome(testo: str, codice_fiscale: str = "") -> x509.Name:
    voci = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "IT"),
        x509.NameAttribute(NameOID.COMMON_NAME, testo),
    ]
    if codice_fiscale:
        voci.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, f"TINIT-{codice_fiscale}"))
    return x509.Name(voci)


class Autorita:
    """An issuer of certificates that nobody else trusts."""

    def __init__(self, nome: str = "Autorità di Prova") -> None:
        self.nome = _nome(nome)
        self.chiave = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.certificato = self._issue(self.nome, self.chiave.public_key(), ca=True, giorni=3650)

    def _issue(self, soggetto, pubblica, *, ca: bool, giorni: int, da: int = 0):
        inizio = datetime.now(UTC) - timedelta(days=da + 1)
        costruttore = (
            x509.CertificateBuilder()
            .subject_name(soggetto)
            .issuer_name(self.nome)
            .public_key(pubblica)
            .serial_number(x509.random_serial_number())
            .not_valid_before(inizio)
            .not_valid_after(inizio + timedelta(days=giorni))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(pubblica), critical=False)
        )
        return costruttore.sign(self.chiave, hashes.SHA256())

    def firmatario(self, nome="Rossi Maria", *, giorni: int = 365, da: int = 0) -> signers.SimpleSigner:
        chiave = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        certificato = self._issue(
            _nome(nome, "RSSMRA70A41H501Q"), chiave.public_key(), ca=False, giorni=giorni, da=da
        )
        registro = SimpleCertificateStore()
        registro.register(_as_asn1(self.certificato))
        pkcs8 = chiave.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return signers.SimpleSigner(
            signing_cert=_as_asn1(certificato),
            signing_key=keys.PrivateKeyInfo.load(pkcs8),
            cert_registry=registro,
        )

    def as_pem(self) -> bytes:
        return self.certificato.public_bytes(serialization.Encoding.PEM)


def _as_asn1(certificato) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificato.public_bytes(serialization.Encoding.DER))


def sign_pdf(pdf: bytes, chi: signers.SimpleSigner, *, campo: str = "Firma1") -> bytes:
    """PAdES: the signature inside the PDF."""
    metadati = signers.PdfSignatureMetadata(field_name=campo)
    uscita = BytesIO()
    signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), metadati, signer=chi, output=uscita)
    return uscita.getvalue()


def sign_p7m(contenuto: bytes, chi: signers.SimpleSigner, *, staccata: bool = False) -> bytes:
    """CAdES: the envelope with the content in it, or beside it."""
    return asyncio.run(chi.async_sign_general_data(contenuto, "sha256", detached=staccata)).dump()
