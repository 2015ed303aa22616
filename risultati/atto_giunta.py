"""The notice of the giunta for the albo, as PDF."""

from django.utils.timezone import localdate

from comuni.atti import produce_atto
from comuni.models import Atto, Ordinamento
from electoral.permessi import Azione
from risultati.contesti import contesto_elezione, data_lunga
from risultati.giunta import Giunta
from risultati.models import Assessore

TIPO = "giunta"


def produce_atto_giunta(giunta: Giunta, *, by=None) -> Atto:
    """Who makes up the giunta today, with the decree and the tasks of each, and who has left it."""
    proclamazione, elezione = giunta.proclamazione, giunta.proclamazione.elezione
    return produce_atto(
        elezione,
        tipo=TIPO,
        oggetto=f"giunta-{proclamazione.pk}",
        titolo="Composizione della giunta",
        modello="composizione_giunta",
        contesto={
            **contesto_elezione(elezione),
            "ordinario": elezione.ordinamento == Ordinamento.ORDINARIO,
            "data": data_lunga(localdate()),
            "proclamata_il": data_lunga(
                proclamazione.proclamata_il and localdate(proclamazione.proclamata_il)
            ),
            "sindaco": str(giunta.sindaco),
            "assessori": [_describe(giunta, assessore) for assessore in giunta.in_carica],
            "cessati": [_describe(giunta, assessore) for assessore in giunta.cessati],
        },
        azione=Azione.VEDERE_RISULTATI,
        by=by,
    )


def _describe(giunta: Giunta, assessore: Assessore) -> dict[str, object]:
    """One row; the birth stays out of what is posted."""
    return {
        "nome": str(assessore),
        "vice": assessore.vice,
        "consigliere": giunta.siede(assessore) and not giunta.deve_lasciare(assessore),
        "delega": assessore.delega,
        "decreto": f"n. {assessore.decreto_numero} del {data_lunga(assessore.decreto_data)}",
        "dal": data_lunga(assessore.dal),
        "cessato_il": data_lunga(assessore.cessato_il),
        "causa": Assessore.Cessazione(assessore.cessazione).label.split(" (")[0]
        if assessore.cessazione
        else "",
    }
