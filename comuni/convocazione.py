"""Documents of the convocation: manifesto 8/COM, cartolina-avviso 17/COM, changes of venue, postponement.

Contents from arts. 18 TU (d.P.R. 570/1960), 38 d.P.R. 223/1967, 6 l. 40/1979.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError

from comuni.atti import cornice, produce_atto
from comuni.legge import parametri_di
from comuni.models import Atto, CambioSede, Convocazione, Elezione, Sezione
from comuni.parole_data import data_estesa, giorni_estesi, ore_estese
from comuni.scadenzario import adempimenti_di
from electoral.csv_io import Colonna, Lettura, testo
from electoral.permessi import Azione
from norme.calendario import compute_giorni

COLONNE_AIRE = (
    Colonna("cognome", testo(120), obbligatoria=True),
    Colonna("nome", testo(120), obbligatoria=True),
    Colonna("indirizzo", testo(200), obbligatoria=True, aiuto="Via e numero civico all'estero."),
    Colonna("localita", testo(120), obbligatoria=True, aiuto="Città e codice postale."),
    Colonna("stato", testo(80), obbligatoria=True),
)


def voting_days(elezione: Elezione, *, ballottaggio: bool = False) -> list[str]:
    """«domenica 3 ottobre 2021, dalle ore 7 alle ore 23», one line per day."""
    giorni = compute_giorni(parametri_di(elezione), giorni=elezione.giorni)
    primo = elezione.data_ballottaggio if ballottaggio else elezione.data
    orari = giorni.orari_ballottaggio if ballottaggio else giorni.orari
    return [
        f"{data_estesa(primo + timedelta(days=n), con_giorno=True)}, {ore_estese(*orario)}"
        for n, orario in enumerate(orari)
    ]


def manca_al_manifesto(elezione: Elezione) -> list[str]:
    """What the manifesto needs and is not there, in words; empty when it may be produced."""
    convocazione = Convocazione.objects.filter(elezione=elezione).first()
    mancano = []
    if convocazione is None or not convocazione.decreto_prefetto_data:
        mancano.append("la data del decreto del Prefetto che convoca i comizi")
    if convocazione is None or not convocazione.firmatario:
        mancano.append("il nome di chi firma")
    sezioni = Sezione.objects.di(elezione).con_risultati()
    if not sezioni.exists():
        mancano.append("le sezioni")
    elif senza := list(sezioni.filter(indirizzo="").values_list("numero", flat=True)[:10]):
        mancano.append(f"la sede delle sezioni {', '.join(map(str, senza))}")
    return mancano


def _require_complete(elezione: Elezione) -> Convocazione:
    if mancano := manca_al_manifesto(elezione):
        raise ValidationError("Al manifesto mancano: " + "; ".join(mancano) + ".", code="incompleto")
    return elezione.convocazione


def produce_manifesto_convocazione(elezione: Elezione, *, data: date, by=None) -> Atto:
    """The manifesto of convocation (mod. 8/COM); ``ValidationError`` names what is missing."""
    convocazione = _require_complete(elezione)
    sezioni = Sezione.objects.di(elezione).con_risultati().order_by("numero")
    return produce_atto(
        elezione,
        tipo="manifesto_convocazione",
        titolo="Manifesto di convocazione dei comizi (mod. 8/COM)",
        modello="manifesto_convocazione",
        contesto={
            **cornice(elezione, "Convocazione dei comizi elettorali", data=data),
            **_votazione(elezione),
            "due_turni": elezione.sistema == "oltre_15000",
            "decreto_prefetto": _decreto(convocazione),
            "decreto_ministro": convocazione.decreto_ministro and data_estesa(convocazione.decreto_ministro),
            "seggi_consiglio": elezione.seggi_consiglio,
            "insediamento": _insediamento(elezione),
            "sezioni": [
                {
                    "numero": s.numero,
                    "edificio": s.plesso,
                    "indirizzo": s.indirizzo,
                    "accessibile": s.accessibile,
                }
                for s in sezioni
            ],
            "sezioni_sentenza": convocazione.sezioni_sentenza,
        },
        by=by,
    )


def _votazione(elezione: Elezione) -> dict[str, object]:
    """The voting days with their hours, and those of the runoff that may follow."""
    return {
        "giorni": voting_days(elezione),
        "ballottaggio": voting_days(elezione, ballottaggio=True) if elezione.data_ballottaggio else [],
    }


def _decreto(convocazione: Convocazione) -> str:
    numero = f"n. {convocazione.decreto_prefetto_numero} " if convocazione.decreto_prefetto_numero else ""
    return f"{numero}del {data_estesa(convocazione.decreto_prefetto_data)}"


def _insediamento(elezione: Elezione) -> str:
    """Day and hour when the offices are set up: the eve at 16, or the morning itself where one votes then."""
    voce = next((a for a in adempimenti_di(elezione) if a.codice == "insediamento"), None)
    if voce is None:  # a Region whose calendar is not whole
        return ""
    ora = voce.ora or voce.dalle
    return (
        f"alle ore {ora.removeprefix('0').removesuffix(':00')} di {data_estesa(voce.data, con_giorno=True)}"
    )


def produce_cartoline_aire(elezione: Elezione, *, lettura: Lettura, data: date, by=None) -> Atto:
    """The cartolina-avviso to each elector abroad (mod. 17/COM), one page each, from the CSV of the AIRE."""
    _require_complete(elezione)
    destinatari: Sequence[Mapping[str, str]] = [
        {c.nome: riga[c.nome] or "" for c in COLONNE_AIRE} for riga in lettura.righe
    ]
    if not destinatari:
        raise ValidationError("Il file non contiene nessun elettore.", code="vuoto")
    return produce_atto(
        elezione,
        tipo="cartolina_aire",
        titolo="Cartoline-avviso agli elettori all'estero (mod. 17/COM)",
        modello="cartolina_aire",
        azione=Azione.PREPARARE_ELEZIONE,  # names and addresses abroad
        contesto={
            **cornice(elezione, "Cartolina-avviso agli elettori residenti all'estero", data=data),
            **_votazione(elezione),
            "destinatari": destinatari,
        },
        by=by,
    )


def produce_manifesto_cambio_sede(elezione: Elezione, *, data: date, by=None) -> Atto:
    """The manifesto of the sections that changed building, to be posted two days before the vote."""
    _require_complete(elezione)
    cambi = CambioSede.objects.filter(sezione__elezione=elezione).select_related("sezione")
    if not cambi:
        raise ValidationError("Nessun cambio di sede registrato.", code="vuoto")
    if indecisi := [c.sezione.numero for c in cambi if c.decisa_il is None]:
        raise ValidationError(
            "Manca la data della decisione per le sezioni "
            f"{', '.join(map(str, indecisi))}: il cambio si annuncia dopo che è stato deciso.",
            code="indeciso",
        )
    return produce_atto(
        elezione,
        tipo="manifesto_cambio_sede",
        titolo="Manifesto del cambio di sede",
        modello="manifesto_cambio_sede",
        contesto={
            **cornice(elezione, "Cambio di sede di sezioni elettorali", data=data),
            "cambi": [
                {
                    "numero": c.sezione.numero,
                    "prima": ", ".join(filter(None, [c.sezione.plesso, c.sezione.indirizzo])),
                    "dopo": ", ".join(filter(None, [c.edificio, c.indirizzo])),
                    "motivo": c.motivo,
                }
                for c in cambi
            ],
        },
        by=by,
    )


def produce_manifesto_rinvio(elezione: Elezione, *, data: date, by=None) -> Atto:
    """The manifesto of postponement for force majeure (art. 18 TU): at most the days the law allows."""
    convocazione = _require_complete(elezione)
    nuova = convocazione.rinviata_al
    if nuova is None or not convocazione.motivo_rinvio:
        raise ValidationError("Scrivere la nuova data e il motivo del rinvio.", code="incompleto")
    _check_rinvio(elezione, nuova)
    return produce_atto(
        elezione,
        tipo="manifesto_rinvio",
        titolo="Manifesto di rinvio della votazione",
        modello="manifesto_rinvio",
        contesto={
            **cornice(elezione, "Rinvio della votazione", data=data),
            "nuovi_giorni": giorni_estesi(nuova, quanti=elezione.giorni),
            "motivo": convocazione.motivo_rinvio,
            "decreto_prefetto": _decreto(convocazione),
        },
        by=by,
    )


def _check_rinvio(elezione: Elezione, nuova: date) -> None:
    massimo = parametri_di(elezione).intero("rinvio_massimo_giorni")
    ultimo = elezione.data + timedelta(days=massimo)
    if not elezione.data < nuova <= ultimo:
        raise ValidationError(
            f"Il rinvio può essere al più di {massimo} giorni: entro il {ultimo:%d/%m/%Y} (art. 18 TU).",
            code="rinvio_lungo",
        )
