"""The yearly notices that invite to the registers (l. 53/1990 art. 1, l. 95/1989 art. 3)."""

from dataclasses import asdict
from datetime import date

from comuni.atti import cornice, produce_atto
from comuni.legge import parametri_di
from comuni.models import Atto, Elezione
from comuni.parole_data import data_estesa
from norme.albi import DomandeAlbo, domande_albo, esclusi, next_anno, requisiti_albo
from seggi.models import Iscritto, RuoloUfficio

RUOLI = {
    Iscritto.Albo.PRESIDENTI: RuoloUfficio.PRESIDENTE,
    Iscritto.Albo.SCRUTATORI: RuoloUfficio.SCRUTATORE,
}


def prossime_domande(elezione: Elezione, albo: str, *, oggi: date) -> DomandeAlbo:
    """The days of the first year whose term to apply is still open."""
    parametri, ruolo = parametri_di(elezione, giorno=oggi), RUOLI[Iscritto.Albo(albo)].value
    anno = next_anno(ruolo, oggi=oggi, parametri=parametri)
    return domande_albo(ruolo, anno=anno, parametri=parametri)


def oggetto_avviso(albo: str, domande: DomandeAlbo) -> str:
    """One notice for each register and year."""
    return f"{albo} {domande.domande_entro.year}"


def produce_avviso_albo(
    elezione: Elezione, albo: str, *, dove: str, orario: str, recapito: str, oggi: date, by=None
) -> Atto:
    """The notice to be posted: until when one applies, where, who may, who may not."""
    parametri, ruolo = parametri_di(elezione, giorno=oggi), RUOLI[Iscritto.Albo(albo)].value
    domande = prossime_domande(elezione, albo, oggi=oggi)
    persone = "presidenti di seggio" if ruolo == RuoloUfficio.PRESIDENTE else "scrutatori"
    contesto = {
        **cornice(elezione, f"Avviso per l'albo dei {persone}", data=oggi),
        "persone": persone,
        "ruolo": ruolo,
        "anno": str(domande.domande_entro.year),
        "entro": data_estesa(domande.domande_entro, con_giorno=True),
        "articolo": domande.articolo,
        "affissione": data_estesa(domande.avviso_entro) if domande.avviso_entro else "",
        "dove": dove,
        "orario": orario,
        "recapito": recapito,
        "requisiti": [asdict(voce) for voce in requisiti_albo(ruolo, parametri=parametri)],
        "esclusi": [asdict(voce) for voce in esclusi(ruolo, parametri=parametri)],
    }
    return produce_atto(
        elezione,
        tipo="avviso_albo",
        oggetto=oggetto_avviso(albo, domande),
        titolo=f"Avviso per l'albo dei {persone}, {domande.domande_entro.year}",
        modello="avviso_albo",
        contesto=contesto,
        by=by,
    )
