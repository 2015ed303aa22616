"""The offices of the sections: set up by type and date, completeness, presence."""

from collections import Counter

from django.db import transaction

from comuni.legge import parametri_di
from comuni.models import Elezione, Sezione
from norme.parametri import Parametri
from seggi.models import Nomina, RuoloUfficio, Ufficio

#: Name of the parameter with the composition, by type of section.
COMPOSIZIONI = {
    Sezione.Tipo.ORDINARIA: "composizione_ordinario",
    Sezione.Tipo.OSPEDALIERA: "composizione_ospedaliero",
    Sezione.Tipo.SPECIALE: "composizione_speciale",
}


def composizione(tipo: str, *, parametri: Parametri) -> dict[str, int]:
    """Posts of an office of this type: presidenti, scrutatori, segretari (TU 20, 43; l. 136/1976).

    The seggio volante has no post of its own: it is the presidente, the segretario and one scrutatore of the
    mother section (TU 44).
    """
    if tipo == Sezione.Tipo.VOLANTE:
        return {"presidenti": 0, "scrutatori": 0, "segretari": 0}
    valori = parametri.valore(COMPOSIZIONI[Sezione.Tipo(tipo)])
    return {
        "presidenti": valori["presidente"],
        "scrutatori": valori["scrutatori"],
        "segretari": valori["segretario"],
    }


@transaction.atomic
def set_up_uffici(elezione: Elezione) -> int:
    """Create the office of every section that has none; returns how many were created."""
    parametri = parametri_di(elezione)
    senza = Sezione.objects.di(elezione).filter(ufficio__isnull=True)
    nuovi = [Ufficio(sezione=s, **composizione(s.tipo, parametri=parametri)) for s in senza]
    return len(Ufficio.objects.bulk_create(nuovi))


def count_posti(elezione: Elezione) -> Counter[str]:
    """Posts by role in the whole election."""
    posti: Counter[str] = Counter()
    for ufficio in Ufficio.objects.di(elezione):
        for ruolo in RuoloUfficio.values:
            posti[ruolo] += ufficio.posti(ruolo)
    return posti


def count_coperti(elezione: Elezione) -> Counter[str]:
    """Posts by role with an active nomination."""
    return Counter(Nomina.objects.di(elezione).attive().values_list("ruolo", flat=True))
