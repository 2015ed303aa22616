"""CSV and XLSX of candidates and signers: upload -> preview -> confirm. Nothing is saved before.

The bytes wait in a ``CaricamentoCsv`` row; the confirmation reads them again, so that what is saved is what
was seen. A file imported twice changes nothing the second time.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
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
from comuni.fascicolo import Importazione, Modifica, Piano, Voluto, fields_of
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
class Anteprima:
    """What a file would do: nothing has been saved."""

    importazione: Importazione
    lettura: Lettura
    piano: Piano

    @property
    def errori(self) -> list[RigaErrata]:
        return self.importazione.errori

    @property
    def avvisi(self) -> list[RigaErrata]:
        return self.importazione.avvisi

    @property
    def nuovi(self) -> list[models.Model]:
        return self.piano.nuovi

    @property
    def modifiche(self) -> list[Modifica]:
        return self.piano.modifiche

    @property
    def uguali(self) -> int:
        return self.piano.invariati

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
    """Read the file and compare it with what is stored, with the engine of every other import."""
    lettura = read_table(contenuto, file=file or f"{tipo}.csv", colonne=COLONNE[tipo])
    importazione = Importazione(
        elezione=elezione,
        completo=False,
        letture={f"{tipo}.csv": lettura},
        errori=list(lettura.errori),
        avvisi=list(lettura.avvisi),
    )
    piano = importazione.plan(
        lettura.file,
        _MODELLI[tipo],
        esistenti=stored(tipo, elezione, lista),
        voluti=want_righe(importazione, lettura, tipo=tipo, lista=lista),
        guardia=_guard(elezione),
    )
    return Anteprima(importazione, lettura, piano)


def want_righe(
    importazione: Importazione, lettura: Lettura, *, tipo: str, lista: Lista | None = None
) -> list[Voluto]:
    """The rows as objects of their lists; a row without its place takes the next one."""
    liste = _Liste.of(importazione.elezione, lista)
    visti: dict[Hashable, int] = {}
    posti: dict[int, int] = {}
    voluti = []
    for riga in lettura.righe:
        di_chi = liste.find(riga, importazione)
        if di_chi is None:
            continue
        posto = riga[_POSTO[tipo]] or posti.get(di_chi.pk, 0) + 1
        posti[di_chi.pk] = max(posto, posti.get(di_chi.pk, 0))
        if prima := visti.get((di_chi.pk, posto)):
            chiave = f"{di_chi.denominazione}, {_POSTO[tipo]} {posto}"
            importazione.fail(riga.errore("E913", _POSTO[tipo], chiave=chiave, prima=prima))
            continue
        visti[di_chi.pk, posto] = riga.numero
        campi = _values(riga, tipo)
        importazione.avvisi.extend(doubts(riga, campi))
        voluti.append(Voluto((di_chi.pk, posto), {"lista": di_chi, _POSTO[tipo]: posto, **campi}, riga))
    return voluti


def _guard(elezione: Elezione) -> Callable[[models.Model | None, Voluto], RigaErrata | None]:
    """A list already sent takes no change, and names deleted at their term do not come back."""
    versioni = VersionePresentata.objects.filter(lista__elezione=elezione)
    trasmesse = set(versioni.values_list("lista_id", flat=True))

    def guardia(oggetto: models.Model | None, voluto: Voluto) -> RigaErrata | None:
        if voluto.campi["lista"].pk in trasmesse:
            motivo = "la lista è già stata trasmessa alla commissione: serve una rettifica motivata"
            return voluto.riga.errore("E933", "lista", motivo=motivo)
        return keep_cancellate(oggetto, voluto)

    return guardia


def keep_cancellate(oggetto: models.Model | None, voluto: Voluto) -> RigaErrata | None:
    """Names deleted at their term do not come back from a file."""
    if getattr(oggetto, "cancellata_il", None):
        motivo = "i dati personali di questa firma sono già stati cancellati"
        return voluto.riga.errore("E933", "riga", motivo=motivo)
    return None


def _values(riga: RigaLetta, tipo: str) -> dict[str, Any]:
    """The values of the columns that the file has; a sex left unsaid comes from the codice fiscale."""
    nomi = [nome for nome in riga.valori if nome not in ("lista", _POSTO[tipo])]
    valori = fields_of(riga, _MODELLI[tipo], *nomi)
    if tipo == CaricamentoCsv.Tipo.CANDIDATI and not valori.get("sesso") and valori.get("codice_fiscale"):
        valori["sesso"] = sesso_da(valori["codice_fiscale"])
    return valori


def doubts(riga: RigaLetta, valori: Mapping[str, Any]) -> Iterable[RigaErrata]:
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
    """The lists a row may name, by number or by name."""

    per_nome: Mapping[str, Lista]
    unica: Lista | None

    @classmethod
    def of(cls, elezione: Elezione, lista: Lista | None) -> "_Liste":
        liste = list(Lista.objects.di(elezione))
        per_nome = {chiave_ordine(altra.denominazione): altra for altra in liste}
        per_nome |= {str(altra.numero): altra for altra in liste}
        return cls(per_nome, lista)

    def find(self, riga: RigaLetta, importazione: Importazione) -> Lista | None:
        scritta = riga["lista"]
        trovata = self.unica if scritta is None else self.per_nome.get(chiave_ordine(scritta))
        if trovata is None and scritta is None:
            importazione.fail(riga.errore("E907", "lista"))
        elif trovata is None:
            importazione.fail_riferimento(riga, "lista", file="liste.csv")
        elif self.unica is not None and trovata.pk != self.unica.pk:
            importazione.fail(riga.errore("E911", "lista", ammessi=f"{self.unica.denominazione}"))
            return None
        return trovata


def stored(tipo: str, elezione: Elezione, lista: Lista | None = None) -> dict[Hashable, models.Model]:
    """What is there already, by list and place."""
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
    anteprima.importazione.write(anteprima.lettura.file, _MODELLI[caricamento.tipo], anteprima.piano)
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


def wrong_rows_csv(anteprima: Anteprima) -> bytes:
    """The wrong rows, to mend and load again."""
    return wrong_rows(anteprima.lettura, anteprima.errori)


def empty_template(tipo: str) -> bytes:
    """A file with the headings only."""
    return to_csv([colonna.nome for colonna in COLONNE[tipo]], [], per_excel=True)
