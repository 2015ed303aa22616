"""Many users from one file: read, show what would happen, then do it all or nothing."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet

from comuni.models import Comune, Elezione
from comuni.ricerca import find_comune
from comuni.utenti import (
    RuoloDaDare,
    assign_sezioni,
    grant_ruolo,
    invite_utente,
    parse_numeri,
    utente_conosciuto,
)
from electoral.csv_io import Colonna, RigaErrata, read_table, scelta, testo
from electoral.models import Utente
from electoral.permessi import Ruolo

COLONNE = (
    Colonna("cognome", testo(150), obbligatoria=True),
    Colonna("nome", testo(150), obbligatoria=True),
    Colonna("ruolo", scelta({ruolo.value: ruolo.value for ruolo in Ruolo}), obbligatoria=True),
    Colonna("email", testo(254)),
    Colonna("nome_utente", testo(150)),
    Colonna("comune", testo(120)),
    Colonna("provincia", testo(60)),
    Colonna("sezioni", testo(400)),
)


@dataclass(slots=True)
class RigaUtente:
    """One person of the file, ready to be invited; plain values, so that a form can carry it signed."""

    riga: int
    cognome: str
    nome: str
    ruolo: str
    email: str
    username: str
    comune_pk: int
    comune: str
    sezioni: list[int] = field(default_factory=list)
    conosciuto: bool = False


@dataclass(slots=True)
class Anteprima:
    righe: list[RigaUtente] = field(default_factory=list)
    errori: list[RigaErrata] = field(default_factory=list)
    avvisi: list[RigaErrata] = field(default_factory=list)


def preview_utenti(contenuto: bytes, *, file: str, comuni: QuerySet[Comune]) -> Anteprima:
    """What the file asks for; nothing is written."""
    lettura = read_table(contenuto, file=file, colonne=COLONNE)
    anteprima = Anteprima(errori=list(lettura.errori), avvisi=list(lettura.avvisi))
    unico = list(comuni[:2])
    for letta in lettura.righe:
        try:
            anteprima.righe.append(_riga(letta, comuni=comuni, unico=unico[0] if len(unico) == 1 else None))
        except _Errore as errore:
            anteprima.errori.append(_errata(file, letta, errore))
    return anteprima


class _Errore(Exception):
    def __init__(self, colonna: str, errore: ValidationError) -> None:
        self.colonna, self.testo = colonna, " ".join(errore.messages)


def _errata(file: str, letta, errore: _Errore) -> RigaErrata:
    return RigaErrata(
        file=file,
        riga=letta.numero,
        colonna=errore.colonna,
        valore=letta.celle.get(errore.colonna, ""),
        codice="",
        testo=errore.testo,
        rimedio="Corregga la cella e carichi di nuovo il file.",
    )


def _riga(letta, *, comuni: QuerySet[Comune], unico: Comune | None) -> RigaUtente:
    email, username = letta["email"] or "", letta["nome_utente"] or ""
    if email:
        _check("email", lambda: validate_email(email))
    if username:
        _check("nome_utente", lambda: Utente._meta.get_field("username").run_validators(username))
    comune = unico
    if letta["comune"] or unico is None:
        nome, provincia = letta["comune"] or "", letta["provincia"] or ""
        comune = _check("comune", lambda: find_comune(nome, tra=comuni, provincia=provincia))
    return RigaUtente(
        riga=letta.numero,
        cognome=letta["cognome"],
        nome=letta["nome"],
        ruolo=letta["ruolo"],
        email=email,
        username=username,
        comune_pk=comune.pk,
        comune=comune.nome,
        sezioni=_check("sezioni", lambda: _sezioni(letta["sezioni"] or "", comune)),
        conosciuto=_conosciuto(letta, comune) is not None,
    )


def _conosciuto(letta, comune: Comune) -> Utente | None:
    return utente_conosciuto(
        nome=letta["nome"],
        cognome=letta["cognome"],
        email=letta["email"] or "",
        username=letta["nome_utente"] or "",
        ruoli=[RuoloDaDare(comune, Ruolo(letta["ruolo"]))],
    )


def _check(colonna: str, verifica):
    try:
        return verifica()
    except ValidationError as errore:
        raise _Errore(colonna, errore) from errore


def _sezioni(scritte: str, comune: Comune) -> list[int]:
    numeri = parse_numeri(scritte)
    if numeri:
        elezione = _ultima(comune)
        if elezione is None:
            raise ValidationError(f"A {comune} non c'è ancora un'elezione: le sezioni si assegnano dopo.")
        noti = set(elezione.sezioni.values_list("numero", flat=True))
        if ignoti := [n for n in numeri if n not in noti]:
            raise ValidationError(f"Nell'elezione {elezione} non ci sono le sezioni {ignoti}.")
    return numeri


def _ultima(comune: Comune) -> Elezione | None:
    return comune.elezioni.order_by("-data", "-pk").first()


def import_utenti(righe: list[RigaUtente], *, comuni: QuerySet[Comune]) -> list[tuple[Utente, bool]]:
    """Create and give roles, all or nothing; the comuni are checked again."""
    esiti: dict[int, tuple[Utente, bool]] = {}
    ammessi = comuni.in_bulk({riga.comune_pk for riga in righe})
    with transaction.atomic():
        for riga in righe:
            comune = ammessi[riga.comune_pk]
            utente, nuovo = invite_utente(
                nome=riga.nome,
                cognome=riga.cognome,
                email=riga.email,
                username=riga.username,
                ruoli=[RuoloDaDare(comune, Ruolo(riga.ruolo))],
            )
            if riga.sezioni:
                appartenenza = grant_ruolo(utente, comune=comune, ruolo=riga.ruolo)
                assign_sezioni(appartenenza, elezione=_ultima(comune), numeri=riga.sezioni)
            gia_nuovo = esiti.get(utente.pk, (utente, False))[1]
            esiti[utente.pk] = (utente, nuovo or gia_nuovo)
    return list(esiti.values())
