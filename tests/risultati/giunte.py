"""Comuni with a giunta, for the tests: a large one, its proclamation, its assessori."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.urls import reverse

from candidature.models import Candidato
from comuni.models import Elezione
from electoral.permessi import Ruolo
from risultati.giunta import save_assessore
from risultati.models import Assessore, Proclamazione
from risultati.proclamazione import proclaim
from risultati.riparto import run_riparto_elezione
from tests.factories import utente_con_ruolo
from tests.risultati.elezioni import registra

ROMA = ZoneInfo("Europe/Rome")
PROCLAMATI = datetime(2021, 10, 6, 12, tzinfo=ROMA)
DECRETO = {"decreto_numero": "12", "decreto_data": "2021-10-20", "dal": "2021-10-21"}
DA_FUORI = {"cognome": "NERI", "nome": "Carla", "data_nascita": "1980-02-03", "sesso": "F"}


def grande() -> Elezione:
    """20.000 inhabitants, 16 seats; the sindaca and who has an even number are women."""
    liste = [
        {
            "id": n,
            "nome": f"Lista {n}",
            "sindaco": n,
            "voti": voti,
            "candidati": [
                {"id": k, "nome": f"BIANCHI{n}{k} Ugo", "preferenze": 50 - k} for k in range(1, 17)
            ],
        }
        for n, voti in ((1, 6000), (2, 3000))
    ]
    dati = {
        "data": "2021-10-03",
        "popolazione": 20_000,
        "seggi_consiglio": 16,
        "sindaci": [
            {"id": 1, "nome": "ROSSI Anna", "voti": 6000},
            {"id": 2, "nome": "VERDI Ugo", "voti": 3000},
        ],
        "liste": liste,
    }
    return registra(dati, nome="giunta-grande")


def proclama(elezione: Elezione, *, sesso_sindaco: str = "F") -> Proclamazione:
    elezione.candidati_sindaco.filter(numero=1).update(sesso=sesso_sindaco)
    candidati = Candidato.objects.filter(lista__elezione=elezione)
    candidati.filter(numero__in=range(2, 17, 2)).update(sesso="F")
    candidati.filter(numero__in=range(1, 17, 2)).update(sesso="M")
    riparto = run_riparto_elezione(elezione)
    motivi = {r["codice"]: "Di prova." for r in riparto.esito["rilievi"]}
    return proclaim(elezione, riparto=riparto, presidente="Maria Rossi", at=PROCLAMATI, motivi_avvisi=motivi)


def nomina(p: Proclamazione, numero: int, **altro) -> Assessore:
    """A consigliere of the first list, appointed on the day of the decree."""
    chi = p.elezione.liste.get(numero=1).candidati.get(numero=numero)
    campi = {
        "decreto_numero": "12",
        "decreto_data": date(2021, 10, 20),
        "dal": date(2021, 10, 21),
        "candidato": chi,
        "sesso": chi.sesso,
    }
    return save_assessore(Assessore(proclamazione=p, **campi | altro))


def da_fuori(p: Proclamazione, cognome: str, **altro) -> Assessore:
    campi = {"cognome": cognome, "nome": "Pia", "data_nascita": date(1980, 1, 1), "sesso": "F"}
    return nomina(p, 1, candidato=None, **campi | altro)


def alla_pagina(client) -> tuple[Proclamazione, object, str]:
    """The large comune proclaimed, its responsabile logged in, the address of the giunta."""
    proclamazione = proclama(grande())
    client.force_login(utente_con_ruolo(proclamazione.elezione.comune, Ruolo.RESPONSABILE))
    return proclamazione, client, reverse("esito:giunta", args=[proclamazione.elezione.slug])
