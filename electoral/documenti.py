"""Documents: frozen context + Typst template -> PDF bytes + sha256; nothing else.

Data enter a template only as JSON through ``sys.inputs.dati``: no name is ever formatted into Typst source.
The same context, template and moment give the same bytes: fonts come from our packages, never from the
system, and the time is an input.
"""

import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from pathlib import Path

import typst
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

MODELLI = Path(settings.BASE_DIR) / "templates" / "documenti"

#: Archival and accessible, as Typst certifies them at export.
NORME_PDF = ("a-2a", "ua-1")


@dataclass(frozen=True, slots=True)
class Documento:
    """A produced PDF and what identifies it."""

    pdf: bytes
    sha256: str
    impronta_contesto: str
    impronta_modello: str


def canonical_json(valore: object) -> str:
    """The one spelling of a JSON value: what is hashed, stored and printed from."""
    return json.dumps(
        valore, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )


def impronta(valore: object) -> str:
    """sha256 of the canonical JSON of a value, in hexadecimal."""
    return hashlib.sha256(canonical_json(valore).encode()).hexdigest()


def impronta_modello(modello: str) -> str:
    """sha256 of a template with everything in the templates' folder it may include."""
    digest = hashlib.sha256(modello.encode())
    for file in [MODELLI / f"{modello}.typ", *sorted(MODELLI.glob("_*.typ"))]:
        digest.update(file.read_bytes())
    return digest.hexdigest()


@cache
def _fonts() -> typst.Fonts:
    cartella = resources.files("bootstrap_italia_template") / "static" / "fonts"
    cartelle = sorted(str(c) for c in Path(str(cartella)).iterdir() if c.is_dir())
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=cartelle)


def render_documento(
    modello: str,
    contesto: Mapping[str, object],
    *,
    momento: datetime,
    prova: bool = False,
    immagini: Mapping[str, bytes] | None = None,
) -> Documento:
    """Compile ``templates/documenti/<modello>.typ`` with the context.

    ``momento`` is the time printed and written in the PDF; ``prova`` puts the rehearsal watermark;
    ``immagini`` maps file names, readable in the template as ``/immagini/<name>``, to their bytes.
    """
    impronta_contesto = impronta(contesto)
    dati = {
        **contesto,
        "_documento": {
            "impronta": impronta_contesto,
            "prova": prova,
            "momento": momento.strftime("%d/%m/%Y %H:%M"),
            "versione": settings.VERSIONE,
        },
    }
    with tempfile.TemporaryDirectory() as cartella:
        radice = Path(cartella)
        for file in [MODELLI / f"{modello}.typ", *MODELLI.glob("_*.typ")]:
            (radice / file.name).write_bytes(file.read_bytes())
        (radice / "immagini").mkdir()
        for nome, contenuto in (immagini or {}).items():
            (radice / "immagini" / Path(nome).name).write_bytes(contenuto)
        pdf = typst.compile(
            radice / f"{modello}.typ",
            root=radice,
            font_paths=_fonts(),
            sys_inputs={"dati": canonical_json(dati)},
            pdf_standards=list(NORME_PDF),
            timestamp=int(momento.timestamp()),
            format="pdf",
        )
    return Documento(
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        impronta_contesto=impronta_contesto,
        impronta_modello=impronta_modello(modello),
    )
