"""The files of the papers: checked by content, private, opened under a log where they name the signers."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils import timezone

from candidature.models import (
    CARTE_RISERVATE,
    Allegato,
    Candidato,
    CandidatoSindaco,
    Documento,
    LetturaSottoscrittori,
    Lista,
    Sopravvenienza,
)
from candidature.presentazione import NonConsentito, documenti_di, ensure_documenti
from comuni.models import Elezione
from electoral.caricamenti import check_file

CARTE = ("accettazione", "iscrizione")
CARTE_UE = ("dichiarazione_ue", "attestato_ue", "lista_aggiunta")
CARTE_SINDACO = (*CARTE, "candidatura_unica")


@dataclass(frozen=True, slots=True)
class Posto:
    """One paper that may have files: of whom, which, how it is said."""

    chi: str
    soggetto: Documento | Candidato | CandidatoSindaco
    carta: str
    titolo: str
    stato: str

    @property
    def chiave(self) -> str:
        """As the form sends it: ``documento-programma``, ``candidato-40-iscrizione``."""
        return chiave_posto(self.soggetto, self.carta)

    @property
    def is_riservato(self) -> bool:
        return isinstance(self.soggetto, Documento) and self.soggetto.tipo in CARTE_RISERVATE


def chiave_posto(soggetto: Documento | Candidato | CandidatoSindaco, carta: str) -> str:
    """A paper of the list is known by its kind: it has no row until somebody says something of it."""
    quale = soggetto.tipo if isinstance(soggetto, Documento) else str(soggetto.pk)
    return "-".join(filter(None, (_campo(soggetto), quale, carta)))


def posti(lista: Lista) -> list[Posto]:
    """Every paper of the list in the order of the checklist: its own, the sindaco's, each name's."""
    della_lista = [
        Posto("Lista", d, "", d.get_tipo_display(), d.get_stato_display()) for d in documenti_di(lista)
    ]
    candidati = [
        posto
        for c in lista.candidati.order_by("numero")
        for posto in _posti_di(c, f"{c.numero}. {c}", CARTE + (CARTE_UE if c.is_cittadino_ue else ()))
    ]
    return [*della_lista, *_posti_di(lista.sindaco, f"Sindaco: {lista.sindaco}", CARTE_SINDACO), *candidati]


def _posti_di(chi, nome: str, carte: tuple[str, ...]) -> Iterator[Posto]:
    for carta in carte:
        campo = chi._meta.get_field(carta)
        titolo = str(campo.verbose_name)
        stato = getattr(chi, f"get_{carta}_display")()
        yield Posto(nome, chi, carta, titolo[:1].upper() + titolo[1:], stato)


def _campo(soggetto: models.Model) -> str:
    """The name of the foreign key of ``Allegato`` for it."""
    nomi = {Documento: "documento", Candidato: "candidato", CandidatoSindaco: "sindaco"}
    return nomi.get(type(soggetto), "sopravvenienza")


@transaction.atomic
def attach(
    elezione: Elezione,
    *,
    soggetto: Documento | Candidato | CandidatoSindaco | Sopravvenienza,
    file: UploadedFile,
    by,
    carta: str = "",
) -> Allegato:
    """Keep a PDF, JPEG, PNG or P7M beside its paper; the kind is read from the content."""
    if isinstance(soggetto, Documento) and soggetto.pk is None:
        ensure_documenti(soggetto.lista)
        soggetto = soggetto.lista.documenti.get(tipo=soggetto.tipo)
    try:
        tipo = check_file(file)
    except ValidationError as errore:
        raise NonConsentito(f"«{file.name}»: {' '.join(errore.messages)}") from errore
    impronta = hashlib.sha256(file.read()).hexdigest()
    file.seek(0)
    dove = {_campo(soggetto): soggetto, "carta": carta}
    if Allegato.objects.presenti().filter(sha256=impronta, **dove).exists():
        raise NonConsentito(f"«{file.name}» è già allegato a questa carta.")
    allegato = Allegato(
        elezione=elezione,
        nome=(file.name or "carta")[-120:],
        tipo_mime=tipo.mime,
        byte=file.size,
        sha256=impronta,
        riservato=isinstance(soggetto, Documento) and soggetto.tipo in CARTE_RISERVATE,
        caricato_da=by,
        **dove,
    )
    nome = "-".join(filter(None, (elezione.slug, dove_detto(soggetto), carta, impronta[:12])))
    allegato.file.save(f"{nome}{tipo.estensione}", file, save=False)
    allegato.save()
    return allegato


def dove_detto(soggetto: models.Model) -> str:
    return f"{_campo(soggetto)}-{soggetto.pk}"


def open_allegato(allegato: Allegato, *, by):
    """The open file; where it names the signers the reading is written down first."""
    if allegato.cancellato_il:
        raise NonConsentito("Il file è stato cancellato: è passato il termine di conservazione.")
    if allegato.riservato:
        lista = allegato.documento.lista
        LetturaSottoscrittori.objects.create(
            utente=by,
            lista=lista,
            letti=lista.sottoscrizioni.count() or lista.firme_dichiarate or 0,
            pagina=f"carta: {allegato.documento.tipo}"[:60],
        )
    return allegato.file.open("rb")


def withdraw(allegato: Allegato, *, motivo: str, by) -> None:
    """A file attached by mistake goes out of sight with a reason; file and hash stay."""
    if not motivo.strip():
        raise NonConsentito("Scrivi perché il file si toglie.")
    if allegato.ritirato_il:
        raise NonConsentito("Il file è già tolto.")
    allegato.ritirato_da, allegato.ritirato_il = by, timezone.now()
    allegato.motivo_ritiro = motivo.strip()[:300]
    allegato.save(update_fields=["ritirato_da", "ritirato_il", "motivo_ritiro"])


def forget_riservati(elezione: Elezione) -> int:
    """Delete the files that name the signers, withdrawn ones too; what they were and their hash stay."""
    cancellati = 0
    for allegato in Allegato.objects.di(elezione).riservati():
        if allegato.file:
            allegato.file.delete(save=False)
        allegato.file, allegato.cancellato_il = "", timezone.now()
        allegato.save(update_fields=["file", "cancellato_il"])
        cancellati += 1
    return cancellati
