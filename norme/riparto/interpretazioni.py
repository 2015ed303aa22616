"""Where the law is silent or disputed: our default, its reason, and what an ente may choose instead.

The field names are the keys of ``opzioni`` in the input and the entries of ``docs/interpretazioni.md``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final


@dataclass(frozen=True, slots=True)
class Interpretazioni:
    """The reading adopted on each doubtful point (norme.md §9 and §10)."""

    denominatore_soglie: str = "sindaci"
    arrotondamento_premio: str = "di_legge"
    raggruppa_perdenti: bool = True
    addebito_sindaco_perdente: str = "liste_primo_turno"
    parita_di_tre: str = "sorteggio"
    soglia_gruppo_stretta: bool = False
    vincitore_sotto_soglia: str = "non_ammesso"
    liste_esaurite: str = "gruppo"
    una_sola_lista_votata: str = "lista_unica"
    sicilia_blocco_premio: str = "oltre"
    fvg_maggioranza_naturale: bool = False

    def changed(self) -> dict[str, object]:
        """The points where this choice differs from the default."""
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) != f.default}


@dataclass(frozen=True, slots=True)
class Punto:
    """One doubtful point as people read it."""

    titolo: str
    articolo: str
    valori: Mapping[str, str]
    ragione: str


PUNTI: Final[Mapping[str, Punto]] = {
    "denominatore_soglie": Punto(
        "Base del 3, 40 e 50 per cento",
        "TUEL art. 73 c. 7 e 10",
        {"sindaci": "voti validi per i sindaci", "liste": "voti validi alle liste"},
        "CdS V 3021/2010, 802/2012, 1360/2013; CdS III 1055/2018; Trentola Ducenta e Cardito 2026. "
        "Contraria TAR Bari 1470/2014.",
    ),
    "arrotondamento_premio": Punto(
        "Arrotondamento del 60 per cento",
        "TUEL art. 73 c. 10",
        {
            "di_legge": "quello in vigore alla data",
            "eccesso": "sempre all'unità superiore",
            "aritmetico": "oltre il mezzo",
        },
        "CdS V 1197/2012, 2086/2013, 4196/2013; CdS III 2174/2017. Contraria CdS V 2928/2012.",
    ),
    "raggruppa_perdenti": Punto(
        "Gli apparentamenti del ballottaggio valgono anche per chi perde",
        "TUEL art. 72 c. 7 e 73 c. 8",
        {"true": "sì", "false": "no: chi perde resta nei gruppi del primo turno"},
        "CdS V 1269/2011 e 5721/2011.",
    ),
    "addebito_sindaco_perdente": Punto(
        "A chi si toglie il seggio del sindaco non eletto in un gruppo unito al ballottaggio",
        "TUEL art. 73 c. 11",
        {
            "liste_primo_turno": "alle liste che lo sostenevano al primo turno",
            "ultimo_quoziente_gruppo": "all'ultimo quoziente utile di tutto il gruppo",
        },
        "CdS V 2519/2001, 6123/2008, 5065/2011; TAR Marche 794/2024. Contraria TAR Salerno (Ariano Irpino).",
    ),
    "parita_di_tre": Punto(
        "Tre o più candidati primi a pari voti, fino a 15.000 abitanti",
        "TUEL art. 71 c. 6",
        {"sorteggio": "i due del ballottaggio sono sorteggiati", "due_piu_anziani": "i due più anziani"},
        "La legge prevede solo la parità fra due.",
    ),
    "soglia_gruppo_stretta": Punto(
        "Gruppo di liste esattamente al 3 per cento",
        "TUEL art. 73 c. 7",
        {"false": "ammesso", "true": "escluso: il 3 per cento va superato"},
        "La legge dice «abbia superato» per il gruppo, «meno del 3 per cento» per la lista.",
    ),
    "vincitore_sotto_soglia": Punto(
        "Liste del sindaco eletto tutte sotto soglia",
        "TUEL art. 73 c. 7",
        {"non_ammesso": "nessun seggio e nessun premio", "ammesso": "partecipano comunque"},
        "In Sicilia è deciso (Messina 2018: nessun consigliere al sindaco); altrove non trovato.",
    ),
    "liste_esaurite": Punto(
        "Seggi oltre il numero dei candidati di una lista di un gruppo",
        "TUEL art. 73 c. 8",
        {
            "gruppo": "prima alle altre liste dello stesso gruppo",
            "tutte": "alle liste di ogni gruppo, secondo i quozienti",
        },
        "La legge dice «fra le altre liste, secondo l'ordine dei quozienti».",
    ),
    "una_sola_lista_votata": Punto(
        "Più liste ammesse ma una sola votata, fino a 15.000 abitanti",
        "TUEL art. 71 c. 10",
        {
            "lista_unica": "vale la regola della lista unica, con i suoi quorum",
            "ordinaria": "due terzi alla lista votata, gli altri seggi vacanti",
        },
        "La legge dice «ammessa e votata una sola lista».",
    ),
    "sicilia_blocco_premio": Punto(
        "Sicilia: altra lista o gruppo esattamente al 50 per cento",
        "l.r. Sicilia 35/1997 art. 4 c. 6",
        {"oltre": "il premio si assegna", "almeno": "il premio è negato"},
        "Non trovato; si segue il criterio dello Stato.",
    ),
    "fvg_maggioranza_naturale": Punto(
        "Friuli-Venezia Giulia fino a 15.000: quozienti oltre la quota di maggioranza",
        "l.r. FVG 19/2013 art. 14",
        {"false": "la quota è fissa", "true": "la maggioranza tiene i seggi in più dei suoi quozienti"},
        "Non trovato.",
    ),
}
