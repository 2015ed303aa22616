"""The whole path with the size of a city of 43 sections: import, draw, renunciations, complete offices."""

import re
import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from comuni.models import Atto
from electoral.permessi import Ruolo
from seggi import documenti, sorteggi
from seggi.models import Iscritto, Nomina, PostoGraduatoria, SorteggioScrutatori
from seggi.nomine import posti_scoperti
from tests.factories import utente_con_ruolo
from tests.seggi.costruzione import make_elezione, write_albo

pytestmark = pytest.mark.django_db


@pytest.fixture
def elezione():
    return make_elezione(sezioni=43)


@pytest.fixture
def ufficio_web(client, elezione):
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE))
    return client


def page(nome, elezione, *altro):
    return reverse(f"seggi:{nome}", args=[elezione.slug, *altro])


def test_forty_three_sections_from_the_register_to_complete_offices(ufficio_web, elezione, tmp_path):
    albo = SimpleUploadedFile("albo_scrutatori.csv", write_albo(1_500))
    risposta = ufficio_web.post(page("importa_albo", elezione, "scrutatori"), {"file": albo})
    assert risposta.status_code == 302
    assert Iscritto.objects.count() == 1_500

    ufficio_web.post(page("pubblica_elenco", elezione), {"riserve": 200})
    seme = {"seme": "dadi 4 2 6 1", "origine_seme": "quattro dadi", "presenti": "la commissione"}
    ufficio_web.post(page("esegui_sorteggio", elezione), seme)
    assert Nomina.objects.di(elezione).attive().count() == 172
    assert PostoGraduatoria.objects.di(elezione).disponibili().count() == 200
    assert ufficio_web.get(page("sorteggio", elezione)).status_code == 200

    assert repeat(ufficio_web, elezione, tmp_path, quanti=172) == [
        sorteggi.roll_line(n.iscritto)
        for n in Nomina.objects.di(elezione)
        .select_related("iscritto")
        .order_by("ufficio__sezione__numero", "posizione")
    ]

    for nomina in list(Nomina.objects.di(elezione).attive()[:20]):
        ufficio_web.post(page("rinuncia", elezione, nomina.pk), {"motivo": "motivi di salute"})
    assert Nomina.objects.di(elezione).filter(stato="rinunciato").count() == 20
    assert posti_scoperti(elezione, ruolo="scrutatore") == []
    assert list(
        PostoGraduatoria.objects.di(elezione).filter(stato="nominato").values_list("posizione", flat=True)
    ) == list(range(1, 21))

    atto = documenti.produce_lettere(elezione, nomine=list(Nomina.objects.di(elezione).attive()))
    with atto.file.open("rb") as file:
        pdf = PdfReader(file)
        assert len(pdf.pages) == 172
        assert "sezione n. 1" in pdf.pages[0].extract_text()
    verbale = documenti.produce_verbale_sorteggio(SorteggioScrutatori.objects.valido(elezione))
    assert len(verbale.contesto["riserve"]) == 200
    assert {a.azione for a in Atto.objects.di(elezione)} == {"vedere_uffici"}


def repeat(client, elezione, cartella, *, quanti: int) -> list[str]:
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
    return [re.sub(r"^\d+ ", "", riga) for riga in uscita[1 : quanti + 1]]
