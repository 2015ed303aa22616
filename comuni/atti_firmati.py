"""An act after its production: checked again, and its signed version kept when it is the act itself."""

import hashlib
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from comuni.atti import reproduce_pdf
from comuni.models import Atto, VersioneFirmata
from electoral import documenti
from electoral.firme import FirmaRifiutata, read_firmato


@dataclass(frozen=True, slots=True)
class Riscontro:
    """An act checked again: the kept file, and the same act made anew from its frozen context."""

    file_integro: bool
    modello_uguale: bool
    rigenerato_uguale: bool


def check_atto(atto: Atto) -> Riscontro:
    """Whether the kept file is the one produced, and whether making it again gives the same bytes."""
    try:
        with atto.file.open("rb") as file:
            conservato = hashlib.sha256(file.read()).hexdigest()
    except FileNotFoundError:
        conservato = ""
    modello_uguale = atto.impronta_modello == documenti.impronta_modello(atto.modello)
    rigenerato = hashlib.sha256(reproduce_pdf(atto)).hexdigest() if modello_uguale else ""
    return Riscontro(conservato == atto.sha256, modello_uguale, rigenerato == atto.sha256)


def attach_firmata(atto: Atto, contenuto: bytes, *, nome: str, by=None) -> VersioneFirmata:
    """Keep the signed version of an act; raises ``FirmaRifiutata`` when it is not this act or not intact."""
    with atto.file.open("rb") as file:
        originale = file.read()
    if hashlib.sha256(originale).hexdigest() != atto.sha256:
        raise FirmaRifiutata("Il file conservato dell'atto non è più quello prodotto: avvisare l'assistenza.")
    letto = read_firmato(contenuto, originale)
    estensione = "pdf" if letto.formato == "PAdES" else "p7s" if nome.lower().endswith(".p7s") else "p7m"
    versione = VersioneFirmata(
        atto=atto,
        formato=letto.formato,
        sha256=hashlib.sha256(contenuto).hexdigest(),
        firme=letto.firme_as_json(),
        caricata_da=by,
    )
    base = f"{atto.elezione.slug}-{atto.tipo}-{atto.numero}-firmato"
    versione.file.save(
        f"{base}.pdf" if estensione == "pdf" else f"{base}.pdf.{estensione}",
        ContentFile(contenuto),
        save=False,
    )
    try:
        with transaction.atomic():
            versione.save()
    except IntegrityError as errore:
        versione.file.delete(save=False)
        raise FirmaRifiutata("Questo stesso file firmato è già stato caricato.") from errore
    return versione
