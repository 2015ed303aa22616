"""How far the count of an election is, round by round: what is received, what is missing, the totals."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Count, ExpressionWrapper, Max, Q, Sum
from django.utils import timezone

from comuni.models import Elezione
from risultati.models import Scrutinio, Turno
from risultati.rilevazioni import rilevazioni

_SOMME = ("elettori", "votanti", "voti_validi", "schede_bianche", "schede_nulle", "contestate_non_attribuite")


@dataclass(frozen=True, slots=True)
class StatoTurno:
    """One round: sections and sums over the definitive ones (None where unknown)."""

    turno: int
    per_sezione: bool
    sezioni: int
    definitive: int
    elettori: int | None = None
    votanti: int | None = None
    voti_validi: int | None = None
    schede_bianche: int | None = None
    schede_nulle: int | None = None
    contestate_non_attribuite: int | None = None
    ultima: datetime | None = None

    @property
    def is_iniziato(self) -> bool:
        return self.definitive > 0

    @property
    def is_completo(self) -> bool:
        return self.definitive > 0 and self.definitive >= self.sezioni

    @property
    def mancanti(self) -> int:
        return max(self.sezioni - self.definitive, 0)

    @property
    def affluenza(self) -> float | None:
        """Turnout in per cent, for people only."""
        if not self.elettori or self.votanti is None:
            return None
        return 100 * self.votanti / self.elettori


def filtro_definitivi(stato: StatoTurno, *, prefisso: str = "") -> Q:
    """The counts of a round that make the outcome: definitive, by section where there are sections."""
    return Q(
        **{
            f"{prefisso}turno": stato.turno,
            f"{prefisso}stato": Scrutinio.Stato.DEFINITIVO,
            f"{prefisso}sezione__isnull": not stato.per_sezione,
        }
    )


def stato_turni(elezione: Elezione) -> dict[int, StatoTurno]:
    """The state of both rounds, in three queries."""
    da_scrutinare = elezione.sezioni.con_risultati().count()
    definitivo = Q(stato=Scrutinio.Stato.DEFINITIVO)
    righe = (
        Scrutinio.objects.di(elezione)
        .annotate(di_totali=ExpressionWrapper(Q(sezione__isnull=True), output_field=BooleanField()))
        .order_by()
        .values("turno", "di_totali")
        .annotate(
            righe=Count("pk"),
            definitive=Count("pk", filter=definitivo),
            ultima=Max("definitivo_il", filter=definitivo),
            **{f"somma_{nome}": Sum(nome, filter=definitivo) for nome in _SOMME},
        )
    )
    per_turno: dict[int, dict] = {}
    for riga in sorted(righe, key=lambda r: not r["di_totali"]):  # sections win over a total
        per_turno[riga["turno"]] = riga
    return {turno: _stato(turno, per_turno.get(turno), da_scrutinare) for turno in Turno.values}


def _stato(turno: int, riga: dict | None, da_scrutinare: int) -> StatoTurno:
    if riga is None:
        return StatoTurno(turno, per_sezione=da_scrutinare > 0, sezioni=max(da_scrutinare, 1), definitive=0)
    per_sezione = not riga["di_totali"]
    somme = {nome: riga[f"somma_{nome}"] for nome in _SOMME}
    return StatoTurno(
        turno,
        per_sezione=per_sezione,
        sezioni=max(da_scrutinare, riga["righe"]) if per_sezione else 1,
        definitive=riga["definitive"],
        ultima=riga["ultima"],
        **somme,
    )


def is_anticipata(elezione: Elezione) -> bool:
    """Whether votes are stored of a round whose polls have not closed: a trial typed on the real election.

    Such figures are never public: before the closing nobody can have counted anything.
    """
    aperti = [t for t in Turno if rilevazioni(elezione, t)[-1].momento > timezone.now()]
    return bool(aperti) and Scrutinio.objects.di(elezione).definitivi().filter(turno__in=aperti).exists()
