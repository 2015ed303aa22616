"""The files of this room in the fascicolo: the two registers and the nominations.

No payment datum is ever here: IBAN and amounts leave only from the pages of the liquidation.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from comuni.fascicolo import FileFascicolo, Importazione, Voluto, fields_of
from comuni.models import Elezione
from comuni.persone import Sesso
from electoral.csv_io import (
    Colonna,
    Lettura,
    RigaLetta,
    ValoreErrato,
    booleano,
    codice_fiscale,
    data,
    intero,
    istante,
    scelta,
    testo,
)
from electoral.ordine import chiave_ordine
from electoral.permessi import Azione
from seggi.idoneita import letters
from seggi.models import Iscritto, Nomina, RuoloUfficio, Ufficio
from seggi.models.albi import TitoloStudio
from seggi.rappresentanti import RAPPRESENTANTI
from seggi.uffici import set_up_uffici


def posta(cella: str) -> str:
    """An e-mail address as the database accepts it."""
    try:
        validate_email(cella)
    except ValidationError:
        raise ValoreErrato("E933", motivo="non è un indirizzo di posta elettronica") from None
    return cella


PERSONA = (
    Colonna("cognome", testo(120), obbligatoria=True),
    Colonna("nome", testo(120), obbligatoria=True),
    Colonna("sesso", scelta(Sesso.values), aiuto="M o F."),
    Colonna("data_nascita", data(), aiuto="1980-10-03 oppure 03/10/1980."),
    Colonna("luogo_nascita", testo(120)),
    Colonna("codice_fiscale", codice_fiscale()),
    Colonna("indirizzo", testo(200), aiuto="Per le lettere: via, numero, CAP e località."),
    Colonna("telefono", testo(40)),
    Colonna("email", posta),
    Colonna("pec", posta),
)
CAMPI_PERSONA = tuple(colonna.nome for colonna in PERSONA)
_TITOLI = {etichetta: valore for valore, etichetta in TitoloStudio.choices}
_ALBO = (
    Colonna("numero_albo", intero(1), aiuto="Se manca: il primo numero libero."),
    *PERSONA,
    Colonna("titolo_studio", scelta(_TITOLI), aiuto=", ".join(_TITOLI)),
    Colonna("elettore", booleano(), aiuto="Elettore del comune: sì o no."),
    Colonna("esclusione", testo(40), aiuto="Lettere dell'art. 23 TU, per esempio e."),
    Colonna("categoria", testo(60), aiuto="Per i sorteggi per categorie, per esempio disoccupati."),
    Colonna("iscritto_il", data()),
    Colonna("cancellato_il", data()),
    Colonna("motivo_cancellazione", testo(200)),
)
_CAMPI_ALBO = (*CAMPI_PERSONA, *(c.nome for c in _ALBO[11:]))


# --- Registers -----------------------------------------------------------------------------------------


def _load_albo(importazione: Importazione, lettura: Lettura, *, albo: str) -> None:
    comune = importazione.elezione.comune
    presenti = list(Iscritto.objects.filter(comune=comune, albo=albo))
    per_numero = {i.numero_albo: i for i in presenti}
    noti = {(i.chiave, i.data_nascita): i.numero_albo for i in presenti}
    codici = {i.codice_fiscale: i.numero_albo for i in presenti if i.codice_fiscale and not i.cancellato_il}
    prossimo = max(per_numero, default=0)
    voluti: dict[int, Voluto] = {}
    for riga in lettura.righe:
        chiave = (chiave_ordine(f"{riga['cognome']} {riga['nome']}"), riga["data_nascita"])
        numero = riga["numero_albo"] or codici.get(riga["codice_fiscale"]) or noti.get(chiave)
        if numero is None:
            prossimo += 1
            numero = prossimo
        prossimo = max(prossimo, numero)
        noti[chiave] = numero
        if _accept_iscritto(importazione, riga, numero, codici, voluti):
            campi = {"numero_albo": numero, **fields_of(riga, Iscritto, *_CAMPI_ALBO)}
            voluti[numero] = Voluto(numero, campi, riga)
    importazione.upsert(
        lettura.file,
        Iscritto,
        esistenti=per_numero,
        voluti=voluti.values(),
        alla_creazione={"comune": comune, "albo": albo},
    )


def _accept_iscritto(
    importazione: Importazione, riga: RigaLetta, numero: int, codici: dict[str, int], voluti: dict
) -> bool:
    if numero in voluti:
        importazione.fail(
            riga.errore("E913", "numero_albo", chiave=f"numero {numero}", prima=voluti[numero].riga.numero)
        )
        return False
    codice = riga["codice_fiscale"]
    if codice and not riga["cancellato_il"] and codici.setdefault(codice, numero) != numero:
        motivo = f"è già iscritto con il numero {codici[codice]}"
        importazione.fail(riga.errore("E933", "codice_fiscale", motivo=motivo))
        return False
    if riga["cancellato_il"] and not riga["motivo_cancellazione"]:
        importazione.fail(riga.errore("E907", "motivo_cancellazione"))
        return False
    if riga["esclusione"] and not letters(riga["esclusione"]):
        motivo = "servono le lettere dell'art. 23 TU (b, c, d, e, f-bis)"
        importazione.fail(riga.errore("E933", "esclusione", motivo=motivo))
        return False
    return True


def _rows_albo(elezione: Elezione, *, albo: str) -> Iterable[Mapping[str, Any]]:
    for iscritto in Iscritto.objects.filter(comune=elezione.comune, albo=albo).order_by("numero_albo"):
        titolo = iscritto.titolo_studio
        yield {
            **vars(iscritto),
            "titolo_studio": None if titolo is None else TitoloStudio(titolo).label,
        }


def _file_albo(albo: str, *, nome: str, ordine: int, titolo: str) -> FileFascicolo:
    return FileFascicolo(
        nome=nome,
        ordine=ordine,
        titolo=titolo,
        colonne=_ALBO,
        chiave=(),
        azione=Azione.NOMINARE,
        load=lambda importazione, lettura: _load_albo(importazione, lettura, albo=albo),
        rows=lambda elezione: _rows_albo(elezione, albo=albo),
        sottintesi={
            "sesso": "",
            "telefono": "",
            "email": "",
            "pec": "",
            "elettore": True,
            "esclusione": "",
            "categoria": "",
            "iscritto_il": None,
            "cancellato_il": None,
            "motivo_cancellazione": "",
        },
    )


# --- Nominations ---------------------------------------------------------------------------------------

_SEMPLICI = (
    *CAMPI_PERSONA,
    "vice",
    "stato",
    "metodo",
    "nominato_il",
    "notifica",
    "notificato_il",
    "accettato_il",
    "cessato_il",
    "motivo_cessazione",
    "frazione_servizio",
    "frazione_ballottaggio",
    "giorni_adunanza",
)
Chiave = tuple[int, str, int, str]


def _load_nomine(importazione: Importazione, lettura: Lettura) -> None:
    elezione = importazione.elezione
    set_up_uffici(elezione)
    uffici = {u.sezione.numero: u for u in Ufficio.objects.di(elezione).select_related("sezione")}
    iscritti = {(i.albo, i.numero_albo): i for i in Iscritto.objects.filter(comune=elezione.comune)}
    esistenti: dict[Chiave, Nomina] = {
        (n.ufficio.sezione.numero, n.ruolo, n.posizione, n.chiave): n
        for n in Nomina.objects.di(elezione).select_related("ufficio__sezione")
    }
    voluti = [v for riga in lettura.righe if (v := _want_nomina(importazione, riga, uffici, iscritti))]
    if _one_per_post(importazione, voluti, esistenti):
        # first those who leave a post, then those who take it: a post has one active nomination at any time
        for attivi in (False, True):
            gruppo = [v for v in voluti if (v.campi.get("stato") in Nomina.ATTIVI) is attivi]
            esistenti = importazione.upsert(lettura.file, Nomina, esistenti=esistenti, voluti=gruppo)
        _link_sostituiti(lettura.righe, esistenti)


def _want_nomina(importazione: Importazione, riga: RigaLetta, uffici: dict, iscritti: dict) -> Voluto | None:
    ufficio = uffici.get(riga["sezione"])
    if ufficio is None:
        importazione.fail_riferimento(riga, "sezione", file="sezioni.csv")
        return None
    posizione = riga["posizione"] or 1
    if posizione > ufficio.posti(riga["ruolo"]):
        motivo = f"l'ufficio ha {ufficio.posti(riga['ruolo'])} posti di {riga['ruolo']}"
        importazione.fail(riga.errore("E933", "posizione", motivo=motivo))
        return None
    campi = fields_of(riga, Nomina, *_SEMPLICI)
    campi["stato"] = riga["stato"] or Nomina.Stato.NOMINATO
    campi["nominato_il"] = riga["nominato_il"] or importazione.adesso
    if campi["stato"] not in Nomina.ATTIVI and not campi.get("cessato_il"):
        importazione.fail(riga.errore("E907", "cessato_il"))
        return None
    if riga["numero_albo"]:
        albo = (
            Iscritto.Albo.PRESIDENTI if riga["ruolo"] == RuoloUfficio.PRESIDENTE else Iscritto.Albo.SCRUTATORI
        )
        campi["iscritto"] = iscritti.get((albo, riga["numero_albo"]))
        if campi["iscritto"] is None:
            importazione.fail_riferimento(riga, "numero_albo", file=f"albo_{albo}.csv")
            return None
    campi |= {"ufficio": ufficio, "ruolo": riga["ruolo"], "posizione": posizione}
    return Voluto(_key(riga), campi, riga)


def _key(riga: RigaLetta) -> Chiave:
    nome = chiave_ordine(f"{riga['cognome']} {riga['nome']}")
    return riga["sezione"], riga["ruolo"], riga["posizione"] or 1, nome


def _one_per_post(importazione: Importazione, voluti: list[Voluto], esistenti: dict[Chiave, Nomina]) -> bool:
    """Whether no post would have two people at once; the row that would is named."""
    nel_file = {v.chiave for v in voluti}
    presi = {chiave[:3]: n for chiave, n in esistenti.items() if n.is_attiva and chiave not in nel_file}
    for voluto in voluti:
        if voluto.campi["stato"] in Nomina.ATTIVI:
            altro = presi.setdefault(voluto.chiave[:3], voluto)
            if altro is not voluto:
                motivo = "il posto è già di un'altra persona: prima va scritto come e quando è cessata"
                importazione.fail(voluto.riga.errore("E933", "stato", motivo=motivo))
    return not importazione.errori


def _link_sostituiti(righe: list[RigaLetta], nomine: dict[Chiave, Nomina]) -> None:
    cambiate = []
    for riga in righe:
        if riga["sostituisce"]:
            nomina = nomine.get(_key(riga))
            prima = nomine.get((*_key(riga)[:3], chiave_ordine(riga["sostituisce"])))
            if nomina and prima and nomina is not prima and nomina.sostituisce_id != prima.pk:
                nomina.sostituisce = prima
                cambiate.append(nomina)
    Nomina.objects.bulk_update(cambiate, ["sostituisce"])


def _rows_nomine(elezione: Elezione) -> Iterable[Mapping[str, Any]]:
    righe = Nomina.objects.di(elezione).select_related("ufficio__sezione", "iscritto", "sostituisce")
    for nomina in righe.order_by("ufficio__sezione__numero", "ruolo", "posizione", "pk"):
        yield {
            **vars(nomina),
            "sezione": nomina.ufficio.sezione.numero,
            "numero_albo": nomina.iscritto.numero_albo if nomina.iscritto else None,
            "sostituisce": str(nomina.sostituisce) if nomina.sostituisce else "",
        }


NOMINE = FileFascicolo(
    nome="nomine.csv",
    ordine=140,
    titolo="Nomine negli uffici di sezione",
    colonne=(
        Colonna("sezione", intero(1, 9999), obbligatoria=True),
        Colonna("ruolo", scelta(RuoloUfficio.values), obbligatoria=True, aiuto="presidente, scrutatore…"),
        Colonna("posizione", intero(1, 9), aiuto="Per gli scrutatori da 1 a 4; se manca è 1."),
        Colonna("numero_albo", intero(1), aiuto="Nell'albo dei presidenti o degli scrutatori."),
        *PERSONA,
        Colonna("vice", booleano(), aiuto="Vicepresidente: sì o no."),
        Colonna("stato", scelta(Nomina.Stato.values), aiuto=", ".join(Nomina.Stato.values)),
        Colonna("metodo", scelta(Nomina.Metodo.values), obbligatoria=True),
        Colonna("nominato_il", istante()),
        Colonna("notifica", scelta(Nomina.Notifica.values)),
        Colonna("notificato_il", istante()),
        Colonna("accettato_il", istante()),
        Colonna("cessato_il", istante()),
        Colonna("motivo_cessazione", testo(300)),
        Colonna("frazione_servizio", testo(12), aiuto="Per esempio 3/5."),
        Colonna("frazione_ballottaggio", testo(12), aiuto="Per esempio 3/5."),
        Colonna("giorni_adunanza", intero(0, 99), aiuto="Giorni di lavoro nell'adunanza dei presidenti."),
        Colonna("sostituisce", testo(240), aiuto="Cognome e nome di chi aveva il posto prima."),
    ),
    chiave=("sezione", "ruolo", "posizione", "cognome", "nome"),
    azione=Azione.NOMINARE,
    load=_load_nomine,
    rows=_rows_nomine,
    sottintesi={
        "sesso": "",
        "telefono": "",
        "email": "",
        "pec": "",
        "vice": False,
        "notifica": "",
        "notificato_il": None,
        "accettato_il": None,
        "cessato_il": None,
        "motivo_cessazione": "",
        "frazione_servizio": "",
        "frazione_ballottaggio": "",
        "giorni_adunanza": 0,
        "sostituisce": "",
    },
)
FILES = (
    _file_albo(
        Iscritto.Albo.SCRUTATORI, nome="albo_scrutatori.csv", ordine=120, titolo="Albo degli scrutatori"
    ),
    _file_albo(
        Iscritto.Albo.PRESIDENTI, nome="albo_presidenti.csv", ordine=130, titolo="Albo dei presidenti"
    ),
    NOMINE,
    RAPPRESENTANTI,
)
