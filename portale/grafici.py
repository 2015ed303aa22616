"""The hemicycle as numbers for an inline SVG; the table beside it says the same in words."""

from math import cos, pi, sin

#: Colours told apart also by who does not see red and green; the number in the legend is the other cue.
COLORI = ("#0066cc", "#b35900", "#6a1b9a", "#00796b", "#ad1457", "#5d4037", "#455a64", "#827717")
ALTRO = "#9e9e9e"


def colori(gruppi: list[dict]) -> dict:
    """A colour for each group with seats, in the order of the table."""
    con_seggi = [g["capo"] for g in gruppi if g["seggi"]]
    return {capo: COLORI[i] if i < len(COLORI) else ALTRO for i, capo in enumerate(con_seggi)}


def emiciclo(gruppi: list[dict], *, seggi: int) -> list[dict]:
    """One circle for each seat, by group from left to right, in rows of about the same spacing."""
    tinte = colori(gruppi)
    sequenza = [tinte[g["capo"]] for g in gruppi for _ in range(g["seggi"])]
    sequenza += [ALTRO] * max(0, seggi - len(sequenza))
    if not sequenza:
        return []
    posti = _posti(len(sequenza))
    return [
        {"cx": f"{x:.2f}", "cy": f"{y:.2f}", "r": f"{r:.2f}", "colore": colore}
        for (_, x, y, r), colore in zip(posti, sequenza, strict=True)
    ]


def _posti(quanti: int) -> list[tuple[float, float, float, float]]:
    """(angle, x, y, radius) of the seats in a 200 × 104 box, from left to right."""
    file = 1 if quanti <= 8 else 2 if quanti <= 18 else 3 if quanti <= 34 else 4
    raggi = [92 - i * (56 / max(file, 2)) for i in range(file)]
    totale = sum(raggi)
    per_fila = [round(quanti * r / totale) for r in raggi]
    per_fila[0] += quanti - sum(per_fila)
    r = min(8.5, *(pi * raggio / max(n, 1) / 2 * 0.88 for raggio, n in zip(raggi, per_fila, strict=True)))
    posti = []
    for raggio, n in zip(raggi, per_fila, strict=True):
        for i in range(n):
            angolo = pi * (i + 0.5) / n
            posti.append((angolo, 100 - raggio * cos(angolo), 100 - raggio * sin(angolo), r))
    return sorted(posti)


def linea_affluenza(ore: list[dict], *, elettori: int | None) -> dict | None:
    """Turnout as a line in a 200 × 60 box; the table beside it has the figures."""
    if len(ore) < 2 or not elettori:
        return None
    passo = 180 / (len(ore) - 1)
    punti = [
        {
            "x": f"{10 + i * passo:.1f}",
            "y": f"{52 - 44 * min(voce['votanti'] / elettori, 1):.1f}",
            "ora": voce["rilevazione"],
        }
        for i, voce in enumerate(ore)
    ]
    return {"punti": punti, "traccia": " ".join(f"{p['x']},{p['y']}" for p in punti)}
