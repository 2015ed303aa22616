"""What the page of a step shows: rows of boxes with their findings, and the rail of the steps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from electoral.documenti import impronta
from norme.rilievi import Gravita, Rilievo
from risultati.caselle import Casella, Modulo, Passo


@dataclass(slots=True)
class CasellaMostrata:
    """One input: what is in it, and whether something is said about it."""

    campo: str
    etichetta: str
    testo: str
    classe: str = ""
    errore: str = ""
    nota: str = ""
    rilievi: str = ""

    @property
    def id(self) -> str:
        return "c-" + self.campo.replace(".", "-")


@dataclass(slots=True)
class Riga:
    """One line of the form: number on the ballot, name, one or two boxes."""

    etichetta: str
    numero: int | None
    caselle: list[CasellaMostrata]
    nota: str = ""
    is_totale: bool = False


@dataclass(frozen=True, slots=True)
class RilievoMostrato:
    """A finding in the words for this person: the diagnosis for who decides, a neutral line for who types."""

    rilievo: Rilievo
    testo: str
    rimedio: str
    caselle: tuple[tuple[str, str], ...]

    @property
    def is_errore(self) -> bool:
        return self.rilievo.gravita is Gravita.ERRORE


@dataclass(slots=True)
class VocePasso:
    """One step on the rail."""

    passo: Passo
    stato: str
    corrente: bool
    rilievi: list[str] = field(default_factory=list)

    @property
    def parola(self) -> str:
        return {"fatto": "fatto", "errore": "da ricontrollare", "avviso": "con avviso", "bozza": "bozza"}.get(
            self.stato, "da fare"
        )


def build_righe(
    passo: Passo,
    testi: Mapping[str, str],
    *,
    errori: Mapping[str, str],
    rilievi: Iterable[Rilievo],
) -> list[Riga]:
    """The rows of a step; sindaco and "solo sindaco" share a row."""
    segnati: dict[str, list[Rilievo]] = {}
    for rilievo in rilievi:
        for campo in rilievo.campi:
            segnati.setdefault(campo, []).append(rilievo)
    righe: list[Riga] = []
    for casella in passo.caselle:
        mostrata = _mostra(casella, testi, errori, segnati.get(casella.campo, []))
        if casella.campo.startswith(("solo_sindaco.", "totale_solo_sindaco")):
            mostrata.etichetta += ", di cui solo sindaco"
            righe[-1].caselle.append(mostrata)
        else:
            righe.append(Riga(casella.etichetta, casella.numero, [mostrata], casella.nota, casella.is_totale))
    return righe


def _mostra(casella: Casella, testi, errori, rilievi: list[Rilievo]) -> CasellaMostrata:
    classe = ""
    if casella.campo in errori or any(r.gravita is Gravita.ERRORE for r in rilievi):
        classe = "casella-errore"
    elif rilievi:
        classe = "casella-avviso"
    return CasellaMostrata(
        casella.campo,
        casella.etichetta if casella.numero is None else f"{casella.numero}. {casella.etichetta}",
        testi.get(casella.campo, ""),
        classe,
        errori.get(casella.campo, ""),
        casella.nota,
        ", ".join(sorted({r.codice for r in rilievi})),
    )


def testi_di(celle: Mapping[str, int | None]) -> dict[str, str]:
    """Figures as written in the boxes."""
    return {campo: "" if valore is None else str(valore) for campo, valore in celle.items()}


def mostra_rilievi(rilievi: Iterable[Rilievo], modulo: Modulo, *, diagnosi: bool) -> list[RilievoMostrato]:
    """The findings for this person: the typist is not told which figure would fit."""
    mostrati = []
    for rilievo in rilievi:
        caselle = tuple(
            ("c-" + campo.replace(".", "-"), modulo.etichetta(campo)) for campo in rilievo.campi[:6]
        )
        testo = rilievo.testo if diagnosi else rilievo.testo_neutro
        mostrati.append(RilievoMostrato(rilievo, testo, rilievo.voce.rimedio if diagnosi else "", caselle))
    return mostrati


def visti(rilievi: Iterable[Rilievo]) -> str:
    """What the person has been shown: it changes with any figure, so that an edit asks again."""
    return impronta([r.as_dict() for r in rilievi])[:16] if rilievi else ""


def build_rail(
    modulo: Modulo,
    salvati: set[str],
    rilievi: Iterable[Rilievo],
    *,
    corrente: str,
    bozze: set[str],
) -> list[VocePasso]:
    """The steps with their state, as a word and not only a colour."""
    per_passo: dict[str, list[Rilievo]] = {}
    for rilievo in rilievi:
        passi = {passo.nome for campo in rilievo.campi if (passo := modulo.passo_di(campo))}
        for nome in passi:
            per_passo.setdefault(nome, []).append(rilievo)
    voci = []
    for passo in modulo.passi:
        suoi = per_passo.get(passo.nome, []) if passo.nome in salvati else []
        stato = _stato_voce(passo.nome, salvati, bozze, suoi)
        voci.append(VocePasso(passo, stato, passo.nome == corrente, sorted({r.codice for r in suoi})))
    return voci


def _stato_voce(nome: str, salvati: set[str], bozze: set[str], rilievi: list[Rilievo]) -> str:
    if nome in bozze:
        return "bozza"
    if nome not in salvati:
        return "da_fare"
    if any(r.gravita is Gravita.ERRORE for r in rilievi):
        return "errore"
    return "avviso" if rilievi else "fatto"
