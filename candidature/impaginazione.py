"""Where everything goes on the sheet of the manifesto and on the ballot: pure measures, in millimetres.

The width of a name is read from the font itself; the largest body that fits the sheet is chosen, so that two
lists fill the paper and thirty-eight are still on it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import product
from math import ceil
from pathlib import Path

from PIL import ImageFont

PT = 25.4 / 72
MARGINE = 20.0
SPAZIO = 5.0
INTERLINEA = 1.08
CORPI = tuple(n / 2 for n in range(96, 9, -1))
#: On a wall: read without coming close, and read coming close.
CORPO_COMODO = 10.0
CORPO_LEGGIBILE = 7.0
MARCHI = (100.0, 80.0, 60.0, 45.0)
FOGLI = {"70x100": (700.0, 1000.0), "100x70": (1000.0, 700.0), "100x140": (1000.0, 1400.0)}


class Blocco:
    """A sindaco on the manifesto: his name, the lines of the names of each list, the titles of the lists."""

    def __init__(self, liste: Sequence[Sequence[str]], titoli: Sequence[str], sindaco: str = "") -> None:
        self.quante = max(len(liste), 1)
        self._sindaco = text_width(sindaco) * 1.05
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

    def sindaco_lines(self, larghezza: float, corpo: float) -> int:
        """Lines of the sindaco's name in this width; his body is :func:`corpo_sindaco`."""
        return max(ceil(self._sindaco * corpo_sindaco(corpo) * PT / max(larghezza, 1)), 1)


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


@dataclass(frozen=True, slots=True)
class Misure:
    """Columns, their width and the mark of one attempt; ``accanto``: the mark beside the sindaco."""

    colonne: int
    colonna: float
    marchio: float
    accanto: bool


def lay_out_manifesto(blocchi: Sequence[Blocco], *, accanto: bool, foglio: str = "") -> Impaginazione:
    """Choose sheet, columns, mark and body; ``accanto`` puts the mark beside the sindaco (≤ 15.000).

    The smallest sheet on which one reads well wins, with marks of 10 or 8 cm. When none is, the largest
    sheet: marks of 8 cm as long as the names can be read, then smaller ones.
    """
    fogli = [foglio] if foglio else list(FOGLI)
    tentativi = (
        (CORPO_COMODO, fogli, MARCHI[:2]),
        (CORPO_LEGGIBILE, fogli[-1:], MARCHI[1:]),
        (CORPI[-1], fogli[-1:], MARCHI[-1:]),
    )
    for soglia, nomi, marchi in tentativi:
        for nome, marchio in product(nomi, marchi):
            trovata = _best_on(nome, blocchi, marchio, accanto=accanto)
            if trovata is not None and trovata.corpo >= soglia:
                return trovata
    larghezza, altezza = FOGLI[fogli[-1]]
    return Impaginazione(fogli[-1], larghezza, altezza, 9, CORPI[-1], MARCHI[-1], (), entra=False)


def _best_on(
    foglio: str, blocchi: Sequence[Blocco], marchio: float, *, accanto: bool
) -> Impaginazione | None:
    """The largest body on this sheet with marks of this size, over every number of columns."""
    larghezza, altezza = FOGLI[foglio]
    utile = larghezza - 2 * MARGINE
    libero = altezza - testa(altezza) - piede(altezza) - 2 * MARGINE
    massimo = max(int((utile + SPAZIO) // ((marchio * 1.75 if accanto else marchio + 6) + SPAZIO)), 1)
    ammesse = []
    for colonne in range(1, min(massimo, max(_liste_in(blocchi), 1)) + 1):
        colonna = (utile + SPAZIO) / colonne - SPAZIO
        righe = pack(blocchi, colonne)
        corpo = _largest(righe, blocchi, Misure(colonne, colonna, marchio, accanto), libero)
        if corpo:
            ammesse.append(Impaginazione(foglio, larghezza, altezza, colonne, corpo, marchio, righe))
    return max(ammesse, key=lambda p: (p.corpo, -len(p.righe), -p.colonne), default=None)


def testa(altezza: float) -> float:
    """Room for the heading."""
    return altezza * 0.08


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


def _largest(righe, blocchi, misure: Misure, libero: float) -> float:
    """The largest body at which all the bands fit, by bisection; 0 when none does."""
    basso, alto = 0, len(CORPI) - 1
    if _height(righe, blocchi, misure, CORPI[alto]) > libero:
        return 0
    while basso < alto:
        mezzo = (basso + alto) // 2
        if _height(righe, blocchi, misure, CORPI[mezzo]) <= libero:
            alto = mezzo
        else:
            basso = mezzo + 1
    return CORPI[alto]


def _height(righe, blocchi, misure: Misure, corpo: float) -> float:
    return sum(max(_block_height(blocchi[posto], misure, corpo) for posto in riga) + 2 for riga in righe)


def _block_height(blocco: Blocco, misure: Misure, corpo: float) -> float:
    """Height as manifesto_candidati.typ draws it: the same insets and gaps, line by line."""
    riga = corpo * PT * INTERLINEA
    nome = corpo_sindaco(corpo) * PT * INTERLINEA
    titolo, nomi = blocco.lines(misure.colonna, corpo)
    elenco = titolo * riga * 1.1 + nomi * riga + 2
    if misure.accanto:
        segno = min(misure.marchio, misure.colonna * 0.5)
        testo = 2 * riga + nome * blocco.sindaco_lines(misure.colonna - segno - 12, corpo)
        return blocco.quante * (4 + max(segno, testo) + elenco)
    colonne = min(blocco.quante, misure.colonne)
    larghezza = colonne * (misure.colonna + SPAZIO) - SPAZIO - 4
    testata = 5 + nome * blocco.sindaco_lines(larghezza, corpo) + riga
    file = ceil(blocco.quante / colonne)
    return testata + file * (4 + min(misure.marchio, misure.colonna - 6) + elenco) + (file - 1) * SPAZIO


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
