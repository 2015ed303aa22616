"""Documents of the fees: forecast, prospetto of a batch, certificates, rendiconto."""

from collections import Counter
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils import timezone

from comuni.atti import produce_atto
from comuni.models import Atto, Elezione
from comuni.parole_data import data_estesa
from electoral.permessi import Azione
from norme.compensi import format_euro
from seggi.compensi import (
    RigaPreventivo,
    forecast,
    impostazioni_di,
    termine_rendiconto,
    turni_previsti,
)
from seggi.documenti import base_documento
from seggi.liquidazione import righe_da_liquidare, totali
from seggi.models import Compenso, Liquidazione, Nomina

NOMI_VOCI = {
    "onorario_incremento": "Altre elezioni contemporanee",
    "onorario_adunanza": "Adunanza dei presidenti",
    "quota_servizio": "Quote di chi ha servito in parte",
}


def prospetto_contesto(liquidazione: Liquidazione, *, modo: str = "") -> dict[str, object]:
    """The rows of the prospetto, by section, with the amounts as printed (``modo``: only those)."""
    tutte = righe_da_liquidare(liquidazione.elezione, liquidazione=liquidazione)
    righe = [r for r in tutte if not modo or r.modo == modo]
    if not righe:
        raise ValidationError("Nessun compenso di questa liquidazione si paga così.", code="vuoto")
    righe.sort(key=lambda r: (r.nomina.ufficio.sezione.numero, r.nomina.ruolo, r.nomina.posizione))
    somme = totali(righe)
    return {
        **base_documento(liquidazione.elezione, f"Prospetto di liquidazione n. {liquidazione.numero}"),
        "determina": liquidazione.determina,
        "modo": modo,
        "data_determina": data_estesa(liquidazione.data_determina) if liquidazione.data_determina else "",
        "righe": [
            {
                "sezione": r.nomina.ufficio.sezione.numero,
                "ruolo": r.nomina.get_ruolo_display(),
                "nome": str(r.nomina),
                "codice_fiscale": r.nomina.codice_fiscale,
                "turno": r.compenso.turno,
                "modo": r.modo,
                "iban": r.pagamento.iban if r.pagamento else "",
                "voci": [f"{v['testo']}: {v['euro']}" for v in r.compenso.voci],
                "importo": format_euro(r.compenso.centesimi),
            }
            for r in righe
        ],
        "totali": [(modo, format_euro(somma)) for modo, somma in somme.items() if somma or modo == "totale"],
    }


def produce_prospetto(liquidazione: Liquidazione, *, modo: str = "", by=None) -> Atto:
    """The prospetto that goes with the determina: only for who sees the fees."""
    return produce_atto(
        liquidazione.elezione,
        tipo="prospetto_liquidazione",
        oggetto=" ".join(filter(None, [str(liquidazione.numero), modo])),
        titolo=f"Prospetto di liquidazione n. {liquidazione.numero}" + (f", {modo}" if modo else ""),
        modello="prospetto_liquidazione",
        contesto=prospetto_contesto(liquidazione, modo=modo),
        azione=Azione.VEDERE_COMPENSI,
        by=by,
    )


def produce_attestati(elezione: Elezione, nomine: Sequence[Nomina], *, pagamento: bool, by=None) -> Atto:
    """Certificates of attendance (for the employer), or of what was paid: one page for each person."""
    pagine = [_attestato(nomina, pagamento=pagamento) for nomina in nomine]
    if not pagine:
        raise ValidationError("Nessuna persona scelta: l'attestato è di chi ha un posto.", code="vuoto")
    titolo = "Attestazione del compenso corrisposto" if pagamento else "Attestazione di presenza"
    sola = nomine[0] if len(nomine) == 1 else None
    return produce_atto(
        elezione,
        tipo="attestato_compenso" if pagamento else "attestato_presenza",
        oggetto="" if sola is None else str(sola.pk),
        titolo=f"{titolo} ({len(nomine)})" if sola is None else f"{titolo}: {sola}",
        modello="attestato_componente",
        contesto={
            **base_documento(elezione, titolo),
            "pagamento": pagamento,
            "attestati": pagine,
        },
        azione=Azione.VEDERE_COMPENSI if pagamento else Azione.VEDERE_UFFICI,
        by=by,
    )


def _attestato(nomina: Nomina, *, pagamento: bool) -> dict[str, object]:
    chiusi = [
        c
        for c in Compenso.objects.filter(nomina=nomina).select_related("liquidazione").order_by("turno")
        if c.liquidazione and c.liquidazione.is_chiusa
    ]
    if pagamento and not chiusi:
        raise ValidationError(f"Nessun compenso di {nomina} è in una liquidazione chiusa.")
    if not pagamento:
        _require_served(nomina)
    return {
        "nome": str(nomina),
        "nascita": f"{nomina.data_nascita:%d/%m/%Y}" if nomina.data_nascita else "",
        "ruolo": nomina.get_ruolo_display(),
        "sezione": nomina.ufficio.sezione.numero,
        "quota": nomina.frazione_servizio,
        "compensi": [
            {
                "turno": "primo turno" if c.turno == 1 else "ballottaggio",
                "importo": format_euro(c.centesimi),
                "determina": c.liquidazione.determina,
                "voci": [f"{v['testo']}: {v['euro']}" for v in c.voci],
            }
            for c in chiusi
            if pagamento
        ],
    }


def _require_served(nomina: Nomina) -> None:
    """Nobody is certified as present who renounced, was absent, or has not yet served."""
    if not nomina.is_attiva and not nomina.frazione_servizio:
        raise ValidationError(f"{nomina} non ha prestato servizio: {nomina.get_stato_display()}.")
    if timezone.localdate() < nomina.ufficio.sezione.elezione.data:
        raise ValidationError("L'attestato di presenza si rilascia dal giorno del voto.")


def produce_preventivo(elezione: Elezione, *, by=None) -> Atto:
    """The forecast for the budget, from the offices: who, how many, how much, by which rule."""
    righe = forecast(elezione, turni=turni_previsti(elezione))
    if not righe:
        raise ValidationError("Prima si creano gli uffici delle sezioni.", code="vuoto")
    turni = sorted({r.turno for r in righe})
    return produce_atto(
        elezione,
        tipo="preventivo_compensi",
        titolo="Preventivo dei compensi",
        modello="preventivo_compensi",
        contesto={
            **base_documento(elezione, "Preventivo dei compensi ai componenti degli uffici"),
            "elezioni": impostazioni_di(elezione).elezioni_contemporanee,
            "turni": [
                {
                    "nome": "Primo turno" if turno == 1 else "Ballottaggio",
                    "eventuale": turno == 2 and elezione.data_ballottaggio is None,
                    "righe": [_riga_preventivo(r) for r in righe if r.turno == turno],
                    "totale": format_euro(sum(r.centesimi for r in righe if r.turno == turno)),
                }
                for turno in turni
            ],
            "totale": format_euro(sum(r.centesimi for r in righe)),
        },
        azione=Azione.VEDERE_COMPENSI,
        by=by,
    )


def _riga_preventivo(riga: RigaPreventivo) -> dict[str, object]:
    return {
        "tipo": riga.tipo,
        "ruolo": riga.ruolo,
        "posti": riga.posti,
        "unitario": format_euro(riga.unitario.centesimi),
        "totale": format_euro(riga.centesimi),
        "voci": [f"{v.testo}: {format_euro(v.centesimi)} ({v.articolo})" for v in riga.unitario.voci],
    }


def rendiconto_contesto(elezione: Elezione) -> dict[str, object]:
    """What was paid by the closed batches: by determina, by role, by rule; what is still to be paid."""
    chiusi = list(
        Compenso.objects.di(elezione)
        .filter(liquidazione__stato=Liquidazione.Stato.CHIUSA)
        .select_related("liquidazione", "nomina")
        .order_by("liquidazione__numero")
    )
    if not chiusi:
        raise ValidationError("Nessuna liquidazione è chiusa: il rendiconto nasce da quelle.", code="vuoto")
    lotti: dict[Liquidazione, list[Compenso]] = {}
    ruoli: Counter[str] = Counter()
    regole: Counter[str] = Counter()
    for compenso in chiusi:
        lotti.setdefault(compenso.liquidazione, []).append(compenso)
        ruoli[compenso.nomina.get_ruolo_display()] += compenso.centesimi
        for voce in compenso.voci:
            regole[f"{NOMI_VOCI.get(voce['regola'], voce['testo'])} ({voce['articolo']})"] += voce[
                "centesimi"
            ]
    da_liquidare = Compenso.objects.di(elezione).exclude(liquidazione__stato=Liquidazione.Stato.CHIUSA)
    return {
        **base_documento(elezione, "Rendiconto dei compensi ai componenti degli uffici"),
        "termine": data_estesa(termine_rendiconto(elezione)),
        "lotti": [
            {
                "numero": lotto.numero,
                "determina": lotto.determina,
                "data": data_estesa(lotto.data_determina) if lotto.data_determina else "",
                "persone": len({c.nomina_id for c in compensi}),
                "totale": format_euro(sum(c.centesimi for c in compensi)),
            }
            for lotto, compensi in lotti.items()
        ],
        "ruoli": [(ruolo, format_euro(somma)) for ruolo, somma in ruoli.items()],
        "regole": [(regola, _signed(somma)) for regola, somma in regole.items()],
        "totale": format_euro(sum(c.centesimi for c in chiusi)),
        "da_liquidare": da_liquidare.count(),
    }


def _signed(centesimi: int) -> str:
    return ("−" if centesimi < 0 else "") + format_euro(abs(centesimi))


def produce_rendiconto(elezione: Elezione, *, by=None) -> Atto:
    """The account of the expense, due by its term: only from the closed batches."""
    return produce_atto(
        elezione,
        tipo="rendiconto_compensi",
        titolo="Rendiconto dei compensi",
        modello="rendiconto_compensi",
        contesto=rendiconto_contesto(elezione),
        azione=Azione.VEDERE_COMPENSI,
        by=by,
    )
