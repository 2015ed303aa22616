"""The panel of this room on the dashboard, and its last facts."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from candidature import termini
from candidature.models import Decisione, Lista, SorteggioNumeri
from comuni.fatti import Fatto, nome
from comuni.models import Elezione
from comuni.pannelli import Pannello

GIORNI_PRIMA = 7
"""The panel comes a week before the lists may be filed."""

STATI = {
    "presentata": ("presentata", "presentate"),
    "da_integrare": ("da integrare", "da integrare"),
    "ammessa": ("ammessa", "ammesse"),
    "ammessa_con_esclusioni": ("ammessa con esclusioni", "ammesse con esclusioni"),
    "ricusata": ("ricusata", "ricusate"),
    "ritirata": ("ritirata", "ritirate"),
}


def pannello_candidature(elezione: Elezione, utente) -> Pannello | None:
    """Lists filed and decided; nothing to say long before the first one."""
    per_stato = dict(
        Lista.objects.di(elezione)
        .order_by()
        .values("stato")
        .annotate(n=Count("pk"))
        .values_list("stato", "n")
    )
    totale, fine = sum(per_stato.values()), termini.fine_presentazione(elezione)
    adesso = timezone.now()
    if not totale and (fine is None or not fine - timedelta(days=GIORNI_PRIMA) <= adesso <= fine):
        return None
    aperte = sum(per_stato.get(s, 0) for s in (Lista.Stato.PRESENTATA, Lista.Stato.DA_INTEGRARE))
    return Pannello(
        "Liste e candidati",
        "candidature/pannello.html",
        {
            "totale": totale,
            "decise": totale - aperte,
            "aperte": aperte,
            "per_stato": [
                (STATI[s][per_stato[s] > 1], per_stato[s]) for s in Lista.Stato.values if s in per_stato
            ],
            "fine": fine if fine and adesso <= fine else None,
        },
    )


def fatti_candidature(elezione: Elezione, utente, quanti: int) -> Iterable[Fatto]:
    """Lists received, decisions, draws."""
    ricevute = Lista.objects.di(elezione).filter(presentata_il__isnull=False).select_related("ricevuta_da")
    for lista in ricevute.order_by("-presentata_il")[:quanti]:
        testo = f"ricevuta la lista «{lista.denominazione}»"
        yield Fatto(lista.presentata_il, testo, nome(lista.ricevuta_da))
    decisioni = Decisione.objects.di(elezione).select_related("lista", "sindaco", "decisa_da")
    for d in decisioni.order_by("-decisa_il")[:quanti]:
        yield Fatto(d.decisa_il, str(d), nome(d.decisa_da))
    sorteggi = SorteggioNumeri.objects.di(elezione).select_related("registrato_da")
    for s in sorteggi.order_by("-eseguito_il")[:quanti]:
        yield Fatto(s.eseguito_il, f"sorteggio dei numeri: {s.get_oggetto_display()}", nome(s.registrato_da))
