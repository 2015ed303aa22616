"""Documents of the convocation: manifesto 8/COM, cartolina-avviso 17/COM, changes of venue, postponement.

Contents from arts. 18 TU (d.P.R. 570/1960), 38 d.P.R. 223/1967, 6 l. 40/1979.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError

from comuni.atti import produce_atto
from comuni.legge import parametri_di
from comuni.models import Atto, CambioSede, Convocazione, Elezione, Sezione
from comuni.parole_data import data_estesa, giorni_estesi, ore_estese
from electoral.csv_io import Colonna, Lettura, testo

COLONNE_AIRE = (
    Colonna("cognome", testo(120), obbligatoria=True),
    Colonna("nome", testo(120), obbligatoria=True),
    Colonna("indirizzo", testo(200), obbligatoria=True, aiuto="Via e numero civico all'estero."),
    Colonna("localita", testo(120), obbligatoria=True, aiuto="Città e codice postale."),
    Colonna("stato", testo(80), obbligatoria=True),
)


def voting_days(elezione: Elezione, *, ballottaggio: bool = False) -> list[str]:
    """«domenica 3 ottobre 2021, dalle ore 7 alle ore 23», one line per day."""
    primo = elezione.data_ballottaggio if ballottaggio else elezione.data
    orari = parametri_di(elezione).valore("votazione_ballottaggio" if ballottaggio else "votazione")["orari"]
    return [
        f"{data_estesa(primo + timedelta(days=n), con_giorno=True)}, {ore_estese(*orario)}"
        for n, orario in enumerate(orari[: elezione.giorni])
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


def _comune(elezione: Elezione) -> dict[str, object]:
    return {"comune": elezione.comune.nome, "provincia": elezione.comune.provincia}


def produce_manifesto_convocazione(elezione: Elezione, *, data: date, by=None) -> Atto:
    """The manifesto of convocation (mod. 8/COM); ``ValidationError`` names what is missing."""
    convocazione = _require_complete(elezione)
    sezioni = Sezione.objects.di(elezione).con_risultati().order_by("numero")
    contesto = {
        **_comune(elezione),
        "titolo": "Convocazione dei comizi elettorali",
        "giorni": voting_days(elezione),
        "giorni_brevi": giorni_estesi(elezione.data, quanti=elezione.giorni),
        "ballottaggio": voting_days(elezione, ballottaggio=True) if elezione.data_ballottaggio else [],
        "due_turni": elezione.sistema == "oltre_15000",
        "decreto_prefetto": _decreto(convocazione),
        "decreto_ministro": convocazione.decreto_ministro and data_estesa(convocazione.decreto_ministro),
        "seggi_consiglio": elezione.seggi_consiglio,
        "insediamento": data_estesa(_sabato(elezione), con_giorno=True),
        "sezioni": [
            {"numero": s.numero, "edificio": s.plesso, "indirizzo": s.indirizzo, "accessibile": s.accessibile}
            for s in sezioni
        ],
        "sezioni_sentenza": convocazione.sezioni_sentenza,
        "luogo": elezione.comune.nome,
        "data": data_estesa(data),
        "qualifica": convocazione.qualifica,
        "firmatario": convocazione.firmatario,
    }
    return produce_atto(
        elezione,
        tipo="manifesto_convocazione",
        titolo="Manifesto di convocazione dei comizi (mod. 8/COM)",
        modello="manifesto_convocazione",
        contesto=contesto,
        by=by,
    )


def _decreto(convocazione: Convocazione) -> str:
    numero = f"n. {convocazione.decreto_prefetto_numero} " if convocazione.decreto_prefetto_numero else ""
    return f"{numero}del {data_estesa(convocazione.decreto_prefetto_data)}"


def _sabato(elezione: Elezione) -> date:
    """The day before the first of the vote, when the offices are set up at 16:00 (art. 47 TU)."""
    return elezione.data - timedelta(days=1)


def produce_cartoline_aire(elezione: Elezione, *, lettura: Lettura, data: date, by=None) -> Atto:
    """The cartolina-avviso to each elector abroad (mod. 17/COM), one page each, from the CSV of the AIRE."""
    convocazione = _require_complete(elezione)
    destinatari: Sequence[Mapping[str, str]] = [
        {c.nome: riga[c.nome] or "" for c in COLONNE_AIRE} for riga in lettura.righe
    ]
    if not destinatari:
        raise ValidationError("Il file non contiene nessun elettore.", code="vuoto")
    contesto = {
        **_comune(elezione),
        "titolo": "Cartolina-avviso agli elettori residenti all'estero",
        "giorni": voting_days(elezione),
        "ballottaggio": voting_days(elezione, ballottaggio=True) if elezione.data_ballottaggio else [],
        "destinatari": destinatari,
        "data": data_estesa(data),
        "qualifica": convocazione.qualifica,
        "firmatario": convocazione.firmatario,
    }
    return produce_atto(
        elezione,
        tipo="cartolina_aire",
        titolo="Cartoline-avviso agli elettori all'estero (mod. 17/COM)",
        modello="cartolina_aire",
        contesto=contesto,
        by=by,
    )


def produce_manifesto_cambio_sede(elezione: Elezione, *, data: date, by=None) -> Atto:
    """The manifesto of the sections that changed building, to be posted two days before the vote."""
    convocazione = _require_complete(elezione)
    cambi = CambioSede.objects.filter(sezione__elezione=elezione).select_related("sezione")
    if not cambi:
        raise ValidationError("Nessun cambio di sede registrato.", code="vuoto")
    contesto = {
        **_comune(elezione),
        "titolo": "Cambio di sede di sezioni elettorali",
        "giorni_brevi": giorni_estesi(elezione.data, quanti=elezione.giorni),
        "cambi": [
            {
                "numero": c.sezione.numero,
                "prima": " ".join(filter(None, [c.sezione.plesso, c.sezione.indirizzo])),
                "dopo": " ".join(filter(None, [c.edificio, c.indirizzo])),
                "motivo": c.motivo,
            }
            for c in cambi
        ],
        "luogo": elezione.comune.nome,
        "data": data_estesa(data),
        "qualifica": convocazione.qualifica,
        "firmatario": convocazione.firmatario,
    }
    return produce_atto(
        elezione,
        tipo="manifesto_cambio_sede",
        titolo="Manifesto del cambio di sede",
        modello="manifesto_cambio_sede",
        contesto=contesto,
        by=by,
    )


def produce_manifesto_rinvio(elezione: Elezione, *, data: date, by=None) -> Atto:
    """The manifesto of postponement for force majeure (art. 18 TU): at most the days the law allows."""
    convocazione = _require_complete(elezione)
    nuova = convocazione.rinviata_al
    if nuova is None or not convocazione.motivo_rinvio:
        raise ValidationError("Scrivere la nuova data e il motivo del rinvio.", code="incompleto")
    massimo = parametri_di(elezione).intero("rinvio_massimo_giorni")
    if not elezione.data < nuova <= elezione.data + timedelta(days=massimo):
        raise ValidationError(
            f"Il rinvio può essere al più di {massimo} giorni: entro il "
            f"{elezione.data + timedelta(days=massimo):%d/%m/%Y} (art. 18 TU).",
            code="rinvio_lungo",
        )
    contesto = {
        **_comune(elezione),
        "titolo": "Rinvio della votazione",
        "giorni_brevi": giorni_estesi(elezione.data, quanti=elezione.giorni),
        "nuovi_giorni": giorni_estesi(nuova, quanti=elezione.giorni),
        "motivo": convocazione.motivo_rinvio,
        "decreto_prefetto": _decreto(convocazione),
        "luogo": elezione.comune.nome,
        "data": data_estesa(data),
        "qualifica": convocazione.qualifica,
        "firmatario": convocazione.firmatario,
    }
    return produce_atto(
        elezione,
        tipo="manifesto_rinvio",
        titolo="Manifesto di rinvio della votazione",
        modello="manifesto_rinvio",
        contesto=contesto,
        by=by,
    )
