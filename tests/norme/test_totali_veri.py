"""The totals of the other real elections: nothing false in them."""

import tomllib

from norme.dati_scrutinio import DatiScrutinio
from norme.parametri import parametri_at
from norme.scrutinio import check_scrutinio
from tests.norme.sezioni import CARTELLA, number, rows


def totali_veri():
    """Every turno of ``dati/fascicoli`` known only as a total of the comune."""
    for cartella in sorted(CARTELLA.parent.iterdir()):
        elezione = tomllib.loads((cartella / "elezione.toml").read_text("utf-8"))["elezione"]
        parametri = parametri_at(
            elezione["data"],
            popolazione=elezione.get("popolazione_legale"),
            ordinamento="sicilia" if elezione["regione"] == "Sicilia" else "ordinario",
            capoluogo=elezione["capoluogo"],
            sistema=elezione["sistema"],
        )
        collegamenti = {int(r["numero"]): int(r["sindaco"]) for r in rows("liste.csv", cartella)}
        for turno in ("1", "2"):
            righe = {
                nome: [
                    r
                    for r in rows(f"{nome}.csv", cartella)
                    if not r["sezione"] and r.get("turno", "1") == turno
                ]
                for nome in ("scrutinio", "voti_sindaci", "voti_liste", "voti_preferenze")
            }
            preferenze = {}
            for r in righe["voti_preferenze"]:
                preferenze.setdefault(int(r["lista"]), {})[int(r["candidato"])] = number(r["preferenze"])
            if righe["voti_sindaci"]:
                voti = {
                    "voti_sindaci": {int(r["sindaco"]): number(r["voti"]) for r in righe["voti_sindaci"]},
                    "voti_liste": {int(r["lista"]): number(r["voti"]) for r in righe["voti_liste"]},
                }
                schede = {
                    nome: number(valore)
                    for r in righe["scrutinio"]
                    for nome, valore in r.items()
                    if nome not in ("turno", "sezione")
                }
                dati = DatiScrutinio(
                    turno=int(turno), preferenze=preferenze, collegamenti=collegamenti, **voti, **schede
                )
                yield f"{cartella.name} {turno}", dati, parametri


def test_the_totals_of_the_other_real_elections_have_no_error():
    trovati = {
        nome: [r.codice for r in check_scrutinio(dati, parametri=parametri)]
        for nome, dati, parametri in totali_veri()
    }
    assert len(trovati) >= 29
    assert {nome: c for nome, c in trovati.items() if c} == {"vicenza-2018 1": ["W407"]}
