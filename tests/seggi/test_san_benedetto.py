"""A city of 43 sections: registers, decree, draw, renunciations, segretari, every office complete."""

import re
import subprocess
import sys

import pytest
from django.urls import reverse
from pypdf import PdfReader

from comuni.models import Atto
from electoral.permessi import Ruolo
from seggi import documenti, sorteggi
from seggi.models import Iscritto, Nomina, PostoGraduatoria, SorteggioScrutatori, Ufficio
from seggi.nomine import posti_scoperti
from seggi.uffici import build_quadro
from tests.caricamento import carica, conferma
from tests.factories import utente_con_ruolo
from tests.seggi.costruzione import make_elezione, write_albo, write_segretari

pytestmark = pytest.mark.django_db
SEZIONI, POSTI, RISERVE, RINUNCE = 43, 172, 200, 20


@pytest.fixture
def elezione():
    return make_elezione(sezioni=SEZIONI)


@pytest.fixture
def ufficio_web(client, elezione):
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE))
    return client


def page(nome, elezione, *altro):
    return reverse(f"seggi:{nome}", args=[elezione.slug, *altro])


def upload(client, elezione, albo: str, contenuto: bytes) -> None:
    file = "nomine.csv" if albo == "nomine" else f"albo_{albo}.csv"
    conferma(client, file, carica(client, elezione, file, contenuto))


def test_forty_three_sections_from_the_registers_to_complete_offices(ufficio_web, elezione, tmp_path):
    upload(ufficio_web, elezione, "presidenti", write_albo(60, cognome="PRESIDENTE", titolo="diploma"))
    upload(ufficio_web, elezione, "scrutatori", write_albo(1_500))
    assert Iscritto.objects.filter(albo="scrutatori").count() == 1_500

    decreto = {"ruolo": "presidente", "metodo": "corte_appello", "numeri": " ".join(map(str, range(1, 44)))}
    assert ufficio_web.post(page("inserisci_nomine", elezione), decreto).status_code == 302
    assert posti_scoperti(elezione, ruolo="presidente") == []

    draw(ufficio_web, elezione)
    assert repeat(ufficio_web, elezione, tmp_path) == [
        sorteggi.roll_line(n.iscritto)
        for n in Nomina.objects.di(elezione)
        .filter(ruolo="scrutatore")
        .select_related("iscritto")
        .order_by("ufficio__sezione__numero", "posizione")
    ]

    renounce_twenty(ufficio_web, elezione)
    upload(ufficio_web, elezione, "nomine", write_segretari(SEZIONI))
    assert posti_scoperti(elezione) == []
    for nomina in Nomina.objects.di(elezione).attive().filter(ruolo="scrutatore", posizione=1):
        ufficio_web.post(page("vice", elezione, nomina.pk))
    require_complete(ufficio_web, elezione)
    look_at_documents(elezione)


def draw(client, elezione) -> None:
    client.post(page("pubblica_elenco", elezione), {"riserve": RISERVE})
    seme = {"seme": "dadi 4 2 6 1", "origine_seme": "quattro dadi", "presenti": "la commissione"}
    client.post(page("esegui_sorteggio", elezione), seme)
    assert Nomina.objects.di(elezione).attive().filter(ruolo="scrutatore").count() == POSTI
    assert PostoGraduatoria.objects.di(elezione).disponibili().count() == RISERVE
    assert client.get(page("sorteggio", elezione)).status_code == 200


def repeat(client, elezione, cartella) -> list[str]:
    """The outcome of the published script on the published roll."""
    (cartella / "verifica.py").write_bytes(client.get(page("verifica_sorteggio", elezione)).content)
    (cartella / "elenco.csv").write_bytes(client.get(page("elenco_sorteggio", elezione)).content)
    uscita = subprocess.run(
        [sys.executable, "-I", cartella / "verifica.py", cartella / "elenco.csv", "dadi 4 2 6 1"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert uscita[0] == f"impronta {SorteggioScrutatori.objects.valido(elezione).impronta}"
    return [re.sub(r"^\d+ ", "", riga) for riga in uscita[1 : POSTI + 1]]


def renounce_twenty(client, elezione) -> None:
    for nomina in list(Nomina.objects.di(elezione).attive().filter(ruolo="scrutatore")[:RINUNCE]):
        client.post(page("rinuncia", elezione, nomina.pk), {"motivo": "motivi di salute"})
    assert Nomina.objects.di(elezione).filter(stato="rinunciato").count() == RINUNCE
    chiamate = PostoGraduatoria.objects.di(elezione).filter(stato="nominato")
    assert list(chiamate.values_list("posizione", flat=True)) == list(range(1, RINUNCE + 1))


def require_complete(client, elezione) -> None:
    """Presidente, four scrutatori of whom one is the vice, segretario, in every office."""
    for quadro in build_quadro(elezione):
        assert [p.ruolo for p in quadro.posti if p.nomina] == [
            "presidente",
            *["scrutatore"] * 4,
            "segretario",
        ]
        assert sum(p.nomina.vice for p in quadro.posti) == 1
        assert quadro.rilievi == []
    pagina = client.get(page("quadro", elezione), {"mostra": "completi"}).content.decode()
    assert f"{SEZIONI} uffici su {SEZIONI}" in pagina
    assert Ufficio.objects.di(elezione).count() == SEZIONI


def look_at_documents(elezione) -> None:
    componenti = list(Nomina.objects.di(elezione).attive().exclude(ruolo="segretario"))
    atto = documenti.produce_lettere(elezione, nomine=componenti)
    with atto.file.open("rb") as file:
        pdf = PdfReader(file)
        assert len(pdf.pages) == SEZIONI + POSTI
        assert "sezione n. 1" in pdf.pages[0].extract_text()
        assert "alle ore 16.00" in pdf.pages[0].extract_text().replace("\n", " ")
    verbale = documenti.produce_verbale_sorteggio(SorteggioScrutatori.objects.valido(elezione))
    assert len(verbale.contesto["riserve"]) == RISERVE
    assert {a.azione for a in Atto.objects.di(elezione)} == {"vedere_uffici"}
