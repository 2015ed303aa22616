"""From the public JSON to what the page shows."""

from datetime import datetime

from portale.grafici import colori, emiciclo, linea_affluenza


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
        "turni": [_with_linea(turno, risultati["affluenza"]) for turno in risultati["turni"]],
    }
    if prospetto and prospetto["tipo_esito"] == "riparto":
        tinte = colori(prospetto["gruppi"])
        contesto |= {
            "posti": emiciclo(prospetto["gruppi"], seggi=prospetto["seggi_consiglio"]),
            "gruppi": [{**g, "colore": tinte.get(g["capo"])} for g in prospetto["gruppi"]],
        }
    return contesto


def _with_linea(turno: dict, affluenza: list[dict]) -> dict:
    """A turno with its turnout hour by hour, and the line that draws it when the hours are at least two."""
    ore = [voce for voce in affluenza if voce["turno"] == turno["turno"]]
    noto = any(
        turno[campo] is not None for campo in ("elettori", "votanti", "schede_bianche", "schede_nulle")
    )
    return {
        **turno,
        "ore": ore,
        "linea": linea_affluenza(ore, elettori=turno["elettori"]),
        "noto": noto or ore,
    }


SCARICABILI = (
    ("risultati.json", "Tutto quello che si legge in questa pagina (JSON)"),
    ("riparto.json", "I dati del riparto e il suo esito (JSON)"),
    ("liste.csv", "Liste e candidati sindaco, con i loro numeri (CSV)"),
    ("candidati.csv", "Candidati consiglieri, con i loro numeri (CSV)"),
    ("sezioni.csv", "Schede per sezione (CSV)"),
    ("voti_sindaci.csv", "Voti ai candidati sindaco per sezione (CSV)"),
    ("voti_liste.csv", "Voti di lista per sezione (CSV)"),
    ("voti_preferenze.csv", "Preferenze per sezione (CSV)"),
)
