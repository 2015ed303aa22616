"""What this room tells the others: who runs, and which lists are on the ballot."""

from collections.abc import Iterator

from candidature.models import Candidato, CandidatoSindaco, Lista
from comuni.fonti import PersonaImpegnata
from comuni.models import Elezione


def candidati(elezione: Elezione) -> Iterator[PersonaImpegnata]:
    """Everybody who runs: for sindaco and in a list still on the ballot."""
    for sindaco in CandidatoSindaco.objects.di(elezione).in_corsa():
        yield _persona(sindaco, "candidato alla carica di sindaco")
    consiglieri = Candidato.objects.di(elezione).in_corsa().select_related("lista")
    for candidato in consiglieri.filter(lista__in=Lista.objects.di(elezione).in_corsa()):
        yield _persona(candidato, f"candidato alla carica di consigliere, lista {candidato.lista.numero}")


def _persona(chi: Candidato | CandidatoSindaco, veste: str) -> PersonaImpegnata:
    return PersonaImpegnata(chi.chiave, chi.data_nascita, chi.codice_fiscale, veste)


def liste(elezione: Elezione) -> list[str]:
    """Number and name of the admitted lists, in order; empty until the commissione has decided."""
    ammesse = Lista.objects.di(elezione).ammesse().order_by("numero")
    return [f"{lista.numero}. {lista.denominazione}" for lista in ammesse]
