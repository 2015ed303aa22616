"""Lists as they are filed, built with as few words as a case needs."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from candidature.models import Candidato, Documento, Lista, Sottoscrizione, StatoDocumento
from candidature.presentazione import receive_lista, register_sindaco
from comuni.models import Elezione, Sistema
from tests.factories import ComuneFactory, ElezioneFactory, UtenteFactory

ROMA = ZoneInfo("Europe/Rome")
VOTO = date(2021, 10, 3)
PRESENTE = StatoDocumento.PRESENTE


def alle(giorno: int, mese: int = 9, *, ora: int = 10, minuto: int = 0, anno: int = 2021) -> datetime:
    return datetime(anno, mese, giorno, ora, minuto, tzinfo=ROMA)


def elezione_di(popolazione: int, *, seggi: int, data: date = VOTO, **altro) -> Elezione:
    """An election of a comune of this size; its system follows from the size."""
    sistema = Sistema.OLTRE_15000 if popolazione > 15_000 else Sistema.FINO_15000
    comune = altro.pop("comune", None) or ComuneFactory(popolazione_legale=popolazione)
    return ElezioneFactory(
        comune=comune,
        popolazione_legale=popolazione,
        seggi_consiglio=seggi,
        sistema=altro.pop("sistema", sistema),
        data=data,
        **altro,
    )


def presenta(
    elezione: Elezione,
    nome: str = "LISTA DI PROVA",
    *,
    sessi: str,
    quando: datetime | None = None,
    sindaco=None,
    firme: int | None = 60,
    by=None,
) -> Lista:
    """A list with every paper in order; ``sessi`` is "MMF…" in list order."""
    lista = receive_lista(
        elezione,
        denominazione=nome,
        sindaco=sindaco or sindaco_in_regola(elezione, f"SINDACO DI {nome}"),
        presentata_il=quando or alle(3),
        presentata_da="Il presentatore di prova",
        by=by or UtenteFactory(),
        firme_accertate=firme,
        firme_dichiarate=firme,
    )
    lista.documenti.update(stato=PRESENTE)
    add_candidati(lista, sessi)
    return lista


def sindaco_in_regola(elezione: Elezione, cognome: str = "SINDACO"):
    return register_sindaco(
        elezione,
        cognome=cognome,
        nome="PROVA",
        sesso="F",
        data_nascita=date(1970, 1, 1),
        accettazione=PRESENTE,
        iscrizione=PRESENTE,
        candidatura_unica=PRESENTE,
    )


def add_candidati(lista: Lista, sessi: str) -> None:
    inizio = lista.candidati.count()
    candidati = [
        Candidato(
            lista=lista,
            numero=inizio + posto,
            cognome=f"{'UOMO' if sesso == 'M' else 'DONNA'} {lista.pk}-{inizio + posto}",
            nome="PROVA",
            sesso=sesso,
            data_nascita=date(1980, 1, 1) + timedelta(days=posto),
            accettazione=PRESENTE,
            iscrizione=PRESENTE,
        )
        for posto, sesso in enumerate(sessi, 1)
    ]
    for candidato in candidati:
        candidato.set_chiave()
    Candidato.objects.bulk_create(candidati)


def add_firme(lista: Lista, quante: int, *, da: int = 0, **dati) -> None:
    """Signers «FIRMATARIO da+1»…: the same number is the same person in every list."""
    inizio = lista.sottoscrizioni.count()
    righe = []
    for posto in range(quante):
        firma = Sottoscrizione(
            lista=lista,
            riga=inizio + posto + 1,
            cognome=f"FIRMATARIO {da + posto + 1}",
            nome="PROVA",
            data_nascita=date(1960, 1, 1) + timedelta(days=da + posto),
            iscrizione=Sottoscrizione.Iscrizione.PRESENTE,
            firmata_il=date(2021, 9, 1),
            **dati,
        )
        firma.set_impronte()
        righe.append(firma)
    Sottoscrizione.objects.bulk_create(righe)


def set_documento(lista: Lista, tipo: str, stato: str) -> None:
    Documento.objects.filter(lista=lista, tipo=tipo).update(stato=stato)
