"""The public portal: what is published, when, and that nothing else ever is."""

import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from comuni.models import Elezione
from portale.pubblicazione import publish, write_atomic
from portale.verifica import impronta, verifica
from risultati.models import Erratum, Pubblicazione, Scrutinio
from risultati.motore import run_riparto
from risultati.proclamazione import proclaim
from risultati.riparto import run_riparto_elezione
from tests.reali.fascicoli import NOMI, read_ingresso
from tests.risultati.elezioni import reale, semplice

pytestmark = pytest.mark.django_db


def pubblica(elezione):
    Elezione.objects.filter(pk=elezione.pk).update(pubblicata=True)
    elezione.refresh_from_db()
    return elezione


def proclamata(elezione):
    proclaim(elezione, riparto=run_riparto_elezione(elezione), presidente="Maria Rossi")
    return pubblica(elezione)


def test_the_page_answers_first(client):
    proclamata(reale("san-benedetto-del-tronto-2021"))

    pagina = client.get("/san-benedetto-del-tronto-2021/").content.decode()

    assert "Eletto sindaco: <span" in pagina
    assert pagina.index("SPAZZAFUMO ANTONIO") < pagina.index("Candidati sindaco")
    assert pagina.count("<circle") >= 24
    assert len(pagina.encode()) < 400_000


def test_unpublished_and_rehearsals_are_not_there(client):
    nascosta, prova = semplice(nome="nascosta"), semplice(nome="prova-generale", prova=True)

    for slug in (nascosta.slug, prova.slug, "inesistente"):
        assert client.get(f"/{slug}/").status_code == 404
        assert client.get(f"/api/elezioni/{slug}").status_code == 404
        assert client.get(f"/dati/{slug}/risultati.json").status_code == 404
    assert publish(prova) == []


def test_votes_typed_before_the_polls_close_are_never_public(client):
    """Trial figures typed on the real election: the portal of a State showed winners before a vote."""
    elezione = pubblica(semplice(nome="vera"))
    with time_machine.travel(datetime(2021, 10, 3, 12, tzinfo=UTC), tick=False):
        prima = [
            client.get(p).status_code for p in ("/vera/", "/api/elezioni/vera", "/dati/vera/sezioni.csv")
        ]
        assert publish(elezione) == []
        assert "/vera/" not in client.get("/").content.decode()
    cache.clear()

    assert prima == [404, 404, 404]
    assert client.get("/vera/").status_code == 200


def test_before_the_proclamation_the_page_says_so(client):
    elezione = pubblica(semplice(sezioni=2))
    Scrutinio.objects.filter(sezione__numero=2).update(stato=Scrutinio.Stato.ATTESA)

    pagina = client.get(f"/{elezione.slug}/").content.decode()

    assert "Scrutinio in corso: 1 sezioni su 2" in pagina
    assert "Eletto sindaco" not in pagina


def test_static_files_say_the_same_as_the_api(client, settings):
    elezione = proclamata(semplice())

    nomi = publish(elezione)

    cartella = settings.PUBBLICAZIONE_DIR / elezione.slug
    assert {"risultati.json", "riparto.json", "index.html", "verifica.py"} <= set(nomi)
    statico = json.loads((cartella / "risultati.json").read_text())
    assert statico == client.get(f"/api/elezioni/{elezione.slug}").json()
    elenco = json.loads((settings.PUBBLICAZIONE_DIR / "elezioni.json").read_text())
    assert [e["slug"] for e in elenco["elezioni"]] == [elezione.slug]
    assert not [f for f in cartella.parent.iterdir() if f.name.startswith(".")]


def test_publishing_follows_the_switch_by_a_job_on_commit(settings, django_capture_on_commit_callbacks):
    elezione = semplice()
    with django_capture_on_commit_callbacks(execute=True):
        elezione.pubblicata = True
        elezione.save()

    assert (settings.PUBBLICAZIONE_DIR / elezione.slug / "risultati.json").exists()


def test_an_embargo_hides_everything_until_its_hour(client, settings):
    elezione = proclamata(semplice())
    Pubblicazione.objects.create(elezione=elezione, embargo_fino=timezone.now() + timezone.timedelta(hours=1))
    elezione = Elezione.objects.get(pk=elezione.pk)

    assert publish(elezione) == []
    assert "saranno pubblicati dal" in client.get(f"/{elezione.slug}/").content.decode()
    assert client.get(f"/api/elezioni/{elezione.slug}").status_code == 404


def test_a_withdrawal_leaves_only_its_reason(client, settings):
    elezione = proclamata(semplice())
    publish(elezione)
    Pubblicazione.objects.create(
        elezione=elezione, ritirata_il=timezone.now(), motivo_ritiro="Somma della sezione 3 errata."
    )
    Elezione.objects.filter(pk=elezione.pk).update(pubblicata=False)

    publish(Elezione.objects.get(pk=elezione.pk))

    rimasti = [f.name for f in (settings.PUBBLICAZIONE_DIR / elezione.slug).iterdir()]
    assert rimasti == ["ritirata.json"]
    assert "Somma della sezione 3 errata." in client.get(f"/{elezione.slug}/").content.decode()


def test_a_correction_is_public(client):
    elezione = proclamata(semplice())
    Erratum.objects.create(elezione=elezione, testo="Corretto un refuso nel nome della lista 2.")

    assert "Corretto un refuso" in client.get(f"/{elezione.slug}/").content.decode()


def test_a_file_is_replaced_whole(tmp_path):
    file = tmp_path / "a.json"
    write_atomic(file, b"prima")
    write_atomic(file, b"dopo")

    assert file.read_bytes() == b"dopo"
    assert [f.name for f in tmp_path.iterdir()] == ["a.json"]


def test_the_api_is_described_by_openapi(client):
    descrizione = client.get("/api/openapi.json").json()

    assert "/api/elezioni/{slug}/riparto" in descrizione["paths"]


@pytest.mark.parametrize("nome", NOMI)
def test_the_verifier_recomputes_every_real_election(nome):
    dati = read_ingresso(nome)
    pubblicato = {"dati": dati, "esito": run_riparto(dati), "impronta_dati": impronta(dati)}

    righe, giusto = verifica(pubblicato)

    assert giusto, righe


def test_the_verifier_runs_alone_in_an_interpreter_without_packages(tmp_path, settings):
    elezione = proclamata(semplice())
    publish(elezione)
    from portale.dati import build_dati_riparto

    file = tmp_path / "riparto.json"
    file.write_text(json.dumps(build_dati_riparto(elezione), default=str))
    programma = settings.PUBBLICAZIONE_DIR / elezione.slug / "verifica.py"
    comando = [sys.executable, "-I", "-S", str(programma), str(file)]

    risposta = subprocess.run(comando, capture_output=True, text=True, cwd=tmp_path)
    assert (risposta.returncode, risposta.stdout.splitlines()[-2]) == (0, "Tutto coincide.")

    pubblicato = json.loads(file.read_text())
    pubblicato["dati"]["sindaci"][1]["voti"] += 1
    file.write_text(json.dumps(pubblicato))
    risposta = subprocess.run(comando, capture_output=True, text=True, cwd=tmp_path)
    assert risposta.returncode == 1
    assert "✖ impronta dei dati" in risposta.stdout


def test_every_figure_has_its_state_and_hour(client):
    elezione = pubblica(semplice(sezioni=2))
    run_riparto_elezione(elezione)
    provvisoria = client.get(f"/{elezione.slug}/").content.decode()
    assert provvisoria.count("Dati definitivi ·") == provvisoria.count("<h2") - 1  # the downloads have none
    assert "proclamati" not in provvisoria


def test_the_sections_are_in_the_page_and_their_names_in_the_files(client):
    elezione = proclamata(semplice(sezioni=2))
    dati = client.get(f"/api/elezioni/{elezione.slug}").json()
    assert [len(t["righe"]) for t in dati["sezioni"]] == [2]
    pagina = client.get(f"/{elezione.slug}/").content.decode()
    assert "Sezione per sezione" in pagina
    assert "Dati proclamati ·" in pagina
    liste = client.get(f"/dati/{elezione.slug}/liste.csv").content.decode()
    assert liste.splitlines()[0] == "lista,denominazione,sindaco,candidato_sindaco"
    candidati = client.get(f"/dati/{elezione.slug}/candidati.csv").content.decode()
    assert candidati.splitlines()[0] == "lista,candidato,cognome,nome"
    assert dati["licenza"]["nome"] == "CC BY 4.0"


def test_turnout_is_a_line_when_the_hours_are_known(client):
    elezione = pubblica(semplice(sezioni=2))
    Scrutinio.objects.filter(elezione=elezione).update(elettori=1000)
    for ora, votanti in (("12", 120), ("19", 400), ("23", 610)):
        elezione.affluenze.create(turno=1, rilevazione=ora, votanti=votanti)
    pagina = client.get(f"/{elezione.slug}/").content.decode()
    assert "Votanti alle ore 19" in pagina
    assert '<polyline points="10.0,' in pagina


def test_the_index_is_searched_by_provincia(client):
    pubblica(semplice())
    assert "Nessuna elezione pubblicata" not in client.get("/?q=provincia").content.decode()
    assert "Nessuna elezione pubblicata" in client.get("/?q=nessuno").content.decode()
