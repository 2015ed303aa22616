"""A whole fascicolo from the office: tried first, saved only when a person confirms."""

import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from comuni import caricamenti
from comuni.models import Elezione
from electoral.permessi import Ruolo
from risultati.fascicolo.cartella import read_zip
from risultati.fascicolo.importazione import import_fascicolo
from tests.factories import ComuneFactory, ElezioneFactory, UtenteFactory, utente_con_ruolo
from tests.risultati.fascicolo_di_prova import BASE, fascicolo

# the jobs run when the request commits
pytestmark = pytest.mark.django_db(transaction=True)


def zip_di(contenuti: dict[str, bytes]) -> SimpleUploadedFile:
    uscita = io.BytesIO()
    with zipfile.ZipFile(uscita, "w") as archivio:
        for nome, contenuto in contenuti.items():
            archivio.writestr(nome, contenuto)
    return SimpleUploadedFile("prova.zip", uscita.getvalue())


@pytest.fixture
def comune():
    return ComuneFactory(nome="Comune di prova")


@pytest.fixture
def ufficio(client, comune):
    client.force_login(utente_con_ruolo(comune, Ruolo.RESPONSABILE))
    return client


def carica(client, file, indirizzo: str = ""):
    return client.post(indirizzo or reverse("fascicolo_carica"), {"file": file}, follow=True)


def conferma(client, pagina):
    indirizzo = re.search(r'action="(/ufficio/fascicolo/\d+/conferma/)"', pagina.content.decode())[1]
    return client.post(indirizzo, follow=True)


def test_si_prova_si_vede_e_si_conferma(ufficio):
    anteprima = carica(ufficio, zip_di(fascicolo()))
    assert anteprima.context["esito"]["conteggi"]["sindaci.csv"]["nuovi"] == 2
    assert [nome for nome, _ in anteprima.context["conteggi"]][:4] == [
        "elezione.toml",
        "sezioni.csv",
        "sindaci.csv",
        "liste.csv",
    ]
    assert not Elezione.objects.exists()

    fatto = conferma(ufficio, anteprima)

    assert "Apri l&#x27;elezione" in fatto.content.decode() or "Apri l'elezione" in fatto.content.decode()
    assert Elezione.objects.get().slug == "prova-2021"
    assert conferma(ufficio, anteprima).context["lavoro"].pk == fatto.context["lavoro"].pk
    ancora = carica(ufficio, zip_di(fascicolo()))
    assert "non cambia nulla" in ancora.content.decode()


def test_gli_errori_si_vedono_e_non_si_conferma(ufficio):
    pagina = carica(ufficio, zip_di(fascicolo(voti_liste="sezione,lista,voti\n1,9,8\n")))
    testo = pagina.content.decode()
    assert "E914" in testo
    assert "conferma/" not in testo
    numero = pagina.context["lavoro"].pk
    ufficio.post(reverse("fascicolo_conferma", args=[numero]))
    assert not Elezione.objects.exists()


@pytest.mark.parametrize("contenuto", [b"", b"no", b"PK\x03\x04no"])
def test_cio_che_non_e_uno_zip_ha_una_risposta(ufficio, contenuto):
    pagina = carica(ufficio, SimpleUploadedFile("x.zip", contenuto or b" "))
    assert "E923" in pagina.content.decode()


def test_dentro_un_comune_altrui_non_si_scrive(client):
    ComuneFactory(nome="Comune di prova")
    client.force_login(utente_con_ruolo(ComuneFactory(), Ruolo.RESPONSABILE))
    pagina = carica(client, zip_di(fascicolo()))
    assert "non è un comune su cui puoi lavorare" in pagina.content.decode()


def test_un_operatore_non_porta_dentro_cifre_definitive(client, comune):
    client.force_login(utente_con_ruolo(comune, Ruolo.OPERATORE))
    errori = carica(client, zip_di(fascicolo())).context["esito"]["errori"]
    assert {e["file"] for e in errori} == {
        "scrutinio.csv",
        "voti_sindaci.csv",
        "voti_liste.csv",
        "voti_preferenze.csv",
    }
    assert {e["codice"] for e in errori} == {"E939"}
    soli = {n: c for n, c in fascicolo().items() if not n.startswith(("voti", "scrut"))}
    assert carica(client, zip_di(soli)).context["puo_confermare"]


def test_la_pagina_di_una_elezione_rifiuta_il_fascicolo_di_un_altra(ufficio, comune):
    altra = ElezioneFactory(comune=comune, slug="altra-2020", data="2020-10-03")
    pagina = carica(ufficio, zip_di(fascicolo()), reverse("fascicolo", args=[altra.slug]))
    assert "E924" in pagina.content.decode()


def test_il_fascicolo_scaricato_e_lo_stesso_che_si_ricarica(ufficio):
    import_fascicolo(fascicolo())
    risposta = ufficio.get(reverse("fascicolo_scarica", args=["prova-2021"]))
    assert set(read_zip(risposta.content, nome="x")) == set(BASE) | {"sezioni.csv"}
    pagina = carica(ufficio, SimpleUploadedFile("x.zip", risposta.content))
    assert pagina.context["esito"]["cambiati"] == 0


@pytest.mark.parametrize("ruolo", [Ruolo.PREFETTURA, Ruolo.DIGITATORE, Ruolo.RAGIONERIA, Ruolo.COMMISSIONE])
def test_chi_non_prepara_non_ha_la_pagina(client, comune, ruolo):
    elezione = import_fascicolo(fascicolo()).elezione
    client.force_login(utente_con_ruolo(comune, ruolo))
    nomi = [("fascicolo_carica", []), ("fascicolo", [elezione.slug]), ("fascicolo_scarica", [elezione.slug])]
    assert {client.get(reverse(nome, args=argomenti)).status_code for nome, argomenti in nomi} == {403}


def test_il_lavoro_di_un_altro_non_c_e(ufficio, client):
    pagina = carica(ufficio, zip_di(fascicolo()))
    client.force_login(UtenteFactory())
    assert client.get(reverse("fascicolo_lavoro", args=[pagina.context["lavoro"].pk])).status_code == 404


def test_i_caricamenti_dimenticati_si_cancellano_dopo_un_giorno(ufficio, monkeypatch):
    vecchio, nuovo = caricamenti.keep(b"a"), caricamenti.keep(b"b")
    ieri = timezone.now() - timedelta(days=2)
    momenti = {vecchio: ieri, nuovo: timezone.now()}
    monkeypatch.setattr(default_storage, "get_modified_time", lambda percorso: momenti[Path(percorso).name])
    assert caricamenti.purge() == 1
    assert caricamenti.read(nuovo) == b"b"
    with pytest.raises(FileNotFoundError):
        caricamenti.read(vecchio)
    assert settings.CELERY_BEAT_SCHEDULE["file-dimenticati"]["task"] == "comuni.tasks.purge_caricamenti"
