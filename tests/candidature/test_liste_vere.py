"""The real lists of 2021 with generated candidates: three findings on the sexes, and one sheet for Roma."""

import io
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from candidature.impaginazione import Blocco, lay_out_manifesto, lay_out_scheda
from candidature.istruttoria import examine_elezione
from candidature.liste_generate import load_liste_generate
from candidature.manifesti import gruppi, manifesto_contesto, scheda_contesto
from candidature.models import Candidato, RilievoCandidatura
from electoral.documenti import render_documento
from tests.candidature.costruzione import alle

FILE = Path(__file__).parents[2] / "dati" / "liste_capoluoghi_2021.csv"
VOTO = date(2021, 10, 3)


@pytest.mark.django_db
def test_the_real_lists_have_exactly_three_findings_on_the_sexes():
    esito = load_liste_generate(FILE.read_bytes(), file=FILE.name, data=VOTO)

    # the booklet says 403: its summary gives Benevento two lists less than it prints
    assert (len(esito.elezioni), esito.liste, esito.errori) == (17, 405, [])
    trovati = RilievoCandidatura.objects.select_related("lista__elezione__comune")
    assert sorted((r.lista.elezione.comune.nome, r.lista.denominazione, r.codice) for r in trovati) == [
        ("Latina", "PCI", "E109"),
        ("Novara", "MPL MOVIMENTO POLITICO LIBERTAS", "E104"),
        ("Salerno", "DIVERSI MA UGUALI SARNO SINDACO", "E104"),
    ]
    esami = {r.lista.elezione.comune.nome: examine_elezione(r.lista.elezione)[r.lista_id] for r in trovati}
    assert {nome: (e.esito.proposta.value, len(e.cancellati)) for nome, e in esami.items()} == {
        "Latina": ("ricusata", 0),
        "Novara": ("ammessa_con_esclusioni", 3),
        "Salerno": ("ammessa_con_esclusioni", 1),
    }
    assert all(elezione.prova for elezione in esito.elezioni)
    assert not Candidato.objects.exclude(cognome__startswith="CANDIDATO GENERATO").exists()


@pytest.mark.django_db
def test_the_manifesto_and_the_ballot_of_roma_are_one_sheet_with_every_name():
    elezione = load_liste_generate(FILE.read_bytes(), file="f", data=VOTO, solo="ROMA").elezioni[0]
    trovati = gruppi(elezione, anche_provvisori=True)

    manifesto = render_documento(
        "manifesto_candidati", manifesto_contesto(elezione, trovati), momento=alle(25), prova=True
    )
    scheda = render_documento(
        "scheda_primo_turno", scheda_contesto(elezione, trovati), momento=alle(25), prova=True
    )

    fogli = [PdfReader(io.BytesIO(documento.pdf)).pages for documento in (manifesto, scheda)]
    assert [len(pagine) for pagine in fogli] == [1, 1]
    testo = fogli[0][0].extract_text()
    assert testo.count("CANDIDATO GENERATO") == 1_659
    assert sum(f"SINDACO GENERATO {n} " in testo for n in range(1, 23)) == 22


@pytest.mark.parametrize(("liste", "candidati"), [(2, 10), (5, 16), (12, 24), (38, 48)])
def test_the_body_of_the_manifesto_is_the_largest_that_fits(liste, candidati):
    nomi = [f"{n} COGNOME DI PROVA Nome, nato a Luogo di prova il 01/01/1970" for n in range(candidati)]
    blocchi = [Blocco([nomi], [f"Lista n. {n} — LISTA DI PROVA"]) for n in range(liste)]

    scelta = lay_out_manifesto(blocchi, accanto=False)

    assert scelta.entra
    assert scelta.is_leggibile
    assert sorted(posto for riga in scelta.righe for posto in riga) == list(range(liste))


@pytest.mark.parametrize(
    ("liste", "accanto"),
    [
        ([1, 1], False),
        ([3, 1, 2], False),
        ([12, 9, 1, 1], False),
        ([1] * 14, False),
        ([7, 6, 6] + [1] * 19, False),
        ([1], True),
        ([1, 1], True),
        ([1] * 14, True),
    ],
)
def test_the_manifesto_as_drawn_is_never_taller_than_the_sheet(liste, accanto):
    """The measures in Python and the drawing in Typst must agree: one page, marks of 8 or 10 cm."""
    numero = 0
    sindaci = []
    for posto, quante in enumerate(liste, 1):
        sue = []
        for _ in range(quante):
            numero += 1
            sue.append(_lista_stampata(numero, 24))
        nome = f"COGNOME DAVVERO LUNGO DETTO IL SINDACO {posto} Nome Secondo Nome"
        nascita = "nata a Luogo di prova il 01/01/1970"
        sindaci.append({"numero": posto, "nome": nome, "nascita": nascita, "liste": sue})
    blocchi = [
        Blocco(
            [[c["riga"] for c in v["candidati"]] for v in s["liste"]],
            [v["titolo"] for v in s["liste"]],
            f"{s['numero']}. {s['nome']}",
        )
        for s in sindaci
    ]
    scelta = lay_out_manifesto(blocchi, accanto=accanto)
    contesto = {
        "comune": "Prova",
        "giorni": "3-4 ottobre 2021",
        "fino_15000": accanto,
        "consiglieri": 24,
        "sindaci": sindaci,
        "impaginazione": scelta.as_dict(),
    }

    documento = render_documento("manifesto_candidati", contesto, momento=alle(25))

    assert len(PdfReader(io.BytesIO(documento.pdf)).pages) == 1
    assert scelta.marchio in (80, 100)


def _lista_stampata(numero: int, quanti: int) -> dict:
    nomi = [f"{n} COGNOME DI PROVA Nome" for n in range(1, quanti + 1)]
    nascita = "nato a Luogo di prova il 01/01/1970"
    candidati = [
        {"numero": n, "nome": nome.split(" ", 1)[1], "nascita": nascita, "riga": f"{nome}, {nascita}"}
        for n, nome in enumerate(nomi, 1)
    ]
    titolo = f"Lista n. {numero} — UNA DENOMINAZIONE CHE PRENDE DUE RIGHE {numero}"
    return {
        "numero": numero,
        "titolo": titolo,
        "denominazione": titolo,
        "immagine": "",
        "descrizione": titolo,
        "candidati": candidati,
    }


def test_the_ballot_has_four_parts_and_more_when_they_are_few():
    piccola = lay_out_scheda([1, 1, 1], oltre_15000=False)
    enorme = lay_out_scheda([7, 6, 6] + [1] * 19, oltre_15000=True)

    assert piccola.parti == [[0], [1], [2], []]
    assert len(enorme.parti) > 4
    assert sorted(posto for parte in enorme.parti for posto in parte) == list(range(22))
