"""The commissione elettorale comunale: who is in it, whether a sitting is valid, its documents.

Arts. 12-15 d.P.R. 223/1967. The sindaco presides by law and counts among the members.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from comuni.atti import cornice, produce_atto
from comuni.legge import parametri_di
from comuni.models import Atto, ComponenteCommissione, Elezione, SedutaCommissione
from comuni.parole_data import data_estesa
from electoral.permessi import Azione

Ruolo = ComponenteCommissione.Ruolo


@dataclass(frozen=True, slots=True)
class Composizione:
    """How many members the law wants beside the sindaco."""

    effettivi: int
    supplenti: int
    seconda_convocazione: int
    articolo: str

    @property
    def maggioranza(self) -> int:
        """Of all members, the sindaco included."""
        return (self.effettivi + 1) // 2 + 1


def composizione_di_legge(elezione: Elezione) -> Composizione | None:
    """By the seats of the consiglio; None until they are known."""
    if elezione.seggi_consiglio is None:
        return None
    parametri = parametri_di(elezione)
    soglia = parametri.intero("commissione_comunale_soglia")
    taglia = "minore" if elezione.seggi_consiglio <= soglia else "maggiore"
    componenti = parametri["commissione_comunale_componenti"]
    return Composizione(
        **componenti.valore[taglia],
        seconda_convocazione=parametri.valore("commissione_comunale_seconda_convocazione")[taglia],
        articolo=str(componenti.riferimento),
    )


def in_carica(elezione: Elezione, *, giorno: date | None = None) -> list[ComponenteCommissione]:
    """Effettivi first, then supplenti, by name."""
    giorno = giorno or timezone.localdate()
    return list(ComponenteCommissione.objects.in_carica(comune=elezione.comune, giorno=giorno))


def check_composizione(elezione: Elezione, *, giorno: date | None = None) -> list[str]:
    """What does not agree with the law, in sentences; empty when all is well or nothing is known."""
    legge, componenti = composizione_di_legge(elezione), in_carica(elezione, giorno=giorno)
    if legge is None or not componenti:
        return []
    problemi = []
    for ruolo, voluti, nome in (
        (Ruolo.EFFETTIVO, legge.effettivi, "effettivi"),
        (Ruolo.SUPPLENTE, legge.supplenti, "supplenti"),
    ):
        quanti = [c for c in componenti if c.ruolo == ruolo]
        if len(quanti) != voluti:
            problemi.append(
                f"I componenti {nome} in carica sono {len(quanti)}: ne servono {voluti} ({legge.articolo})."
            )
        if quanti and not any(c.minoranza for c in quanti):
            problemi.append(
                f"Fra i componenti {nome} nessuno è della minoranza, che deve essere rappresentata (art. 13)."
            )
    return problemi


def count_presenti(seduta: SedutaCommissione) -> int:
    """Members who count: the president, the effettivi, and as many supplenti as the effettivi missing."""
    presenti = list(seduta.presenti.all())
    effettivi = sum(c.ruolo == Ruolo.EFFETTIVO for c in presenti)
    legge = composizione_di_legge(seduta.elezione)
    posti = legge.effettivi if legge else effettivi
    supplenti = min(len(presenti) - effettivi, max(posti - effettivi, 0))
    return effettivi + supplenti + bool(seduta.sindaco_presente)


def is_valida(seduta: SedutaCommissione) -> bool | None:
    """Enough members for that call; None where the composition is not known."""
    legge = composizione_di_legge(seduta.elezione)
    if legge is None:
        return None
    serve = legge.maggioranza
    if seduta.seconda_convocazione:
        serve = min(serve, legge.seconda_convocazione)
    return count_presenti(seduta) >= serve


def produce_convocazione_seduta(seduta: SedutaCommissione, *, data: date, by=None) -> Atto:
    """The call of the members: day, hour, place, what is decided."""
    elezione = seduta.elezione
    componenti = in_carica(elezione, giorno=timezone.localtime(seduta.convocata_per).date())
    if not componenti:
        raise ValidationError("Prima registrare i componenti della commissione: sono i destinatari.")
    return produce_atto(
        elezione,
        tipo="convocazione_commissione",
        oggetto=str(seduta.pk),
        titolo=f"Convocazione della commissione elettorale comunale, {_quando(seduta)}",
        modello="convocazione_commissione",
        azione=Azione.PREPARARE_ELEZIONE,
        contesto={
            **cornice(elezione, "Convocazione della commissione elettorale comunale", data=data),
            **_di_che_si_tratta(seduta),
            "componenti": [
                {"nome": str(c), "ruolo": c.get_ruolo_display(), "recapito": c.recapito} for c in componenti
            ],
        },
        by=by,
    )


def produce_verbale_seduta(seduta: SedutaCommissione, *, data: date, by=None) -> Atto:
    """The verbale of a sitting that was held and was valid."""
    if not seduta.tenuta:
        raise ValidationError("La seduta non risulta tenuta: segnarlo, con i presenti e la decisione.")
    if is_valida(seduta) is False:
        raise ValidationError(
            f"I presenti che contano sono {count_presenti(seduta)}: la seduta non è valida "
            "(art. 14 d.P.R. 223/1967). Riconvocarla."
        )
    elezione = seduta.elezione
    return produce_atto(
        elezione,
        tipo="verbale_commissione_comunale",
        oggetto=str(seduta.pk),
        titolo=f"Verbale della commissione elettorale comunale, {_quando(seduta)}",
        modello="verbale_commissione_comunale",
        azione=Azione.PREPARARE_ELEZIONE,
        contesto={
            **cornice(elezione, "Verbale della commissione elettorale comunale", data=data),
            **_di_che_si_tratta(seduta),
            "presidente": seduta.presidente,
            "segretario": seduta.segretario,
            "presenti": [{"nome": str(c), "ruolo": c.get_ruolo_display()} for c in seduta.presenti.all()],
            "quanti": count_presenti(seduta),
            "seconda": seduta.seconda_convocazione,
            "esito": seduta.esito,
        },
        by=by,
    )


def _di_che_si_tratta(seduta: SedutaCommissione) -> dict[str, str]:
    locale = timezone.localtime(seduta.convocata_per)
    return {
        "giorno": data_estesa(locale.date(), con_giorno=True),
        "ora": f"{locale:%H.%M}",
        "dove": seduta.luogo,
        "oggetto": seduta.get_oggetto_display(),
        "pubblica": seduta.oggetto == SedutaCommissione.Oggetto.SCRUTATORI,
    }


def _quando(seduta: SedutaCommissione) -> str:
    return f"{timezone.localtime(seduta.convocata_per):%d/%m/%Y}"
