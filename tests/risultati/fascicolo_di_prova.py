"""A small fascicolo written by hand: two sections, two lists; its figures are plainly invented."""

from comuni.models import Comune, Elezione
from risultati.fascicolo.importazione import import_fascicolo

BASE = {
    "elezione.toml": """
[elezione]
slug = "prova-2021"
comune = "Comune di prova"
provincia = "Provincia di prova"
regione = "Marche"
popolazione_legale = 20000
seggi_consiglio = 16
data = 2021-10-03
giorni = 2
data_ballottaggio = 2021-10-17
""",
    "sindaci.csv": "numero,cognome,nome\n1,ALFA,ADA\n2,BETA,BRUNO\n",
    "liste.csv": "numero,denominazione,sindaco,apparentata_con\n1,ROSA,1,\n2,BLU,2,\n",
    "candidati.csv": "lista,numero,cognome,nome\n1,1,UNO,ANNA\n1,2,DUE,BICE\n2,1,TRE,CARLO\n",
    "scrutinio.csv": "turno,sezione,elettori_m,elettori_f,votanti\n1,1,10,20,15\n1,2,11,21,16\n2,,,,20\n",
    "voti_sindaci.csv": "turno,sezione,sindaco,voti\n1,1,1,8\n1,1,2,7\n1,2,1,8\n1,2,2,8\n2,,1,11\n2,,2,9\n",
    "voti_liste.csv": "sezione,lista,voti\n1,1,8\n1,2,7\n2,1,8\n2,2,8\n",
    "voti_preferenze.csv": "sezione,lista,candidato,preferenze\n1,1,1,3\n1,2,1,2\n2,1,2,1\n",
}
TOML = BASE["elezione.toml"]
PRIMO_TURNO = {
    nome: "\n".join(riga for riga in BASE[f"{nome}.csv"].splitlines() if not riga.startswith("2,"))
    for nome in ("scrutinio", "voti_sindaci")
}
"""The same figures without a second round."""


def fascicolo(**file: str | bytes | None) -> dict[str, bytes]:
    """The base fascicolo with some files changed (by stem); ``None`` takes one away."""
    contenuti: dict[str, str | bytes | None] = dict(BASE)
    for radice, contenuto in file.items():
        contenuti[f"{radice}.toml" if radice == "elezione" else f"{radice}.csv"] = contenuto
    return {
        nome: contenuto.encode() if isinstance(contenuto, str) else contenuto
        for nome, contenuto in contenuti.items()
        if contenuto is not None
    }


def importa(contenuti=None, **opzioni):
    importazione = import_fascicolo(contenuti or fascicolo(), **opzioni)
    assert [e.messaggio for e in importazione.errori] == []
    return importazione


def errori_di(**file):
    """(file, row, column, code) of every error; and nothing was saved."""
    importazione = import_fascicolo(fascicolo(**file))
    assert Elezione.objects.count() == 0
    assert Comune.objects.count() == 0
    assert all(e.rimedio for e in importazione.errori)
    return [(e.file, e.riga, e.colonna, e.codice) for e in importazione.errori]
