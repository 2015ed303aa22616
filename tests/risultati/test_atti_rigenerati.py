"""Every kind of act of the outcome, made again from its frozen context, is the same to the bit."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from comuni.atti import reproduce_pdf
from comuni.models import Atto, Elezione
from electoral.permessi import Ruolo
from risultati.atti_esito import MODULI, produce_atti_esito, produce_modulo, produce_notifica
from risultati.atto_giunta import produce_atto_giunta
from risultati.atto_surroga import produce_atto_surroga
from risultati.dossier import produce_dossier
from risultati.giunta import giunta_di, save_assessore
from risultati.mancata import produce_atti_mancata
from risultati.models import Assessore, Surroga
from risultati.proclamazione import proclaim
from risultati.resistenza import produce_resistenza
from risultati.riparto import run_riparto_elezione
from risultati.surroga import register_surroga
from tests.factories import utente_con_ruolo
from tests.risultati.elezioni import semplice
from tests.risultati.sezioni import elezione_piccola
from tests.risultati.test_ballottaggio import grande, lista_unica

pytestmark = pytest.mark.django_db
MODELLI = Path(settings.BASE_DIR) / "templates" / "documenti"


def responsabile(elezione: Elezione):
    return utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE)


def acts_of_a_proclamation(client) -> Iterator[Atto]:
    proclamazione = proclaim(
        elezione := semplice(), riparto=run_riparto_elezione(elezione), presidente="Maria Rossi"
    )
    yield from produce_atti_esito(proclamazione)
    yield produce_notifica(proclamazione.eletti.first())
    yield produce_resistenza(proclamazione.riparto, None)[0]
    yield from (produce_modulo(elezione, tipo) for tipo in MODULI)
    chi = elezione.liste.get(numero=1).candidati.get(numero=1)
    causa, giorno = Surroga.Causa.DIMISSIONI, timezone.localdate()
    decreto = {"decreto_numero": "1", "decreto_data": giorno, "dal": giorno}
    altro = elezione.liste.get(numero=1).candidati.get(numero=2)
    save_assessore(Assessore(proclamazione=proclamazione, candidato=altro, sesso="F", **decreto))
    yield produce_atto_giunta(giunta_di(proclamazione))
    yield produce_atto_surroga(register_surroga(proclamazione, chi=chi, causa=causa, data=giorno))


def acts_of_a_void_election(client) -> Iterator[Atto]:
    elezione = lista_unica(votanti=399)
    yield from produce_atti_mancata(
        elezione,
        run_riparto_elezione(elezione),
        presidente="Maria Rossi",
        at=timezone.now(),
        seduta={},
        motivi_avvisi={},
    )


def manifesto_of_the_runoff(client) -> Iterator[Atto]:
    elezione = grande()
    run_riparto_elezione(elezione)
    client.force_login(responsabile(elezione))
    pagina = client.get(reverse("esito:manifesto_ballottaggio", args=[elezione.slug]))
    assert pagina.getvalue().startswith(b"%PDF")
    yield from elezione.atti.all()


def dossier_of_a_section(client) -> Iterator[Atto]:
    elezione = elezione_piccola(sezioni=1)
    yield produce_dossier(elezione.sezioni.get(), 1, by=responsabile(elezione))


STORIE: list[Callable] = [
    acts_of_a_proclamation,
    acts_of_a_void_election,
    manifesto_of_the_runoff,
    dossier_of_a_section,
]


def models_of_the_outcome() -> set[str]:
    """The templates that the room of the outcome names, whatever module does."""
    codice = "\n".join(file.read_text("utf-8") for file in Path(settings.BASE_DIR, "risultati").glob("*.py"))
    scritti = set(re.findall(r'"([a-z_]+)"', codice))
    return {file.stem for file in MODELLI.glob("[!_]*.typ")} & scritti


def test_every_kind_of_act_of_the_outcome_is_the_same_when_made_again(client):
    visti = set()
    for storia in STORIE:
        for atto in storia(client):
            atto.refresh_from_db()  # as read back years later, not as it was in memory
            with atto.file.open("rb") as file:
                assert reproduce_pdf(atto) == file.read(), (atto.modello, atto.tipo)
            visti.add(atto.modello)

    assert visti == models_of_the_outcome()
