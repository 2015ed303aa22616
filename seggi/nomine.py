"""Nominations: who holds a post, how it was given, notified, accepted, left to another.

A post is (ufficio, ruolo, posizione). It always has at most one active nomination; the rows that follow one
another tell its history. Articles: 20-25 and 47 TU (d.P.R. 570/1960), 6 l. 95/1989.
"""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from comuni.models import Elezione
from norme.rilievi import has_errori
from seggi.idoneita import Idoneita, say_refusal
from seggi.models import Iscritto, Nomina, RuoloUfficio, Ufficio

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

#: Decisions of others that the office only records: paper leads, a finding is shown and stops nothing.
DI_ALTRI = (Nomina.Metodo.CORTE_APPELLO, Nomina.Metodo.INSEDIAMENTO, Nomina.Metodo.PRESIDENTE)


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
def nominate(
    ufficio: Ufficio,
    *,
    ruolo: str,
    posizione: int,
    metodo: str,
    iscritto: Iscritto | None = None,
    persona: dict[str, object] | None = None,
    by=None,
    quando: datetime | None = None,
) -> Nomina:
    """Give an uncovered post to a person of the register, or to one outside it (the segretario).

    Whoever the law excludes is refused with the article; what another authority decided is only recorded.
    """
    require_scoperto(ufficio, ruolo, posizione)
    sostituisce = last_of_post(ufficio, ruolo, posizione)
    if iscritto is not None:
        nomina = new_nomina(
            ufficio,
            ruolo=ruolo,
            posizione=posizione,
            iscritto=iscritto,
            metodo=metodo,
            by=by,
            quando=quando,
            sostituisce=sostituisce,
        )
    else:
        nomina = Nomina(
            ufficio=ufficio,
            ruolo=ruolo,
            posizione=posizione,
            metodo=metodo,
            nominato_il=quando or timezone.now(),
            nominato_da=by,
            sostituisce=sostituisce,
            **(persona or {}),
        )
        nomina.set_chiave()
    _refuse_unfit(nomina, ufficio.sezione.elezione)
    nomina.save()
    return nomina


def _refuse_unfit(nomina: Nomina, elezione: Elezione) -> None:
    if nomina.metodo in DI_ALTRI:
        return
    idoneita = Idoneita(elezione)
    if nomina.iscritto and nomina.iscritto.cancellato_il:
        raise ValidationError(f"{nomina} è stato cancellato dall'albo.", code="cancellato")
    gia = Nomina.objects.di(elezione).attive().filter(iscritto=nomina.iscritto) if nomina.iscritto else None
    if gia is not None and (altra := gia.select_related("ufficio__sezione").first()):
        raise ValidationError(
            f"{nomina} è già {altra.get_ruolo_display()} della {altra.ufficio.sezione} (art. 20 TU).",
            code="E312",
        )
    if altri := idoneita.uffici_di(nomina):
        raise ValidationError(f"{nomina} è già in un ufficio: {', '.join(altri)} (art. 20 TU).", code="E312")
    rilievi = idoneita.check(nomina, ruolo=nomina.ruolo)
    if has_errori(rilievi):
        raise ValidationError(say_refusal(nomina, rilievi), code="non_idoneo")


def require_scoperto(ufficio: Ufficio, ruolo: str, posizione: int) -> None:
    """Lock the office and refuse a post it does not have, or that somebody holds."""
    Ufficio.objects.select_for_update().get(pk=ufficio.pk)
    if not 1 <= posizione <= ufficio.posti(ruolo):
        raise ValidationError("L'ufficio non ha questo posto.", code="posto")
    if ufficio.nomine.attive().filter(ruolo=ruolo, posizione=posizione).exists():
        raise ValidationError("Il posto è già coperto: registrare prima la rinuncia o la sostituzione.")


def last_of_post(ufficio: Ufficio, ruolo: str, posizione: int) -> Nomina | None:
    """Who held the post last, if nobody has come after."""
    precedenti = ufficio.nomine.filter(ruolo=ruolo, posizione=posizione, sostituita_da__isnull=True)
    return precedenti.order_by("-pk").first()


@transaction.atomic
def nominate_in_ordine(
    elezione: Elezione, *, iscritti: list[Iscritto], ruolo: str, metodo: str, by=None
) -> list[Nomina]:
    """The people fill the uncovered posts of that role in order of section; one unfit stops everything."""
    posti = posti_scoperti(elezione, ruolo=ruolo)
    if len(iscritti) > len(posti):
        raise ValidationError(
            f"I nomi sono {len(iscritti)} e i posti scoperti di {ruolo} {len(posti)}.", code="troppi"
        )
    return [
        nominate(ufficio, ruolo=r, posizione=posizione, iscritto=iscritto, metodo=metodo, by=by)
        for (ufficio, r, posizione), iscritto in zip(posti, iscritti, strict=False)
    ]


def choose_vice(nomina: Nomina) -> None:
    """The presidente chooses the vice among the scrutatori (art. 20 TU)."""
    if nomina.ruolo != RuoloUfficio.SCRUTATORE or not nomina.is_attiva:
        raise ValidationError("Il vicepresidente si sceglie fra gli scrutatori in carica.", code="vice")
    with transaction.atomic():
        nomina.ufficio.nomine.filter(vice=True).update(vice=False)
        nomina.vice = True
        nomina.save(update_fields=["vice"])


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
        nuova.set_chiave()
    _refuse_unfit(nuova, nomina.ufficio.sezione.elezione)
    nuova.save()
    return nuova
