"""Elections of other years, regions and shapes: allocated, or refused with a reason; their pages open."""

import pytest
from django.urls import reverse

from risultati.fascicolo.importazione import import_fascicolo
from risultati.riparto import RipartoImpossibile, run_riparto_elezione
from tests.factories import UtenteFactory
from tests.risultati.fascicolo_di_prova import PRIMO_TURNO, TOML, errori_di, fascicolo, importa

pytestmark = pytest.mark.django_db

PAGINE = ("comuni:elezione", "giornata:affluenza", "giornata:tabellone", "esito:banco")
PARI = {
    "scrutinio": None,
    "voti_sindaci": "turno,sezione,sindaco,voti\n1,1,1,8\n1,1,2,8\n1,2,1,8\n1,2,2,8\n",
}
PARI_POI_BALLOTTAGGIO = {**PARI, "voti_sindaci": PARI["voti_sindaci"] + "2,,1,11\n2,,2,9\n"}
TOTALI = {
    "scrutinio": "turno,sezione,elettori,votanti\n1,,62,31\n",
    "voti_sindaci": "turno,sezione,sindaco,voti\n1,,1,16\n1,,2,15\n",
    "voti_liste": "sezione,lista,voti\n,1,16\n,2,15\n",
    "voti_preferenze": None,
}


def scritta(
    *, data: str, popolazione: int, regione: str = "Marche", giorni: int = 2, sistema: str = ""
) -> str:
    """The description of an election that was never in our data; the seats come from the law."""
    toml = TOML.replace("seggi_consiglio = 16\n", "").replace("data_ballottaggio = 2021-10-17\n", "")
    toml = toml.replace("2021-10-03", data).replace("Marche", regione).replace("20000", str(popolazione))
    return toml.replace("giorni = 2", f"giorni = {giorni}") + (f'sistema = "{sistema}"\n' if sistema else "")


ELEZIONI = {
    "2004, città": ({"data": "2004-06-12", "popolazione": 200_000}, PRIMO_TURNO, "riparto"),
    "2016, un giorno, Friuli": (
        {"data": "2016-06-05", "popolazione": 9000, "regione": "Friuli-Venezia Giulia", "giorni": 1},
        PRIMO_TURNO,
        "riparto",
    ),
    "2024, Friuli, soli voti ai sindaci": (
        {"data": "2024-06-09", "popolazione": 9000, "regione": "Friuli-Venezia Giulia"},
        TOTALI | {"voti_liste": None},
        "riparto",
    ),
    "2024, sabato e domenica, Sicilia": (
        {"data": "2024-06-08", "popolazione": 9000, "regione": "Sicilia"},
        PRIMO_TURNO,
        "riparto",
    ),
    "2024, paese della Sardegna": (
        {"data": "2024-06-08", "popolazione": 900, "regione": "Sardegna"},
        PRIMO_TURNO,
        "riparto",
    ),
    "2026, soli totali": ({"data": "2026-05-24", "popolazione": 20_000}, TOTALI, "riparto"),
    "2026, soli totali, paese": ({"data": "2026-05-24", "popolazione": 2000}, TOTALI, "riparto"),
    "2021, parità": ({"data": "2021-10-03", "popolazione": 9000}, PARI, "ballottaggio"),
    "2021, parità e ballottaggio": (
        {"data": "2021-10-03", "popolazione": 9000},
        PARI_POI_BALLOTTAGGIO,
        "riparto",
    ),
    "2021, ballottaggio non dovuto": (
        {"data": "2021-10-03", "popolazione": 9000},
        {},
        "ha voti di ballottaggio, ma il sindaco è eletto al primo turno",
    ),
    "1998": ({"data": "1998-05-24", "popolazione": 9000}, PRIMO_TURNO, "non è fra i parametri"),
    "2020, Trentino": (
        {
            "data": "2020-09-20",
            "popolazione": 9000,
            "regione": "Trentino-Alto Adige",
            "sistema": "oltre_15000",
        },
        PRIMO_TURNO,
        "",
    ),
}


def outcome(elezione) -> str:
    try:
        return run_riparto_elezione(elezione).tipo_esito
    except RipartoImpossibile as motivo:
        return str(motivo)


@pytest.mark.parametrize(("descrizione", "file", "atteso"), ELEZIONI.values(), ids=ELEZIONI)
def test_un_elezione_mai_vista_ha_il_suo_esito_o_un_motivo(client, descrizione, file, atteso):
    elezione = importa(fascicolo(elezione=scritta(**descrizione), **file)).elezione
    client.force_login(UtenteFactory(is_staff=True, is_superuser=True))

    assert atteso in outcome(elezione)
    stati = {pagina: client.get(reverse(pagina, args=[elezione.slug])).status_code for pagina in PAGINE}
    senza_legge = {"giornata:tabellone": 409} if "fra i parametri" in atteso else {}
    assert stati == dict.fromkeys(PAGINE, 200) | senza_legge


def test_dove_il_sistema_non_si_ricava_si_dice_che_cosa_scrivere():
    toml = scritta(data="2020-09-20", popolazione=9000, regione="Trentino-Alto Adige")
    assert errori_di(elezione=toml) == [("elezione.toml", None, "sistema", "E921")]

    (errore,) = import_fascicolo(fascicolo(elezione=toml)).errori
    assert "fino_15000 oppure oltre_15000" in errore.rimedio
