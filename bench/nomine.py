"""Letters of nomination against WeasyPrint: the same people and the same sentences, in the same run.

Prints seconds of processor (a busy machine changes nothing) and how many times less: ``make bench``.
"""

import os
from html import escape
from pathlib import Path
from time import process_time

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


def main() -> None:
    from weasyprint import HTML

    render_documento("nomina_componente", make_contesto(2), momento=timezone.now())  # fonts in memory
    inizio = process_time()
    tutte = render_documento("nomina_componente", make_contesto(LETTERE), momento=timezone.now())
    tempo = process_time() - inizio
    print(f"{LETTERE} lettere                {tempo:.2f} s  {len(tutte.pdf) // 1024} KiB")
    inizio = process_time()
    render_documento("nomina_componente", make_contesto(CAMPIONE), momento=timezone.now())
    nostro = process_time() - inizio
    pagina = to_html(make_contesto(CAMPIONE))
    inizio = process_time()
    HTML(string=pagina).write_pdf(pdf_variant="pdf/ua-1")
    altro = process_time() - inizio
    print(f"{CAMPIONE} lettere                 {nostro:.2f} s")
    print(f"{CAMPIONE} lettere con WeasyPrint  {altro:.2f} s  {altro / nostro:.1f} volte")


if __name__ == "__main__":
    main()
