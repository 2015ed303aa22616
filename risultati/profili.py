"""The sections already counted, as the law compares a new one with them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Count, Max, Sum

from norme.confronti import check_confronti
from norme.dati_scrutinio import DatiScrutinio
from norme.profilo import Profilo, build_profilo
from norme.rilievi import Rilievo
from risultati.affluenza import Comunicati
from risultati.caselle import Modulo
from risultati.consolidamento import CIFRE, dati_scrutinio
from risultati.models import Scrutinio, VotiLista, VotiPreferenza, VotiSindaco

SEZIONI_A_CONFRONTO = 60
"""Enough for stable shares; beyond, the comparison would only get slower."""


def check_con_le_altre(dati: DatiScrutinio, modulo: Modulo) -> list[Rilievo]:
    """Odd figures against the definitive sections of the same turno: warnings only."""
    return check_confronti(dati, profilo=profilo_di(modulo), parametri=modulo.parametri)


def profilo_di(modulo: Modulo) -> Profilo:
    """The definitive sections of the turno, the latest first, as many as are enough to compare."""
    definitivi = Scrutinio.objects.di(modulo.elezione).definitivi().delle_sezioni().filter(turno=modulo.turno)
    firma = definitivi.aggregate(n=Count("pk"), v=Sum("versione"), ultimo=Max("aggiornato_il"))
    chiave, stato = (modulo.elezione.pk, modulo.turno), f"{firma['n']}-{firma['v']}-{firma['ultimo']}"
    if _PROFILI.get(chiave, ("",))[0] != stato:
        if len(_PROFILI) >= 16:
            _PROFILI.clear()
        _PROFILI[chiave] = (stato, build_profilo(dati_definitivi(modulo, quante=SEZIONI_A_CONFRONTO)))
    return _PROFILI[chiave][1]


_PROFILI: dict[tuple[int, int], tuple[str, Profilo]] = {}
"""The last profile of each turno: built again only when a section becomes definitive or changes."""


def dati_definitivi(modulo: Modulo, *, quante: int | None = None) -> list[DatiScrutinio]:
    """The figures of the definitive sections, with four queries."""
    scrutini = Scrutinio.objects.di(modulo.elezione).definitivi().delle_sezioni().filter(turno=modulo.turno)
    scelti = scrutini.select_related("sezione").order_by("-definitivo_il", "pk")[:quante]
    return list(dati_di(scelti, modulo).values())


def dati_di(
    scrutini: Iterable[Scrutinio],
    modulo: Modulo,
    *,
    comunicati: Mapping[int | None, Comunicati] | None = None,
) -> dict[int, DatiScrutinio]:
    """The stored figures of some counts, by pk, with three queries. ``comunicati``: by section."""
    scelti = {s.pk: s for s in scrutini}
    celle: dict[int, dict[str, int | None]] = {
        pk: {nome: getattr(s, nome) for nome in CIFRE} for pk, s in scelti.items()
    }
    righe = VotiSindaco.objects.filter(scrutinio__in=scelti).order_by()
    for pk, numero, voti, solo in righe.values_list(
        "scrutinio_id", "sindaco__numero", "voti", "solo_sindaco"
    ):
        celle[pk] |= {f"voti_sindaci.{numero}": voti, f"solo_sindaco.{numero}": solo}
    liste = VotiLista.objects.filter(scrutinio__in=scelti).order_by()
    for pk, numero, voti in liste.values_list("scrutinio_id", "lista__numero", "voti"):
        celle[pk][f"voti_liste.{numero}"] = voti
    _add_preferenze(celle, modulo)
    detti = comunicati or {}
    return {
        pk: dati_scrutinio(celle[pk], modulo, scrutinio=s, comunicati=detti.get(s.sezione_id))
        for pk, s in scelti.items()
    }


def _add_preferenze(celle: dict[int, dict[str, int | None]], modulo: Modulo) -> None:
    """A missing preference is zero, where the section has any."""
    righe = VotiPreferenza.objects.filter(scrutinio__in=celle).order_by()
    righe = righe.values_list("scrutinio_id", "candidato__lista__numero", "candidato__numero", "preferenze")
    trovate: dict[int, dict[str, int | None]] = defaultdict(dict)
    for pk, lista, numero, voti in righe:
        trovate[pk][f"preferenze.{lista}.{numero}"] = voti
    zeri = {campo: 0 for campo in modulo.campi if campo.startswith("preferenze.")}
    for pk, sue in trovate.items():
        celle[pk] |= zeri | sue
