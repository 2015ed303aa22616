"""The draw of the scrutatori: freeze and publish the roll, draw with the public seed, fill the posts.

The algorithm is ``norme.sorteggio``; anybody repeats it from the published roll (``script_verifica``).
Article: 6 l. 95/1989 (public sitting of the commissione elettorale comunale).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from comuni.models import Elezione
from norme.sorteggio import Elenco, EsitoSorteggio, freeze_elenco, sorteggia, sorteggia_per_gruppi
from seggi.models import Iscritto, Nomina, PostoGraduatoria, RuoloUfficio, SorteggioScrutatori
from seggi.nomine import new_nomina, posti_scoperti

RESTO = "altri"


def roll_line(iscritto: Iscritto, *, solo_numeri: bool = False) -> str:
    """The published line of a person: number in the register and name, or the number alone."""
    numero = f"{iscritto.numero_albo:06d}"
    return numero if solo_numeri else f"{numero} {iscritto.cognome} {iscritto.nome}"


@transaction.atomic
def publish_elenco(
    elezione: Elezione,
    *,
    iscritti: Iterable[Iscritto],
    posti: int,
    riserve: int,
    strati: Sequence[str] = (),
    solo_numeri: bool = False,
    in_rete: bool = False,
    by=None,
    quando: datetime | None = None,
) -> SorteggioScrutatori:
    """Freeze the roll and its hash before the sitting; from now on only the seed is missing.

    ``strati`` are categories to be preferred, in order, if the commissione so decided. With no ``posti`` only
    the reserves are drawn: the ranking that follows a nomination by vote (art. 6 l. 95/1989).
    """
    voci = sorted(
        (
            {"iscritto": i.pk, "riga": roll_line(i, solo_numeri=solo_numeri), "categoria": i.categoria}
            for i in iscritti
        ),
        key=lambda voce: voce["riga"],
    )
    if len(voci) < posti:
        raise ValidationError(
            f"L'elenco ha {len(voci)} nomi per {posti} posti: la commissione aggiunge altri elettori "
            "(art. 6 l. 95/1989).",
            code="elenco_corto",
        )
    elenco = freeze_elenco(voce["riga"] for voce in voci)
    return SorteggioScrutatori.objects.create(
        elezione=elezione,
        elenco=voci,
        impronta=elenco.impronta,
        posti=posti,
        riserve=riserve,
        strati=list(strati),
        solo_numeri=solo_numeri,
        in_rete=in_rete,
        pubblicato_il=quando or timezone.now(),
        pubblicato_da=by,
    )


def ordered_righe(sorteggio: SorteggioScrutatori) -> list[str]:
    """All the lines in the order of the draw; with strata, each stratum in turn."""
    if not sorteggio.strati:
        return list(_draw(sorteggio).ordine)
    return [riga for esito in _draw_strati(sorteggio).values() for riga in esito.ordine]


def elenchi_da_spiegare(sorteggio: SorteggioScrutatori) -> list[dict[str, object]]:
    """Each published roll with its impronta and the seed to use for it: what anyone needs to repeat."""
    if not sorteggio.strati:  # the row already has the impronta: no need to read the whole roll
        conto = SorteggioScrutatori.objects.filter(pk=sorteggio.pk).con_nomi().get().nomi
        return [{"strato": "", "impronta": sorteggio.impronta, "nomi": conto, "seme": sorteggio.seme}]
    return [
        {
            "strato": nome,
            "impronta": elenco.impronta,
            "nomi": len(elenco.righe),
            "seme": seme_di(sorteggio, nome),
        }
        for nome, elenco in elenchi_pubblicati(sorteggio).items()
    ]


def esito_pubblico(sorteggio: SorteggioScrutatori) -> list[tuple[str, int | None]]:
    """The lines in the order they were drawn: the section of each, ``None`` for a reserve."""
    estratti = (
        Nomina.objects.di(sorteggio.elezione)
        .filter(metodo=Nomina.Metodo.SORTEGGIO, nominato_il=sorteggio.eseguito_il)
        .order_by("ufficio__sezione__numero", "posizione", "pk")
    )
    sezioni = dict(estratti.values_list("iscritto", "ufficio__sezione__numero"))
    ordine = ordered_righe(sorteggio)[: sorteggio.posti + sorteggio.riserve]
    per_riga = {voce["riga"]: voce["iscritto"] for voce in sorteggio.elenco}
    return [(riga, sezioni.get(per_riga[riga])) for riga in ordine]


def elenchi_pubblicati(sorteggio: SorteggioScrutatori) -> dict[str, Elenco]:
    """The rolls to publish by name of the stratum ("" when there is one), each with its own impronta."""
    if not sorteggio.strati:
        return {"": freeze_elenco(voce["riga"] for voce in sorteggio.elenco)}
    return _split_strati(sorteggio)


def seme_di(sorteggio: SorteggioScrutatori, strato: str) -> str:
    """The seed to give to the script for that roll."""
    return f"{sorteggio.seme} / {strato}" if strato else sorteggio.seme


def _draw(sorteggio: SorteggioScrutatori) -> EsitoSorteggio:
    elenco = freeze_elenco(voce["riga"] for voce in sorteggio.elenco)
    return sorteggia(elenco, seme=sorteggio.seme, posti=sorteggio.posti)


def _draw_strati(sorteggio: SorteggioScrutatori) -> dict[str, EsitoSorteggio]:
    return sorteggia_per_gruppi(_split_strati(sorteggio), seme=sorteggio.seme, posti={})


def _split_strati(sorteggio: SorteggioScrutatori) -> dict[str, Elenco]:
    gruppi: dict[str, list[str]] = {strato: [] for strato in [*sorteggio.strati, RESTO]}
    for voce in sorteggio.elenco:
        gruppi[voce["categoria"] if voce["categoria"] in sorteggio.strati else RESTO].append(voce["riga"])
    return {nome: freeze_elenco(righe) for nome, righe in gruppi.items() if righe}


@transaction.atomic
def execute_sorteggio(
    sorteggio: SorteggioScrutatori,
    *,
    seme: str,
    origine_seme: str,
    presenti: str,
    by=None,
    quando: datetime | None = None,
) -> list[Nomina]:
    """Draw with the seed named in public: fill the uncovered posts of scrutatore and rank the reserves."""
    sorteggio = SorteggioScrutatori.objects.select_for_update().get(pk=sorteggio.pk)
    if sorteggio.eseguito_il is not None:
        raise ValidationError("Il sorteggio è già stato eseguito: per rifarlo va annullato con un motivo.")
    if not seme.strip() or not presenti.strip():
        raise ValidationError("Scrivere il seme estratto in pubblico e chi era presente.", code="incompleto")
    sorteggio.seme, sorteggio.origine_seme, sorteggio.presenti = seme.strip(), origine_seme, presenti.strip()
    sorteggio.eseguito_il, sorteggio.eseguito_da = quando or timezone.now(), by
    sorteggio.save()
    return _nominate(sorteggio, by=by)


def _nominate(sorteggio: SorteggioScrutatori, *, by) -> list[Nomina]:
    elezione = sorteggio.elezione
    ordine = ordered_righe(sorteggio)[: sorteggio.posti + sorteggio.riserve]
    per_riga = {voce["riga"]: voce["iscritto"] for voce in sorteggio.elenco}
    iscritti = Iscritto.objects.in_bulk([per_riga[riga] for riga in ordine])
    estratti = [iscritti[per_riga[riga]] for riga in ordine]
    posti = posti_scoperti(elezione, ruolo=RuoloUfficio.SCRUTATORE)[: sorteggio.posti]
    nomine = [
        new_nomina(
            ufficio,
            ruolo=RuoloUfficio.SCRUTATORE,
            posizione=posizione,
            iscritto=iscritto,
            metodo=Nomina.Metodo.SORTEGGIO,
            by=by,
            quando=sorteggio.eseguito_il,
        )
        for (ufficio, _, posizione), iscritto in zip(posti, estratti, strict=False)
    ]
    Nomina.objects.bulk_create(nomine)
    riserve = estratti[len(nomine) : len(nomine) + sorteggio.riserve]
    PostoGraduatoria.objects.filter(elezione=elezione, stato=PostoGraduatoria.Stato.DISPONIBILE).delete()
    usati = PostoGraduatoria.objects.di(elezione)
    gia = set(usati.values_list("iscritto_id", flat=True))
    riserve = [iscritto for iscritto in riserve if iscritto.pk not in gia]
    inizio = usati.aggregate(ultima=Max("posizione"))["ultima"] or 0
    PostoGraduatoria.objects.bulk_create(
        PostoGraduatoria(elezione=elezione, posizione=inizio + n, iscritto=iscritto)
        for n, iscritto in enumerate(riserve, start=1)
    )
    return nomine


@transaction.atomic
def annul_sorteggio(sorteggio: SorteggioScrutatori, *, motivo: str, quando: datetime | None = None) -> None:
    """Put a published roll aside with a reason; an executed draw stays, its nominations are acts."""
    if sorteggio.eseguito_il is not None:
        raise ValidationError("Un sorteggio eseguito non si annulla: le nomine sono atti notificati.")
    if not motivo.strip():
        raise ValidationError("Indicare il motivo: resta nella storia del sorteggio.", code="motivo")
    sorteggio.annullato_il, sorteggio.motivo_annullamento = quando or timezone.now(), motivo.strip()
    sorteggio.save()
