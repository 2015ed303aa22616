"""The doubtful points beside the step they touch: what would change with the other reading, if anything."""

from norme.riparto.interpretazioni import PUNTI
from risultati.letture import scelte_correnti

#: Under which headings a point is read, the first that the allocation has.
PARTI = {
    "denominatore_soglie": ("premio", "soglia"),
    "arrotondamento_premio": ("premio",),
    "raggruppa_perdenti": ("riparto", "soglia"),
    "addebito_sindaco_perdente": ("sindaci", "interni"),
    "parita_di_tre": ("cifre",),
    "soglia_gruppo_stretta": ("soglia",),
    "vincitore_sotto_soglia": ("soglia",),
    "liste_esaurite": ("interni", "eletti"),
    "una_sola_lista_votata": ("cifre",),
    "sicilia_blocco_premio": ("premio",),
    "fvg_maggioranza_naturale": ("premio",),
}
_GRANDI = {"arrotondamento_premio", "liste_esaurite"}
_GRANDI_NON_SICILIA = {"denominatore_soglie", "vincitore_sotto_soglia"}
_GRANDI_ORDINARI = {"soglia_gruppo_stretta"}
_AL_BALLOTTAGGIO = {"raggruppa_perdenti", "addebito_sindaco_perdente"}


def punti_che_valgono(dati: dict, esito: dict) -> list[str]:
    """The points that this election could meet, by its system and region."""
    ordinamento, sistema = dati.get("ordinamento", "ordinario"), dati.get("sistema") or esito["sistema"]
    punti: set[str] = set()
    if sistema == "oltre_15000":
        punti |= _GRANDI | (_AL_BALLOTTAGGIO if esito["turno"] == 2 else set())
        punti |= set() if ordinamento == "sicilia" else _GRANDI_NON_SICILIA
        punti |= _GRANDI_ORDINARI if ordinamento == "ordinario" else {"sicilia_blocco_premio"}
        punti -= {"sicilia_blocco_premio"} if ordinamento == "friuli-venezia-giulia" else set()
    elif ordinamento == "friuli-venezia-giulia":
        punti |= {"fvg_maggioranza_naturale"}
    else:
        punti |= {"parita_di_tre", "una_sola_lista_votata"}
    return [nome for nome in PUNTI if nome in punti]


def add_letture(passi: list[dict], *, dati: dict, esito: dict, letture: list[dict]) -> None:
    """Give every heading its ``letture``: those that would change the outcome, those that would not."""
    parti = {parte["chiave"]: parte for parte in passi}
    for parte in passi:
        parte["letture"], parte["stesso_esito"] = [], []
    diverse = {voce["punto"] for voce in letture}
    for voce in letture:
        if parte := _parte(parti, voce["punto"]):
            parte["letture"].append(describe_lettura(voce, dati=dati, esito=esito))
    if (
        esito["esito"] != "riparto"
    ):  # a reading may lack its data (a birth date): nothing is said of the others
        return
    correnti = scelte_correnti(dati.get("opzioni", {}))
    for nome in punti_che_valgono(dati, esito):
        parte = _parte(parti, nome)
        if parte is None or nome in diverse:
            continue
        altre = [testo for valore, testo in PUNTI[nome].valori.items() if valore != correnti[nome]]
        parte["stesso_esito"].append({"titolo": PUNTI[nome].titolo, "altre": altre})


def _parte(parti: dict[str, dict], punto: str) -> dict | None:
    """The heading of a point; where the allocation lacks it, the last one, so that nothing is hidden."""
    trovate = [parti[nome] for nome in PARTI[punto] if nome in parti]
    return trovate[0] if trovate else next(reversed(parti.values()), None)


def describe_lettura(voce: dict, *, dati: dict, esito: dict) -> dict:
    """The difference with names: who would be sindaco, who would come in, who would stay out."""
    altro = voce["esito"]
    qui, la = _eletti(dati, esito), _eletti(dati, altro)
    sindaci = {s["id"]: s["nome"] for s in dati["sindaci"]}
    return {
        **voce,
        "sindaco": sindaci.get(altro["sindaco"], "") if altro["sindaco"] != esito["sindaco"] else "",
        "ammessi": [sindaci[s] for s in altro["ammessi_ballottaggio"]],
        "entrano": [nome for chiave, nome in la.items() if chiave not in qui],
        "escono": [nome for chiave, nome in qui.items() if chiave not in la],
        "seggi": [
            {
                "nome": lista["nome"],
                "qui": esito["seggi_per_lista"].get(str(lista["id"]), 0),
                "la": altro["seggi_per_lista"].get(str(lista["id"]), 0),
            }
            for lista in dati["liste"]
        ],
    }


def _eletti(dati: dict, esito: dict) -> dict[tuple, str]:
    """Everybody in the council, by key, with the list in brackets."""
    nomi = {}
    for lista in dati["liste"]:
        candidati = {c["id"]: c["nome"] for c in lista.get("candidati") or []}
        for ident in esito["eletti"].get(str(lista["id"]), []):
            nomi[lista["id"], ident] = f"{candidati[ident]} ({lista['nome']})"
    sindaci = {s["id"]: s["nome"] for s in dati["sindaci"]}
    return nomi | {("", s): f"{sindaci[s]} (candidato sindaco)" for s in esito["consiglieri_sindaci"]}
