"""IBAN, cash and codici fiscali of many people in one file: never part of the fascicolo, never public."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from comuni.fascicolo import FileFascicolo, Importazione, Voluto
from comuni.models import Elezione
from electoral.csv_io import (
    Colonna,
    Lettura,
    RigaLetta,
    ValoreErrato,
    booleano,
    codice_fiscale,
    intero,
    scelta,
    testo,
)
from electoral.ordine import chiave_ordine
from electoral.permessi import Azione
from seggi.liquidazione import clean_iban
from seggi.models import DatiPagamento, Nomina, RuoloUfficio

Chiave = tuple[int, str, int, str]


def iban(cella: str) -> str:
    """An IBAN with the right control figures."""
    try:
        return clean_iban(cella)
    except ValidationError:
        raise ValoreErrato("E932") from None


def _load(importazione: Importazione, lettura: Lettura) -> None:
    elezione = importazione.elezione
    nomine: dict[Chiave, Nomina] = {
        (n.ufficio.sezione.numero, n.ruolo, n.posizione, n.chiave): n
        for n in Nomina.objects.di(elezione).select_related("ufficio__sezione")
    }
    presenti = {d.nomina_id: d for d in DatiPagamento.objects.filter(nomina__in=nomine.values())}
    voluti, codici = [], []
    for riga in lettura.righe:
        nomina = nomine.get(_key(riga))
        if nomina is None:
            importazione.fail_riferimento(riga, "cognome", file="nomine.csv")
        elif riga["contanti"] and riga["iban"]:
            motivo = "o l'IBAN, o i contanti: togliere uno dei due"
            importazione.fail(riga.errore("E933", "contanti", motivo=motivo))
        else:
            voluti.append(Voluto(nomina.pk, {"nomina": nomina, **_fields(riga)}, riga))
            if riga["codice_fiscale"] and riga["codice_fiscale"] != nomina.codice_fiscale:
                nomina.codice_fiscale = riga["codice_fiscale"]
                codici.append(nomina)
    importazione.upsert(lettura.file, DatiPagamento, esistenti=presenti, voluti=voluti)
    Nomina.objects.bulk_update(codici, ["codice_fiscale"])


def _fields(riga: RigaLetta) -> dict[str, object]:
    return {
        "iban": riga["iban"] or "",
        "intestatario": riga["intestatario"] or "",
        "contanti": bool(riga["contanti"]),
    }


def _key(riga: RigaLetta) -> Chiave:
    nome = chiave_ordine(f"{riga['cognome']} {riga['nome']}")
    return riga["sezione"], riga["ruolo"], riga["posizione"] or 1, nome


def _rows(elezione: Elezione) -> Iterable[Mapping[str, Any]]:
    nomine = Nomina.objects.di(elezione).select_related("ufficio__sezione", "dati_pagamento")
    for nomina in nomine.order_by("ufficio__sezione__numero", "ruolo", "posizione", "pk"):
        dati = getattr(nomina, "dati_pagamento", None)
        yield {
            "sezione": nomina.ufficio.sezione.numero,
            "ruolo": nomina.ruolo,
            "posizione": nomina.posizione,
            "cognome": nomina.cognome,
            "nome": nomina.nome,
            "codice_fiscale": nomina.codice_fiscale,
            "iban": dati.iban if dati else "",
            "intestatario": dati.intestatario if dati else "",
            "contanti": dati.contanti if dati else None,
        }


PAGAMENTI = FileFascicolo(
    nome="pagamenti.csv",
    ordine=150,
    titolo="Dati di pagamento dei componenti",
    colonne=(
        Colonna("sezione", intero(1, 9999), obbligatoria=True),
        Colonna("ruolo", scelta(RuoloUfficio.values), obbligatoria=True, aiuto="presidente, scrutatore…"),
        Colonna("posizione", intero(1, 9), aiuto="Per gli scrutatori da 1 a 4; se manca è 1."),
        Colonna("cognome", testo(120), obbligatoria=True),
        Colonna("nome", testo(120), obbligatoria=True),
        Colonna("codice_fiscale", codice_fiscale()),
        Colonna("iban", iban, aiuto="In Italia 27 caratteri che cominciano con IT."),
        Colonna("intestatario", testo(200), aiuto="Solo se il conto è di un'altra persona."),
        Colonna("contanti", booleano(), aiuto="Sì, se si paga in contanti."),
    ),
    chiave=("sezione", "ruolo", "posizione", "cognome", "nome"),
    azione=Azione.VEDERE_COMPENSI,
    load=_load,
    rows=_rows,
)
