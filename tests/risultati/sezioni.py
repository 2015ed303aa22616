"""A small election whose figures tally, and the verbs a test needs to type one section."""

from candidature.models import Candidato
from comuni.models import Elezione, Sistema
from electoral.permessi import Ruolo
from risultati.caselle import Modulo, build_modulo
from risultati.chiusura import close_digitazione
from risultati.digitazione import get_scrutinio, open_digitazione, save_passo
from risultati.models import Scrutinio
from tests.factories import (
    CandidatoSindacoFactory,
    ElezioneFactory,
    ListaFactory,
    SezioneFactory,
    utente_con_ruolo,
)

CIFRE = {
    "elettori_m": 300,
    "elettori_f": 320,
    "elettori": 620,
    "ammessi": None,
    "votanti_m": 100,
    "votanti_f": 110,
    "votanti": 210,
    "autenticate": None,
    "residue": None,
    "non_restituite": 0,
    "voti_validi": 200,
    "schede_bianche": 4,
    "schede_nulle": 6,
    "contestate_non_attribuite": 0,
    "contestate_attribuite": None,
    "voti_sindaci.1": 120,
    "solo_sindaco.1": 6,
    "voti_sindaci.2": 80,
    "solo_sindaco.2": 4,
    "totale_sindaci": 200,
    "totale_solo_sindaco": 10,
    "voti_liste.1": 70,
    "voti_liste.2": 45,
    "voti_liste.3": 75,
    "totale_liste": 190,
    "voti_lista_nulli": None,
    "preferenze.1.1": 12,
    "preferenze.1.2": 9,
    "preferenze.1.3": 0,
    "preferenze.1.4": 7,
    "totali_preferenze.1": 28,
    "preferenze.2.1": 3,
    "preferenze.2.2": 11,
    "preferenze.2.3": 5,
    "preferenze.2.4": 1,
    "totali_preferenze.2": 20,
    "preferenze.3.1": 20,
    "preferenze.3.2": 8,
    "preferenze.3.3": 2,
    "preferenze.3.4": 4,
    "totali_preferenze.3": 34,
}


def elezione_piccola(*, sezioni: int = 1, **campi) -> Elezione:
    """Two sindaci, three lists of four, sections with 620 electors."""
    campi.setdefault("popolazione_legale", 20_000)
    campi.setdefault("sistema", Sistema.OLTRE_15000)
    elezione = ElezioneFactory(**campi)
    sindaci = [CandidatoSindacoFactory(elezione=elezione, numero=n) for n in (1, 2)]
    for numero in (1, 2, 3):
        lista = ListaFactory(sindaco=sindaci[0 if numero < 3 else 1], numero=numero)
        Candidato.objects.bulk_create(
            Candidato(
                lista=lista, numero=n, cognome=f"CANDIDATO{lista.numero}{n}", nome="PROVA", sesso="MF"[n % 2]
            )
            for n in (1, 2, 3, 4)
        )
    for numero in range(1, sezioni + 1):
        SezioneFactory(elezione=elezione, numero=numero, elettori_m=300, elettori_f=320)
    return elezione


class Squadra:
    """The people of an election night."""

    def __init__(self, elezione: Elezione) -> None:
        self.responsabile = utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE)
        self.anna = utente_con_ruolo(elezione.comune, Ruolo.OPERATORE)
        self.carlo = utente_con_ruolo(elezione.comune, Ruolo.OPERATORE)


def scrutinio_di(elezione: Elezione, numero: int = 1, turno: int = 1) -> Scrutinio:
    return get_scrutinio(elezione.sezioni.get(numero=numero), turno)


def type_tutto(scrutinio: Scrutinio, modulo: Modulo, *, by, **cambiate) -> None:
    """Confirm every step with the figures that tally, except those given (``voti_liste__1=7``)."""
    cifre = CIFRE | {campo.replace("__", "."): valore for campo, valore in cambiate.items()}
    for passo in modulo.passi:
        digitazione = open_digitazione(Scrutinio.objects.get(pk=scrutinio.pk), by=by)
        salvato = digitazione.passi.filter(nome=passo.nome).first()
        versione = salvato.versione if salvato else 0
        save_passo(digitazione, passo, {c: cifre.get(c) for c in passo.campi}, versione=versione, by=by)


def close(scrutinio: Scrutinio, modulo: Modulo, *, by, motivi=None):
    scrutinio = Scrutinio.objects.get(pk=scrutinio.pk)
    return close_digitazione(open_digitazione(scrutinio, by=by), modulo, motivi=motivi or {}, by=by)


def sezione_digitata(elezione: Elezione, *, by, numero: int = 1, **cambiate) -> Scrutinio:
    """A section typed and closed by one person."""
    scrutinio, modulo = scrutinio_di(elezione, numero), build_modulo(elezione, 1)
    type_tutto(scrutinio, modulo, by=by, **cambiate)
    close(scrutinio, modulo, by=by)
    return Scrutinio.objects.get(pk=scrutinio.pk)
