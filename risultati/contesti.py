"""What the acts of the outcome say: contexts built from the frozen snapshot, plain JSON.

The snapshot has the figures and names; the election adds only what heads an act (comune, days).
"""

from collections import defaultdict
from datetime import date

from django.utils import timezone

from candidature.models import Candidato
from comuni.legge import parametri_di
from comuni.models import Elezione
from comuni.parole_data import data_estesa
from electoral.templatetags.urna import giorni_di_voto
from norme.consiglio import presidenza
from risultati.models import Eletto, Proclamazione
from risultati.passi import build_passi
from risultati.prospetto import build_prospetto

ARTICOLI = {
    "fino_15000": "artt. 71 e seguenti del d.lgs. 18 agosto 2000, n. 267",
    "oltre_15000": "artt. 72 e 73 del d.lgs. 18 agosto 2000, n. 267",
}
ARTICOLI_REGIONALI = {
    "sicilia": "leggi regionali siciliane n. 35/1997 e n. 17/2016",
    "friuli-venezia-giulia": "legge regionale del Friuli-Venezia Giulia n. 19/2013",
}
UFFICI = {"fino_15000": "Adunanza dei presidenti delle sezioni", "oltre_15000": "Ufficio centrale"}


def data_lunga(giorno: date | None) -> str:
    return data_estesa(giorno) if giorno else ""


def contesto_elezione(elezione: Elezione) -> dict:
    """What heads every act."""
    return {
        "comune": elezione.comune.nome,
        "provincia": elezione.comune.provincia,
        "giorni": giorni_di_voto(elezione),
        "data_ballottaggio": data_lunga(elezione.data_ballottaggio),
        "sistema": elezione.sistema,
        "ufficio": UFFICI[elezione.sistema],
        "legge": ARTICOLI_REGIONALI.get(elezione.ordinamento, ARTICOLI[elezione.sistema]),
        "stemma": "stemma" if elezione.comune.stemma else "",
    }


def contesto_proclamazione(proclamazione: Proclamazione) -> dict:
    """The elected and the figures, as the acts after the proclamation say them."""
    istantanea = proclamazione.istantanea
    quando = timezone.localtime(proclamazione.proclamata_il) if proclamazione.proclamata_il else None
    return {
        **contesto_elezione(proclamazione.elezione),
        "prospetto": build_prospetto(istantanea["dati"], istantanea["esito"]),
        "turni_scrutinio": istantanea["turni"],
        "proclamata_il": data_lunga(quando and quando.date()),
        "proclamata_alle": quando.strftime("%H:%M") if quando else "",
        "presidente": proclamazione.presidente,
        "impronta_dati": istantanea["impronta_dati"],
        "impronta_proclamazione": proclamazione.impronta,
        "motivo_mancata": "",
    }


def contesto_manifesto(proclamazione: Proclamazione) -> dict:
    """The manifesto of the elected; larger paper where the names are many (they are read from afar)."""
    contesto = contesto_proclamazione(proclamazione)
    seggi = contesto["prospetto"]["seggi_consiglio"] or 0
    return {**contesto, "formato": "a2" if seggi > 32 else "a3"}


def contesto_verbale(proclamazione: Proclamazione) -> dict:
    """The record of the adunanza / ufficio centrale: steps, draws, findings with their reasons."""
    istantanea = proclamazione.istantanea
    return {
        **contesto_proclamazione(proclamazione),
        "seduta": proclamazione.seduta,
        "passi": build_passi(istantanea["dati"], istantanea["esito"]),
        "parametri": istantanea["esito"]["parametri"],
        "motivi_avvisi": istantanea["motivi_avvisi"],
        "errori_sezioni": istantanea.get("errori_sezioni", {}),
        "letture": istantanea["letture"],
        "vicende": istantanea["vicende"],
        "sorteggi": istantanea["sorteggi"],
        "versione_urna": istantanea["versione_urna"],
    }


def contesto_notifiche(proclamazione: Proclamazione) -> dict:
    """Every elected person, in order, with the office and the list."""
    return {
        **contesto_proclamazione(proclamazione),
        "eletti": [describe_eletto(e) for e in _eletti(proclamazione)],
        "presidenza": say_presidenza(proclamazione),
    }


def contesto_notifica(eletto: Eletto) -> dict:
    """The notification to one elected person alone."""
    return {
        **contesto_proclamazione(eletto.proclamazione),
        "eletti": [describe_eletto(eletto)],
        "presidenza": say_presidenza(eletto.proclamazione),
    }


def say_presidenza(proclamazione: Proclamazione) -> str:
    """Who chairs the first sitting of the council, by name where the figures tell it; else nothing."""
    chi = presidenza(parametri_di(proclamazione.elezione))
    if chi is None:
        return ""
    testo = chi.prima_seduta
    istantanea = proclamazione.istantanea
    anziano = build_prospetto(istantanea["dati"], istantanea["esito"])["consigliere_anziano"]
    if anziano and not chi.is_del_sindaco:
        testo = testo.replace("anziano", f"anziano ({anziano})", 1)
    return f"{testo} ({chi.articolo})"


def _eletti(proclamazione: Proclamazione):
    return proclamazione.eletti.select_related("sindaco", "candidato", "lista")


def describe_eletto(eletto: Eletto) -> dict:
    cariche = {Eletto.Carica.SINDACO: "sindaco"}
    return {
        "nome": str(eletto.persona),
        "carica": cariche.get(eletto.carica, "consigliere comunale"),
        "lista": eletto.lista.denominazione if eletto.lista else "",
        "cifra": eletto.cifra_individuale,
    }


def contesto_modulo(elezione: Elezione) -> dict:
    """The blank form of a section: names without figures."""
    candidati = defaultdict(list)
    righe = Candidato.objects.in_corsa().filter(lista__elezione=elezione).order_by("lista__numero", "numero")
    for lista, numero, cognome, nome in righe.values_list("lista__numero", "numero", "cognome", "nome"):
        candidati[lista].append({"numero": numero, "nome": f"{cognome} {nome}"})
    return {
        **contesto_elezione(elezione),
        "sindaci": [
            {"numero": s.numero, "nome": str(s)}
            for s in elezione.candidati_sindaco.in_corsa().order_by("numero")
        ],
        "liste": [
            {"numero": x.numero, "nome": x.denominazione, "candidati": candidati[x.numero]}
            for x in elezione.liste.in_corsa().order_by("numero")
        ],
    }


def contesto_modulo_riparto(elezione: Elezione) -> dict:
    """The blank sheets of the ufficio: the sections to add up, the quotients to draw, the draw to record."""
    return {
        **contesto_modulo(elezione),
        "sezioni": list(elezione.sezioni.con_risultati().order_by("numero").values_list("numero", flat=True)),
        "seggi": elezione.seggi_consiglio,
    }
