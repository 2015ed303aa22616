"""How near each seat is to another list, beside the seats themselves."""

from norme.ingresso import ErroreIngresso
from risultati.models import Riparto
from risultati.motore import run_resistenza


def save_margini(riparto: Riparto) -> None:
    """Keep the margins of the lists with the allocation: they cost seconds, the desk is read many times."""
    if riparto.tipo_esito != "riparto" or riparto.margini:
        return
    try:
        margini = run_resistenza(riparto.dati)["margini"]
    except ErroreIngresso:  # the allocation stands without them
        return
    riparto.margini = {str(riga["lista"]): riga for riga in margini["liste"]}
    riparto.save(update_fields=["margini"])


def piu_in_bilico(riparto: Riparto) -> dict | None:
    """The list that would lose a seat with the fewest votes less, among those with one."""
    righe = [r for r in riparto.margini.values() if r["per_un_seggio_in_meno"] is not None]
    if not righe:
        return None
    riga = min(righe, key=lambda r: r["per_un_seggio_in_meno"])
    nomi = {str(x["id"]): x["nome"] for x in riparto.dati["liste"]}
    return {"nome": nomi[str(riga["lista"])], "voti": riga["per_un_seggio_in_meno"]}


def ultimo_seggio(passo: dict, nomi: dict) -> dict | None:
    """Whose the last seat of a table is, who comes next, and how many votes more would take it.

    Only inside this table: a vote more may also change a threshold or the premio (prova di resistenza).
    """
    if not passo["graduatoria"] or passo["in_parita"]:
        return None
    vince = passo["graduatoria"][-1]
    avuti = dict(passo.get("gia") or [])
    for quoziente in passo["graduatoria"]:
        avuti[quoziente["a"]] = max(avuti.get(quoziente["a"], 0), quoziente["divisore"])
    altri = [
        (_missing(cifra, avuti.get(ident, 0) + 1, vince), ident)
        for ident, cifra in passo["cifre"]
        if ident != vince["a"] and cifra > 0
    ]
    if not altri:
        return None
    mancano, chi = min(altri, key=lambda voce: voce[0])
    return {
        "posto": len(passo["graduatoria"]),
        "vince": nomi[vince["a"]],
        "segue": nomi[chi],
        "mancano": mancano,
    }


def _missing(cifra: int, divisore: int, vince: dict) -> int:
    """Votes more for ``cifra : divisore`` to pass the winning quotient (equal quotient: the higher cifra)."""
    esatta = vince["cifra"] * divisore
    pari = esatta // vince["divisore"]
    if esatta % vince["divisore"] == 0 and pari > vince["cifra"]:
        return max(pari - cifra, 1)
    return max(pari + 1 - cifra, 1)
