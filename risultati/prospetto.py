"""The outcome as people read it: from the engine's input and output (live or frozen) to one plain object.

The desk, the acts and the portal all start here, so that they can never tell different things.
Everything is JSON; percentages are for reading only and never decide anything.
"""

from collections import defaultdict

from norme.parole import quota_percentuale


def percento(parte: int | None, tutto: int | None) -> str:
    """ "41,56"; empty without a base."""
    return "" if not tutto or parte is None else quota_percentuale(parte, tutto)


def build_prospetto(dati: dict, esito: dict) -> dict:
    """Votes by round, groups with their lists, seats, elected, vacancies, the council seat by seat."""
    sindaci = {sindaco["id"]: sindaco for sindaco in dati["sindaci"]}
    graduatorie = {p["lista"]: p for p in esito["passi"] if p["tipo"] == "graduatoria"}
    gruppi = _gruppi(dati, esito, sindaci, graduatorie)
    return {
        "tipo_esito": esito["esito"],
        "sistema": dati.get("sistema"),
        "seggi_consiglio": esito.get("seggi_consiglio") or dati.get("seggi_consiglio"),
        "sindaco": sindaci[esito["sindaco"]]["nome"] if esito["sindaco"] is not None else "",
        "sindaco_id": esito["sindaco"],
        "turno": esito["turno"],
        "premio": esito["premio"],
        "turni": _turni(dati, esito),
        "ammessi_ballottaggio": [sindaci[s]["nome"] for s in esito["ammessi_ballottaggio"]],
        "gruppi": gruppi,
        "consiglieri_sindaci": [sindaci[s]["nome"] for s in esito["consiglieri_sindaci"]],
        "seggi_vacanti": esito["seggi_vacanti"],
        "nomi_noti": _all_named(gruppi),
        "consigliere_anziano": _anziano(dati, esito),
        "rilievi": esito["rilievi"],
    }


def _turni(dati: dict, esito: dict) -> list[dict]:
    """Votes for the sindaci, round by round, highest first."""
    turni = []
    for numero, campo in ((1, "voti"), (2, "voti_ballottaggio")):
        righe = [s for s in dati["sindaci"] if s.get(campo) is not None]
        if not righe:
            continue
        totale = sum(s[campo] for s in righe)
        turni.append(
            {
                "turno": numero,
                "nome": "Primo turno" if numero == 1 else "Ballottaggio",
                "totale": totale,
                "righe": [
                    {
                        "id": s["id"],
                        "nome": s["nome"],
                        "voti": s[campo],
                        "percento": percento(s[campo], totale),
                        "eletto": s["id"] == esito["sindaco"] and esito["turno"] == numero,
                        "ammesso": numero == 1 and s["id"] in esito["ammessi_ballottaggio"],
                    }
                    for s in sorted(righe, key=lambda s: -s[campo])
                ],
            }
        )
    return turni


def _gruppi(dati: dict, esito: dict, sindaci: dict, graduatorie: dict) -> list[dict]:
    """Lists by the sindaco they were with at the end (runoff links included), the elected one's first.

    A list that joined another group for the runoff is shown there and says where it came from.
    """
    al_ballottaggio = esito["turno"] == 2
    per_capo = defaultdict(list)
    for lista in dati["liste"]:
        capo = (lista.get("apparentata_con") if al_ballottaggio else None) or lista["sindaco"]
        per_capo[capo].append(lista)
    voti = cifre_di_lista(dati, sindaci)
    totale = sum(voti.values())
    ammesse = _ammesse(esito)
    gruppi = []
    for capo, liste in per_capo.items():
        righe = [_lista(x, esito, graduatorie, ammesse, voti, totale, sindaci, capo) for x in liste]
        sedute = {capo, *(lista["sindaco"] for lista in liste)} & set(esito["consiglieri_sindaci"])
        # a losing sindaco whose lists joined another group sits among them, not twice
        seduti = [s for s in sedute if s == capo or s not in per_capo]
        gruppi.append(
            {
                "capo": capo,
                "nome": sindaci[capo]["nome"],
                "is_maggioranza": capo == esito["sindaco"],
                "voti": sum(lista["voti"] for lista in righe),
                "percento": percento(sum(lista["voti"] for lista in righe), totale),
                "liste": righe,
                "consiglieri_sindaci": [sindaci[s]["nome"] for s in sorted(seduti, key=str)],
                "seggi_liste": sum(lista["seggi"] for lista in righe),
                "seggi": sum(lista["seggi"] for lista in righe) + len(seduti),
            }
        )
    return sorted(gruppi, key=lambda g: (not g["is_maggioranza"], -g["seggi"], -g["voti"]))


def cifre_di_lista(dati: dict, sindaci: dict) -> dict:
    """Votes of each list; up to 15.000 inhabitants they are those of its sindaco (art. 71 c. 7 TUEL)."""
    if dati.get("sistema") != "fino_15000" or dati.get("ordinamento", "ordinario") == "sicilia":
        return {lista["id"]: lista["voti"] for lista in dati["liste"]}
    unico = dati.get("ordinamento", "ordinario") == "ordinario"
    return {
        lista["id"]: sindaci[lista["sindaco"]]["voti"] if unico or lista["voti"] is None else lista["voti"]
        for lista in dati["liste"]
    }


def _ammesse(esito: dict) -> dict:
    """Which lists passed the threshold and why, by list id; empty where there is no threshold."""
    passo = next((p for p in esito["passi"] if p["tipo"] == "sbarramento"), None)
    return {} if passo is None else {riga["lista"]: riga for riga in passo["righe"]}


def _lista(lista, esito, graduatorie, ammesse, voti, totale, sindaci, capo) -> dict:
    graduatoria = graduatorie.get(lista["id"])
    nomi = {c["id"]: c["nome"] for c in lista.get("candidati", [])}
    candidati = [{**riga, "nome": nomi[riga["candidato"]]} for riga in (graduatoria or {}).get("righe", [])]
    seggi = esito["seggi_per_lista"].get(str(lista["id"]), 0)
    riga = ammesse.get(lista["id"])
    return {
        "id": lista["id"],
        "nome": lista["nome"],
        "voti": voti[lista["id"]],
        "percento": percento(voti[lista["id"]], totale),
        "seggi": seggi,
        "ammessa": riga is None or riga["ammessa"],
        "proveniente_da": "" if lista["sindaco"] == capo else sindaci[lista["sindaco"]]["nome"],
        "nomi_noti": graduatoria is not None,
        "eletti": [c for c in candidati if c["eletto"]],
        "non_eletti": [c for c in candidati if not c["eletto"]],
    }


def _all_named(gruppi: list[dict]) -> bool:
    """Whether every seat of a list has a name: data without preferences give seats only."""
    return all(lista["nomi_noti"] for gruppo in gruppi for lista in gruppo["liste"] if lista["seggi"])


def _anziano(dati: dict, esito: dict) -> str:
    passo = next((p for p in esito["passi"] if p["tipo"] == "consigliere_anziano"), None)
    if passo is None:
        return ""
    liste = {lista["id"]: lista for lista in dati["liste"]}
    nomi = []
    for candidato, lista in zip(passo["candidati"], passo["liste"], strict=True):
        nomi += [c["nome"] for c in liste[lista]["candidati"] if c["id"] == candidato]
    return ", ".join(nomi)
