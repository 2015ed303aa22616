"""Sections, candidates for sindaco, lists and their candidates: the files that the counts refer to."""

from collections.abc import Iterable, Mapping
from typing import Any

from candidature.fascicolo import refresh_at_end
from candidature.importazione import doubts
from candidature.models import Candidato, CandidatoSindaco, Lista, VersionePresentata
from comuni.fascicolo import FileFascicolo, Importazione, Voluto, fields_of
from comuni.models import Elezione, Sezione
from comuni.persone import Sesso
from electoral.csv_io import (
    Colonna,
    Lettura,
    RigaLetta,
    booleano,
    codice_fiscale,
    data,
    intero,
    istante,
    scelta,
    testo,
)
from electoral.permessi import Azione
from risultati.fascicolo.carte import (
    DEL_CANDIDATO,
    DEL_SINDACO,
    DELLA_LISTA,
    SOTTINTESI_CANDIDATO,
    SOTTINTESI_LISTA,
    SOTTINTESI_SINDACO,
)
from risultati.proclamazione import is_proclamata

NUMERO = Colonna("numero", intero(1, 999), obbligatoria=True, aiuto="Numero del sorteggio.")
SESSI = {
    **{sesso: sesso for sesso in Sesso.values},
    **dict.fromkeys(("maschio", "uomo", "U"), Sesso.M.value),
    **dict.fromkeys(("femmina", "donna", "D"), Sesso.F.value),
}
"""As people write it, in any case of letters."""
PERSONA = (
    Colonna("cognome", testo(120), obbligatoria=True),
    Colonna("nome", testo(120), obbligatoria=True),
    Colonna("sesso", scelta(SESSI), aiuto="M o F."),
    Colonna("data_nascita", data(), aiuto="2021-10-03 oppure 03/10/2021."),
    Colonna("luogo_nascita", testo(120)),
    Colonna("codice_fiscale", codice_fiscale()),
)
CAMPI_PERSONA = tuple(colonna.nome for colonna in PERSONA)
CARTE_LISTA = tuple(colonna.nome for colonna in DELLA_LISTA)
CARTE_CANDIDATO = tuple(colonna.nome for colonna in DEL_CANDIDATO)


def guard_proclamata(importazione: Importazione):
    """No fact of a proclaimed election changes by import: it must be reopened, with a reason."""
    if "proclamata" not in importazione.memoria:
        importazione.memoria["proclamata"] = is_proclamata(importazione.elezione)

    def guardia(_, voluto: Voluto):
        if importazione.memoria["proclamata"]:
            return voluto.riga.errore("E937")
        return None

    return guardia


# --- Sections ------------------------------------------------------------------------------------------


def sezioni_per_numero(importazione: Importazione) -> dict[int, Sezione]:
    """The sections of the election, by number; read once per import."""
    if "sezioni" not in importazione.memoria:
        sezioni = Sezione.objects.di(importazione.elezione)
        importazione.memoria["sezioni"] = {sezione.numero: sezione for sezione in sezioni}
    return importazione.memoria["sezioni"]


def _load_sezioni(importazione: Importazione, lettura: Lettura) -> None:
    semplici = ("tipo", "plesso", "indirizzo", "accessibile", "posti_letto", "elettori_m", "elettori_f")
    sezioni = sezioni_per_numero(importazione)
    voluti = [
        Voluto(riga["numero"], {"numero": riga["numero"], **fields_of(riga, Sezione, *semplici)}, riga)
        for riga in lettura.righe
    ]
    _save_sezioni(importazione, lettura.file, voluti)
    figlie = [riga for riga in lettura.righe if riga.ha("sezione_madre")]
    collegate = {riga["numero"] for riga in figlie if riga["sezione_madre"] is not None}
    voluti = []
    for riga in figlie:
        numero, madre = riga["numero"], riga["sezione_madre"]
        if madre is not None and (madre == numero or madre not in sezioni):
            importazione.fail(riga.errore("E914", "sezione_madre"))
        elif madre in collegate:
            motivo = f"la sezione {madre} è a sua volta collegata a un'altra"
            importazione.fail(riga.errore("E925", "sezione_madre", motivo=motivo))
        elif numero in sezioni:
            voluti.append(Voluto(numero, {"sezione_madre": sezioni.get(madre)}, riga))
    invariati = importazione.conteggio(lettura.file).invariati
    _save_sezioni(importazione, lettura.file, voluti)
    importazione.conteggio(lettura.file).invariati = invariati  # the same rows, not to be counted twice


def _save_sezioni(importazione: Importazione, file: str, voluti: list[Voluto]) -> None:
    importazione.upsert(
        file,
        Sezione,
        esistenti=sezioni_per_numero(importazione),
        voluti=voluti,
        guardia=guard_proclamata(importazione),
        alla_creazione={"elezione": importazione.elezione},
    )


def ensure_sezioni(importazione: Importazione, righe: Iterable[RigaLetta]) -> None:
    """Without ``sezioni.csv`` the sections are those the counts speak of, with their electors."""
    if not importazione.completo or "sezioni.csv" in importazione.letture:
        return
    sezioni = sezioni_per_numero(importazione)
    voluti: dict[int, Voluto] = {}
    for riga in righe:
        numero = riga["sezione"]
        campi = {"numero": numero}
        for campo in ("elettori_m", "elettori_f"):
            da_riempire = numero not in sezioni or getattr(sezioni[numero], campo) is None
            if da_riempire and riga["turno"] in (None, 1) and riga[campo] is not None:
                campi[campo] = riga[campo]
        if numero is not None and (numero not in sezioni or len(campi) > 1):
            voluti.setdefault(numero, Voluto(numero, campi, riga))
    _save_sezioni(importazione, "sezioni.csv", list(voluti.values()))


def _rows_sezioni(elezione: Elezione) -> Iterable[Mapping[str, Any]]:
    for sezione in Sezione.objects.di(elezione).select_related("sezione_madre").order_by("numero"):
        madre = sezione.sezione_madre.numero if sezione.sezione_madre else None
        yield {**vars(sezione), "sezione_madre": madre}


SEZIONI = FileFascicolo(
    nome="sezioni.csv",
    ordine=10,
    titolo="Sezioni",
    colonne=(
        Colonna("numero", intero(1, 9999), obbligatoria=True),
        Colonna("tipo", scelta(Sezione.Tipo.values), aiuto="ordinaria, ospedaliera, speciale, volante."),
        Colonna("plesso", testo(120), aiuto="Nome dell'edificio."),
        Colonna("indirizzo", testo(200)),
        Colonna("sezione_madre", intero(1, 9999), aiuto="Per seggi speciali e volanti."),
        Colonna("accessibile", booleano(), aiuto="sì o no."),
        Colonna("posti_letto", intero(0, 9999), aiuto="Per le sezioni ospedaliere."),
        Colonna("elettori_m", intero()),
        Colonna("elettori_f", intero()),
    ),
    sottintesi={"plesso": "", "sezione_madre": None, "accessibile": None, "posti_letto": None},
    chiave=("numero",),
    azione=Azione.PREPARARE_ELEZIONE,
    load=_load_sezioni,
    rows=_rows_sezioni,
)


# --- Candidates for sindaco ----------------------------------------------------------------------------


def sindaci_per_numero(importazione: Importazione) -> dict[int, CandidatoSindaco]:
    if "sindaci" not in importazione.memoria:
        sindaci = CandidatoSindaco.objects.di(importazione.elezione)
        importazione.memoria["sindaci"] = {sindaco.numero: sindaco for sindaco in sindaci}
    return importazione.memoria["sindaci"]


def _load_sindaci(importazione: Importazione, lettura: Lettura) -> None:
    refresh_at_end(importazione)
    campi = ("numero", *CAMPI_PERSONA, "stato", *(colonna.nome for colonna in DEL_SINDACO))
    for riga in lettura.righe:
        importazione.avvisi.extend(doubts(riga, riga.valori))
    importazione.upsert(
        lettura.file,
        CandidatoSindaco,
        esistenti=sindaci_per_numero(importazione),
        voluti=[Voluto(r["numero"], fields_of(r, CandidatoSindaco, *campi), r) for r in lettura.righe],
        guardia=guard_proclamata(importazione),
        alla_creazione={"elezione": importazione.elezione},
    )


SINDACI = FileFascicolo(
    nome="sindaci.csv",
    ordine=20,
    titolo="Candidati sindaco",
    colonne=(NUMERO, *PERSONA, Colonna("stato", scelta(CandidatoSindaco.Stato.values)), *DEL_SINDACO),
    sottintesi=SOTTINTESI_SINDACO,
    chiave=("numero",),
    azione=Azione.INSERIRE_CANDIDATURE,
    load=_load_sindaci,
    rows=lambda elezione: map(vars, CandidatoSindaco.objects.di(elezione).order_by("numero")),
    obbligatorio=True,
)


# --- Lists ---------------------------------------------------------------------------------------------


def liste_per_numero(importazione: Importazione) -> dict[int, Lista]:
    if "liste" not in importazione.memoria:
        liste = Lista.objects.di(importazione.elezione)
        importazione.memoria["liste"] = {lista.numero: lista for lista in liste}
    return importazione.memoria["liste"]


def _load_liste(importazione: Importazione, lettura: Lettura) -> None:
    refresh_at_end(importazione)
    sindaci = sindaci_per_numero(importazione)
    voluti = []
    for riga in lettura.righe:
        campi = fields_of(riga, Lista, "numero", "denominazione", "presentata_il", "stato", *CARTE_LISTA)
        ignoti = [
            colonna
            for colonna in ("sindaco", "apparentata_con")
            if riga[colonna] is not None and riga[colonna] not in sindaci
        ]
        for colonna in ignoti:
            importazione.fail_riferimento(riga, colonna, file="sindaci.csv")
        if stesso := riga["apparentata_con"] == riga["sindaco"]:
            motivo = "è già il candidato sindaco della lista"
            importazione.fail(riga.errore("E925", "apparentata_con", motivo=motivo))
        campi["sindaco"] = sindaci.get(riga["sindaco"])
        if riga.ha("apparentata_con"):
            campi["apparentata_con"] = sindaci.get(riga["apparentata_con"])
        if not ignoti and not stesso:
            voluti.append(Voluto(riga["numero"], campi, riga))
    importazione.upsert(
        lettura.file,
        Lista,
        esistenti=liste_per_numero(importazione),
        voluti=voluti,
        guardia=guard_proclamata(importazione),
        alla_creazione={"elezione": importazione.elezione},
    )


def _rows_liste(elezione: Elezione) -> Iterable[Mapping[str, Any]]:
    for lista in Lista.objects.di(elezione).select_related("sindaco", "apparentata_con").order_by("numero"):
        altro = lista.apparentata_con.numero if lista.apparentata_con else None
        yield {**vars(lista), "sindaco": lista.sindaco.numero, "apparentata_con": altro}


LISTE = FileFascicolo(
    nome="liste.csv",
    ordine=30,
    titolo="Liste",
    colonne=(
        NUMERO,
        Colonna("denominazione", testo(200), obbligatoria=True),
        Colonna("sindaco", intero(1, 999), obbligatoria=True, aiuto="Numero del candidato sindaco."),
        Colonna("apparentata_con", intero(1, 999), aiuto="Solo per il ballottaggio."),
        Colonna("presentata_il", istante()),
        Colonna("stato", scelta(Lista.Stato.values)),
        *DELLA_LISTA,
    ),
    sottintesi=SOTTINTESI_LISTA,
    chiave=("numero",),
    azione=Azione.INSERIRE_CANDIDATURE,
    load=_load_liste,
    rows=_rows_liste,
    obbligatorio=True,
)


# --- Candidates ----------------------------------------------------------------------------------------


def candidati_per_numero(importazione: Importazione) -> dict[tuple[int, int], Candidato]:
    """By list number and position."""
    if "candidati" not in importazione.memoria:
        candidati = Candidato.objects.filter(lista__elezione=importazione.elezione).select_related("lista")
        importazione.memoria["candidati"] = {(c.lista.numero, c.numero): c for c in candidati}
    return importazione.memoria["candidati"]


def guard_trasmesse(importazione: Importazione):
    """A list sent to the commissione is what was filed: from then on a name changes only by a rettifica."""
    proclamata = guard_proclamata(importazione)
    if "trasmesse" not in importazione.memoria:
        versioni = VersionePresentata.objects.filter(lista__elezione=importazione.elezione)
        importazione.memoria["trasmesse"] = set(versioni.values_list("lista__numero", flat=True))

    def guardia(oggetto, voluto: Voluto):
        if errore := proclamata(oggetto, voluto):
            return errore
        if voluto.riga["lista"] in importazione.memoria["trasmesse"]:
            motivo = "la lista è già stata trasmessa alla commissione: serve una rettifica motivata"
            return voluto.riga.errore("E933", "lista", motivo=motivo)
        return None

    return guardia


def _load_candidati(importazione: Importazione, lettura: Lettura) -> None:
    refresh_at_end(importazione)
    liste = liste_per_numero(importazione)
    voluti = []
    for riga in lettura.righe:
        if riga["lista"] not in liste:
            importazione.fail_riferimento(riga, "lista", file="liste.csv")
            continue
        campi = fields_of(riga, Candidato, "numero", *CAMPI_PERSONA, "stato", *CARTE_CANDIDATO)
        importazione.avvisi.extend(doubts(riga, campi))
        campi["lista"] = liste[riga["lista"]]
        voluti.append(Voluto((riga["lista"], riga["numero"]), campi, riga))
    importazione.upsert(
        lettura.file,
        Candidato,
        esistenti=candidati_per_numero(importazione),
        voluti=voluti,
        guardia=guard_trasmesse(importazione),
    )


def _rows_candidati(elezione: Elezione) -> Iterable[Mapping[str, Any]]:
    candidati = Candidato.objects.filter(lista__elezione=elezione).select_related("lista")
    for candidato in candidati.order_by("lista__numero", "numero"):
        yield {**vars(candidato), "lista": candidato.lista.numero}


CANDIDATI = FileFascicolo(
    nome="candidati.csv",
    ordine=40,
    titolo="Candidati consiglieri",
    colonne=(
        Colonna("lista", intero(1, 999), obbligatoria=True, aiuto="Numero della lista."),
        Colonna("numero", intero(1, 999), obbligatoria=True, aiuto="Posizione nella lista."),
        *PERSONA,
        Colonna("stato", scelta(Candidato.Stato.values)),
        *DEL_CANDIDATO,
    ),
    sottintesi={"stato": Candidato.Stato.PRESENTATO, **SOTTINTESI_CANDIDATO},
    chiave=("lista", "numero"),
    azione=Azione.INSERIRE_CANDIDATURE,
    load=_load_candidati,
    rows=_rows_candidati,
)
