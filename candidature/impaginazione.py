"""Where everything goes on the sheet of the manifesto and on the ballot: pure measures, in millimetres.

The width of a name is read from the font itself; the largest body that fits the sheet is chosen, so that two
lists fill the paper and thirty-eight are still on it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from math import ceil
from pathlib import Path

from PIL import ImageFont

PT = 25.4 / 72
MARGINE = 20.0
SPAZIO = 5.0
INTERLINEA = 1.08
CORPI = tuple(n / 2 for n in range(72, 9, -1))
CORPO_LEGGIBILE = 7.0
MARCHI = (100.0, 80.0, 60.0, 45.0)
FOGLI = {"70x100": (700.0, 1000.0), "100x70": (1000.0, 700.0), "100x140": (1000.0, 1400.0)}


class Blocco:
    """A sindaco on the manifesto: the lines of the names of each list, and the titles of the lists."""

    def __init__(self, liste: Sequence[Sequence[str]], titoli: Sequence[str]) -> None:
        self.quante = max(len(liste), 1)
        self._liste = [[text_width(nome) for nome in lista] for lista in liste]
        self._titoli = [text_width(titolo) * 1.1 for titolo in titoli]
        self._righe: dict[float, tuple[int, int]] = {}

    def lines(self, colonna: float, corpo: float) -> tuple[int, int]:
        """Lines of the longest title and of the longest list in a column of this width."""
        # 4 % more than measured: a line breaks between words, never inside one
        misura = round(max(colonna - 8, 1) / (corpo * PT * 1.04), 3)
        if misura not in self._righe:
            titolo = max((ceil(w / misura) for w in self._titoli), default=1)
            nomi = max((sum(ceil(w / misura) for w in lista) for lista in self._liste), default=0)
            self._righe[misura] = titolo, nomi
        return self._righe[misura]


@dataclass(frozen=True, slots=True)
class Impaginazione:
    """The chosen measures. ``righe`` holds the positions of the blocks that share one band of the sheet."""

    foglio: str
    larghezza: float
    altezza: float
    colonne: int
    corpo: float
    marchio: float
    righe: tuple[tuple[int, ...], ...]
    entra: bool = True

    @property
    def is_leggibile(self) -> bool:
        return self.entra and self.corpo >= CORPO_LEGGIBILE

    def as_dict(self) -> dict[str, object]:
        return {
            "foglio": self.foglio,
            "larghezza": self.larghezza,
            "altezza": self.altezza,
            "colonne": self.colonne,
            "corpo": self.corpo,
            "marchio": self.marchio,
            "righe": [list(riga) for riga in self.righe],
        }


def lay_out_manifesto(blocchi: Sequence[Blocco], *, accanto: bool, foglio: str = "") -> Impaginazione:
    """Choose sheet, columns, mark and body; ``accanto`` puts the mark beside the sindaco (≤ 15.000).

    The smallest sheet on which the names are legible wins, with the largest mark; else the largest body.
    """
    prove = []
    for nome in [foglio] if foglio else FOGLI:
        trovata = _best_on(nome, blocchi, accanto=accanto)
        if trovata is None:
            continue
        if trovata.corpo >= CORPO_LEGGIBILE and trovata.marchio >= 80:
            return trovata
        prove.append(trovata)
    if not prove:
        larghezza, altezza = FOGLI[foglio or "100x140"]
        return Impaginazione(foglio or "100x140", larghezza, altezza, 9, CORPI[-1], 45.0, (), entra=False)
    return max(prove, key=lambda p: (p.corpo >= CORPO_LEGGIBILE, p.corpo, p.marchio))


def _best_on(foglio: str, blocchi: Sequence[Blocco], *, accanto: bool) -> Impaginazione | None:
    larghezza, altezza = FOGLI[foglio]
    utile = larghezza - 2 * MARGINE
    ammesse = []
    for marchio in MARCHI:
        massimo = max(int((utile + SPAZIO) // ((marchio * 1.75 if accanto else marchio) + SPAZIO)), 1)
        for colonne in range(1, min(massimo, max(_liste_in(blocchi), 1)) + 1):
            colonna = (utile + SPAZIO) / colonne - SPAZIO
            righe = pack(blocchi, colonne)
            libero = altezza - testa(altezza) - piede(altezza) - 2 * MARGINE
            corpo = _largest(righe, blocchi, colonna, marchio, libero, accanto=accanto)
            if corpo:
                ammesse.append(Impaginazione(foglio, larghezza, altezza, colonne, corpo, marchio, righe))
        if any(p.corpo >= CORPO_LEGGIBILE for p in ammesse):
            break
    return max(ammesse, key=lambda p: (p.corpo, p.colonne), default=None)


def testa(altezza: float) -> float:
    """Room for the heading."""
    return altezza * 0.105


def piede(altezza: float) -> float:
    """Room for place, date, signature and footer."""
    return altezza * 0.04


def pack(blocchi: Sequence[Blocco], colonne: int) -> tuple[tuple[int, ...], ...]:
    """Fill the bands in order: a sindaco with more lists than are left starts a new band."""
    righe: list[list[int]] = [[]]
    libere = colonne
    for posto, blocco in enumerate(blocchi):
        serve = min(blocco.quante, colonne)
        if serve > libere and righe[-1]:
            righe.append([])
            libere = colonne
        righe[-1].append(posto)
        libere -= serve
    return tuple(tuple(riga) for riga in righe if riga)


def _largest(righe, blocchi, colonna, marchio, libero, *, accanto) -> float:
    """The largest body at which all the bands fit, by bisection; 0 when none does."""
    basso, alto = 0, len(CORPI) - 1
    if _height(righe, blocchi, colonna, marchio, CORPI[alto], accanto=accanto) > libero:
        return 0
    while basso < alto:
        mezzo = (basso + alto) // 2
        if _height(righe, blocchi, colonna, marchio, CORPI[mezzo], accanto=accanto) <= libero:
            alto = mezzo
        else:
            basso = mezzo + 1
    return CORPI[alto]


def _height(righe, blocchi, colonna, marchio, corpo, *, accanto) -> float:
    return sum(
        max(_block_height(blocchi[posto], colonna, marchio, corpo, accanto=accanto) for posto in riga)
        + SPAZIO
        for riga in righe
    )


def _block_height(blocco: Blocco, colonna: float, marchio: float, corpo: float, *, accanto: bool) -> float:
    riga = corpo * PT * INTERLINEA
    titolo, nomi = blocco.lines(colonna, corpo)
    testata = corpo_sindaco(corpo) * PT * INTERLINEA * (1 if accanto else 3) + 4
    return testata + min(marchio, colonna) + titolo * riga * 1.1 + nomi * riga + 8


def corpo_sindaco(corpo: float) -> float:
    """The body of the sindaco's name, from that of the candidates."""
    return max(corpo * 1.5, 14)


@cache
def _font() -> ImageFont.FreeTypeFont:
    cartella = Path(str(resources.files("bootstrap_italia_template"))) / "static" / "fonts" / "Titillium_Web"
    return ImageFont.truetype(cartella / "titillium-web-v10-latin-ext_latin-600.ttf", 100)


@cache
def text_width(testo: str) -> float:
    """Width of a line, in units of its body."""
    return _font().getlength(testo) / 100


def _liste_in(blocchi: Iterable[Blocco]) -> int:
    return sum(blocco.quante for blocco in blocchi)


# --- the ballot (norme §4.5): parts of equal width, marks of 30 mm ----------------------------------------

PARTE = 102.5
ALTEZZA_SCHEDA = 220.0
PARTI_MINIME = 4
INTESTAZIONE_SCHEDA = 14.0


@dataclass(slots=True)
class Scheda:
    """The ballot: how many vertical parts, how tall, and which blocks stand in each part, from the top."""

    parti: list[list[int]]
    altezza: float = ALTEZZA_SCHEDA
    larghezza_parte: float = PARTE
    altezze: list[float] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        return {
            "parti": self.parti,
            "altezza": self.altezza,
            "larghezza": self.larghezza_parte * len(self.parti),
            "larghezza_parte": self.larghezza_parte,
        }


def block_height_scheda(liste: int, *, oltre_15000: bool) -> float:
    """A sindaco with his lists: name above rows of two marks; up to 15.000, mark under the name."""
    if oltre_15000:
        return 10.0 + 33.0 * ceil(max(liste, 1) / 2) + 2.0
    return 10.0 + 33.0 * max(liste, 1) + 2.0


def lay_out_scheda(liste_per_sindaco: Sequence[int], *, oltre_15000: bool) -> Scheda:
    """Left to right and top to bottom in the order of the draw; a fifth part and more when four are few."""
    altezze = [block_height_scheda(n, oltre_15000=oltre_15000) for n in liste_per_sindaco]
    utile = ALTEZZA_SCHEDA - INTESTAZIONE_SCHEDA
    for quante in range(PARTI_MINIME, max(len(altezze), PARTI_MINIME) + 1):
        parti = _fill_parti(altezze, quante)
        if all(sum(altezze[i] for i in parte) <= utile for parte in parti):
            return Scheda(parti, altezze=altezze)
    parti = [[i] for i in range(len(altezze))]
    return Scheda(parti, altezza=max(altezze) + INTESTAZIONE_SCHEDA, altezze=altezze)


def _fill_parti(altezze: Sequence[float], quante: int) -> list[list[int]]:
    """Each block in the part that is filled least, the leftmost when equal: rows, when all are equal."""
    parti: list[list[int]] = [[] for _ in range(quante)]
    piene = [0.0] * quante
    for posto, altezza in enumerate(altezze):
        parte = piene.index(min(piene))
        parti[parte].append(posto)
        piene[parte] += altezza
    return parti
