"""What this room tells the others: who is in an office, who represents a list."""

from collections.abc import Iterator

from comuni.fonti import PersonaImpegnata
from comuni.models import Elezione
from seggi.models import Nomina, Rappresentante


def componenti(elezione: Elezione) -> Iterator[PersonaImpegnata]:
    for n in Nomina.objects.di(elezione).attive().select_related("ufficio__sezione"):
        veste = f"{n.get_ruolo_display()} della {n.ufficio.sezione}"
        yield PersonaImpegnata(n.chiave, n.data_nascita, n.codice_fiscale, veste)


def rappresentanti(elezione: Elezione) -> Iterator[PersonaImpegnata]:
    for r in Rappresentante.objects.di(elezione):
        yield PersonaImpegnata(
            r.chiave, r.data_nascita, r.codice_fiscale, f"rappresentante della lista {r.lista}"
        )
