"""The verbale of a sitting of the commissione that nominates by unanimity or by vote."""

from itertools import groupby

from django.core.exceptions import ValidationError
from django.utils import timezone

from comuni.atti import produce_atto
from comuni.models import Atto
from comuni.parole_data import data_estesa
from electoral.permessi import Azione
from seggi.documenti import base_documento
from seggi.models import Nomina, PostoGraduatoria, SedutaNomina, VotoNomina


def produce_verbale_seduta(seduta: SedutaNomina, *, by=None) -> Atto:
    """Who sat, who was named by all, who voted for whom, the reserves (art. 6 l. 95/1989)."""
    elezione, quando = seduta.elezione, timezone.localtime(seduta.quando)
    unanimi = (
        Nomina.objects.di(elezione)
        .filter(metodo=Nomina.Metodo.UNANIMITA)
        .select_related("ufficio__sezione", "iscritto")
        .order_by("ufficio__sezione__numero", "posizione", "pk")
    )
    votazioni = _votazioni(seduta)
    if not unanimi and not votazioni:
        raise ValidationError("In questa seduta non è stato nominato nessuno.", code="vuoto")
    contesto = {
        **base_documento(elezione, "Verbale della nomina degli scrutatori"),
        "data": data_estesa(quando.date()),
        "seduta": data_estesa(quando.date(), con_giorno=True),
        "ora": f"{quando:%H.%M}",
        "dove": seduta.luogo,
        "membri": seduta.membri,
        "segretario": seduta.segretario,
        "note": seduta.note,
        "unanimi": [
            {
                "sezione": n.ufficio.sezione.numero,
                "numero": n.iscritto.numero_albo if n.iscritto else None,
                "nome": str(n),
            }
            for n in unanimi
        ],
        "votazioni": votazioni,
        "riserve": [
            {"posizione": p.posizione, "numero": p.iscritto.numero_albo, "nome": str(p.iscritto)}
            for p in PostoGraduatoria.objects.di(elezione).select_related("iscritto")
        ],
    }
    return produce_atto(
        elezione,
        tipo="verbale_seduta_scrutatori",
        oggetto=str(seduta.pk),
        titolo="Verbale della nomina degli scrutatori",
        modello="verbale_seduta_scrutatori",
        contesto=contesto,
        azione=Azione.VEDERE_UFFICI,
        by=by,
    )


def _votazioni(seduta: SedutaNomina) -> list[dict[str, object]]:
    voti = (
        VotoNomina.objects.filter(seduta=seduta)
        .select_related("ufficio__sezione", "iscritto")
        .order_by("ufficio__sezione__numero", "votazione", "pk")
    )
    gruppi = []
    for (sezione, votazione), dati in groupby(voti, key=lambda v: (v.ufficio.sezione.numero, v.votazione)):
        righe = list(dati)
        conto: dict[str, int] = {}
        for voto in righe:
            conto[str(voto.iscritto)] = conto.get(str(voto.iscritto), 0) + 1
        gruppi.append(
            {
                "sezione": sezione,
                "votazione": votazione,
                "voti": [{"membro": v.membro, "nome": str(v.iscritto)} for v in righe],
                "conto": [{"nome": nome, "voti": quanti} for nome, quanti in conto.items()],
                "eletti": sorted({str(v.iscritto) for v in righe if v.eletto}),
            }
        )
    return gruppi
