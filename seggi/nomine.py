"""Nominations: who holds a post, how it was given, notified, accepted, renounced, and who comes next.

A post is (ufficio, ruolo, posizione). It always has at most one active nomination; the rows that follow one
another tell its history. Articles: 20-25 and 47 TU (d.P.R. 570/1960), 6 l. 95/1989.
"""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from comuni.models import Elezione
from seggi.models import Iscritto, Nomina, PostoGraduatoria, RuoloUfficio, Ufficio

#: Fields copied from the register into the nomination, which must stay as it was notified.
ANAGRAFICA = (
    "cognome",
    "nome",
    "chiave",
    "sesso",
    "data_nascita",
    "luogo_nascita",
    "codice_fiscale",
    "indirizzo",
    "telefono",
    "email",
    "pec",
)


def new_nomina(
    ufficio: Ufficio,
    *,
    ruolo: str,
    posizione: int,
    iscritto: Iscritto,
    metodo: str,
    by=None,
    quando: datetime | None = None,
    sostituisce: Nomina | None = None,
) -> Nomina:
    """An unsaved nomination with the data of the register."""
    return Nomina(
        ufficio=ufficio,
        ruolo=ruolo,
        posizione=posizione,
        iscritto=iscritto,
        metodo=metodo,
        nominato_il=quando or timezone.now(),
        nominato_da=by,
        sostituisce=sostituisce,
        **{campo: getattr(iscritto, campo) for campo in ANAGRAFICA},
    )


def posti_scoperti(elezione: Elezione, *, ruolo: str | None = None) -> list[tuple[Ufficio, str, int]]:
    """Posts without an active nomination: (ufficio, ruolo, posizione), by section, role and position."""
    coperti = set(Nomina.objects.di(elezione).attive().values_list("ufficio_id", "ruolo", "posizione"))
    ruoli = [ruolo] if ruolo else list(RuoloUfficio.values)
    return [
        (ufficio, r, posizione)
        for ufficio in Ufficio.objects.di(elezione).select_related("sezione").order_by("sezione__numero")
        for r in ruoli
        for posizione in range(1, ufficio.posti(r) + 1)
        if (ufficio.pk, r, posizione) not in coperti
    ]


def notify_nomina(nomina: Nomina, *, modo: str, quando: datetime | None = None) -> None:
    """Record that the nomination was notified: the 48 hours to renounce start here."""
    if nomina.stato != Nomina.Stato.NOMINATO:
        raise ValidationError(f"La nomina di {nomina} è già {nomina.get_stato_display()}.", code="stato")
    nomina.notifica, nomina.notificato_il = modo, quando or timezone.now()
    nomina.stato = Nomina.Stato.NOTIFICATO
    nomina.save(update_fields=["notifica", "notificato_il", "stato"])


def accept_nomina(nomina: Nomina, *, quando: datetime | None = None) -> None:
    """Record the acceptance; one may accept before the notice (by telephone)."""
    if not nomina.is_attiva:
        raise ValidationError(f"{nomina} non ricopre più questo posto.", code="stato")
    nomina.accettato_il, nomina.stato = quando or timezone.now(), Nomina.Stato.ACCETTATO
    nomina.save(update_fields=["accettato_il", "stato"])


def termine_rinuncia(nomina: Nomina, *, ore: int) -> datetime | None:
    """Until when a grave impediment may be reported: ``ore`` hours from the notice (art. 6 l. 95/1989)."""
    return None if nomina.notificato_il is None else nomina.notificato_il + timedelta(hours=ore)


@transaction.atomic
def end_nomina(nomina: Nomina, *, stato: str, motivo: str, quando: datetime | None = None) -> None:
    """The person leaves the post: renounces, is replaced, or was absent; the reason is compulsory."""
    if not motivo.strip():
        raise ValidationError(
            "Indicare il motivo: resta nel verbale e nella storia del posto.", code="motivo"
        )
    if stato in Nomina.ATTIVI:
        raise ValueError(stato)
    nomina = Nomina.objects.select_for_update().get(pk=nomina.pk)
    if not nomina.is_attiva:
        raise ValidationError(f"{nomina} non ricopre già più questo posto.", code="stato")
    nomina.stato, nomina.motivo_cessazione = stato, motivo.strip()
    nomina.cessato_il = quando or timezone.now()
    nomina.save(update_fields=["stato", "motivo_cessazione", "cessato_il"])


@transaction.atomic
def replace_from_graduatoria(
    nomina: Nomina, *, motivo: str, by=None, quando: datetime | None = None
) -> Nomina:
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
    """First available reserve not already in a post, locked until the end of the transaction."""
    impegnati = Nomina.objects.di(elezione).attive().exclude(iscritto=None).values("iscritto")
    return (
        PostoGraduatoria.objects.di(elezione)
        .disponibili()
        .exclude(iscritto__in=impegnati)
        .select_for_update()
        .select_related("iscritto")
        .order_by("posizione")
        .first()
    )


@transaction.atomic
def replace_nomina(
    nomina: Nomina,
    *,
    stato: str,
    motivo: str,
    metodo: str,
    iscritto: Iscritto | None = None,
    persona: dict[str, object] | None = None,
    by=None,
    quando: datetime | None = None,
) -> Nomina:
    """Another person takes the post: named by the court or the sindaco, or co-opted at 16:00 of Saturday.

    Exactly one of ``iscritto`` (from a register) and ``persona`` (fields of a person outside it) is given.
    """
    if (iscritto is None) == (persona is None):
        raise ValueError("iscritto oppure persona")
    end_nomina(nomina, stato=stato, motivo=motivo, quando=quando)
    nomina.refresh_from_db()
    if iscritto is not None:
        nuova = new_nomina(
            nomina.ufficio,
            ruolo=nomina.ruolo,
            posizione=nomina.posizione,
            iscritto=iscritto,
            metodo=metodo,
            by=by,
            quando=quando,
            sostituisce=nomina,
        )
    else:
        nuova = Nomina(
            ufficio=nomina.ufficio,
            ruolo=nomina.ruolo,
            posizione=nomina.posizione,
            metodo=metodo,
            nominato_il=quando or timezone.now(),
            nominato_da=by,
            sostituisce=nomina,
            **persona,
        )
    nuova.save()
    return nuova
