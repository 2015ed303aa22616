"""Fees of the members of the polling offices, in cents of euro, each amount with its rule (l. 70/1980)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from norme.parametri import Parametri, Valore
from norme.registro import SISTEMI
from norme.uffici import COMPONENTI, Ruolo, Tipo


@dataclass(frozen=True, slots=True)
class Voce:
    """One amount and why: ``regola`` is the parameter, ``testo`` says it to a person."""

    regola: str
    testo: str
    centesimi: int
    articolo: str
    prova: str

    def as_dict(self) -> dict[str, object]:
        return {nome: getattr(self, nome) for nome in self.__slots__} | {"euro": format_euro(self.centesimi)}


@dataclass(frozen=True, slots=True)
class Compenso:
    """What is due to one member for one turno."""

    ruolo: Ruolo
    tipo: Tipo
    voci: tuple[Voce, ...]

    @property
    def centesimi(self) -> int:
        return sum(voce.centesimi for voce in self.voci)

    def as_dict(self) -> dict[str, object]:
        return {
            "ruolo": self.ruolo.value,
            "tipo": self.tipo.value,
            "voci": [voce.as_dict() for voce in self.voci],
            "centesimi": self.centesimi,
            "euro": format_euro(self.centesimi),
        }


def compute_compenso(
    ruolo: Ruolo | str,
    *,
    parametri: Parametri,
    tipo: Tipo | str = Tipo.ORDINARIA,
    elezioni: int = 1,
    giorni: int | None = None,
    covid: bool = False,
    ballottaggio: bool = False,
) -> Compenso:
    """The fee of a presidente, scrutatore or segretario for one turno.

    ``elezioni`` voted together (a runoff is always one); ``giorni`` of voting, else those of the law;
    ``covid``: hospital section or seggio speciale for Covid patients (2021), a ``ValueError`` elsewhere. The
    seggio speciale is paid the same whatever the elections; the volante adds nothing to what its members
    earn in their section.
    """
    ruolo, tipo = Ruolo(ruolo), Tipo(tipo)
    if ruolo not in COMPONENTI:
        raise ValueError(f"al {ruolo.value} non spetta un onorario")
    if elezioni < 1:
        raise ValueError("le elezioni sono almeno una")
    if covid and tipo not in parametri.valore("maggiorazione_covid_uffici"):
        raise ValueError(explain_covid(parametri))
    if tipo is Tipo.VOLANTE:
        extra = parametri["onorario_volante"]
        return Compenso(
            ruolo, tipo, (_entry(extra, "Seggio volante: nessun compenso ulteriore", extra.valore),)
        )
    chiave = "presidente" if ruolo is Ruolo.PRESIDENTE else "componente"
    base = parametri["onorario_speciale" if tipo is Tipo.SPECIALE else "onorario"]
    importo: int = base.valore[chiave]
    voci = [_entry(base, "Onorario del seggio speciale" if tipo is Tipo.SPECIALE else "Onorario", importo)]
    voci += _two_days(importo, parametri, giorni, ballottaggio)
    incrementi: list[Voce] = []
    if tipo is not Tipo.SPECIALE and not ballottaggio:
        incrementi = _increments(chiave, elezioni, parametri)
    voci += incrementi
    if covid:
        estesa = parametri.valore("covid_su_incrementi")
        soggetto = importo + (sum(voce.centesimi for voce in incrementi) if estesa else 0)
        voci.append(_share("maggiorazione_covid", "Aumento per sezione o seggio Covid", soggetto, parametri))
    return Compenso(ruolo, tipo, tuple(voci))


def has_aumento_covid(tipo: Tipo | str, parametri: Parametri) -> bool:
    """Whether the members of such an office may have the Covid uplift at that date."""
    uffici = parametri.get("maggiorazione_covid_uffici")
    return uffici is not None and Tipo(tipo) in uffici.valore


def explain_covid(parametri: Parametri) -> str:
    """Why an office does not have the Covid uplift."""
    uffici = parametri.get("maggiorazione_covid_uffici")
    if uffici is None:
        return "l'aumento Covid riguardava solo le elezioni del 2021"
    return f"l'aumento Covid spetta solo a sezioni ospedaliere e seggi speciali ({uffici.riferimento})"


def has_adunanza(parametri: Parametri) -> bool:
    """Whether the presidenti meet to proclaim: in the larger comuni the Ufficio centrale does."""
    return parametri.caso.sistema != SISTEMI[-1]


def compute_adunanza(giorni_di_lavoro: int, *, parametri: Parametri, circoscrizioni: bool = False) -> Voce:
    """Adunanza dei presidenti: the same sum to each member and to the segretario, per day of actual work.

    ``circoscrizioni``: for the consigli circoscrizionali (art. 2 c. 2), also in the larger comuni.
    """
    if giorni_di_lavoro < 1:
        raise ValueError("i giorni di lavoro dell'adunanza sono almeno uno")
    if not circoscrizioni and not has_adunanza(parametri):
        raise ValueError(
            "oltre 15.000 abitanti l'adunanza dei presidenti non c'è:"
            " proclama l'Ufficio centrale (art. 72 TU)"
        )
    voce = parametri["onorario_adunanza_circoscrizioni" if circoscrizioni else "onorario_adunanza"]
    per = " per le circoscrizioni" if circoscrizioni else ""
    testo = f"Adunanza dei presidenti{per}, giorni di lavoro: {giorni_di_lavoro}"
    return _entry(voce, testo, voce.valore * giorni_di_lavoro)


def split_compenso(centesimi: int, durate: Sequence[int]) -> tuple[int, ...]:
    """Split a fee between who held the same post, in proportion to the time served; not a cent is lost.

    ``durate`` in any unit (minutes). Each part is rounded down, the cents left go to the largest remainders,
    to the earlier one when equal.
    """
    totale = sum(durate)
    if centesimi < 0 or any(durata < 0 for durata in durate) or not totale:
        raise ValueError("servono un importo non negativo e almeno una durata positiva")
    parti = [centesimi * durata // totale for durata in durate]
    resti = [centesimi * durata % totale for durata in durate]
    per_resto = sorted(range(len(durate)), key=lambda posto: -resti[posto])
    for posto in per_resto[: centesimi - sum(parti)]:
        parti[posto] += 1
    return tuple(parti)


def format_euro(centesimi: int) -> str:
    """ "1.234,50 €"."""
    euro, resto = divmod(centesimi, 100)
    return f"{euro:,}".replace(",", ".") + f",{resto:02d} €"


def _two_days(importo: int, parametri: Parametri, giorni: int | None, ballottaggio: bool) -> list[Voce]:
    """The uplift of the years in which the vote lasts two days."""
    if giorni is None:
        giorni = parametri.valore("votazione_ballottaggio" if ballottaggio else "votazione")["giorni"]
    if giorni < 2 or not parametri.valore("maggiorazione_due_giorni"):
        return []
    return [_share("maggiorazione_due_giorni", "Aumento per il voto in due giorni", importo, parametri)]


def _increments(chiave: str, elezioni: int, parametri: Parametri) -> list[Voce]:
    """One more sum for each further election voted together, up to the maximum."""
    altre = min(elezioni - 1, parametri.intero("onorario_incrementi_massimi"))
    if not altre:
        return []
    voce = parametri["onorario_incremento"]
    testo = f"Altre elezioni contemporanee: {altre} × {format_euro(voce.valore[chiave])}"
    return [_entry(voce, testo, voce.valore[chiave] * altre)]


def _share(nome: str, testo: str, importo: int, parametri: Parametri) -> Voce:
    """A part of an amount, to the nearest cent (half a cent up)."""
    voce = parametri[nome]
    quota: Fraction = voce.valore
    percento = quota * 100
    return _entry(voce, f"{testo} (+{percento} %)", int(importo * quota + Fraction(1, 2)))


def _entry(voce: Valore, testo: str, centesimi: int) -> Voce:
    return Voce(voce.nome, testo, centesimi, str(voce.riferimento), voce.prova)
