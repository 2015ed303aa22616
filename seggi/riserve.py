"""The reserves: who comes next in the ranking, takes the post of who renounces, or is not available.

Article 6 l. 95/1989: the ranking is that of the sitting and is followed in its order.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from comuni.models import Elezione
from norme.rilievi import has_errori
from seggi.idoneita import Idoneita, say_refusal
from seggi.models import Nomina, PostoGraduatoria, RuoloUfficio, Ufficio
from seggi.nomine import end_nomina, last_of_post, new_nomina, require_scoperto


@transaction.atomic
def replace_from_graduatoria(
    nomina: Nomina, *, motivo: str, by=None, quando: datetime | None = None
) -> Nomina | None:
    """Renunciation of a scrutatore: the next available reserve takes the post."""
    elezione = nomina.ufficio.sezione.elezione
    end_nomina(nomina, stato=Nomina.Stato.RINUNCIATO, motivo=motivo, quando=quando)
    nomina.refresh_from_db()
    posto = _next_riserva(elezione)
    if posto is None:
        return None
    nuova = new_nomina(
        nomina.ufficio,
        ruolo=nomina.ruolo,
        posizione=nomina.posizione,
        iscritto=posto.iscritto,
        metodo=Nomina.Metodo.GRADUATORIA,
        by=by,
        quando=quando,
        sostituisce=nomina,
    )
    nuova.save()
    PostoGraduatoria.objects.filter(pk=posto.pk).update(stato=PostoGraduatoria.Stato.NOMINATO)
    return nuova


def _next_riserva(elezione: Elezione) -> PostoGraduatoria | None:
    """First reserve not already in a post and still fit for it, locked until the end of the transaction.

    Who has become unfit since the draw (a candidate, over the age) is put aside with the article.
    """
    impegnati = Nomina.objects.di(elezione).attive().exclude(iscritto=None).values("iscritto")
    disponibili = (
        PostoGraduatoria.objects.di(elezione)
        .disponibili()
        .exclude(iscritto__in=impegnati)
        .exclude(iscritto__cancellato_il__isnull=False)
        .select_for_update(of=("self",))
        .select_related("iscritto")
        .order_by("posizione")
    )
    idoneita = Idoneita(elezione)
    for posto in disponibili.iterator(chunk_size=20):
        if idoneita.uffici_di(posto.iscritto):  # written by name in another office: not free now
            continue
        rilievi = idoneita.check(posto.iscritto, ruolo=RuoloUfficio.SCRUTATORE)
        if not has_errori(rilievi):
            return posto
        posto.stato = PostoGraduatoria.Stato.INDISPONIBILE
        posto.motivo = say_refusal(posto.iscritto, rilievi)[:200]
        posto.save(update_fields=["stato", "motivo"])
    return None


@transaction.atomic
def pass_over_riserva(posto: PostoGraduatoria, *, motivo: str) -> None:
    """The reserve called by telephone is not available: the next one is called, the reason stays."""
    if not motivo.strip():
        raise ValidationError("Indicare perché la riserva non è disponibile.", code="motivo")
    cambiati = PostoGraduatoria.objects.filter(pk=posto.pk, stato=PostoGraduatoria.Stato.DISPONIBILE).update(
        stato=PostoGraduatoria.Stato.INDISPONIBILE, motivo=motivo.strip()[:200]
    )
    if not cambiati:
        raise ValidationError(f"{posto.iscritto} non è più fra le riserve disponibili.", code="stato")


@transaction.atomic
def call_riserva(ufficio: Ufficio, *, ruolo: str, posizione: int, by=None) -> Nomina | None:
    """The next reserve takes an uncovered post of scrutatore; ``None`` when the ranking is exhausted."""
    require_scoperto(ufficio, ruolo, posizione)
    elezione = ufficio.sezione.elezione
    posto = _next_riserva(elezione)
    if posto is None:
        return None
    ultima = last_of_post(ufficio, ruolo, posizione)
    nuova = new_nomina(
        ufficio,
        ruolo=ruolo,
        posizione=posizione,
        iscritto=posto.iscritto,
        metodo=Nomina.Metodo.GRADUATORIA,
        by=by,
        sostituisce=ultima,
    )
    nuova.save()
    PostoGraduatoria.objects.filter(pk=posto.pk).update(stato=PostoGraduatoria.Stato.NOMINATO)
    return nuova
