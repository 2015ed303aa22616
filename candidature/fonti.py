"""What this room tells the others: who runs, and which lists are on the ballot."""

from collections.abc import Iterator

from candidature.models import Candidato, CandidatoSindaco, Lista
from comuni.fonti import ListaScheda, PersonaImpegnata, SindacoScheda
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


def scheda(elezione: Elezione) -> list[SindacoScheda]:
    """The candidates sindaco on the ballot with their lists and the candidates of each, in order."""
    candidati: dict[int, list[tuple[int, str]]] = {}
    for c in Candidato.objects.di(elezione).in_corsa().order_by("numero"):
        candidati.setdefault(c.lista_id, []).append((c.numero, str(c)))
    liste: dict[int, list[ListaScheda]] = {}
    for lista in Lista.objects.di(elezione).ammesse().order_by("numero"):
        voce = ListaScheda(lista.numero, lista.denominazione, tuple(candidati.get(lista.pk, ())))
        liste.setdefault(lista.sindaco_id, []).append(voce)
    sindaci = CandidatoSindaco.objects.di(elezione).in_corsa().order_by("numero")
    return [SindacoScheda(s.numero, str(s), tuple(liste.get(s.pk, ()))) for s in sindaci]
