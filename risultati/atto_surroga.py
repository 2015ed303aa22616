"""The act of one event of the mandate, as PDF."""

from django.utils.timezone import localdate

from comuni.atti import produce_atto
from comuni.models import Atto
from electoral.permessi import Azione
from risultati.contesti import contesto_elezione, data_lunga
from risultati.models import Surroga

FATTI = {
    Surroga.Causa.DIMISSIONI: "ha rassegnato le dimissioni, irrevocabili e immediatamente efficaci",
    Surroga.Causa.MORTE: "è deceduto",
    Surroga.Causa.DECADENZA: "è decaduto dalla carica",
    Surroga.Causa.ASSESSORE: "ha accettato la nomina ad assessore e cessa dalla carica di consigliere",
    Surroga.Causa.INELEGGIBILITA: "è stato dichiarato ineleggibile o incompatibile",
    Surroga.Causa.SOSPENSIONE: "è stato sospeso dalla carica",
    Surroga.Causa.FINE_SOSPENSIONE: "ha riacquistato la carica, cessata la sospensione",
    Surroga.Causa.RINUNCIA: "ha rinunciato alla carica",
}


def produce_atto_surroga(surroga: Surroga, *, by=None) -> Atto:
    proclamazione = surroga.proclamazione
    return produce_atto(
        proclamazione.elezione,
        tipo="surroga",
        oggetto=f"surroga-{surroga.pk}",
        titolo=f"Surroga: {surroga.chi_cessa}"[:200],
        modello="surroga",
        contesto={
            **contesto_elezione(proclamazione.elezione),
            "cessa": str(surroga.chi_cessa),
            "fatto": FATTI[surroga.causa],
            "subentra": str(surroga.subentra) if surroga.subentra else "",
            "supplenza": surroga.causa == Surroga.Causa.SOSPENSIONE,
            "vacante": surroga.motivazione["vacante"],
            "articolo": surroga.motivazione["articolo"],
            "testo": surroga.motivazione["testo"],
            "sorteggio": surroga.sorteggio,
            "data": data_lunga(surroga.data),
            "protocollo": surroga.protocollo,
            "proclamata_il": data_lunga(
                proclamazione.proclamata_il and localdate(proclamazione.proclamata_il)
            ),
            "impronta": proclamazione.impronta,
        },
        azione=Azione.VEDERE_RISULTATI,
        by=by,
    )
