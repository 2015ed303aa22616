"""CSV and XLSX of candidates and signers: upload -> preview -> confirm. Nothing is saved before.

The bytes wait in a ``CaricamentoCsv`` row; the confirmation reads them again, so that what is saved is what
was seen. A file imported twice changes nothing the second time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from candidature.colonne import COLONNE
from candidature.identita import compare_codice_fiscale, sesso_da
from candidature.istruttoria import refresh_rilievi
from candidature.models import (
    Candidato,
    CaricamentoCsv,
    Lista,
    Sottoscrizione,
    VersionePresentata,
)
from candidature.presentazione import NonConsentito
from comuni.models import Elezione
from electoral.csv_io import (
    Lettura,
    RigaErrata,
    RigaLetta,
    read_table,
    to_csv,
    wrong_rows,
)
from electoral.ordine import chiave_ordine

#: Name of the column that orders the rows of a list, by kind of file.
_POSTO = {CaricamentoCsv.Tipo.CANDIDATI: "numero", CaricamentoCsv.Tipo.SOTTOSCRITTORI: "riga"}
_MODELLI: Mapping[str, type[models.Model]] = {
    CaricamentoCsv.Tipo.CANDIDATI: Candidato,
    CaricamentoCsv.Tipo.SOTTOSCRITTORI: Sottoscrizione,
}
MOSTRATE = 200


@dataclass(frozen=True, slots=True)
class Modifica:
    """A row that is already there and would change: field -> (before, after)."""

    riga: int
    oggetto: models.Model
    campi: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(slots=True)
class Anteprima:
    """What a file would do: nothing has been saved."""

    lettura: Lettura
    nuovi: list[models.Model] = field(default_factory=list)
    modifiche: list[Modifica] = field(default_factory=list)
    uguali: int = 0

    @property
    def errori(self) -> list[RigaErrata]:
        return self.lettura.errori

    @property
    def avvisi(self) -> list[RigaErrata]:
        return self.lettura.avvisi

    @property
    def righe_errate(self) -> set[int]:
        return {errore.riga for errore in self.errori if errore.riga}

    @property
    def is_illeggibile(self) -> bool:
        """The file as a whole is refused: no row can be saved."""
        return any(errore.riga is None or errore.riga <= 1 for errore in self.errori)

    @property
    def da_salvare(self) -> int:
        return 0 if self.is_illeggibile else len(self.nuovi) + len(self.modifiche)


def preview(
    contenuto: bytes, *, tipo: str, elezione: Elezione, lista: Lista | None = None, file: str = ""
) -> Anteprima:
    """Read the file and compare it with what is stored."""
    lettura = read_table(contenuto, file=file or f"{tipo}.csv", colonne=COLONNE[tipo])
    anteprima = Anteprima(lettura)
    liste = _Liste.of(elezione, lista)
    presenti = _stored(tipo, elezione, lista)
    visti: dict[tuple[int, int], int] = {}
    posti: dict[int, int] = {}
    for riga in lettura.righe:
        di_chi = liste.find(riga, lettura)
        if di_chi is None:
            continue
        posto = riga[_POSTO[tipo]] or posti.get(di_chi.pk, 0) + 1
        posti[di_chi.pk] = max(posto, posti.get(di_chi.pk, 0))
        if prima := visti.get((di_chi.pk, posto)):
            chiave = f"{di_chi.denominazione}, {_POSTO[tipo]} {posto}"
            lettura.errori.append(riga.errore("E913", _POSTO[tipo], chiave=chiave, prima=prima))
            continue
        visti[di_chi.pk, posto] = riga.numero
        valori = _values(riga, tipo)
        anteprima.avvisi.extend(_doubts(riga, valori))
        presente = presenti.get((di_chi.pk, posto))
        if presente is None:
            modifica = Modifica(riga.numero, _MODELLI[tipo](lista=di_chi, **{_POSTO[tipo]: posto}, **valori))
        else:
            modifica = Modifica(riga.numero, presente, _changed(presente, valori))
        _note(anteprima, modifica, riga, trasmessa=di_chi.pk in liste.trasmesse)
    return anteprima


def _changed(presente: models.Model, valori: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {
        campo: (getattr(presente, campo), valore)
        for campo, valore in valori.items()
        if getattr(presente, campo) != valore
    }


def _note(anteprima: Anteprima, modifica: Modifica, riga: RigaLetta, *, trasmessa: bool) -> None:
    """Put the row among the new, the changed, the same; a list already sent takes no change."""
    if modifica.oggetto.pk and not modifica.campi:
        anteprima.uguali += 1
    elif trasmessa:
        motivo = "la lista è già stata trasmessa alla commissione: serve una rettifica motivata"
        anteprima.errori.append(riga.errore("E933", "lista", motivo=motivo))
    elif modifica.oggetto.pk:
        anteprima.modifiche.append(modifica)
    else:
        anteprima.nuovi.append(modifica.oggetto)


def _values(riga: RigaLetta, tipo: str) -> dict[str, Any]:
    """The values of the columns that the file has; an empty text stays empty, an empty choice its default."""
    valori: dict[str, Any] = {}
    modello = _MODELLI[tipo]
    for nome, valore in riga.valori.items():
        if nome in ("lista", _POSTO[tipo]):
            continue
        campo = modello._meta.get_field(nome)
        if valore is None:
            valore = campo.get_default() if not campo.null else None
        valori[nome] = valore
    if tipo == CaricamentoCsv.Tipo.CANDIDATI and not valori.get("sesso") and valori.get("codice_fiscale"):
        valori["sesso"] = sesso_da(valori["codice_fiscale"])
    return valori


def _doubts(riga: RigaLetta, valori: Mapping[str, Any]) -> Iterable[RigaErrata]:
    """The codice fiscale says something else than the other columns: to be looked at, not refused."""
    diversi = compare_codice_fiscale(
        valori.get("codice_fiscale") or "",
        cognome=valori.get("cognome") or "",
        nome=valori.get("nome") or "",
        sesso=valori.get("sesso") or "",
        data_nascita=valori.get("data_nascita"),
        luogo_nascita=valori.get("luogo_nascita") or "",
    )
    if diversi:
        nomi = ", ".join(nome.replace("_", " di ") for nome in diversi)
        yield riga.errore("W906", "codice_fiscale", motivo=nomi)


@dataclass(frozen=True, slots=True)
class _Liste:
    """The lists a row may name, by number or by name; those already sent cannot change."""

    per_nome: Mapping[str, Lista]
    unica: Lista | None
    trasmesse: frozenset[int]

    @classmethod
    def of(cls, elezione: Elezione, lista: Lista | None) -> "_Liste":
        liste = list(Lista.objects.di(elezione))
        per_nome = {chiave_ordine(altra.denominazione): altra for altra in liste}
        per_nome |= {str(altra.numero): altra for altra in liste}
        trasmesse = VersionePresentata.objects.filter(lista__elezione=elezione)
        return cls(per_nome, lista, frozenset(trasmesse.values_list("lista_id", flat=True)))

    def find(self, riga: RigaLetta, lettura: Lettura) -> Lista | None:
        scritta = riga["lista"]
        trovata = self.unica if scritta is None else self.per_nome.get(chiave_ordine(scritta))
        if trovata is None:
            codice = "E907" if scritta is None else "E914"
            lettura.errori.append(riga.errore(codice, "lista"))
        elif self.unica is not None and trovata.pk != self.unica.pk:
            lettura.errori.append(riga.errore("E911", "lista", ammessi=f"{self.unica.denominazione}"))
        else:
            return trovata
        return None


def _stored(tipo: str, elezione: Elezione, lista: Lista | None) -> dict[tuple[int, int], models.Model]:
    righe = _MODELLI[tipo].objects.filter(lista__elezione=elezione)
    if lista is not None:
        righe = righe.filter(lista=lista)
    return {(riga.lista_id, getattr(riga, _POSTO[tipo])): riga for riga in righe}


# --- the upload that waits, the confirmation, the wrong rows ---------------------------------------------


def upload(
    contenuto: bytes, *, tipo: str, elezione: Elezione, by, nome_file: str, lista: Lista | None = None
) -> CaricamentoCsv:
    return CaricamentoCsv.objects.create(
        elezione=elezione,
        lista=lista,
        tipo=CaricamentoCsv.Tipo(tipo),
        nome_file=nome_file[:200],
        contenuto=contenuto,
        caricato_da=by,
    )


def preview_caricamento(caricamento: CaricamentoCsv) -> Anteprima:
    return preview(
        bytes(caricamento.contenuto),
        tipo=caricamento.tipo,
        elezione=caricamento.elezione,
        lista=caricamento.lista,
        file=caricamento.nome_file,
    )


@transaction.atomic
def confirm(caricamento: CaricamentoCsv, *, anche_con_errori: bool = False) -> dict[str, int]:
    """Save what the preview showed; with wrong rows only if the person chose to leave them out."""
    caricamento = CaricamentoCsv.objects.select_for_update().get(pk=caricamento.pk)
    if caricamento.confermato_il:
        raise NonConsentito("Questo file è già stato importato.")
    Elezione.objects.select_for_update().get(pk=caricamento.elezione_id)
    anteprima = preview_caricamento(caricamento)
    if anteprima.is_illeggibile:
        raise NonConsentito("Il file ha errori che impediscono di leggerlo: non si può importare.")
    if anteprima.errori and not anche_con_errori:
        raise NonConsentito("Il file ha righe errate: correggile, oppure scegli di lasciarle fuori.")
    _save(anteprima, caricamento.tipo)
    esito = {
        "nuovi": len(anteprima.nuovi),
        "modificati": len(anteprima.modifiche),
        "uguali": anteprima.uguali,
        "errate": len(anteprima.righe_errate),
    }
    caricamento.confermato_il, caricamento.esito, caricamento.contenuto = timezone.now(), esito, b""
    caricamento.save()
    refresh_rilievi(caricamento.elezione)
    return esito


def _save(anteprima: Anteprima, tipo: str) -> None:
    modello = _MODELLI[tipo]
    toccati: set[str] = set()
    for modifica in anteprima.modifiche:
        for campo, (_, dopo) in modifica.campi.items():
            setattr(modifica.oggetto, campo, dopo)
            toccati.add(campo)
    modificati = [modifica.oggetto for modifica in anteprima.modifiche]
    for oggetto in (*anteprima.nuovi, *modificati):
        toccati |= _set_chiavi(oggetto)
    modello.objects.bulk_create(anteprima.nuovi, batch_size=1000)
    if modificati:
        modello.objects.bulk_update(modificati, sorted(toccati), batch_size=500)


def _set_chiavi(oggetto: models.Model) -> set[str]:
    """What ``save`` would compute, which a bulk write skips."""
    if isinstance(oggetto, Sottoscrizione):
        oggetto.set_impronte()
        return {"impronta", "impronta_nome"}
    oggetto.set_chiave()
    return {"chiave"}


def wrong_rows_csv(anteprima: Anteprima) -> bytes:
    """The wrong rows, to mend and load again."""
    return wrong_rows(anteprima.lettura, anteprima.errori)


def empty_template(tipo: str) -> bytes:
    """A file with the headings only."""
    return to_csv([colonna.nome for colonna in COLONNE[tipo]], [], per_excel=True)
