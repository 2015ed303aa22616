"""The giunta that a sindaco appoints: how many assessori, of which sex, from the council or from outside.

TUEL 46-47 and 64, l. 56/2014 art. 1 c. 135 and 137. A rule that nobody knows for an ordinamento is not
guessed: its sentence is in ``non_controllati``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from norme.parametri import Caso, Parametri
from norme.parole import quanti, quota
from norme.registro import Valore, catalogo, migliaia
from norme.rilievi import Rilievo, rileva

__all__ = ["Assessore", "EsitoGiunta", "check_giunta", "is_incompatibile", "min_of_each_sex"]

SENZA_QUOTA = "nessuna"
CON_SINDACO = "con_sindaco"
PER_STATUTO = "statuto"


@dataclass(frozen=True, slots=True)
class Assessore:
    """One assessore: ``sesso`` "M", "F" or "" (not known), ``consigliere`` in office when appointed."""

    nome: str
    sesso: str = ""
    consigliere: bool = False
    vice: bool = False


@dataclass(frozen=True, slots=True)
class EsitoGiunta:
    """``massimo`` assessori and ``minimo`` of each sex, None where the law is not known or says nothing.

    ``componenti``: on how many the sexes are measured. ``non_controllati``: sentences on what cannot be said.
    """

    massimo: int | None
    minimo: int | None
    componenti: int
    uomini: int
    donne: int
    rilievi: tuple[Rilievo, ...]
    non_controllati: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sessi:
    """The two sexes among those who are counted, and how many nobody has written down."""

    uomini: int
    donne: int
    ignoti: int
    base: str
    assessori: int

    @property
    def componenti(self) -> int:
        return self.uomini + self.donne + self.ignoti

    def mancano(self, minimo: int) -> int:
        """How many are missing at least, of the two sexes together, to have ``minimo`` of each."""
        return max(0, minimo - self.uomini) + max(0, minimo - self.donne)

    def contesto(self) -> dict[str, str]:
        composizione = f"{quanti(self.uomini, 'uomo', 'uomini')} e {quanti(self.donne, 'donna', 'donne')}"
        return {"composizione": composizione, "base": self.base}


def check_giunta(assessori: Sequence[Assessore], *, parametri: Parametri, sesso_sindaco: str) -> EsitoGiunta:
    """What the law of this comune says of these assessori; the sindaco is not one of them."""
    ignoti: list[str] = []
    massimo = _find("assessori_massimi", parametri, ignoti)
    sessi = _count(assessori, sesso_sindaco, parametri.get("genere_giunta_base"))
    regola = _find("quota_genere_giunta", parametri, ignoti)
    minimo = min_of_each_sex(sessi.componenti, regola.valore) if regola else None
    rilievi = [
        *_check_numero(assessori, massimo),
        *_check_sessi(sessi, regola, _find("genere_giunta_presenza", parametri, ignoti), ignoti),
        *_check_provenienza(assessori, parametri, ignoti),
        *_check_vice(assessori, _find("vicesindaco_fra_assessori", parametri, ignoti)),
    ]
    return EsitoGiunta(
        massimo=massimo.valore if massimo else None,
        minimo=minimo,
        componenti=sessi.componenti,
        uomini=sessi.uomini,
        donne=sessi.donne,
        rilievi=tuple(rilievi),
        non_controllati=tuple(ignoti),
    )


def min_of_each_sex(componenti: int, regola: Fraction | str) -> int | None:
    """The share of this giunta, to the nearest whole number, a half upwards; None where there is no share."""
    if not isinstance(regola, Fraction):
        return None
    return int(regola * componenti + Fraction(1, 2))


def is_incompatibile(parametri: Parametri) -> bool | None:
    """Whether an assessore cannot remain consigliere (TUEL 64); None where the rule is not known."""
    voce = parametri.get("assessore_incompatibile_consigliere")
    return None if voce is None else bool(voce.valore)


def _find(nome: str, parametri: Parametri, ignoti: list[str]) -> Valore | None:
    """The rule, or None and the sentence that says it is not known."""
    voce = parametri.get(nome)
    if voce is None:
        ignoti.append(_say_ignota(nome, parametri.caso))
    return voce


def _say_ignota(nome: str, caso: Caso) -> str:
    abitanti = "popolazione legale non indicata"
    if caso.popolazione is not None:
        abitanti = f"{migliaia(caso.popolazione)} abitanti"
    luogo = f"ordinamento {caso.ordinamento}, {abitanti}, voto del {caso.data:%d.%m.%Y}"
    return f"{catalogo()[nome].descrizione}: la regola non è nota qui ({luogo}). Si controlla a mano."


def _count(assessori: Sequence[Assessore], sesso_sindaco: str, base: Valore | None) -> _Sessi:
    con_sindaco = base is None or base.valore == CON_SINDACO
    sessi = [assessore.sesso for assessore in assessori] + [sesso_sindaco] * con_sindaco
    uomini, donne = sessi.count("M"), sessi.count("F")
    testo = "contando il sindaco" if con_sindaco else "senza contare il sindaco"
    return _Sessi(uomini, donne, len(sessi) - uomini - donne, testo, len(assessori))


def _check_numero(assessori: Sequence[Assessore], massimo: Valore | None) -> Iterator[Rilievo]:
    if massimo and len(assessori) > massimo.valore:
        yield rileva(
            "E510",
            assessori=len(assessori),
            massimo=massimo.valore,
            riferimento=str(massimo.riferimento),
        )


def _check_sessi(
    sessi: _Sessi, regola: Valore | None, presenza: Valore | None, ignoti: list[str]
) -> Iterator[Rilievo]:
    """The share, or where there is none the presence; what depends on a sex not written is not decided."""
    minimo = min_of_each_sex(sessi.componenti, regola.valore) if regola else None
    voce, serve = (presenza, 1) if minimo is None else (regola, minimo)
    if voce is None or not sessi.assessori:
        return
    mancano = sessi.mancano(serve)
    if mancano > sessi.ignoti:
        riferimento = str(voce.riferimento)
        if minimo is None:
            yield rileva("W515", **sessi.contesto(), riferimento=riferimento)
        else:
            yield rileva(
                "W514",
                **sessi.contesto(),
                componenti=sessi.componenti,
                minimo=serve,
                quota=quota(voce.valore),
                riferimento=riferimento,
            )
    elif mancano:
        chi = "di un componente" if sessi.ignoti == 1 else f"di {sessi.ignoti} componenti"
        ignoti.append(f"Il sesso {chi} della giunta non è scritto: la regola dei due sessi non si controlla.")


def _check_provenienza(
    assessori: Sequence[Assessore], parametri: Parametri, ignoti: list[str]
) -> Iterator[Rilievo]:
    """Who comes from the council leaves it, above 15.000; who does not needs the statuto, up to there."""
    incompatibile = _find("assessore_incompatibile_consigliere", parametri, ignoti)
    esterni = _find("assessori_esterni", parametri, ignoti)
    for assessore in assessori:
        if assessore.consigliere and incompatibile and incompatibile.valore:
            yield rileva("W516", nome=assessore.nome, riferimento=str(incompatibile.riferimento))
        elif not assessore.consigliere and esterni and esterni.valore == PER_STATUTO:
            yield rileva("W517", nome=assessore.nome, riferimento=str(esterni.riferimento))


def _check_vice(assessori: Sequence[Assessore], voce: Valore | None) -> Iterator[Rilievo]:
    vice = sum(assessore.vice for assessore in assessori)
    if vice > 1:
        yield rileva("E511", quanti=vice)
    elif voce and voce.valore and assessori and not vice:
        yield rileva("W518", riferimento=str(voce.riferimento))
