"""Who is on the ballot of each turno."""

from django.db.models import Sum

from candidature.models import CandidatoSindaco
from comuni.models import Elezione
from risultati.models import Riparto, Turno, VotiSindaco


def sindaci_del_turno(elezione: Elezione, turno: int) -> list[CandidatoSindaco]:
    """The candidates on the ballot: in the second turno only those admitted (artt. 71-72 TUEL)."""
    sindaci = list(CandidatoSindaco.objects.di(elezione).in_corsa().order_by("numero"))
    if turno == Turno.PRIMO:
        return sindaci
    ammessi = finalisti(elezione) or _first_by_votes(elezione)
    scelti = [sindaco for sindaco in sindaci if sindaco.numero in ammessi]
    return scelti or sindaci


def finalisti(elezione: Elezione) -> frozenset[int]:
    """Numbers admitted by the last complete run of the engine that sent to a second turno."""
    riparto = (
        Riparto.objects.di(elezione).filter(tipo_esito="ballottaggio", parziale=False).order_by("-pk").first()
    )
    ammessi = riparto.esito.get("ammessi_ballottaggio") if riparto else None
    return frozenset(int(voce) for voce in ammessi or () if str(voce).isdigit())


def _first_by_votes(elezione: Elezione) -> set[int]:
    """The first two by votes of the definitive sections; who ties with the second is kept, nobody is cut."""
    totali = list(
        VotiSindaco.objects.filter(
            scrutinio__elezione=elezione, scrutinio__turno=Turno.PRIMO, scrutinio__stato="definitivo"
        )
        .values_list("sindaco__numero")
        .annotate(voti=Sum("voti"))
        .order_by("-voti")
    )
    if len(totali) < 2:
        return set()
    soglia = totali[1][1]
    return {numero for numero, voti in totali if voti >= soglia}
