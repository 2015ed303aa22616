"""The law as a command: ``python -m norme VERBO < dati.json > esito.json``.

One JSON object on stdin, one on stdout. Exit 0 for every legal outcome; 2 for input that cannot be
read, with ``{"errore": {"codice", "campo", "messaggio"}}`` on stdout. No Django, no third-party package.
"""

import json
import sys
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from importlib import import_module, resources
from typing import IO, Any, Final

from norme.ingresso import ErroreIngresso

VERBI: Final[dict[str, str]] = {
    "riparto": "sindaco, seggi ed eletti di una elezione, con ogni passo e il suo articolo",
    "resistenza": "margini di una elezione e prova di resistenza",
    "parametri": "tutti i valori in vigore per data, popolazione e regione",
    "lista": "controlla una lista di candidati",
    "calendario": "scadenze di una elezione dalla data del voto",
    "compensi": "onorari dei componenti degli uffici di sezione",
    "giunta": "numero e sessi degli assessori, chi cessa da consigliere",
    "scheda": "segni su una scheda: che cosa si attribuisce",
    "scrutinio": "quadrature di una sezione",
    "sorteggio": "sorteggio ripetibile da un elenco e da un seme pubblici",
}
AIUTO: Final = ("-h", "--help", "--aiuto")
USO: Final = """\
uso: python -m norme VERBO < dati.json > esito.json
     python -m norme VERBO --help

Un oggetto JSON in ingresso, uno in uscita. Codice 0 per ogni esito di legge; 2 per dati che non si possono
leggere, con {"errore": {"codice", "campo", "messaggio"}}.

"""


def _usage() -> str:
    return USO + "\n".join(f"  {verbo:<12}{scopo}" for verbo, scopo in VERBI.items()) + "\n"


def _usage_of(verbo: str) -> str:
    """The page of a verb (``norme/aiuto/<verbo>.txt``): its fields, its answer, an example that runs."""
    pagina = (resources.files("norme") / "aiuto" / f"{verbo}.txt").read_text("utf-8")
    return f"uso: python -m norme {verbo} < dati.json > esito.json\n\n{pagina}"


def _refuse_constant(nome: str) -> Any:
    raise ErroreIngresso("json_non_valido", "", f"JSON non valido: {nome} non è un numero.")


def _unique(coppie: list[tuple[str, Any]]) -> dict[str, Any]:
    """Build an object, refusing a key written twice (JSON would keep the last one in silence)."""
    oggetto = dict(coppie)
    if len(oggetto) < len(coppie):
        nomi = [nome for nome, _ in coppie]
        doppio = next(nome for nome in nomi if nomi.count(nome) > 1)
        raise ErroreIngresso("campo_ripetuto", doppio, f"Il campo «{doppio}» è scritto due volte.")
    return oggetto


def _read(ingresso: IO[bytes]) -> dict[str, Any]:
    try:
        dati = json.loads(
            ingresso.read().decode("utf-8-sig"), object_pairs_hook=_unique, parse_constant=_refuse_constant
        )
    except UnicodeDecodeError as errore:
        messaggio = f"Il testo non è in UTF-8 (byte {errore.start}): salvarlo in UTF-8."
        raise ErroreIngresso("codifica_errata", "", messaggio) from errore
    except json.JSONDecodeError as errore:
        messaggio = f"JSON non valido alla riga {errore.lineno}, colonna {errore.colno}: {errore.msg}."
        raise ErroreIngresso("json_non_valido", "", messaggio) from errore
    except (RecursionError, ValueError) as errore:
        messaggio = "JSON non valido: troppo annidato, o un numero troppo lungo."
        raise ErroreIngresso("json_non_valido", "", messaggio) from errore
    if not isinstance(dati, dict):
        raise ErroreIngresso("tipo_errato", "", "Serve un oggetto JSON {…}.")
    _refuse_unwritable(dati)
    return dati


def _refuse_unwritable(dati: dict[str, Any]) -> None:
    """Half a surrogate pair is legal JSON but no character: the answer could not be written."""
    try:
        json.dumps(dati, ensure_ascii=False).encode()
    except UnicodeEncodeError as errore:
        messaggio = "Il testo contiene metà di un carattere (\\ud800–\\udfff): riscrivere quel testo."
        raise ErroreIngresso("codifica_errata", "", messaggio) from errore
    except RecursionError as errore:
        raise ErroreIngresso("json_non_valido", "", "JSON non valido: troppo annidato.") from errore


def _encode(valore: object) -> object:
    """JSON form of what the verbs return: dates in ISO form, fractions as "3/100", tuples as arrays."""
    if isinstance(valore, date):
        return valore.isoformat()
    if isinstance(valore, Fraction):
        return str(valore)
    if isinstance(valore, set | frozenset):
        return sorted(valore)
    raise TypeError(f"{type(valore).__name__} non si scrive in JSON")  # pragma: no cover - a bug of ours


def _run(verbo: str, ingresso: IO[bytes]) -> dict[str, Any]:
    """The answer of a verb; an unknown parameter is input we cannot answer, not a bug."""
    from norme.parametri import ParametroIgnoto

    try:
        esito: dict[str, Any] = import_module(f"norme.comandi.{verbo}").run(_read(ingresso))
    except ParametroIgnoto as errore:
        raise ErroreIngresso("parametro_ignoto", "data", str(errore)) from errore
    return esito


def main(argomenti: Sequence[str], ingresso: IO[bytes], uscita: IO[str]) -> int:
    """Run one verb; return the exit code."""
    voluto = argomenti[0] if argomenti else ""
    if any(argomento in AIUTO for argomento in argomenti):
        uscita.write(_usage_of(voluto) if voluto in VERBI else _usage())
        return 0
    if len(argomenti) != 1 or voluto not in VERBI:
        sys.stderr.write(_usage())
        errore = ErroreIngresso("verbo_ignoto", "", f"Serve uno fra: {', '.join(VERBI)}; c'è «{voluto}».")
        uscita.write(json.dumps({"errore": errore.as_dict()}, ensure_ascii=False) + "\n")
        return 2
    try:
        esito, codice = _run(argomenti[0], ingresso), 0
    except ErroreIngresso as errore:
        esito, codice = {"errore": errore.as_dict()}, 2
    uscita.write(json.dumps(esito, ensure_ascii=False, indent=2, default=_encode) + "\n")
    return codice


if __name__ == "__main__":  # pragma: no cover - run in a subprocess by the tests
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:], sys.stdin.buffer, sys.stdout))
