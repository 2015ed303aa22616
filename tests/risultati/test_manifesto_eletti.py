"""The manifesto of the elected: one sheet from 10 to 48 seats, every name on it, read from afar."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from risultati.atti_esito import ATTI, produce
from risultati.percorso import conclude
from tests.risultati.elezioni import registra

pytestmark = pytest.mark.django_db

COGNOMI = (
    "Abbagnale",
    "Benedetti",
    "Castiglione",
    "Deangelis",
    "Esposito",
    "Fontanarosa",
    "Giordano",
    "Lombardi",
)
NOMI = ("Alessandra", "Bartolomeo", "Caterina", "Domenico", "Eleonora", "Francesco")


def nome(seme: int) -> str:
    return f"{COGNOMI[seme % 8].upper()}{seme} {NOMI[seme % 6]}"


def inventata(*, seggi: int, gruppi: tuple[tuple[int, ...], ...], popolazione: int, sistema: str) -> dict:
    """Generated names and figures: ``gruppi`` are the votes of the lists of each sindaco."""
    sindaci, liste = [], []
    for capo, voti in enumerate(gruppi, start=1):
        sindaci.append({"id": capo, "nome": nome(900 + capo), "voti": sum(voti)})
        for quanti in voti:
            numero = len(liste) + 1
            candidati = [
                {"id": k, "nome": nome(numero * 50 + k), "preferenze": 100 - k} for k in range(1, seggi + 1)
            ]
            liste.append(
                {
                    "id": numero,
                    "nome": f"Lista inventata {numero}",
                    "sindaco": capo,
                    "voti": quanti,
                    "candidati": candidati,
                }
            )
    return {
        "data": "2021-10-03",
        "sistema": sistema,
        "popolazione": popolazione,
        "seggi_consiglio": seggi,
        "sindaci": sindaci,
        "liste": liste,
    }


ROMA = inventata(
    seggi=48,
    gruppi=(
        (560_000, 220_000, 60_000, 40_000),
        (210_000, 90_000, 45_000),
        (150_000, 30_000),
        (70_000,),
        (20_000,),
    ),
    popolazione=2_617_175,
    sistema="oltre_15000",
)
PICCOLO = inventata(seggi=10, gruppi=((700,), (400,), (150,)), popolazione=2_000, sistema="fino_15000")


@pytest.mark.parametrize(("dati", "seggi", "minimo"), [(ROMA, 48, 24), (PICCOLO, 10, 26)])
def test_every_elected_is_on_one_sheet_in_a_size_read_from_two_metres(dati, seggi, minimo):
    elezione = registra(dati, nome=f"manifesto-{seggi}", prova=True)
    proclamazione = conclude(elezione)

    with produce(proclamazione, ATTI[0]).file.open("rb") as file:
        [foglio] = PdfReader(BytesIO(file.read())).pages

    corpi: dict[str, float] = {}

    def note(testo, _matrice, posizione, _font, corpo) -> None:
        for parola in testo.split():
            corpi[parola] = max(corpi.get(parola, 0), abs(corpo * posizione[3]))

    foglio.extract_text(visitor_text=note)
    eletti = [str(eletto.persona) for eletto in proclamazione.eletti.all()]
    assert len(eletti) == seggi + 1
    for eletto in eletti:
        assert corpi[eletto.split()[0]] >= minimo, eletto
    assert "PROVA" in corpi
