"""Documents of the fees: prospetto of a batch, certificates of attendance and of payment."""

from django.core.exceptions import ValidationError

from comuni.atti import produce_atto
from comuni.models import Atto, Elezione
from comuni.parole_data import data_estesa
from electoral.permessi import Azione
from norme.compensi import format_euro
from seggi.documenti import base_documento
from seggi.liquidazione import righe_da_liquidare, totali
from seggi.models import Compenso, Liquidazione, Nomina


def prospetto_contesto(liquidazione: Liquidazione) -> dict[str, object]:
    """The rows of the prospetto, by section, with the amounts as printed."""
    righe = righe_da_liquidare(liquidazione.elezione, liquidazione=liquidazione)
    righe.sort(key=lambda r: (r.nomina.ufficio.sezione.numero, r.nomina.ruolo, r.nomina.posizione))
    somme = totali(righe)
    return {
        **base_documento(liquidazione.elezione, f"Prospetto di liquidazione n. {liquidazione.numero}"),
        "determina": liquidazione.determina,
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


def produce_prospetto(liquidazione: Liquidazione, *, by=None) -> Atto:
    """The prospetto that goes with the determina: only for who sees the fees."""
    return produce_atto(
        liquidazione.elezione,
        tipo="prospetto_liquidazione",
        oggetto=str(liquidazione.numero),
        titolo=f"Prospetto di liquidazione n. {liquidazione.numero}",
        modello="prospetto_liquidazione",
        contesto=prospetto_contesto(liquidazione),
        azione=Azione.VEDERE_COMPENSI,
        by=by,
    )


def produce_attestato(nomina: Nomina, *, pagamento: bool, by=None) -> Atto:
    """The certificate of attendance (for the employer), or of what was paid."""
    elezione: Elezione = nomina.ufficio.sezione.elezione
    compensi = list(Compenso.objects.filter(nomina=nomina).select_related("liquidazione"))
    if pagamento and not any(c.liquidazione and c.liquidazione.is_chiusa for c in compensi):
        raise ValidationError("Nessun compenso di questa persona è in una liquidazione chiusa.")
    contesto = {
        **base_documento(
            elezione, "Attestazione del compenso corrisposto" if pagamento else "Attestazione di presenza"
        ),
        "nome": str(nomina),
        "nascita": f"{nomina.data_nascita:%d/%m/%Y}" if nomina.data_nascita else "",
        "ruolo": nomina.get_ruolo_display(),
        "sezione": nomina.ufficio.sezione.numero,
        "pagamento": pagamento,
        "quota": nomina.frazione_servizio,
        "compensi": [
            {
                "turno": "primo turno" if c.turno == 1 else "ballottaggio",
                "importo": format_euro(c.centesimi),
                "determina": c.liquidazione.determina,
                "voci": [f"{v['testo']}: {v['euro']}" for v in c.voci],
            }
            for c in compensi
            if pagamento and c.liquidazione and c.liquidazione.is_chiusa
        ],
    }
    return produce_atto(
        elezione,
        tipo="attestato_compenso" if pagamento else "attestato_presenza",
        oggetto=str(nomina.pk),
        titolo=f"{contesto['titolo']}: {nomina}",
        modello="attestato_componente",
        contesto=contesto,
        azione=Azione.VEDERE_COMPENSI if pagamento else Azione.VEDERE_UFFICI,
        by=by,
    )
