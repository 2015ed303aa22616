"""Letters of nomination against WeasyPrint: the same people and the same sentences, in the same run.

Prints seconds of processor (a busy machine changes nothing), seconds by the clock, how many times less each:
``make bench``.
"""

import os
from collections.abc import Callable
from html import escape
from pathlib import Path
from time import perf_counter, process_time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "electoral.settings")
import django

django.setup()

from django.utils import timezone  # noqa: E402

from electoral.documenti import render_documento  # noqa: E402

LETTERE = 1_700
CAMPIONE = 170


def make_contesto(quante: int) -> dict[str, object]:
    return {
        "titolo": "Nomina a componente dell'ufficio elettorale di sezione",
        "comune": "Comune di prova",
        "provincia": "Provincia di prova",
        "giorni": "domenica 3 e lunedì 4 ottobre 2021",
        "luogo": "Comune di prova",
        "data": "10 settembre 2021",
        "qualifica": "Il Sindaco",
        "firmatario": "Nome Cognome",
        "insediamento": "sabato 2 ottobre 2021",
        "ora": "16",
        "ore_rinuncia": 48,
        "ballottaggio": "",
        "numero_atto": 1,
        "lettere": [
            {
                "nome": f"PERSONA{n:05d} PROVA",
                "indirizzo": f"via di prova {n}",
                "nascita": "01/01/1980",
                "ruolo": "scrutatore",
                "sezione": n // 4 + 1,
                "tipo": "",
                "plesso": "Scuola di prova",
                "sede": "via della scuola 1",
                "sostituisce": "",
                "metodo": "sorteggio",
            }
            for n in range(quante)
        ],
    }


def to_html(contesto: dict) -> str:
    """The same sentences, one page for each person."""
    pagina = (Path(__file__).parent / "nomina.html").read_text("utf-8")
    comuni = {nome: valore for nome, valore in contesto.items() if nome != "lettere"}
    pagine = [
        pagina.format_map({nome: escape(str(valore)) for nome, valore in {**comuni, **lettera}.items()})
        for lettera in contesto["lettere"]
    ]
    stile = (
        "@page{size:A4;margin:2cm;@bottom-right{content:'pagina ' counter(page) ' di ' counter(pages)}}"
        "section{page-break-after:always;font-size:10.5pt}h1{font-size:13pt;color:#036}"
        ".a{margin-left:9cm}.q{border-left:3pt solid #036;background:#f7f7f7;padding:10pt}"
        "footer{border-top:1pt dashed}"
    )
    return f"<html lang=it><title>Nomine</title><style>{stile}</style><body>{''.join(pagine)}</body></html>"


def timed(prova: Callable[[], object]) -> tuple[float, float, object]:
    """Seconds of processor, seconds by the clock, what it gave."""
    processore, orologio = process_time(), perf_counter()
    esito = prova()
    return process_time() - processore, perf_counter() - orologio, esito


def main() -> None:
    from weasyprint import HTML

    def nostre(quante: int):
        return lambda: render_documento("nomina_componente", make_contesto(quante), momento=timezone.now())

    nostre(2)()  # fonts in memory
    tempo, orologio, tutte = timed(nostre(LETTERE))
    print(f"{LETTERE} lettere                {tempo:.2f} s  {orologio:.2f} s  {len(tutte.pdf) // 1024} KiB")
    nostro, nostro_orologio, _ = timed(nostre(CAMPIONE))
    pagina = to_html(make_contesto(CAMPIONE))
    altro, altro_orologio, _ = timed(lambda: HTML(string=pagina).write_pdf(pdf_variant="pdf/ua-1"))
    print(f"{CAMPIONE} lettere                 {nostro:.2f} s  {nostro_orologio:.2f} s")
    print(f"{CAMPIONE} lettere con WeasyPrint  {altro:.2f} s  {altro_orologio:.2f} s")
    print(f"volte                       {altro / nostro:.1f}    {altro_orologio / nostro_orologio:.1f}")


if __name__ == "__main__":
    main()
