"""Reminders by e-mail: what is late, due today, due in the next seven days, for each person.

At most one message a day, and never one that says what the last one said: the row of the day is taken before
sending, so two executors, or a task run twice, send once. A message the mail server refused is tried again.
"""

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from comuni.models import Elezione, PreferenzaPromemoria, Promemoria
from comuni.scadenzario import Agenda, build_agenda, sync_scadenze
from electoral.models import Utente
from electoral.permessi import Azione, ruoli_con

log = logging.getLogger(__name__)
Frequenza = PreferenzaPromemoria.Frequenza

GIORNI_DOPO_IL_VOTO = 90
"""The duties end with the first sitting of the consiglio: an older election reminds nobody of anything."""
TENTATIVI_MASSIMI = 5
LUNEDI = 0


@dataclass(frozen=True, slots=True)
class DaRicordare:
    """One election of the digest."""

    elezione: Elezione
    agenda: Agenda
    indirizzo: str

    @property
    def is_vuota(self) -> bool:
        return not (self.agenda.in_ritardo or self.aperte_oggi or self.agenda.prossime)

    @property
    def aperte_oggi(self) -> list:
        return [voce for voce in self.agenda.oggi if not voce.is_chiusa]


@dataclass(slots=True)
class EsitoInvio:
    """What one round did."""

    inviati: int = 0
    gia_inviati: int = 0
    senza_novita: int = 0
    non_riusciti: int = 0


def frequenza_di(utente: Utente) -> str:
    """The choice of the person; who never chose and prepares elections gets the daily one."""
    preferenza = PreferenzaPromemoria.objects.filter(utente=utente).first()
    if preferenza is not None:
        return preferenza.frequenza
    prepara = utente.appartenenze.filter(ruolo__in=ruoli_con(Azione.PREPARARE_ELEZIONE)).exists()
    return Frequenza.GIORNO if prepara else Frequenza.MAI


def send_promemoria(adesso: datetime) -> EsitoInvio:
    """One round over everybody who wants a reminder today."""
    esito, giorno, agende = EsitoInvio(), timezone.localtime(adesso).date(), {}
    for utente in _destinatari(giorno):
        _send_a(utente, adesso=adesso, giorno=giorno, agende=agende, esito=esito)
    return esito


def _destinatari(giorno: date) -> Iterator[Utente]:
    con_ruolo = Utente.objects.filter(is_active=True, appartenenze__isnull=False).exclude(email="")
    for utente in con_ruolo.distinct().order_by("pk"):
        frequenza = frequenza_di(utente)
        if frequenza == Frequenza.GIORNO or (frequenza == Frequenza.SETTIMANA and giorno.weekday() == LUNEDI):
            yield utente


def _send_a(utente: Utente, *, adesso: datetime, giorno: date, agende: dict, esito: EsitoInvio) -> None:
    cose = build_promemoria(utente, adesso=adesso, agende=agende)
    impronta = _impronta(cose)
    if not cose or _is_come_l_ultimo(utente, impronta, giorno):
        esito.senza_novita += 1
        return
    riga = _take(utente, giorno, impronta)
    if riga is None:
        esito.gia_inviati += 1
        return
    oggetto, testo = compose(utente, cose, giorno=giorno)
    try:
        send_mail(oggetto, testo, None, [utente.email])
    except OSError as errore:  # smtplib's errors are all OSError
        log.warning("promemoria a %s non riuscito: %s", utente.username, errore)
        riga.stato = Promemoria.Stato.NON_RIUSCITO
        esito.non_riusciti += 1
    else:
        riga.stato = Promemoria.Stato.INVIATO
        esito.inviati += 1
    riga.save()


def _take(utente: Utente, giorno: date, impronta: str) -> Promemoria | None:
    """The row of the day, if this executor is the one to send; None when it was sent or is being sent."""
    riga, nuova = Promemoria.objects.get_or_create(
        utente=utente, giorno=giorno, defaults={"impronta": impronta}
    )
    if nuova:
        return riga
    with transaction.atomic():
        riga = Promemoria.objects.select_for_update().get(pk=riga.pk)
        if riga.stato != Promemoria.Stato.NON_RIUSCITO or riga.tentativi >= TENTATIVI_MASSIMI:
            return None
        riga.stato, riga.impronta = Promemoria.Stato.IN_INVIO, impronta
        riga.tentativi += 1
        riga.save()
    return riga


def _is_come_l_ultimo(utente: Utente, impronta: str, giorno: date) -> bool:
    ultimo = (
        Promemoria.objects.filter(utente=utente, giorno__lt=giorno, stato=Promemoria.Stato.INVIATO)
        .order_by("-giorno")
        .first()
    )
    return ultimo is not None and ultimo.impronta == impronta


def build_promemoria(utente: Utente, *, adesso: datetime, agende: dict | None = None) -> list[DaRicordare]:
    """The elections of the person with something to say; ``agende`` keeps those built in this round."""
    agende = {} if agende is None else agende
    limite = timezone.localtime(adesso).date() - timedelta(days=GIORNI_DOPO_IL_VOTO)
    elezioni = Elezione.objects.visibili_a(utente).filter(prova=False, data__gte=limite)
    trovate = []
    for elezione in elezioni.select_related("comune").order_by("data", "pk"):
        if elezione.pk not in agende:
            agenda = build_agenda(sync_scadenze(elezione), adesso=adesso)
            agende[elezione.pk] = DaRicordare(elezione, agenda, _indirizzo("comuni:scadenzario", elezione))
        if not agende[elezione.pk].is_vuota:
            trovate.append(agende[elezione.pk])
    return trovate


def compose(utente: Utente, cose: list[DaRicordare], *, giorno: date) -> tuple[str, str]:
    """Subject and text of the message."""
    tardi = sum(len(c.agenda.in_ritardo) for c in cose)
    oggi = sum(len(c.aperte_oggi) for c in cose)
    testo = render_to_string(
        "comuni/posta/promemoria.txt",
        {
            "utente": utente,
            "cose": cose,
            "giorno": giorno,
            "indirizzo_base": settings.URNA_INDIRIZZO,
            "indirizzo_preferenze": settings.URNA_INDIRIZZO + reverse("comuni:promemoria"),
        },
    )
    return f"Elezioni, {giorno:%d/%m/%Y}: {_quanti(oggi)} oggi, {tardi} in ritardo", testo


def _quanti(oggi: int) -> str:
    return {0: "nessuna scadenza", 1: "una scadenza"}.get(oggi, f"{oggi} scadenze")


def _indirizzo(url_name: str, elezione: Elezione) -> str:
    return settings.URNA_INDIRIZZO + reverse(url_name, args=[elezione.slug])


def _impronta(cose: list[DaRicordare]) -> str:
    """Of what is said, not of how: the same duties in the same groups give the same."""
    righe = [
        f"{c.elezione.pk} {gruppo} {voce.adempimento.codice} {voce.adempimento.data}"
        for c in cose
        for gruppo, voci in (
            ("tardi", c.agenda.in_ritardo),
            ("oggi", c.aperte_oggi),
            ("prossime", c.agenda.prossime),
        )
        for voce in voci
    ]
    return hashlib.sha256("\n".join(righe).encode()).hexdigest()
