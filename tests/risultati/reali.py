"""San Benedetto del Tronto 2021, 43 real sections, imported into the database."""

from comuni.models import Elezione
from risultati.caselle import Modulo, build_modulo
from risultati.consolidamento import celle_da_tabelle
from risultati.fascicolo.importazione import import_fascicolo
from risultati.models import Scrutinio
from tests.reali.fascicoli import CARTELLA

NOME = "san-benedetto-del-tronto-2021"


def import_reale(nome: str = NOME) -> Elezione:
    """The real election, as the command ``importa_fascicolo`` saves it."""
    contenuti = {
        file.name: file.read_bytes() for file in (CARTELLA / nome).iterdir() if file.suffix != ".json"
    }
    importazione = import_fascicolo(contenuti)
    assert importazione.errori == []
    return importazione.elezione


def celle_reali(elezione: Elezione, numero: int) -> tuple[Modulo, dict[str, int | None]]:
    """The real figures of one section, with the totals a verbale carries."""
    modulo = build_modulo(elezione, 1)
    celle = celle_da_tabelle(
        Scrutinio.objects.get(elezione=elezione, turno=1, sezione__numero=numero), modulo
    )
    celle["totale_sindaci"] = sum(celle[f"voti_sindaci.{n}"] for n, _ in modulo.sindaci)
    celle["totale_solo_sindaco"] = sum(celle[f"solo_sindaco.{n}"] or 0 for n, _ in modulo.sindaci)
    celle["totale_liste"] = sum(celle[f"voti_liste.{n}"] for n, _, _ in modulo.liste)
    for lista, candidati in modulo.candidati.items():
        celle[f"totali_preferenze.{lista}"] = sum(celle[f"preferenze.{lista}.{n}"] for n, _, _ in candidati)
    return modulo, celle
