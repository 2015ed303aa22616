"""Roles and what each may do: the one table that screens, admin and tests read.

A user has roles in comuni (``comuni.Appartenenza``); ``puo(utente, azione, comune)`` answers for one action.
An object of another comune is never shown: it answers 404, not 403.
"""

from enum import StrEnum

from django.db import models


class Ruolo(models.TextChoices):
    RESPONSABILE = "responsabile", "Responsabile dell'ufficio elettorale"
    OPERATORE = "operatore", "Operatore dell'ufficio elettorale"
    COMMISSIONE = "commissione", "Commissione elettorale circondariale"
    DIGITATORE = "digitatore", "Operatore di sezione"
    RAGIONERIA = "ragioneria", "Ragioneria"
    PREFETTURA = "prefettura", "Prefettura (sola lettura)"


class Azione(StrEnum):
    """What one may do, named after the room and the verb."""

    VEDERE_ELEZIONE = "vedere_elezione"
    PREPARARE_ELEZIONE = "preparare_elezione"
    VEDERE_CANDIDATURE = "vedere_candidature"
    INSERIRE_CANDIDATURE = "inserire_candidature"
    VEDERE_SOTTOSCRITTORI = "vedere_sottoscrittori"
    DECIDERE_LISTE = "decidere_liste"
    VEDERE_UFFICI = "vedere_uffici"
    NOMINARE = "nominare"
    VEDERE_COMPENSI = "vedere_compensi"
    LIQUIDARE = "liquidare"
    VEDERE_RISULTATI = "vedere_risultati"
    DIGITARE = "digitare"
    DIRIMERE = "dirimere"
    CHIUDERE = "chiudere"
    GESTIRE_UTENTI = "gestire_utenti"


COSA_PERMETTE: dict[Azione, str] = {
    Azione.VEDERE_ELEZIONE: "Vedere l'elezione, lo scadenzario, le sezioni e gli atti",
    Azione.PREPARARE_ELEZIONE: "Preparare l'elezione: dati, sezioni, scadenze, convocazione",
    Azione.VEDERE_CANDIDATURE: "Vedere liste e candidati",
    Azione.INSERIRE_CANDIDATURE: "Ricevere e inserire le candidature",
    Azione.VEDERE_SOTTOSCRITTORI: "Vedere i sottoscrittori",
    Azione.DECIDERE_LISTE: "Esaminare le liste, decidere, sorteggiare i numeri",
    Azione.VEDERE_UFFICI: "Vedere gli uffici di sezione e le nomine",
    Azione.NOMINARE: "Sorteggiare e nominare presidenti e scrutatori",
    Azione.VEDERE_COMPENSI: "Vedere i compensi",
    Azione.LIQUIDARE: "Liquidare i compensi",
    Azione.VEDERE_RISULTATI: "Vedere affluenza e risultati",
    Azione.DIGITARE: "Inserire affluenza e scrutinio (l'operatore di sezione: solo le sue sezioni)",
    Azione.DIRIMERE: "Risolvere le differenze tra due digitazioni e riaprire una sezione",
    Azione.CHIUDERE: "Chiudere: scrutinio, riparto, proclamazione, pubblicazione",
    Azione.GESTIRE_UTENTI: "Invitare utenti e dare ruoli",
}

_OPERATORE = frozenset(
    {
        Azione.VEDERE_ELEZIONE,
        Azione.PREPARARE_ELEZIONE,
        Azione.VEDERE_CANDIDATURE,
        Azione.INSERIRE_CANDIDATURE,
        Azione.VEDERE_SOTTOSCRITTORI,
        Azione.VEDERE_UFFICI,
        Azione.NOMINARE,
        Azione.VEDERE_COMPENSI,
        Azione.VEDERE_RISULTATI,
        Azione.DIGITARE,
    }
)

PERMESSI: dict[Ruolo, frozenset[Azione]] = {
    Ruolo.OPERATORE: _OPERATORE,
    Ruolo.RESPONSABILE: _OPERATORE | {Azione.DIRIMERE, Azione.CHIUDERE, Azione.GESTIRE_UTENTI},
    Ruolo.COMMISSIONE: frozenset(
        {
            Azione.VEDERE_ELEZIONE,
            Azione.VEDERE_CANDIDATURE,
            Azione.VEDERE_SOTTOSCRITTORI,
            Azione.DECIDERE_LISTE,
        }
    ),
    Ruolo.DIGITATORE: frozenset({Azione.DIGITARE}),
    Ruolo.RAGIONERIA: frozenset(
        {Azione.VEDERE_ELEZIONE, Azione.VEDERE_UFFICI, Azione.VEDERE_COMPENSI, Azione.LIQUIDARE}
    ),
    Ruolo.PREFETTURA: frozenset({Azione.VEDERE_ELEZIONE, Azione.VEDERE_RISULTATI}),
}


def ruoli_con(azione: Azione) -> list[Ruolo]:
    """The roles that may do it, in the order of the table of roles."""
    return [ruolo for ruolo in Ruolo if azione in PERMESSI[ruolo]]


def puo(utente, azione: Azione, comune) -> bool:
    """Whether the user may do it in that comune (object or pk). The amministratore (superuser) may always."""
    if not utente.is_authenticated or not utente.is_active:
        return False
    if utente.is_superuser:
        return True
    comune_pk = getattr(comune, "pk", comune)
    return any(azione in PERMESSI[Ruolo(ruolo)] for ruolo in utente.ruoli_in(comune_pk))


def comuni_dove(utente, azione: Azione) -> set[int] | None:
    """Pks of the comuni where the user may do it; ``None`` means all (amministratore)."""
    if not utente.is_authenticated or not utente.is_active:
        return set()
    if utente.is_superuser:
        return None
    ruoli = ruoli_con(azione)
    return {pk for pk, ruolo in utente.coppie_comune_ruolo() if ruolo in ruoli}
