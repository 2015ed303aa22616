"""Corrections laid over the filed version: the paper stays as it was, every change has author and reason."""

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import transaction
from django.utils import timezone

from candidature.models import Candidato, Lista, Rettifica
from candidature.presentazione import CAMPI_LISTA, CAMPI_PERSONA, NonConsentito, is_frozen

CAMPI_CORREGGIBILI = {
    "lista": (*CAMPI_LISTA, "presentata_il"),
    "sindaco": CAMPI_PERSONA,
    "candidati": CAMPI_PERSONA,
}


@transaction.atomic
def correct(lista: Lista, *, percorso: str, dopo: str, motivo: str, by) -> Rettifica:
    """Correct one value, for example ``candidati.3.nome``; the frozen version does not change."""
    _check(lista, motivo)
    oggetto, campo = _find(lista, percorso)
    prima = getattr(oggetto, campo)
    try:
        valore = (
            oggetto._meta.get_field(campo).clean(dopo.strip() or None, oggetto)
            if dopo.strip()
            else _empty(oggetto, campo)
        )
    except ValidationError as errore:
        raise NonConsentito(f"«{dopo}» non va bene per {campo}: {' '.join(errore.messages)}") from errore
    if valore == prima:
        raise NonConsentito("Il valore nuovo è uguale a quello presente.")
    setattr(oggetto, campo, valore)
    oggetto.save()
    return _record(lista, percorso, prima, valore, motivo, by)


@transaction.atomic
def add_candidato(lista: Lista, *, numero: int, dati: dict, motivo: str, by) -> Candidato:
    """A name that is on the paper and was not typed."""
    _check(lista, motivo)
    if lista.candidati.filter(numero=numero).exists():
        raise NonConsentito(f"La posizione {numero} è già occupata: correggi quel nome.")
    candidato = Candidato(lista=lista, numero=numero, **dati)
    try:
        candidato.full_clean(exclude=["lista"])
    except ValidationError as errore:
        raise NonConsentito(" ".join(errore.messages)) from errore
    candidato.save()
    _record(lista, f"candidati.{numero}", "", str(candidato), motivo, by)
    return candidato


@transaction.atomic
def remove_candidato(lista: Lista, *, numero: int, motivo: str, by) -> None:
    """A name typed by mistake that is not on the paper (a struck name is an ``Esclusione`` instead)."""
    _check(lista, motivo)
    candidato = lista.candidati.filter(numero=numero).first()
    if candidato is None:
        raise NonConsentito(f"Nella posizione {numero} non c'è nessun candidato.")
    if candidato.esclusioni.exists():
        raise NonConsentito("Il nome compare in una decisione della commissione: non si può togliere.")
    candidato.delete()
    _record(lista, f"candidati.{numero}", str(candidato), "", motivo, by)


def _check(lista: Lista, motivo: str) -> None:
    if not motivo.strip():
        raise NonConsentito("Serve il motivo della rettifica.")
    if not is_frozen(lista):
        raise NonConsentito("La lista non è ancora stata trasmessa: correggi direttamente i dati.")


def _find(lista: Lista, percorso: str):
    """The object and the field a path names."""
    parti = percorso.split(".")
    gruppo, campo = parti[0], parti[-1]
    if campo not in CAMPI_CORREGGIBILI.get(gruppo, ()):
        raise NonConsentito(f"«{percorso}» non è un dato che si rettifica.")
    oggetto = {"lista": lista, "sindaco": lista.sindaco}.get(gruppo)
    if gruppo == "candidati" and len(parti) == 3 and parti[1].isdecimal():
        oggetto = lista.candidati.filter(numero=int(parti[1])).first()
    if oggetto is None:
        raise NonConsentito(f"«{percorso}»: non c'è nessun candidato in quella posizione.")
    return oggetto, campo


def _empty(oggetto, campo: str):
    try:
        definizione = oggetto._meta.get_field(campo)
    except FieldDoesNotExist as errore:
        raise NonConsentito(f"Il dato «{campo}» non esiste.") from errore
    if not definizione.blank:
        raise NonConsentito(f"Il dato «{definizione.verbose_name}» non può restare vuoto.")
    return None if definizione.null else ""


def _record(lista: Lista, percorso: str, prima, dopo, motivo: str, by) -> Rettifica:
    return Rettifica.objects.create(
        lista=lista,
        percorso=percorso,
        prima=_as_text(prima),
        dopo=_as_text(dopo),
        motivo=motivo.strip(),
        autore=by,
        registrata_il=timezone.now(),
    )


def _as_text(valore) -> str:
    return "" if valore is None else str(valore)
