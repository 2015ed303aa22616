"""``elezione.toml``: which election, of which comune, under which rules."""

import difflib
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import slugify

from comuni.models import Elezione, Ordinamento, Sistema
from electoral.csv_fogli import decode
from electoral.csv_io import FileErrato, RigaErrata, errata
from norme.fasce import ordinamento_di, sistema_at
from norme.parametri import ParametroIgnoto, parametri_at
from norme.riparto.interpretazioni import PUNTI
from risultati.fascicolo.cartella import DESCRIZIONE, FascicoloErrato

ANNI = range(1946, 2101)
"""Elections of comuni since the Republic's first; later ones are a slip of the pen."""
RISERVATI = frozenset({"utenti", "lavori", "componenti", "commissione", "fascicolo", "nuova-elezione"})
"""Words that already are pages of the office."""
Controllo = Callable[[Any], str]
"""Why the value will not do, or the empty string."""


def _testo(massimo: int) -> Controllo:
    def check(valore: Any) -> str:
        if not isinstance(valore, str) or not valore.strip():
            return "serve un testo fra virgolette"
        if any(ord(carattere) < 32 for carattere in valore):
            return "contiene caratteri di controllo"
        return f"il testo supera i {massimo} caratteri" if len(valore) > massimo else ""

    return check


def _intero(minimo: int, massimo: int) -> Controllo:
    def check(valore: Any) -> str:
        if isinstance(valore, bool) or not isinstance(valore, int):
            return "serve un numero intero, senza virgolette e senza punti"
        return "" if minimo <= valore <= massimo else f"deve stare fra {minimo} e {massimo}"

    return check


def _fra(*ammessi: str) -> Controllo:
    return lambda valore: "" if valore in ammessi else f"valori ammessi: {', '.join(ammessi)}"


def _data(valore: Any) -> str:
    if type(valore) is not date:
        return "serve una data senza virgolette, come 2021-10-03"
    return "" if valore.year in ANNI else f"l'anno deve stare fra {ANNI[0]} e {ANNI[-1]}"


def _vero_falso(valore: Any) -> str:
    return "" if isinstance(valore, bool) else "scrivi true oppure false"


def _slug(valore: Any) -> str:
    bene = isinstance(valore, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", valore) and len(valore) <= 100
    if not bene:
        return "solo lettere minuscole senza accenti, cifre e trattini"
    return "è il nome di una pagina: scegline un altro" if valore in RISERVATI else ""


VOCI: dict[str, Controllo] = {
    "slug": _slug,
    "comune": _testo(120),
    "provincia": _testo(60),
    "regione": _testo(60),
    "popolazione_legale": _intero(1, 10_000_000),
    "capoluogo": _vero_falso,
    "ordinamento": _fra(*Ordinamento.values),
    "sistema": _fra(*Sistema.values),
    "seggi_consiglio": _intero(1, 100),
    "data": _data,
    "giorni": _intero(1, 2),
    "data_ballottaggio": _data,
    "elettori_aire": _intero(0, 10_000_000),
    "votanti_aire": _intero(0, 10_000_000),
    "digitazione": _fra(*Elezione.Digitazione.values),
    "soglia_doppia": _intero(0, 10_000_000),
    "prova": _vero_falso,
}
OBBLIGATORIE = ("comune", "provincia", "regione", "data")
CAMPI = tuple(voce for voce in VOCI if voce not in {"slug", "comune", "provincia", "regione"})


@dataclass(frozen=True, slots=True)
class Descrizione:
    """What ``elezione.toml`` says: ``campi`` are those of Elezione, only the ones that are written."""

    slug: str
    comune: str
    provincia: str
    regione: str
    campi: Mapping[str, Any]
    avvisi: tuple[RigaErrata, ...] = ()


def read_descrizione(contenuto: bytes) -> Descrizione:
    """Raises ``FascicoloErrato`` with every wrong entry."""
    testo, codifica = _read_testo(contenuto)
    voci, fonte, interpretazioni = _read_toml(testo)
    errori = _check_voci(voci)
    if not errori:
        errori = _check_insieme(voci) or _check_interpretazioni(interpretazioni, voci)
    if errori:
        raise FascicoloErrato(errori)
    campi = {voce: voci[voce] for voce in CAMPI if voce in voci}
    campi["ordinamento"] = _ordinamento(voci)
    campi["sistema"] = voci.get("sistema") or _sistema(voci)
    if fonte:
        campi["fonte"] = fonte
    if interpretazioni:
        campi["interpretazioni"] = interpretazioni
    slug = voci.get("slug") or slugify(f"{voci['comune']}-{voci['data'].year}")
    luogo = (voci[nome].strip() for nome in ("comune", "provincia", "regione"))
    return Descrizione(slug, *luogo, campi, avvisi=tuple(_doubts(voci, codifica)))


def _doubts(voci: Mapping[str, Any], codifica: str) -> Iterator[RigaErrata]:
    """What is read as it is written, and should be looked at."""
    if codifica:
        yield errata("W901", file=DESCRIZIONE, valore=codifica)
    scritto, ricavato = voci.get("sistema"), _sistema(voci)
    if scritto and ricavato and scritto != ricavato:
        yield errata("W911", file=DESCRIZIONE, colonna="sistema", valore=scritto, ammessi=ricavato)


def _read_testo(contenuto: bytes) -> tuple[str, str]:
    try:
        return decode(contenuto)
    except FileErrato as errore:
        motivo = str(errore.contesto["motivo"])
        raise FascicoloErrato([errata("E920", file=DESCRIZIONE, motivo=motivo)]) from None


def _read_toml(testo: str) -> tuple[dict[str, Any], str, dict[str, Any]]:
    try:
        dati = tomllib.loads(testo.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as errore:
        dove = re.search(r"line (\d+), column (\d+)", str(errore))
        motivo = f"riga {dove[1]}, colonna {dove[2]}" if dove else "il testo finisce prima del previsto"
        raise FascicoloErrato([errata("E920", file=DESCRIZIONE, motivo=motivo)]) from None
    except (RecursionError, ValueError):
        motivo = "è troppo annidato, o ha un numero o una data impossibile"
        raise FascicoloErrato([errata("E920", file=DESCRIZIONE, motivo=motivo)]) from None
    if "\\x00" in repr(dati):
        raise FascicoloErrato([errata("E920", file=DESCRIZIONE, motivo="contiene caratteri nulli")])
    sezioni = {"elezione", "fonte", "interpretazioni"}
    estranee = [nome for nome in dati if nome not in sezioni]
    errori = [
        _wrong(nome, dati[nome], "le sezioni sono [elezione], [fonte] e [interpretazioni]")
        for nome in estranee
    ]
    errori += [
        _wrong(nome, dati[nome], f"scrivi una sezione [{nome}]")
        for nome in sezioni
        if not isinstance(dati.get(nome, {}), dict)
    ]
    if errori:
        raise FascicoloErrato(errori)
    return dati.get("elezione", {}), _fonte(dati.get("fonte", {})), dati.get("interpretazioni", {})


def _check_interpretazioni(scelte: Mapping[str, Any], voci: Mapping[str, Any]) -> list[RigaErrata]:
    """The readings of the doubtful points: those of the engine, and those of the dated parameters."""
    motivi = [(nome, scelto, _why_not(nome, scelto, voci)) for nome, scelto in scelte.items()]
    return [_wrong(nome, scelto, motivo) for nome, scelto, motivo in motivi if motivo]


def _why_not(nome: str, scelto: Any, voci: Mapping[str, Any]) -> str:
    if punto := PUNTI.get(nome):
        ammessi = [vero_falso(valore) for valore in punto.valori]
        return "" if scelto in ammessi else f"valori ammessi: {', '.join(punto.valori)}"
    try:
        parametri = parametri_at(
            voci["data"],
            popolazione=voci.get("popolazione_legale"),
            ordinamento=_ordinamento(voci),
            capoluogo=voci.get("capoluogo", False),
            sistema=voci.get("sistema"),
        )
        parametri.choose(**{nome: scelto})
    except (ParametroIgnoto, ValueError, TypeError) as errore:
        return str(errore)
    return ""


def vero_falso(valore: str) -> bool | str:
    """«true» and «false» of the table of the doubtful points are booleans in the file."""
    return {"true": True, "false": False}.get(valore, valore)


def _fonte(fonte: Mapping[str, Any]) -> str:
    """The source as text: its entry ``testo``, or everything that is written there."""
    if set(fonte) <= {"testo"}:
        return str(fonte.get("testo", ""))
    return "\n".join(f"{nome}: {valore}" for nome, valore in fonte.items())


def _check_voci(voci: Mapping[str, Any]) -> list[RigaErrata]:
    errori = []
    for nome, valore in voci.items():
        if nome not in VOCI:
            vicine = difflib.get_close_matches(nome, VOCI, n=1)
            forse = f"; forse «{vicine[0]}»?" if vicine else ""
            errori.append(_wrong(nome, valore, f"voce sconosciuta{forse}"))
        elif motivo := VOCI[nome](valore):
            errori.append(_wrong(nome, valore, motivo))
    errori += [errata("E921", file=DESCRIZIONE, colonna=nome) for nome in OBBLIGATORIE if nome not in voci]
    return errori


def _check_insieme(voci: Mapping[str, Any]) -> list[RigaErrata]:
    """What each entry says together with the others."""
    errori = []
    ballottaggio = voci.get("data_ballottaggio")
    if ballottaggio and ballottaggio <= voci["data"]:
        errori.append(_wrong("data_ballottaggio", ballottaggio, "deve seguire la data del primo turno"))
    if not _ordinamento(voci):
        errori.append(_wrong("regione", voci["regione"], "non è il nome di una regione italiana"))
    elif not voci.get("sistema") and not _sistema(voci):
        motivo = (
            f"Da data, regione e popolazione qui non si ricava: scrivi {' oppure '.join(Sistema.values)}."
        )
        errori.append(errata("E921", file=DESCRIZIONE, colonna="sistema", suggerimento=motivo))
    return errori


def _ordinamento(voci: Mapping[str, Any]) -> str:
    if voci.get("ordinamento"):
        return voci["ordinamento"]
    try:
        return ordinamento_di(voci["regione"])
    except ValueError:
        return ""


def _sistema(voci: Mapping[str, Any]) -> str:
    """Derived from the legal population, where that is known."""
    if voci.get("popolazione_legale") is None:
        return ""
    try:
        return sistema_at(
            voci["data"],
            popolazione=voci["popolazione_legale"],
            ordinamento=_ordinamento(voci),
            capoluogo=voci.get("capoluogo", False),
        )
    except ParametroIgnoto:
        return ""


def giorni_di_legge(campi: Mapping[str, Any]) -> dict[str, int]:
    """The voting days of that year, for a new election whose file does not say them."""
    votazione = parametri_at(campi["data"], ordinamento=campi["ordinamento"]).get("votazione")
    return {"giorni": votazione.valore["giorni"]} if votazione else {}


def _wrong(nome: str, valore: object, motivo: str) -> RigaErrata:
    return errata("E922", file=DESCRIZIONE, colonna=nome, valore=str(valore)[:80], motivo=motivo)


def write_descrizione(elezione: Elezione) -> bytes:
    """The same file back: what is unknown is not written, defaults only where the file always has them."""
    comune = elezione.comune
    voci: dict[str, Any] = {
        "slug": elezione.slug,
        "comune": comune.nome,
        "provincia": comune.provincia,
        "regione": comune.regione,
    }
    sempre = {"capoluogo", "giorni", "sistema", "data"}
    for campo in CAMPI:
        valore = getattr(elezione, campo)
        di_solito = Elezione._meta.get_field(campo).get_default()
        if campo == "ordinamento":
            di_solito = _ordinamento({"regione": comune.regione})
        if campo in sempre or (valore is not None and valore != di_solito):
            voci[campo] = valore
    righe = ["[elezione]", *(f"{nome} = {_toml(valore)}" for nome, valore in voci.items())]
    if elezione.fonte:
        righe += ["", "[fonte]", f"testo = {_toml(elezione.fonte)}"]
    if elezione.interpretazioni:
        righe += ["", "[interpretazioni]"]
        righe += [f"{_toml(nome)} = {_toml(valore)}" for nome, valore in elezione.interpretazioni.items()]
    return ("\n".join(righe) + "\n").encode()


def _toml(valore: Any) -> str:
    """A value as TOML writes it: its strings are those of JSON, save for DEL."""
    match valore:
        case bool():
            return "true" if valore else "false"
        case date():
            return valore.isoformat()
        case dict():
            return "{" + ", ".join(f"{_toml(str(n))} = {_toml(v)}" for n, v in valore.items()) + "}"
        case list():
            return "[" + ", ".join(_toml(v) for v in valore) + "]"
        case _:
            return json.dumps(valore, ensure_ascii=False).replace("\x7f", "\\u007F")
