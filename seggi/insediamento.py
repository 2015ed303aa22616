"""The eve of the vote: when the offices are set up, who was there, who was called in place of the absent.

The presidente writes the verbale (art. 47 TU); here the office records it, one section at a time.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, Count, IntegerField, Q, When
from django.utils import timezone

from comuni.legge import parametri_di
from comuni.models import Elezione, Sezione
from comuni.scadenzario import adempimenti_di
from norme.calendario import build_calendario
from norme.parametri import Parametri, parametri_at
from norme.rilievi import Rilievo
from norme.uffici import Ruolo, check_presenza
from seggi import nomine
from seggi.models import Nomina, RuoloUfficio, Ufficio
from seggi.uffici import Posto, build_quadro, count_posti

CODICE = "insediamento"


def momento_insediamento(elezione: Elezione, *, turno: int = 1) -> datetime:
    """Day and hour at which the offices are set up: from the calendar of the law, never written here.

    Where the regional calendar does not say it, that of the State applies.
    """
    codice = CODICE if turno == 1 else f"{CODICE}_ballottaggio"
    statali = parametri_at(elezione.data, popolazione=elezione.popolazione_legale)
    for adempimento in (*adempimenti_di(elezione), *build_calendario(statali, giorni=elezione.giorni)):
        ora_scritta = adempimento.ora or adempimento.dalle
        if adempimento.codice == codice and ora_scritta:
            ora = time.fromisoformat(ora_scritta)
            return timezone.make_aware(datetime.combine(adempimento.data, ora))
    raise ValidationError("Il calendario non dice quando si insediano gli uffici.", code="calendario")


@dataclass(frozen=True, slots=True)
class RigaVerbale:
    """What the verbale says of one post: was its holder there, else who was called in."""

    ruolo: str
    posizione: int
    presente: bool
    cooptato: Mapping[str, object] | None = None
    vice: bool = False


@transaction.atomic
def record_insediamento(
    ufficio: Ufficio, *, righe: Sequence[RigaVerbale], quando: datetime, by=None
) -> tuple[Rilievo, ...]:
    """Write what the verbale of the set-up says; returns what is wrong with the presence, if anything.

    Paper leads: an office below the minimum is recorded all the same, with its finding.
    """
    if sum(riga.vice for riga in righe) > 1:
        raise ValidationError("Il vicepresidente è uno solo (art. 20 TU).", code="vice")
    ufficio = Ufficio.objects.select_for_update().get(pk=ufficio.pk)
    for riga in righe:
        _record_post(ufficio, riga, quando=quando, by=by)
    ufficio.costituito_il = quando
    ufficio.save(update_fields=["costituito_il"])
    return check_presenza_di(ufficio)


def _record_post(ufficio: Ufficio, riga: RigaVerbale, *, quando: datetime, by) -> None:
    attuale = ufficio.nomine.attive().filter(ruolo=riga.ruolo, posizione=riga.posizione).first()
    if attuale and not riga.presente:
        nomine.end_nomina(
            attuale, stato=Nomina.Stato.ASSENTE, motivo="assente all'insediamento", quando=quando
        )
        attuale = None
    elif attuale and attuale.stato != Nomina.Stato.ACCETTATO:
        nomine.accept_nomina(attuale, quando=quando)
    if attuale is None and riga.cooptato:
        attuale = nomine.nominate(
            ufficio,
            ruolo=riga.ruolo,
            posizione=riga.posizione,
            metodo=METODO_DI_CHI_SUBENTRA[RuoloUfficio(riga.ruolo)],
            persona=dict(riga.cooptato),
            by=by,
            quando=quando,
        )
        nomine.accept_nomina(attuale, quando=quando)
    if riga.vice and attuale is not None:
        nomine.choose_vice(attuale)


METODO_DI_CHI_SUBENTRA = {
    RuoloUfficio.PRESIDENTE: Nomina.Metodo.SINDACO,
    RuoloUfficio.SCRUTATORE: Nomina.Metodo.INSEDIAMENTO,
    RuoloUfficio.SEGRETARIO: Nomina.Metodo.PRESIDENTE,
}


def check_presenza_di(ufficio: Ufficio) -> tuple[Rilievo, ...]:
    """Whether those who hold a post now are enough for the office to work (art. 25 TU)."""
    parametri = parametri_di(ufficio.sezione.elezione)
    return _check(list(ufficio.nomine.attive()), ufficio, parametri=parametri)


def _check(attive: Sequence[Nomina], ufficio: Ufficio, *, parametri: Parametri) -> tuple[Rilievo, ...]:
    if ufficio.sezione.tipo in (Sezione.Tipo.SPECIALE, Sezione.Tipo.VOLANTE):
        return ()  # these work with fewer people by law (l. 136/1976, art. 44 TU)
    return check_presenza(
        [Ruolo(n.ruolo) for n in attive], vice_presente=any(n.vice for n in attive), parametri=parametri
    )


@dataclass(slots=True)
class StatoUfficio:
    """One office on the board of the eve."""

    ufficio: Ufficio
    scoperti: list[Posto] = field(default_factory=list)
    assenti: int = 0
    cooptati: int = 0
    vice: bool = False
    rilievi: tuple[Rilievo, ...] = ()

    @property
    def is_costituito(self) -> bool:
        return self.ufficio.costituito_il is not None


def uffici_in_ordine(elezione: Elezione):
    """The offices with posts of their own: those to be set up first, then those with something missing."""
    uffici = Ufficio.objects.di(elezione).con_posti().con_conti().select_related("sezione__sezione_madre")
    da_costituire = Case(When(costituito_il=None, then=0), default=1, output_field=IntegerField())
    manca = Case(When(scoperti__gt=0, then=0), default=1, output_field=IntegerField())
    return uffici.order_by(da_costituire, manca, "sezione__numero")


def sotto_presenza(elezione: Elezione) -> Q:
    """The offices below the minimum presence, as ``check_presenza`` finds them, asked to the database."""
    minimo = parametri_di(elezione).intero("presenza_minima_ufficio")
    escluse = [Sezione.Tipo.SPECIALE, Sezione.Tipo.VOLANTE]
    return (Q(in_carica__lt=minimo) | Q(guide=0)) & ~Q(sezione__tipo__in=escluse)


def build_tabellone(elezione: Elezione, uffici: Sequence[Ufficio]) -> list[StatoUfficio]:
    """Each of these offices: what is uncovered, who was absent, who was called in."""
    nomine = Nomina.objects.filter(ufficio__in=[u.pk for u in uffici])
    assenti = Counter(nomine.filter(stato=Nomina.Stato.ASSENTE).values_list("ufficio", flat=True))
    chiamati = nomine.attive().filter(metodo=Nomina.Metodo.INSEDIAMENTO)
    cooptati = Counter(chiamati.values_list("ufficio", flat=True))
    parametri = parametri_di(elezione)
    stati = []
    for quadro in build_quadro(elezione, soli=uffici):
        presenti = [p.nomina for p in quadro.posti if p.nomina]
        rilievi = _check(presenti, quadro.ufficio, parametri=parametri)
        vice = any(n.vice for n in presenti)
        pk = quadro.ufficio.pk
        scoperti = [p for p in quadro.posti if p.nomina is None]
        stati.append(StatoUfficio(quadro.ufficio, scoperti, assenti[pk], cooptati[pk], vice, rilievi))
    return stati


@dataclass(frozen=True, slots=True)
class OraScoperti:
    """How many posts had nobody at that moment."""

    quando: datetime
    presidenti: int
    scrutatori: int
    segretari: int

    @property
    def posti(self) -> int:
        return self.presidenti + self.scrutatori + self.segretari


def scoperti_per_ora(
    elezione: Elezione, *, fino_a: datetime, ore: int = 12, passo: timedelta = timedelta(hours=1)
) -> list[OraScoperti]:
    """The uncovered posts hour by hour, the latest first, told by the history of the nominations."""
    momenti = [fino_a - passo * indietro for indietro in range(ore)]
    conti = {
        f"{ruolo}_{n}": Count(
            "pk",
            filter=Q(ruolo=ruolo, nominato_il__lte=quando)
            & (Q(cessato_il__isnull=True) | Q(cessato_il__gt=quando)),
        )
        for n, quando in enumerate(momenti)
        for ruolo in RuoloUfficio.values
    }
    coperti = Nomina.objects.di(elezione).aggregate(**conti)
    posti = count_posti(elezione)
    return [
        OraScoperti(quando, *(max(0, posti[r] - coperti[f"{r}_{n}"]) for r in RuoloUfficio.values))
        for n, quando in enumerate(momenti)
    ]
