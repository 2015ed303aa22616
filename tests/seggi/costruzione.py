"""Offices and registers for the tests: generated people, none of them real."""

from datetime import date

from seggi.models import Iscritto
from tests.factories import ElezioneFactory, SezioneFactory

CODICE_VALIDO = "RSSMRA80A01H501U"
IBAN_VALIDO = "IT60X0542811101000000123456"


def make_elezione(*, sezioni: int = 2, data: date = date(2021, 10, 3), **campi):
    """An election with sections and their offices."""
    from seggi.uffici import set_up_uffici

    campi.setdefault("popolazione_legale", 46_963)
    elezione = ElezioneFactory(data=data, **campi)
    for numero in range(1, sezioni + 1):
        SezioneFactory(
            elezione=elezione, numero=numero, plesso=f"Scuola {numero}", indirizzo=f"via di prova {numero}"
        )
    set_up_uffici(elezione)
    return elezione


def write_albo(quanti: int, *, cognome: str = "PERSONA", titolo: str = "licenza media") -> bytes:
    """A CSV of a register with so many generated people."""
    righe = ["numero_albo,cognome,nome,data_nascita,titolo_studio,indirizzo,telefono,categoria"]
    for n in range(1, quanti + 1):
        nascita = date(1960 + n % 40, 1 + n % 12, 1 + n % 28)
        categoria = "disoccupati" if n % 10 == 0 else ""
        righe.append(f"{n},{cognome}{n:05d},PROVA,{nascita},{titolo},via di prova {n},0000 {n},{categoria}")
    return "\n".join(righe).encode()


def write_segretari(sezioni: int) -> bytes:
    """The segretari chosen by the presidenti, one for each section."""
    righe = ["sezione,ruolo,posizione,cognome,nome,metodo"]
    righe += [f"{n},segretario,1,SEGRETARIO{n:03d},PROVA,presidente" for n in range(1, sezioni + 1)]
    return "\n".join(righe).encode()


def draw_scrutatori(elezione, *, riserve: int = 5, seme: str = "dadi 4 2 6 1", **scelte):
    """Publish the roll of the whole register and draw every uncovered post."""
    from seggi import sorteggi
    from seggi.nomine import posti_scoperti

    sorteggio = sorteggi.publish_elenco(
        elezione,
        iscritti=Iscritto.objects.filter(comune=elezione.comune, albo="scrutatori"),
        posti=len(posti_scoperti(elezione, ruolo="scrutatore")),
        riserve=riserve,
        **scelte,
    )
    sorteggi.execute_sorteggio(sorteggio, seme=seme, origine_seme="dadi", presenti="la commissione")
    sorteggio.refresh_from_db()
    return sorteggio


def make_albo(elezione, quanti: int, **campi) -> list[Iscritto]:
    """So many people in the register, all fit to be scrutatori."""
    valori = {"data_nascita": date(1980, 1, 1), "titolo_studio": 2, "albo": "scrutatori", **campi}
    inizio = Iscritto.objects.filter(comune=elezione.comune, albo=valori["albo"]).count()
    iscritti = [
        Iscritto(comune=elezione.comune, numero_albo=n, cognome=f"PERSONA{n:05d}", nome="PROVA", **valori)
        for n in range(inizio + 1, inizio + quanti + 1)
    ]
    for iscritto in iscritti:
        iscritto.set_chiave()
    return Iscritto.objects.bulk_create(iscritti)
