"""Signed versions of a produced document: is what was signed the document itself, by whom, is it intact.

PAdES (a PDF with signatures inside) and CAdES (.p7m, also nested or in base64; .p7s beside). The question is
about *our* bytes: a PDF must be the produced one with nothing added but signatures, an envelope must hold it
byte for byte. Who issued the certificate is verified only against the roots in ``FIRME_RADICI``.
"""

import asyncio
import base64
import binascii
import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from asn1crypto import cms, pem, x509
from django.conf import settings
from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError

LIVELLI_MASSIMI = 3
_ALTRE_MODIFICHE = (
    "Oltre alla firma il PDF ha altre modifiche: non è più l'atto prodotto. Firmare il file scaricato da "
    "questa pagina, senza annotazioni né timbri."
)
NON_VERIFICATA = "non verificata"
VERIFICATA = "verificata"


class FirmaRifiutata(Exception):
    """Why a file is not the signed version of the document, in words for who uploads it."""


@dataclass(frozen=True, slots=True)
class Firma:
    """One signature: who, when (as the signer says), by which certificate."""

    firmatario: str
    codice_fiscale: str
    emittente: str
    valido_dal: str
    valido_al: str
    apposta_il: str
    fuori_validita: bool
    catena: str


@dataclass(frozen=True, slots=True)
class FileFirmato:
    """A file whose signatures are intact and whose content is the document."""

    formato: str
    firme: tuple[Firma, ...]

    def firme_as_json(self) -> list[dict]:
        return [asdict(firma) for firma in self.firme]


def read_firmato(contenuto: bytes, originale: bytes) -> FileFirmato:
    """The signatures of ``contenuto`` on ``originale``; raises ``FirmaRifiutata`` with the reason."""
    if contenuto == originale:
        raise FirmaRifiutata("È l'atto come è stato prodotto: dentro non c'è nessuna firma.")
    try:
        if contenuto.startswith(b"%PDF"):
            return FileFirmato("PAdES", tuple(_read_pdf(contenuto, originale)))
        return FileFirmato("CAdES", tuple(_read_busta(contenuto, originale, LIVELLI_MASSIMI)))
    except FirmaRifiutata:
        raise
    except Exception as errore:  # the parsers meet whatever a person uploads: none of their errors is ours
        raise FirmaRifiutata(
            "Il file non si legge come PDF firmato né come busta .p7m: è rovinato?"
        ) from errore


def _read_pdf(contenuto: bytes, originale: bytes) -> Iterator[Firma]:
    if not contenuto.startswith(originale):
        raise FirmaRifiutata(
            "Il PDF firmato non contiene l'atto così come è stato prodotto: è un altro documento, un'altra "
            "versione, o il programma di firma lo ha riscritto. Firmare il file scaricato da questa pagina."
        )
    lettore = PdfFileReader(BytesIO(contenuto))
    firme = lettore.embedded_regular_signatures
    if not firme:
        raise FirmaRifiutata("Nel PDF non c'è nessuna firma digitale.")
    prodotte = PdfFileReader(BytesIO(originale)).xrefs.total_revisions
    _check_only_signatures(lettore, prodotte)
    for firma in firme:
        integra, valida = validate_sig_integrity(
            firma.signer_info, firma.signer_cert, "data", firma.compute_digest()
        )
        _check_integra(integra and valida, firma.signer_cert)
        yield _describe(firma.signer_cert, firma.other_embedded_certs, firma.self_reported_timestamp)


#: What a signature may change in the catalog and in a page of the produced PDF.
_NEL_CATALOGO = frozenset({"/AcroForm", "/DSS", "/Extensions", "/Perms", "/Metadata"})
_NELLA_PAGINA = frozenset({"/Annots"})


def _check_only_signatures(lettore: PdfFileReader, prodotte: int) -> None:
    """From the produced revision to the last one only signatures may have been added, no page or text."""
    ultima = lettore.xrefs.total_revisions
    prima, ora = lettore.get_historical_resolver(prodotte - 1), lettore.get_historical_resolver(ultima - 1)
    libere = {prima.root_ref: _NEL_CATALOGO, **dict.fromkeys(_pagine(prima.root["/Pages"]), _NELLA_PAGINA)}
    liberi = {ref for ref in (_ref(prima.trailer_view, "/Info"), _ref(prima.root, "/Metadata")) if ref}
    for revisione in range(prodotte, ultima):
        passo = lettore.get_historical_resolver(revisione)
        scritti = {ref for ref in passo.explicit_refs_in_revision() if not prima.is_ref_unassignable(ref)}
        intatti = all(_is_same(prima(ref), ora(ref), libere.get(ref)) for ref in scritti - liberi)
        if not intatti or passo.refs_freed_in_revision() or passo.root_ref != prima.root_ref:
            raise FirmaRifiutata(_ALTRE_MODIFICHE)
    if not all(_is_firma(campo) for campo in _campi_nuovi(prima, ora)):
        raise FirmaRifiutata(_ALTRE_MODIFICHE)


def _pagine(nodo) -> Iterator:
    """References of the pages under a node of the tree."""
    for posto in range(len(nodo["/Kids"])):
        figlio = nodo["/Kids"][posto]
        if "/Kids" in figlio:
            yield from _pagine(figlio)
        else:
            yield nodo["/Kids"].raw_get(posto).reference


def _ref(dizionario, chiave: str):
    voce = dizionario.raw_get(chiave) if chiave in dizionario else None
    return voce.reference if isinstance(voce, IndirectObject) else None


def _is_same(vecchio, nuovo, liberi: frozenset[str] | None) -> bool:
    """Whether an object rewritten by the signature is what it was, but for the keys it may change."""
    if liberi is None or not isinstance(nuovo, DictionaryObject):
        return vecchio == nuovo
    chiavi = (vecchio.keys() | nuovo.keys()) - liberi
    return all(
        chiave in vecchio and chiave in nuovo and vecchio.raw_get(chiave) == nuovo.raw_get(chiave)
        for chiave in chiavi
    )


def _campi_nuovi(prima, ora) -> Iterator:
    """Fields of the form and annotations of the pages that the produced PDF did not have."""
    if "/AcroForm" in ora.root:
        yield from map(_risolto, ora.root["/AcroForm"]["/Fields"])
    for pagina in _pagine(prima.root["/Pages"]):
        vecchie = list(prima(pagina).get("/Annots", ()))
        nuove = list(ora(pagina).get("/Annots", ()))
        if nuove[: len(vecchie)] != vecchie:
            raise FirmaRifiutata(_ALTRE_MODIFICHE)
        yield from map(_risolto, nuove[len(vecchie) :])


def _risolto(voce):
    return voce.get_object() if isinstance(voce, IndirectObject) else voce


def _is_firma(campo) -> bool:
    return campo.get("/FT") == "/Sig" and campo.get("/Subtype", "/Widget") == "/Widget"


def _read_busta(contenuto: bytes, originale: bytes, livelli: int) -> Iterator[Firma]:
    """Signatures of an envelope, from the outside in."""
    busta = cms.ContentInfo.load(_as_der(contenuto))
    if busta["content_type"].native != "signed_data":
        raise FirmaRifiutata("La busta non è una firma: forse è un file cifrato.")
    dati = busta["content"]
    dentro = dati["encap_content_info"]["content"].native
    firmato = originale if dentro is None else dentro
    certificati = [c.chosen for c in dati["certificates"] if isinstance(c.chosen, x509.Certificate)]
    if not len(dati["signer_infos"]):
        raise FirmaRifiutata("Nella busta non c'è nessuna firma digitale.")
    tipo = dati["encap_content_info"]["content_type"].native
    for firmatario in dati["signer_infos"]:
        certificato = _certificato_di(firmatario, certificati)
        impronta = hashlib.new(firmatario["digest_algorithm"]["algorithm"].native, firmato).digest()
        _check_integra(all(validate_sig_integrity(firmatario, certificato, tipo, impronta)), certificato)
        altri = [c for c in certificati if c is not certificato]
        yield _describe(certificato, altri, _momento(firmatario))
    if firmato == originale:
        return
    if firmato.startswith(b"%PDF"):
        yield from _read_pdf(firmato, originale)
    elif livelli > 1 and _is_busta(firmato):
        yield from _read_busta(firmato, originale, livelli - 1)
    else:
        raise FirmaRifiutata("Il documento dentro la busta non è l'atto prodotto: è un altro file.")


def _as_der(contenuto: bytes) -> bytes:
    """DER out of PEM or bare base64, as some signing programs write it."""
    if pem.detect(contenuto):
        return pem.unarmor(contenuto)[2]
    if contenuto[:1] == b"\x30":
        return contenuto
    try:
        return base64.b64decode(b"".join(contenuto.split()), validate=True)
    except binascii.Error as errore:
        raise FirmaRifiutata("Il file non è un PDF firmato né una busta .p7m.") from errore


def _is_busta(contenuto: bytes) -> bool:
    return contenuto[:1] == b"\x30" or pem.detect(contenuto)


def _certificato_di(firmatario: cms.SignerInfo, certificati: list[x509.Certificate]) -> x509.Certificate:
    sid = firmatario["sid"]
    for certificato in certificati:
        if sid.name == "issuer_and_serial_number":
            trovato = (
                sid.chosen["serial_number"].native == certificato.serial_number
                and sid.chosen["issuer"] == certificato.issuer
            )
        else:
            trovato = sid.chosen.native == certificato.key_identifier
        if trovato:
            return certificato
    raise FirmaRifiutata("Nella firma manca il certificato di chi ha firmato.")


def _check_integra(integra: bool, certificato: x509.Certificate) -> None:
    if not integra:
        raise FirmaRifiutata(
            f"La firma di {_nome(certificato.subject)} non è integra: il file è cambiato dopo la firma."
        )


def _momento(firmatario: cms.SignerInfo) -> datetime | None:
    for attributo in firmatario["signed_attrs"]:
        if attributo["type"].native == "signing_time":
            return attributo["values"][0].native
    return None


def _describe(certificato: x509.Certificate, altri: list, momento: datetime | None) -> Firma:
    dal, al = certificato.not_valid_before, certificato.not_valid_after
    quando = momento or datetime.now(UTC)
    return Firma(
        firmatario=_nome(certificato.subject),
        codice_fiscale=_codice_fiscale(certificato.subject),
        emittente=_nome(certificato.issuer),
        valido_dal=dal.date().isoformat(),
        valido_al=al.date().isoformat(),
        apposta_il=momento.isoformat() if momento else "",
        fuori_validita=not dal <= quando <= al,
        catena=_catena(certificato, altri, quando),
    )


def _nome(nome: x509.Name) -> str:
    voci = nome.native
    testo = voci.get("common_name") or voci.get("organization_name") or nome.human_friendly
    return (testo if isinstance(testo, str) else ", ".join(testo))[:200]


def _codice_fiscale(nome: x509.Name) -> str:
    """From the subject's serial number: ``TINIT-…`` (ETSI EN 319 412-1) or the older ``IT:…``."""
    seriale = str(nome.native.get("serial_number", ""))
    return seriale[-16:].upper() if seriale.upper().startswith(("TINIT-", "IT:")) else ""


def _catena(certificato: x509.Certificate, altri: list, momento: datetime) -> str:
    """Whether the certificate leads to a configured root at that time; revocation is never asked."""
    if not settings.FIRME_RADICI:
        return NON_VERIFICATA
    radici = [
        x509.Certificate.load(der)
        for _, _, der in pem.unarmor(Path(settings.FIRME_RADICI).read_bytes(), multiple=True)
    ]
    contesto = ValidationContext(
        trust_roots=radici,
        other_certs=altri,
        moment=momento,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    validatore = CertificateValidator(certificato, validation_context=contesto)
    try:
        asyncio.run(validatore.async_validate_usage(set()))
    except PathError:
        return "non riconosciuta: il certificato non porta a nessuna delle autorità indicate"
    return VERIFICATA
