"""From the public JSON to what the page shows."""

from datetime import datetime

from portale.grafici import colori, emiciclo


def contesto_risultati(risultati: dict, *, statica: bool = False) -> dict:
    """Context of ``portale/elezione.html``; ``statica``: the page lives beside its files, without Django."""
    esito = risultati["esito"]
    prospetto = esito["prospetto"] if esito else None
    contesto = {
        "r": risultati,
        "elezione": risultati["elezione"],
        "stato": risultati["stato"],
        "aggiornato_al": datetime.fromisoformat(risultati["stato"]["aggiornato_al"]),
        "prospetto": prospetto,
        "titolo": f"{risultati['elezione']['comune']}: elezioni comunali {risultati['elezione']['data'][:4]}",
        "statica": statica,
        "file": "" if statica else f"/dati/{risultati['elezione']['slug']}/",
        "scaricabili": SCARICABILI,
    }
    if prospetto and prospetto["tipo_esito"] == "riparto":
        tinte = colori(prospetto["gruppi"])
        contesto |= {
            "posti": emiciclo(prospetto["gruppi"], seggi=prospetto["seggi_consiglio"]),
            "gruppi": [{**g, "colore": tinte.get(g["capo"])} for g in prospetto["gruppi"]],
        }
    return contesto


SCARICABILI = (
    ("risultati.json", "Tutto quello che si legge in questa pagina (JSON)"),
    ("riparto.json", "I dati del riparto e il suo esito (JSON)"),
    ("sezioni.csv", "Schede per sezione (CSV)"),
    ("voti_sindaci.csv", "Voti ai candidati sindaco per sezione (CSV)"),
    ("voti_liste.csv", "Voti di lista per sezione (CSV)"),
    ("voti_preferenze.csv", "Preferenze per sezione (CSV)"),
)
