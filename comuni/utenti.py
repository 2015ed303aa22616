"""Who works for a comune: invitations, roles, sections, deactivation.

A responsabile manages the roles in her own comuni. The login of a person (a new link, deactivation) is hers
to manage only when that person works nowhere else: otherwise it would open the door of another comune.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Prefetch, QuerySet

from comuni.models import Appartenenza, Comune, Elezione, Sezione
from electoral.models import Utente
from electoral.permessi import Azione, Ruolo, comuni_dove

OGGETTO_INVITO = "Invito a Urna, il sistema delle elezioni comunali"
TESTO_INVITO = """{nome},

è stato invitato a lavorare in Urna. Il suo nome utente è {username}.
Per scegliere la password apra questo indirizzo (vale sette giorni e una volta sola):

{indirizzo}

Se non si aspettava questo invito, ignori il messaggio.
"""


@dataclass(frozen=True, slots=True)
class RuoloDaDare:
    comune: Comune
    ruolo: Ruolo


def gestibili_da(gestore: Utente) -> QuerySet[Utente]:
    """Users with a role in a comune that the manager manages, with those roles only in ``ruoli_visibili``."""
    comuni = comuni_dove(gestore, Azione.GESTIRE_UTENTI)
    ruoli = Appartenenza.objects.select_related("comune").order_by("comune__chiave", "ruolo")
    utenti = Utente.objects.order_by("last_name", "first_name", "username")
    if comuni is not None:
        ruoli = ruoli.filter(comune__in=comuni)
        utenti = utenti.filter(appartenenze__comune__in=comuni, is_superuser=False).distinct()
    return utenti.prefetch_related(Prefetch("appartenenze", queryset=ruoli, to_attr="ruoli_visibili"))


def governa_l_accesso(gestore: Utente, utente: Utente) -> bool:
    """Whether the manager may renew the link or deactivate: the person works only in her comuni."""
    if gestore.is_superuser:
        return True
    if utente.is_superuser or utente.pk == gestore.pk:
        return False
    comuni = comuni_dove(gestore, Azione.GESTIRE_UTENTI) or set()
    propri = {comune for comune, _ruolo in utente.coppie_comune_ruolo()}
    return bool(propri) and propri <= comuni


def free_username(nome: str, cognome: str) -> str:
    """nome.cognome in plain letters, with a number when it is taken."""
    base = re.sub(r"[^a-z0-9.]+", "", f"{nome}.{cognome}".lower().translate(_SENZA_ACCENTI)).strip(".")
    base = (base or "utente")[:140]
    presi = set(Utente.objects.filter(username__startswith=base).values_list("username", flat=True))
    if base not in presi:
        return base
    return next(f"{base}{n}" for n in range(2, len(presi) + 3) if f"{base}{n}" not in presi)


_SENZA_ACCENTI = str.maketrans("àáâäèéêëìíîïòóôöùúûüç", "aaaaeeeeiiiioooouuuuc")


def invite_utente(
    *, nome: str, cognome: str, email: str, ruoli: Iterable[RuoloDaDare], username: str = ""
) -> tuple[Utente, bool]:
    """The invited user and whether it is new; an e-mail or user name already known just gets the roles."""
    ruoli = list(ruoli)
    with transaction.atomic():
        utente = utente_conosciuto(nome=nome, cognome=cognome, email=email, username=username, ruoli=ruoli)
        nuovo = utente is None
        if utente is None:
            utente = Utente(
                username=username or free_username(nome, cognome),
                first_name=nome,
                last_name=cognome,
                email=email,
            )
            utente.set_unusable_password()
            utente.full_clean(exclude=["password"])
            utente.save()
        for dato in ruoli:
            grant_ruolo(utente, comune=dato.comune, ruolo=dato.ruolo)
    return utente, nuovo


def utente_conosciuto(
    *, nome: str, cognome: str, email: str, username: str, ruoli: Iterable[RuoloDaDare]
) -> Utente | None:
    """By user name, by e-mail; with neither, who has the same name and already that role there."""
    if not (username or email):
        omonimi = Utente.objects.filter(first_name__iexact=nome, last_name__iexact=cognome)
        gia = (
            omonimi.filter(appartenenze__comune=r.comune, appartenenze__ruolo=r.ruolo).first() for r in ruoli
        )
        return next((utente for utente in gia if utente), None)
    if username and (utente := Utente.objects.filter(username__iexact=username).first()):
        return utente
    return Utente.objects.filter(email__iexact=email).order_by("pk").first() if email else None


def grant_ruolo(utente: Utente, *, comune: Comune, ruolo: str) -> Appartenenza:
    return Appartenenza.objects.get_or_create(utente=utente, comune=comune, ruolo=ruolo)[0]


def grant_ruolo_su(utente: Utente, *, comuni: QuerySet[Comune], ruolo: str) -> int:
    """The same role over many comuni (a province, a circondario); how many are new."""
    gia = set(Appartenenza.objects.filter(utente=utente, ruolo=ruolo).values_list("comune_id", flat=True))
    nuove = [
        Appartenenza(utente=utente, comune_id=pk, ruolo=ruolo)
        for pk in comuni.values_list("pk", flat=True)
        if pk not in gia
    ]
    Appartenenza.objects.bulk_create(nuove, ignore_conflicts=True)
    return len(nuove)


def revoke_ruolo(appartenenza: Appartenenza) -> None:
    with transaction.atomic():
        appartenenza.sezioni.clear()
        appartenenza.delete()


def set_attivo(utente: Utente, *, attivo: bool) -> None:
    """Deactivate or reactivate; who is deactivated is out at her next click."""
    Utente.objects.filter(pk=utente.pk).update(is_active=attivo)


def send_invito(utente: Utente, *, indirizzo: str) -> None:
    testo = TESTO_INVITO.format(nome=utente.get_full_name(), username=utente.username, indirizzo=indirizzo)
    send_mail(OGGETTO_INVITO, testo, None, [utente.email])


def parse_numeri(testo: str) -> list[int]:
    """«1-5, 7» -> [1, 2, 3, 4, 5, 7]; raises ``ValidationError`` naming the piece that is not understood."""
    numeri: set[int] = set()
    for pezzo in filter(None, re.split(r"[,;\s]+", testo.strip())):
        trovato = re.fullmatch(r"(\d{1,4})(?:[-–](\d{1,4}))?", pezzo)
        if not trovato or int(trovato[2] or trovato[1]) < int(trovato[1]):
            raise ValidationError(f"«{pezzo}» non è una sezione né un intervallo come 1-5.")
        numeri.update(range(int(trovato[1]), int(trovato[2] or trovato[1]) + 1))
    return sorted(numeri)


def assign_sezioni(appartenenza: Appartenenza, *, elezione: Elezione, numeri: list[int]) -> list[Sezione]:
    """Replace the sections of that election assigned to the typist; an unknown number is refused."""
    sezioni = list(Sezione.objects.di(elezione).filter(numero__in=numeri).order_by("numero"))
    mancanti = sorted(set(numeri) - {s.numero for s in sezioni})
    if mancanti:
        raise ValidationError(f"In questa elezione non ci sono le sezioni {', '.join(map(str, mancanti))}.")
    altre = appartenenza.sezioni.exclude(elezione=elezione)
    appartenenza.sezioni.set([*altre, *sezioni])
    return sezioni
