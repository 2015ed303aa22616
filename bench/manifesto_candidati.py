"""The manifesto of 38 lists and 1,659 candidates: ours against WeasyPrint, same content, same run."""

import os
import sys
from datetime import datetime
from html import escape
from pathlib import Path
from statistics import median
from time import perf_counter
from zoneinfo import ZoneInfo

import django
import weasyprint

RADICE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(RADICE))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "electoral.settings")
django.setup()

from candidature.impaginazione import Blocco, lay_out_manifesto  # noqa: E402  (Django must be set up first)
from electoral.documenti import render_documento  # noqa: E402

LISTE_PER_SINDACO = [1] * 10 + [7] + [1] * 4 + [6] + [1] * 2 + [6] + [1] * 3
CANDIDATI = 1_659
GIRI = 3
MOMENTO = datetime(2021, 9, 25, 10, tzinfo=ZoneInfo("Europe/Rome"))


def build_sindaci() -> list[dict]:
    """As many names as in Roma 2021, all of them generated."""
    liste, fatti = sum(LISTE_PER_SINDACO), 0
    sindaci = []
    numero = 0
    for posto, quante in enumerate(LISTE_PER_SINDACO, 1):
        sue = []
        for _ in range(quante):
            numero += 1
            nomi = CANDIDATI * numero // liste - fatti
            sue.append(build_lista(numero, [fatti + n for n in range(1, nomi + 1)]))
            fatti += nomi
        nome = f"SINDACO GENERATO {posto} Prova"
        sindaci.append({"numero": posto, "nome": nome, "nascita": "nata il 01/01/1970", "liste": sue})
    return sindaci


def build_lista(numero: int, nomi: list[int]) -> dict:
    nascita = "nato a Luogo di prova il 01/01/1980"
    candidati = [
        {"numero": posto, "nome": f"CANDIDATO GENERATO {nome} Prova", "nascita": nascita}
        for posto, nome in enumerate(nomi, 1)
    ]
    for candidato in candidati:
        candidato["riga"] = f"{candidato['numero']} {candidato['nome']}, {nascita}"
    titolo = f"Lista n. {numero} — LISTA GENERATA {numero}"
    return {
        "numero": numero,
        "titolo": titolo,
        "denominazione": titolo,
        "immagine": "",
        "descrizione": titolo,
        "candidati": candidati,
    }


def run_urna(sindaci: list[dict]) -> bytes:
    """Choose the measures and write the PDF/A."""
    blocchi = [
        Blocco([[c["riga"] for c in v["candidati"]] for v in s["liste"]], [v["titolo"] for v in s["liste"]])
        for s in sindaci
    ]
    contesto = {
        "comune": "Prova",
        "giorni": "3–4 ottobre 2021",
        "fino_15000": False,
        "consiglieri": 48,
        "sindaci": sindaci,
        "impaginazione": lay_out_manifesto(blocchi, accanto=False).as_dict(),
    }
    return render_documento("manifesto_candidati", contesto, momento=MOMENTO).pdf


def run_weasyprint(sindaci: list[dict]) -> bytes:
    """The same text on the same sheet, its measures given; floats, which it lays out faster than flex."""
    stile = (
        "@page{size:1000mm 1400mm;margin:20mm} body{font:7pt sans-serif;margin:0} h1{font-size:80pt}"
        " .l{float:left;height:280mm;width:90mm;border:.5pt solid #555;padding:2mm;margin:1mm}"
        " .s{width:80mm;height:80mm;border:1px dashed #555;border-radius:50%} p{margin:0}"
    )
    corpo = ["<h1>CANDIDATI ALLA CARICA DI SINDACO E DI CONSIGLIERE</h1><div class=r>"]
    for sindaco in sindaci:
        for lista in sindaco["liste"]:
            corpo.append(
                f"<div class=l><h2>{sindaco['numero']}. {escape(sindaco['nome'])}</h2><div class=s></div>"
            )
            corpo.append(f"<h3>{escape(lista['titolo'])}</h3>")
            corpo += [f"<p><b>{c['numero']} {c['nome']}</b>, {c['nascita']}</p>" for c in lista["candidati"]]
            corpo.append("</div>")
    pagina = f"<html lang=it><title>Manifesto</title><style>{stile}</style>{''.join(corpo)}</div></html>"
    return weasyprint.HTML(string=pagina).write_pdf(pdf_variant="pdf/ua-1")


def measure(prova, sindaci: list[dict], *, giri: int = GIRI) -> float:
    tempi = []
    for _ in range(giri):
        inizio = perf_counter()
        assert prova(sindaci).startswith(b"%PDF")
        tempi.append(perf_counter() - inizio)
    return median(tempi)


def main() -> None:
    sindaci = build_sindaci()
    assert sum(len(v["candidati"]) for s in sindaci for v in s["liste"]) == CANDIDATI
    run_urna(sindaci[:1])  # fonts are read once per process
    urna, altro = measure(run_urna, sindaci), measure(run_weasyprint, sindaci, giri=1)
    print(f"manifesto di {CANDIDATI} candidati, Urna        {urna:.2f} s")
    print(f"stesso contenuto, WeasyPrint            {altro:.2f} s  {altro / urna:.1f} volte")


if __name__ == "__main__":
    main()
