"""The mark of a list: what was filed is kept as it is, what is shown is a picture cleaned of everything else.

PNG and JPEG are decoded and written again; an SVG is drawn to pixels by Typst, which runs no script and reads
no other file. Only the clean PNG ever reaches a browser or a document.
"""

import io
import subprocess
import sys
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from candidature import disegna_svg
from candidature.disegna_svg import NON_SI_LEGGE

MASSIMO_BYTE = 10 * 1024 * 1024
MASSIMO_PIXEL = 40_000_000
MINIMO_LATO = 100
LATO = 1200
SECONDI_SVG = 20
TROPPO_COMPLESSO = -1
DISEGNATORE = Path(disegna_svg.__file__)


class ContrassegnoErrato(ValueError):
    """The file is not a mark we can show; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class ContrassegnoPulito:
    """The clean picture, its visual fingerprint (64 bits, hexadecimal), the extension of the filed file."""

    png: bytes
    impronta: str
    estensione: str


def clean_contrassegno(contenuto: bytes) -> ContrassegnoPulito:
    """Decode the filed mark, or say why it cannot be."""
    if not contenuto:
        raise ContrassegnoErrato("Il file del contrassegno è vuoto: scegline un altro.")
    if len(contenuto) > MASSIMO_BYTE:
        raise ContrassegnoErrato("Il file del contrassegno supera 10 MB: riduci l'immagine e ricaricala.")
    if _looks_like_svg(contenuto):
        estensione, immagine = "svg", _open_bitmap(_draw_svg(contenuto))[1]
    else:
        estensione, immagine = _open_bitmap(contenuto)
    immagine = immagine.convert("RGBA")
    immagine.thumbnail((LATO, LATO), Image.Resampling.LANCZOS)
    uscita = io.BytesIO()
    # the alpha is flattened on white: marks are printed on paper, and a mask doubles the PDF
    su_bianco = Image.new("RGBA", immagine.size, "white")
    su_bianco.alpha_composite(immagine)
    su_bianco.convert("RGB").save(uscita, "PNG", optimize=True)
    return ContrassegnoPulito(uscita.getvalue(), _fingerprint(su_bianco), estensione)


def distance(prima: str, seconda: str) -> int:
    """Bits that differ between two fingerprints, 0 to 64."""
    return (int(prima, 16) ^ int(seconda, 16)).bit_count()


def _looks_like_svg(contenuto: bytes) -> bool:
    inizio = contenuto[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return inizio.startswith(b"<") and b"<svg" in contenuto[:65536]


def _draw_svg(contenuto: bytes) -> bytes:
    """The pixels of the drawing; in a program of its own: a few lines of SVG can ask for days of work."""
    if b"<!ENTITY" in contenuto:
        raise ContrassegnoErrato(
            "L'SVG contiene entità esterne: esporta il contrassegno in PNG e ricaricalo."
        )
    with tempfile.TemporaryDirectory() as cartella:
        radice = Path(cartella)
        (radice / "segno.svg").write_bytes(contenuto)
        (radice / "pagina.typ").write_text(
            "#set page(width: 10cm, height: 10cm, margin: 0pt)\n"
            '#image("segno.svg", width: 100%, height: 100%, fit: "contain")\n'
        )
        comando = [sys.executable, "-I", str(DISEGNATORE), cartella]
        try:
            esito = subprocess.run(comando, capture_output=True, timeout=SECONDI_SVG, check=False).returncode
        except subprocess.TimeoutExpired:
            esito = TROPPO_COMPLESSO
        if esito == NON_SI_LEGGE:
            raise ContrassegnoErrato("L'SVG non si legge: esporta il contrassegno in PNG e ricaricalo.")
        if esito:
            raise ContrassegnoErrato(
                "L'SVG è troppo complesso da disegnare: esporta il contrassegno in PNG e ricaricalo."
            )
        return (radice / "segno.png").read_bytes()


def _open_bitmap(contenuto: bytes) -> tuple[str, Image.Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            immagine = Image.open(io.BytesIO(contenuto), formats=["PNG", "JPEG"])
            _check_size(immagine)
            immagine.load()
    except ContrassegnoErrato:
        raise
    except UnidentifiedImageError as errore:
        raise ContrassegnoErrato(
            "Il contrassegno deve essere un'immagine PNG, JPEG o SVG: questo file è di un altro tipo."
        ) from errore
    except Exception as errore:  # Pillow raises many kinds on a damaged file: for the clerk they are one
        raise ContrassegnoErrato("L'immagine è rovinata o incompleta: caricane un'altra copia.") from errore
    return ("png" if immagine.format == "PNG" else "jpg"), immagine


def _check_size(immagine: Image.Image) -> None:
    larghezza, altezza = immagine.size
    if larghezza * altezza > MASSIMO_PIXEL:
        raise ContrassegnoErrato(
            f"L'immagine è troppo grande ({larghezza} × {altezza} punti): bastano {LATO} × {LATO}."
        )
    if min(larghezza, altezza) < MINIMO_LATO:
        raise ContrassegnoErrato(
            f"L'immagine è troppo piccola ({larghezza} × {altezza} punti): ne servono almeno "
            f"{MINIMO_LATO} × {MINIMO_LATO} per stamparla sulla scheda."
        )


def _fingerprint(immagine: Image.Image) -> str:
    """Difference hash: 64 comparisons of neighbouring cells, alike for marks that look alike."""
    piccola = immagine.convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    punti = list(piccola.tobytes())
    bit = 0
    for riga in range(8):
        for colonna in range(8):
            bit = bit << 1 | (punti[riga * 9 + colonna] < punti[riga * 9 + colonna + 1])
    return f"{bit:016x}"
