"""The steps of an allocation for people: seven headings, sentences with their article, tables as on paper."""

from collections import defaultdict

from norme.parole import join, migliaia
from risultati.margini_seggi import ultimo_seggio

TITOLI = {
    "cifre": "Voti e sindaco",
    "soglia": "Soglia di sbarramento",
    "riparto": "Riparto con i quozienti d'Hondt",
    "premio": "Premio e minoranza",
    "interni": "Seggi dentro i gruppi",
    "sindaci": "Sindaci non eletti",
    "eletti": "Eletti",
}

_PARTI = {
    "voti_sindaci": "cifre",
    "spareggio_sindaci": "cifre",
    "ammessi_ballottaggio": "cifre",
    "subentro_ballottaggio": "cifre",
    "sindaco_eletto": "cifre",
    "quorum_lista_unica": "cifre",
    "elezione_nulla": "cifre",
    "sbarramento": "soglia",
    "gruppi": "soglia",
    "seggi_maggioranza": "premio",
    "seconda_lista": "premio",
    "verifica_premio": "premio",
    "seggio_sindaco_non_eletto": "sindaci",
    "sindaco_fuori": "sindaci",
    "miglior_perdente": "sindaci",
}
_PER_SCOPO = {
    "prova": "riparto",
    "consiglio": "riparto",
    "minoranza": "premio",
    "gruppo": "interni",
    "eccedenza": "interni",
}
_PER_SORTEGGIO = {
    "sindaco": "cifre",
    "ballottaggio": "cifre",
    "seconda_lista": "premio",
    "miglior_perdente": "sindaci",
    "addebito": "sindaci",
}


def _parte(passo: dict) -> str:
    """Under which heading a step goes."""
    if passo["tipo"] == "tabella_quozienti":
        return _PER_SCOPO[passo["scopo"]]
    if passo["tipo"] == "sorteggio_applicato":
        richiesta = passo["richiesta"]
        scopo = str(richiesta["ambito"]).split(" ")[0]
        return _PER_SORTEGGIO.get(richiesta["tipo"]) or _PER_SCOPO.get(scopo, "riparto")
    return _PARTI.get(passo["tipo"], "eletti")


def build_passi(dati: dict, esito: dict) -> list[dict]:
    """The headings that have something to say, in order, each with its steps."""
    parti = defaultdict(list)
    for passo in esito["passi"]:
        voce = {"tipo": passo["tipo"], "articolo": passo["articolo"], "testo": passo["testo"]}
        if passo["tipo"] == "tabella_quozienti" and passo["graduatoria"]:
            voce["tabella"] = build_tabella(passo, dati)
        if passo["tipo"] == "sbarramento":
            voce["sbarramento"] = _sbarramento(passo, dati)
        parti[_parte(passo)].append(voce)
    presenti = [nome for nome in TITOLI if parti[nome]]
    return [
        {"numero": numero, "chiave": nome, "titolo": TITOLI[nome], "passi": parti[nome]}
        for numero, nome in enumerate(presenti, start=1)
    ]


def _sbarramento(passo: dict, dati: dict) -> list[dict]:
    nomi = {lista["id"]: lista["nome"] for lista in dati["liste"]}
    return [{**riga, "nome": nomi[riga["lista"]]} for riga in passo["righe"]]


def build_tabella(passo: dict, dati: dict) -> dict:
    """The quotients as one would draw them on paper: a row each, winners numbered in order.

    One column more than the last winning divisor, so that the first quotient left out is seen.
    """
    nomi = _nomi(passo, dati)
    vincenti = {(q["a"], q["divisore"]): ordine for ordine, q in enumerate(passo["graduatoria"], start=1)}
    cifre = [(ident, cifra) for ident, cifra in passo["cifre"] if cifra > 0]
    colonne = max(divisore for _, divisore in vincenti) + 1
    righe = []
    for ident, cifra in sorted(cifre, key=lambda voce: -voce[1]):
        celle = [
            _cella(cifra, divisore, vincenti.get((ident, divisore))) for divisore in range(1, colonne + 1)
        ]
        righe.append(
            {
                "id": ident,
                "nome": nomi[ident],
                "cifra": cifra,
                "celle": celle,
                "seggi": sum(cella["ordine"] is not None for cella in celle),
            }
        )
    return {
        "seggi": passo["seggi"],
        "scopo": passo["scopo"],
        "divisori": list(range(1, colonne + 1)),
        "righe": righe,
        "in_parita": [nomi[ident] for ident in passo["in_parita"]],
        "ultimo": ultimo_seggio(passo, nomi),
    }


def _cella(cifra: int, divisore: int, ordine: int | None) -> dict:
    interi, resto = divmod(cifra, divisore)
    decimali = resto * 100 // divisore
    return {"interi": interi, "decimali": f"{decimali:02d}" if resto else "", "ordine": ordine}


def _nomi(passo: dict, dati: dict) -> dict:
    """Names of the contenders of a table: lists, or groups by their sindaco."""
    if passo["fra"] == "liste":
        return {lista["id"]: lista["nome"] for lista in dati["liste"]}
    return {sindaco["id"]: sindaco["nome"] for sindaco in dati["sindaci"]}


def nomi_contendenti(richiesta: dict, dati: dict) -> dict[str, str]:
    """Who is tied in a draw, by the id to record."""
    nomi = _nomi({"fra": richiesta["fra"]}, dati)
    return {str(ident): nomi.get(ident, str(ident)) for ident in richiesta["contendenti"]}


def frase_parita(richiesta: dict, dati: dict) -> str:
    """What is drawn, and the figures in which the contenders are equal."""
    chi = join(list(nomi_contendenti(richiesta, dati).values()))
    cifra, divisore = migliaia(richiesta["cifra"]), richiesta.get("divisore", 1)
    if richiesta["tipo"] == "addebito":
        suo = richiesta["ambito"].partition(" ")[2]
        sindaco = next((s["nome"] for s in dati["sindaci"] if str(s["id"]) == suo), suo)
        dove = (
            f"Le liste di {sindaco} sono divise fra i gruppi di {chi} con"
            if (richiesta["fra"] == "gruppi")
            else f"{chi}, di {sindaco}, hanno"
        )
        chi_cede = "quale gruppo" if richiesta["fra"] == "gruppi" else "quale"
        uguale = f"lo stesso ultimo quoziente ({cifra} : {divisore})"
        return f"{dove} {uguale}: si sorteggia {chi_cede} cede il seggio."
    uguali = f"quoziente {cifra} : {divisore}" if richiesta["tipo"] == "seggio" else f"{cifra} voti ciascuno"
    return f"Sono in parità {chi} per il posto n. {richiesta['posto']} ({uguali})."
