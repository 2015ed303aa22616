"""Corrections laid over the filed version: the paper stays as it was, every change has author and reason."""

from collections.abc import Mapping

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from candidature.models import Candidato, Lista, Rettifica
from candidature.presentazione import CAMPI_LISTA, CAMPI_PERSONA, NonConsentito, is_frozen
from electoral.ingressi import read_chiave

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
def correct_all(lista: Lista, *, chi: str, dati: Mapping[str, object], motivo: str, by) -> list[Rettifica]:
    """Correct the values that changed of ``lista``, ``sindaco`` or ``candidati.3``: one correction each."""
    fatte = []
    for campo, valore in dati.items():
        percorso = f"{chi}.{campo}"
        oggetto, _ = _find(lista, percorso)
        if (valore or None) != (getattr(oggetto, campo) or None):
            fatte.append(correct(lista, percorso=percorso, dopo=_as_text(valore), motivo=motivo, by=by))
    if not fatte:
        raise NonConsentito("Non è cambiato nessun dato: correggi almeno un campo.")
    return fatte


@transaction.atomic
def add_candidato(
    lista: Lista, *, numero: int, dati: dict, motivo: str, by, sposta: bool = False
) -> Candidato:
    """A name that is on the paper and was not typed; ``sposta`` makes room for it among the others."""
    _check(lista, motivo)
    if numero > lista.candidati.count() + 1:
        raise NonConsentito(f"La posizione {numero} lascerebbe un vuoto: l'ultima possibile è la prossima.")
    if lista.candidati.filter(numero=numero).exists():
        if not sposta:
            raise NonConsentito(
                f"La posizione {numero} è già occupata: correggi quel nome, oppure fai scendere gli altri."
            )
        _shift(lista, da=numero, di=1, motivo=motivo, by=by)
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
    try:
        candidato.delete()
    except ProtectedError as errore:
        raise NonConsentito("Il candidato ha già voti registrati: non si può togliere.") from errore
    _record(lista, f"candidati.{numero}", str(candidato), "", motivo, by)
    _shift(lista, da=numero + 1, di=-1, motivo=motivo, by=by)


def _shift(lista: Lista, *, da: int, di: int, motivo: str, by) -> None:
    """Move the names from a position on, nearest to the free place first: numbers stay unique."""
    spostati = list(lista.candidati.filter(numero__gte=da).order_by("-numero" if di > 0 else "numero"))
    if not spostati:
        return
    for candidato in spostati:
        candidato.numero += di
        candidato.save(update_fields=["numero"])
    primo, ultimo = da, da + len(spostati) - 1
    _record(lista, "candidati.posizioni", f"{primo}-{ultimo}", f"{primo + di}-{ultimo + di}", motivo, by)


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
    if gruppo == "candidati" and len(parti) == 3:
        oggetto = lista.candidati.filter(numero=read_chiave(parti[1])).first()
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
