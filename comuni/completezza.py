"""What the office still needs before the candidatures open, step by step, each with the page that does it."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from comuni.convocazione import manca_al_manifesto
from comuni.models import Atto, Elezione
from norme.registro import migliaia


@dataclass(frozen=True, slots=True)
class Controllo:
    """One check of completeness: what, whether it is done, what to do next and where."""

    titolo: str
    fatto: bool
    rimedio: str
    url_name: str


def check_completezza(elezione: Elezione) -> list[Controllo]:
    """The steps in the order one does them; all done means «pronti per le candidature»."""
    return [_dati(elezione), *_sezioni(elezione), *_convocazione(elezione)]


def _dati(elezione: Elezione) -> Controllo:
    return Controllo(
        "Popolazione legale e seggi del consiglio",
        elezione.popolazione_legale is not None and elezione.seggi_consiglio is not None,
        "Indicare la popolazione dell'ultimo censimento: ne derivano sistema e seggi.",
        "comuni:elezione_dati",
    )


def _sezioni(elezione: Elezione) -> list[Controllo]:
    conto = elezione.sezioni.con_risultati().aggregate(
        n=Count("pk"),
        senza_sede=Count("pk", filter=Q(indirizzo="")),
        senza_elettori=Count("pk", filter=Q(elettori_m=None) | Q(elettori_f=None)),
        elettori=Sum("elettori_m", default=0) + Sum("elettori_f", default=0),
    )
    n, senza_sede, senza_elettori = conto["n"], conto["senza_sede"], conto["senza_elettori"]
    prima = "Prima le sezioni."
    return [
        Controllo(
            f"Sezioni: {n}" if n else "Sezioni",
            n > 0,
            "Creare le sezioni, o copiarle dall'elezione precedente.",
            "comuni:sezioni",
        ),
        Controllo(
            "Sede di ogni sezione",
            n > 0 and not senza_sede,
            f"Mancano le sedi di {senza_sede} sezioni: il manifesto le elenca tutte." if n else prima,
            "comuni:sedi" if n else "comuni:sezioni",
        ),
        Controllo(
            "Elettori per sezione" + (f": {migliaia(elettori)}" if (elettori := conto["elettori"]) else ""),
            n > 0 and not senza_elettori,
            f"Mancano gli elettori di {senza_elettori} sezioni (dopo la revisione)." if n else prima,
            "comuni:sedi" if n else "comuni:sezioni",
        ),
    ]


def _convocazione(elezione: Elezione) -> list[Controllo]:
    mancano = [m for m in manca_al_manifesto(elezione) if "sezion" not in m]
    manifesto = Atto.objects.di(elezione).ultimo("manifesto_convocazione")
    return [
        Controllo(
            "Decreto del Prefetto e chi firma",
            not mancano,
            f"Scrivere {' e '.join(mancano)}.",
            "comuni:convocazione",
        ),
        Controllo(
            f"Manifesto di convocazione (8/COM): atto n. {manifesto.numero}"
            if manifesto
            else "Manifesto di convocazione (8/COM)",
            manifesto is not None,
            "Produrlo dalla pagina della convocazione: si pubblica 45 giorni prima del voto.",
            "comuni:convocazione",
        ),
    ]
