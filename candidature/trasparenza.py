"""Elezioni trasparenti: curriculum and casellario of every admitted candidate (l. 3/2019 art. 1 c. 15).

Due by population (parameter ``elezioni_trasparenti``, the one the calendar reads), by the seventh day
before the vote.
"""

from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile

from candidature.models import Candidato, CandidatoSindaco
from candidature.presentazione import NonConsentito
from comuni.legge import parametri_di
from comuni.models import Elezione, Sistema
from comuni.scadenzario import adempimenti_di

MASSIMO_BYTE = 10 * 1024 * 1024
#: No term was found in l. 3/2019: five years is the ordinary one of published acts (d.lgs. 33/2013 art. 8).
ANNI_PUBBLICAZIONE = 5


@dataclass(frozen=True, slots=True)
class VoceTrasparenza:
    chiave: str
    nome: str
    lista: str
    curriculum: bool
    casellario: bool

    @property
    def is_completa(self) -> bool:
        return self.curriculum and self.casellario


@dataclass(frozen=True, slots=True)
class Trasparenza:
    """What the page publishes, what is missing, from when to when."""

    dovuta: bool
    entro: date
    fino_al: date
    voci: tuple[VoceTrasparenza, ...]

    @property
    def mancanti(self) -> int:
        return sum(not voce.is_completa for voce in self.voci)


def build_trasparenza(elezione: Elezione) -> Trasparenza:
    """All the candidates in the race, by list and name."""
    sindaci = CandidatoSindaco.objects.di(elezione).in_corsa().order_by("numero")
    candidati = (
        Candidato.objects.di(elezione)
        .in_corsa()
        .exclude(lista__stato__in=["ricusata", "ritirata"])
        .select_related("lista")
        .in_ordine()
    )
    voci = [_voce("sindaco", s, "candidato sindaco") for s in sindaci]
    voci += [_voce("candidato", c, c.lista.denominazione) for c in candidati]
    return Trasparenza(
        dovuta=is_dovuta(elezione),
        entro=_termine(elezione),
        fino_al=date(elezione.data.year + ANNI_PUBBLICAZIONE, 12, 31),
        voci=tuple(voci),
    )


def is_dovuta(elezione: Elezione) -> bool:
    """Whether the comune has to publish them; where the population is unknown, its system tells."""
    valore = parametri_di(elezione).get("elezioni_trasparenti")
    return elezione.sistema == Sistema.OLTRE_15000 if valore is None else bool(valore.valore)


def _termine(elezione: Elezione) -> date:
    """The last day to publish, from the calendar; the day of the vote where the calendar has no such duty."""
    voci = adempimenti_di(elezione)
    return next((voce.data for voce in voci if voce.codice == "trasparenza"), elezione.data)


def _voce(tipo: str, persona: Candidato | CandidatoSindaco, lista: str) -> VoceTrasparenza:
    return VoceTrasparenza(
        f"{tipo}-{persona.pk}", str(persona), lista, bool(persona.curriculum), bool(persona.casellario)
    )


def attach(
    elezione: Elezione, *, chi: str, curriculum: UploadedFile | None, casellario: UploadedFile | None
) -> None:
    """Attach one or both PDFs to a candidate."""
    tipo, _, pk = chi.partition("-")
    modelli = {"sindaco": CandidatoSindaco, "candidato": Candidato}
    if tipo not in modelli or not pk.isdecimal():
        raise NonConsentito("Scegli il candidato.")
    persona = modelli[tipo].objects.di(elezione).filter(pk=int(pk)).first()
    if persona is None:
        raise NonConsentito("Il candidato non è di questa elezione.")
    if not curriculum and not casellario:
        raise NonConsentito("Scegli almeno un file PDF.")
    for nome, file in (("curriculum", curriculum), ("casellario", casellario)):
        if file is None:
            continue
        if file.size > MASSIMO_BYTE or file.read(5) != b"%PDF-":
            raise NonConsentito(f"Il {nome} deve essere un PDF di al massimo 10 MB.")
        file.seek(0)
        getattr(persona, nome).save(f"{elezione.slug}-{chi}-{nome}.pdf", file, save=False)
    persona.save()
