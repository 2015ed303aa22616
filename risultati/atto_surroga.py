"""The act of one event of the mandate, as PDF."""

from django.utils.timezone import localdate

from comuni.atti import produce_atto
from comuni.models import Atto
from electoral.permessi import Azione
from norme.riparto.surroga import ARTICOLI, CONFERMA
from risultati.contesti import contesto_elezione, data_lunga
from risultati.models import Surroga

#: What happened, with ``{chi}``: no ending tells the sex of the person, which is not always known.
FATTI = {
    Surroga.Causa.DIMISSIONI: "{chi} ha rassegnato le dimissioni, irrevocabili e immediatamente efficaci",
    Surroga.Causa.MORTE: "si è avuto il decesso di {chi}",
    Surroga.Causa.DECADENZA: "è stata dichiarata la decadenza di {chi} dalla carica",
    Surroga.Causa.ASSESSORE: "{chi} ha accettato la nomina ad assessore e cessa dalla carica di consigliere",
    Surroga.Causa.INELEGGIBILITA: "è stata dichiarata l'ineleggibilità o l'incompatibilità di {chi}",
    Surroga.Causa.SOSPENSIONE: "è stata accertata la sospensione di {chi} dalla carica",
    Surroga.Causa.FINE_SOSPENSIONE: "è cessata la sospensione di {chi} dalla carica",
    Surroga.Causa.RINUNCIA: "{chi} ha rinunciato alla carica",
}


def produce_atto_surroga(surroga: Surroga, *, by=None) -> Atto:
    proclamazione, articolo = surroga.proclamazione, surroga.motivazione["articolo"]
    return produce_atto(
        proclamazione.elezione,
        tipo="surroga",
        oggetto=f"surroga-{surroga.pk}",
        titolo=f"Surroga: {surroga.chi_cessa}"[:200],
        modello="surroga",
        contesto={
            **contesto_elezione(proclamazione.elezione),
            "cessa": str(surroga.chi_cessa),
            "fatto": FATTI[surroga.causa].format(chi=surroga.chi_cessa),
            "rientro": surroga.causa == Surroga.Causa.FINE_SOSPENSIONE,
            "subentra": str(surroga.subentra) if surroga.subentra else "",
            "supplenza": articolo == ARTICOLI["sospensione"],
            "conferma": articolo == CONFERMA,
            "vacante": surroga.motivazione["vacante"],
            "articolo": articolo,
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
