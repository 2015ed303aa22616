"""Nominations by the commissione elettorale comunale without a draw: unanimity, or one name for each member.

Article 6 l. 95/1989. The votes are kept by name: the verbale says who voted for whom.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from comuni.models import Elezione
from seggi.models import Iscritto, Nomina, PostoGraduatoria, RuoloUfficio, SedutaNomina, Ufficio, VotoNomina
from seggi.nomine import nominate, posti_scoperti


def elect(voti: Mapping[str, Iscritto], *, posti: int) -> list[Iscritto]:
    """Who takes the posts: the most votes first, the elder when equal.

    Two people with the same votes and an unknown or equal birth date, one in and one out, are for the
    commissione to decide: ``ValidationError``.
    """
    conto = Counter(iscritto.pk for iscritto in voti.values())
    persone = {iscritto.pk: iscritto for iscritto in voti.values()}

    def rank(pk: int) -> tuple[int, date]:
        return -conto[pk], persone[pk].data_nascita or date.max

    in_ordine = sorted(conto, key=rank)
    if posti < len(in_ordine):
        dentro, fuori = in_ordine[posti - 1], in_ordine[posti]
        if rank(dentro) == rank(fuori):
            raise ValidationError(
                f"{persone[dentro]} e {persone[fuori]} hanno gli stessi voti e l'età non li distingue: "
                "completare le date di nascita nell'albo, oppure rivotare.",
                code="parita",
            )
    return [persone[pk] for pk in in_ordine[:posti]]


@transaction.atomic
def record_votazione(
    seduta: SedutaNomina, ufficio: Ufficio, *, voti: Mapping[str, Iscritto], by=None
) -> list[Nomina]:
    """One ballot on the uncovered posts of scrutatore of an office: each member names one person."""
    _require_members(seduta, voti)
    posti = [
        posizione
        for u, _, posizione in posti_scoperti(seduta.elezione, ruolo=RuoloUfficio.SCRUTATORE)
        if u.pk == ufficio.pk
    ]
    if not posti:
        raise ValidationError(f"Nessun posto di scrutatore è scoperto nella {ufficio.sezione}.", code="posto")
    eletti = elect(voti, posti=len(posti))
    nuove = [
        nominate(
            ufficio,
            ruolo=RuoloUfficio.SCRUTATORE,
            posizione=posizione,
            iscritto=iscritto,
            metodo=Nomina.Metodo.VOTO,
            by=by,
            quando=seduta.quando,
        )
        for posizione, iscritto in zip(posti, eletti, strict=False)
    ]
    ultima = VotoNomina.objects.filter(seduta=seduta, ufficio=ufficio).aggregate(n=Max("votazione"))["n"] or 0
    scelti = {iscritto.pk for iscritto in eletti}
    VotoNomina.objects.bulk_create(
        VotoNomina(
            seduta=seduta,
            ufficio=ufficio,
            votazione=ultima + 1,
            membro=membro,
            iscritto=iscritto,
            eletto=iscritto.pk in scelti,
        )
        for membro, iscritto in voti.items()
    )
    return nuove


def _require_members(seduta: SedutaNomina, voti: Mapping[str, Iscritto]) -> None:
    if not voti:
        raise ValidationError("Nessun voto: ogni componente della commissione scrive un nome.", code="vuoto")
    if estranei := set(voti) - set(seduta.membri):
        raise ValidationError(f"{', '.join(sorted(estranei))}: non era presente alla seduta.", code="membro")


@transaction.atomic
def rank_riserve(elezione: Elezione, *, iscritti: list[Iscritto]) -> int:
    """The ranking of reserves decided by unanimity: those named follow the reserves there are already."""
    presenti = PostoGraduatoria.objects.di(elezione)
    gia = set(presenti.values_list("iscritto_id", flat=True))
    nominati = set(
        Nomina.objects.di(elezione).attive().exclude(iscritto=None).values_list("iscritto_id", flat=True)
    )
    for iscritto in iscritti:
        if iscritto.pk in gia | nominati:
            motivo = "è già in graduatoria" if iscritto.pk in gia else "è già nominato"
            raise ValidationError(f"{iscritto} {motivo}.", code="gia")
    inizio = presenti.aggregate(n=Max("posizione"))["n"] or 0
    nuove = [
        PostoGraduatoria(elezione=elezione, posizione=inizio + n, iscritto=iscritto)
        for n, iscritto in enumerate(iscritti, start=1)
    ]
    return len(PostoGraduatoria.objects.bulk_create(nuove))
