"""Who a person is: codice fiscale against name, sex, birth and place; the keyed hash that tells two apart.

The parts of the code are compared one by one, so that the message names the one that differs.
"""

import hashlib
import hmac
from datetime import date

from codicefiscale import codicefiscale
from django.conf import settings
from stdnum.it import codicefiscale as forma

from electoral.ordine import chiave_ordine

NOMI = {
    "cognome": "cognome",
    "nome": "nome",
    "sesso": "sesso",
    "data_nascita": "data di nascita",
    "luogo_nascita": "luogo di nascita",
    "codice_fiscale": "codice fiscale",
}
_CIFRE_OMOCODIA = str.maketrans("LMNPQRSTUV", "0123456789")
_POSIZIONI_CIFRE = (6, 7, 9, 10, 12, 13, 14)
_MESI = "ABCDEHLMPRST"


def compare_codice_fiscale(
    codice: str,
    *,
    cognome: str = "",
    nome: str = "",
    sesso: str = "",
    data_nascita: date | None = None,
    luogo_nascita: str = "",
) -> list[str]:
    """Names of the data that do not agree with the code: cognome, nome, sesso, data_nascita, luogo_nascita.

    What is empty is not compared. A code that is not well formed gives ``["codice_fiscale"]``.
    """
    if not codice:
        return []
    if len(codice) != 16 or not forma.is_valid(codice):
        return ["codice_fiscale"]
    cifre = _plain_digits(codice)
    giorno, anno = int(cifre[9:11]), int(cifre[6:8])
    diversi = []
    if cognome and codicefiscale.encode_lastname(cognome) != cifre[:3]:
        diversi.append("cognome")
    if nome and codicefiscale.encode_firstname(nome) != cifre[3:6]:
        diversi.append("nome")
    if sesso and sesso != ("F" if giorno > 40 else "M"):
        diversi.append("sesso")
    if data_nascita and (data_nascita.year % 100, data_nascita.month, data_nascita.day) != (
        anno,
        _MESI.index(cifre[8]) + 1,
        giorno % 40,
    ):
        diversi.append("data_nascita")
    if luogo_nascita and _place_differs(luogo_nascita, cifre[11:15]):
        diversi.append("luogo_nascita")
    return diversi


def say_differenze(persona) -> str:
    """What the codice fiscale of a person says differently, as one sentence; empty when they agree."""
    diversi = compare_codice_fiscale(
        persona.codice_fiscale,
        cognome=persona.cognome,
        nome=persona.nome,
        sesso=getattr(persona, "sesso", ""),
        data_nascita=persona.data_nascita,
        luogo_nascita=persona.luogo_nascita,
    )
    if not diversi:
        return ""
    nomi = ", ".join(NOMI[nome] for nome in diversi)
    return f"Il codice fiscale non corrisponde a: {nomi}. Ricontrolla sul documento."


def sesso_da(codice: str) -> str:
    """M or F as the code says; empty when there is no valid code."""
    if len(codice) != 16 or not forma.is_valid(codice):
        return ""
    return "F" if int(_plain_digits(codice)[9:11]) > 40 else "M"


def complete_from_codice(dati: dict, *, oggi: date) -> dict:
    """The same data with sex, birth date and place filled from a valid code where they are empty."""
    codice = dati.get("codice_fiscale") or ""
    if len(codice) != 16 or not forma.is_valid(codice):
        return dati
    cifre = _plain_digits(codice)
    pieni = dict(dati)
    pieni["sesso"] = dati.get("sesso") or sesso_da(codice)
    # two digits of the year: who signs or runs is of age, and not a hundred and eighteen
    pieni["data_nascita"] = dati.get("data_nascita") or forma.get_birth_date(cifre, minyear=oggi.year - 117)
    noti = codicefiscale.get_indexed_data()["codes"].get(cifre[11:15], [])
    pieni["luogo_nascita"] = dati.get("luogo_nascita") or (noti[-1]["name"] if noti else "")
    return pieni


def impronta_persona(
    *, codice_fiscale: str = "", cognome: str = "", nome: str = "", data_nascita: date | None = None
) -> str:
    """Keyed hash of a person: by codice fiscale, else by name and birth; empty when too little is known.

    It finds the same signer in two lists, and after the term it is all that is left.
    """
    if codice_fiscale:
        chi = f"cf:{_plain_digits(codice_fiscale)[:15]}"
    elif cognome and nome and data_nascita:
        chi = f"nome:{chiave_ordine(cognome)}:{chiave_ordine(nome)}:{data_nascita.isoformat()}"
    else:
        return ""
    chiave = hashlib.sha256(b"sottoscrizioni:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(chiave, chi.encode(), hashlib.sha256).hexdigest()


def _plain_digits(codice: str) -> str:
    """The code with the letters of omocodia turned back into digits."""
    lettere = list(codice.upper())
    for posizione in _POSIZIONI_CIFRE:
        lettere[posizione] = lettere[posizione].translate(_CIFRE_OMOCODIA)
    return "".join(lettere)


def _place_differs(luogo: str, catastale: str) -> bool:
    """Whether the place is known under another code; a place nobody knows is not a difference."""
    noti = codicefiscale.get_indexed_data()["codes"].get(catastale, [])
    nomi = {chiave_ordine(dato[campo]) for dato in noti for campo in ("name", "name_alt") if dato.get(campo)}
    return bool(nomi) and chiave_ordine(luogo.split("(")[0]) not in nomi
