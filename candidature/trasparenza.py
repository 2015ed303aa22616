"""Elezioni trasparenti: curriculum and casellario of every admitted candidate (l. 3/2019 art. 1 c. 14-15).

Due by population (parameter ``elezioni_trasparenti``, the one the calendar reads). On the public site from
when somebody publishes it to a day the law (or the ente) fixes: past that day nothing is shown, even if
nobody takes it off.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from candidature.models import Candidato, CandidatoSindaco, Lista, PubblicazioneTrasparenza
from candidature.presentazione import NonConsentito
from comuni.legge import parametri_di
from comuni.models import Elezione, Sistema
from comuni.scadenzario import adempimenti_di
from electoral.caricamenti import check_file
from electoral.ingressi import read_chiave

MASSIMO_MB = 10
ADEMPIMENTO = "trasparenza"
CARTE = ("curriculum", "casellario")


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
    pubblicazione: PubblicazioneTrasparenza | None = None

    @property
    def is_pubblica(self) -> bool:
        return self.pubblicazione is not None and is_visibile(self.pubblicazione, timezone.localdate())

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
        fino_al=fine_pubblicazione(elezione),
        voci=tuple(voci),
        pubblicazione=PubblicazioneTrasparenza.objects.di(elezione).select_related("pubblicata_da").first(),
    )


def is_dovuta(elezione: Elezione) -> bool:
    """Whether the comune has to publish them; where the population is unknown, its system tells."""
    valore = parametri_di(elezione).get("elezioni_trasparenti")
    if valore is None:
        return elezione.popolazione_legale is None and elezione.sistema == Sistema.OLTRE_15000
    return bool(valore.valore)


def _termine(elezione: Elezione) -> date:
    """The last day to publish, from the calendar; the day of the vote where the calendar has no such duty."""
    voci = adempimenti_di(elezione)
    return next((voce.data for voce in voci if voce.codice == ADEMPIMENTO), elezione.data)


def fine_pubblicazione(elezione: Elezione) -> date:
    """The last day on the public site; the day of the vote where no law asks to publish."""
    parametri = parametri_di(elezione)
    regola = parametri.get("trasparenza_fino_a")
    if regola is None:
        return elezione.data
    if regola.valore == "votazione":
        ultimo = elezione.data + timedelta(days=elezione.giorni - 1)
        return max(ultimo, elezione.data_ballottaggio or ultimo)
    return date(elezione.data.year + parametri.intero("trasparenza_anni"), 12, 31)


def is_visibile(pubblicazione: PubblicazioneTrasparenza, oggi: date) -> bool:
    return pubblicazione.tolta_il is None and oggi <= pubblicazione.fino_al


@transaction.atomic
def publish(elezione: Elezione, *, by) -> PubblicazioneTrasparenza:
    """Put it on the public site; what is missing stays out until it is attached."""
    dati = build_trasparenza(elezione)
    if not dati.dovuta:
        raise NonConsentito("La pubblicazione non è dovuta in questo comune (art. 1 c. 14-15 l. 3/2019).")
    if elezione.prova:
        raise NonConsentito("È una prova generale: sul sito pubblico non si mette nulla.")
    liste = Lista.objects.di(elezione)
    if liste.da_decidere().exists() or not liste.ammesse().exists():
        raise NonConsentito("Si pubblicano i candidati ammessi: prima la commissione decide tutte le liste.")
    if dati.fino_al < timezone.localdate():
        raise NonConsentito(f"Il termine di pubblicazione è finito il {dati.fino_al:%d/%m/%Y}.")
    pubblicazione, _ = PubblicazioneTrasparenza.objects.update_or_create(
        elezione=elezione,
        defaults={
            "pubblicata_da": by,
            "pubblicata_il": timezone.now(),
            "fino_al": dati.fino_al,
            "tolta_il": None,
            "tolta_da": None,
            "motivo": "",
        },
    )
    return pubblicazione


def take_down(elezione: Elezione, *, motivo: str, by) -> None:
    """Take it off before its day, with a reason."""
    if not motivo.strip():
        raise NonConsentito("Scrivi perché si toglie dal sito.")
    pubblicazione = PubblicazioneTrasparenza.objects.di(elezione).filter(tolta_il=None).first()
    if pubblicazione is None:
        raise NonConsentito("Non è sul sito.")
    pubblicazione.tolta_il, pubblicazione.tolta_da = timezone.now(), by
    pubblicazione.motivo = motivo.strip()[:300]
    pubblicazione.save(update_fields=["tolta_il", "tolta_da", "motivo"])


def take_down_scadute(oggi: date) -> int:
    """Every night: what is past its day is written down as taken off; safe to run twice."""
    scadute = PubblicazioneTrasparenza.objects.all().scadute(oggi)
    return scadute.update(tolta_il=timezone.now(), motivo="Fine del termine di pubblicazione.")


def find_persona(elezione: Elezione, chi: str) -> Candidato | CandidatoSindaco:
    """From ``sindaco-3`` or ``candidato-40`` to who it is, in this election."""
    tipo, _, pk = chi.partition("-")
    modelli = {"sindaco": CandidatoSindaco, "candidato": Candidato}
    if tipo not in modelli:
        raise NonConsentito("Scegli il candidato.")
    persona = modelli[tipo].objects.di(elezione).filter(pk=read_chiave(pk)).first()
    if persona is None:
        raise NonConsentito("Il candidato non è di questa elezione.")
    return persona


def pubblicazione_visibile(elezione: Elezione) -> PubblicazioneTrasparenza | None:
    """What the public site asks first: None is «it is not there», whatever the reason."""
    oggi = timezone.localdate()
    return PubblicazioneTrasparenza.objects.di(elezione).visibili(oggi).first()


def find_carta(elezione: Elezione, *, chi: str, carta: str):
    """The file of a candidate in the race, for the public site; None where there is none."""
    if carta not in CARTE or pubblicazione_visibile(elezione) is None:
        return None
    if chi not in {voce.chiave for voce in build_trasparenza(elezione).voci}:
        return None
    return getattr(find_persona(elezione, chi), carta) or None


def _voce(tipo: str, persona: Candidato | CandidatoSindaco, lista: str) -> VoceTrasparenza:
    return VoceTrasparenza(
        f"{tipo}-{persona.pk}", str(persona), lista, bool(persona.curriculum), bool(persona.casellario)
    )


def attach(
    elezione: Elezione, *, chi: str, curriculum: UploadedFile | None, casellario: UploadedFile | None
) -> None:
    """Attach one or both PDFs to a candidate; a new file takes the place of the old one, in the history."""
    persona = find_persona(elezione, chi)
    if not curriculum and not casellario:
        raise NonConsentito("Scegli almeno un file PDF.")
    for nome, file in zip(CARTE, (curriculum, casellario), strict=True):
        if file is None:
            continue
        try:
            check_file(file, massimo_mb=MASSIMO_MB, tipi=["PDF"])
        except ValidationError as errore:
            raise NonConsentito(f"{nome.capitalize()}: {' '.join(errore.messages)}") from errore
        getattr(persona, nome).save(f"{elezione.slug}-{chi}-{nome}.pdf", file, save=False)
    persona.save()
