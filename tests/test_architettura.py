"""The rules of the house, so that nobody has to remember them."""

import ast
import importlib.metadata
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

RADICE = Path(__file__).parents[1]
STANZE = ("norme", "electoral", "comuni", "candidature", "seggi", "risultati", "portale")
RIGHE_MASSIME, RIGHE_DI_REGOLA = 500, 350
FUNZIONE_MASSIMA, FUNZIONE_DI_REGOLA = 60, 25
QUOTA_DI_REGOLA = 0.9


def sorgenti(*stanze: str) -> list[Path]:
    return [
        file
        for stanza in stanze
        for file in sorted((RADICE / stanza).rglob("*.py"))
        if "migrations" not in file.parts
    ]


def righe(file: Path) -> int:
    return len(file.read_text("utf-8").splitlines())


def lunghezze_funzioni() -> dict[str, int]:
    """Lines of each function, docstring aside."""
    lunghezze = {}
    for file in sorgenti(*STANZE):
        for nodo in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(nodo, ast.FunctionDef | ast.AsyncFunctionDef):
                corpo = nodo.body[1:] if ast.get_docstring(nodo) else nodo.body
                inizio = corpo[0].lineno if corpo else nodo.lineno
                nome = f"{file.relative_to(RADICE)}:{nodo.lineno} {nodo.name}"
                lunghezze[nome] = nodo.end_lineno - inizio + 1
    return lunghezze


def test_le_stanze_importano_in_una_sola_direzione():
    comando = Path(sys.executable).with_name("lint-imports")
    esito = subprocess.run([comando], cwd=RADICE, capture_output=True, text=True)

    assert esito.returncode == 0, esito.stdout


def test_norme_si_importa_senza_django_e_senza_altri_pacchetti():
    codice = "import sys; import norme.__main__, norme.riparto.calcolo; sys.exit('django' in sys.modules)"
    esito = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(RADICE)!r}); {codice}"]
    )

    assert esito.returncode == 0


def test_nessun_file_supera_il_limite_e_quasi_tutti_stanno_nella_misura():
    tracciati = subprocess.run(["git", "ls-files", "*.py"], cwd=RADICE, capture_output=True, text=True)
    file = {*sorgenti(*STANZE, "tests"), *(RADICE / nome for nome in tracciati.stdout.split())}
    misure = {
        str(uno.relative_to(RADICE)): righe(uno)
        for uno in file
        if uno.is_file() and "migrations" not in uno.parts
    }

    assert {nome: n for nome, n in misure.items() if n > RIGHE_MASSIME} == {}
    assert sum(n <= RIGHE_DI_REGOLA for n in misure.values()) / len(misure) >= QUOTA_DI_REGOLA


def test_nessuna_funzione_supera_il_limite_e_quasi_tutte_stanno_nella_misura():
    misure = lunghezze_funzioni()

    assert {nome: n for nome, n in misure.items() if n > FUNZIONE_MASSIMA} == {}
    assert sum(n <= FUNZIONE_DI_REGOLA for n in misure.values()) / len(misure) >= QUOTA_DI_REGOLA


def test_nessun_modulo_ha_un_nome_che_non_dice_nulla():
    vietati = {"services.py", "utils.py", "helpers.py", "common.py", "misc.py"}

    assert [str(file) for file in sorgenti(*STANZE) if file.name in vietati] == []


def test_i_nomi_dei_modelli_cominciano_in_minuscolo():
    """Django capitalizes them where needed; only acronyms and the models of others are left alone."""
    sbagliati = [
        (modello.__name__, str(nome))
        for app in STANZE[1:]
        for modello in apps.get_app_config(app).get_models()
        if not modello.__name__.endswith("Event")
        for nome in (modello._meta.verbose_name, modello._meta.verbose_name_plural)
        if not str(nome)[0].islower()
    ]

    assert sbagliati == []


@pytest.mark.django_db
def test_nessuna_migrazione_manca():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_ogni_pagina_e_usata_da_qualcuno():
    """A template nobody names is dead; those of Django, allauth and the admin are named by them."""
    cartella = RADICE / "templates"
    di_altri = (
        "admin/",
        "account/",
        "mfa/",
        "usersessions/",
        "socialaccount/",
        "registration/",
        "allauth/",
        "django/",
    )
    testi = [f.read_text("utf-8") for f in (*sorgenti(*STANZE), *sorgenti("tests"))]
    testi += [
        f.read_text("utf-8") for f in cartella.rglob("*") if f.suffix in {".html", ".txt", ".typ", ".svg"}
    ]
    nomi = [f.relative_to(cartella).as_posix() for f in cartella.rglob("*") if f.suffix in {".html", ".txt"}]
    errori = re.compile(r"\d{3}(_.*)?\.html")
    liberi = [n for n in nomi if not n.startswith(di_altri) and not errori.fullmatch(n) and n != "base.html"]

    assert [nome for nome in liberi if not any(nome in testo for testo in testi)] == []


def test_nel_progetto_non_si_nominano_percorsi_di_chi_lo_sviluppa():
    vietato = re.compile(r"/" + "work/|/root/|/home/[a-z]+/|/Users/")
    file = subprocess.run(["git", "ls-files"], cwd=RADICE, capture_output=True, text=True).stdout.split()
    testuali = {".py", ".md", ".toml", ".html", ".css", ".js", ".typ", ".txt", ".yml", ""}
    trovati = [
        nome
        for nome in file
        if Path(nome).suffix in testuali
        and nome != "tests/test_architettura.py"
        and (RADICE / nome).is_file()
        and vietato.search((RADICE / nome).read_text("utf-8", errors="ignore"))
    ]

    assert trovati == []


def test_le_dipendenze_sono_fissate_e_sono_quelle_installate():
    for riga in (RADICE / "requirements.txt").read_text("utf-8").splitlines():
        if riga and not riga.startswith("#"):
            nome, _, versione = riga.partition("==")
            assert versione, f"{riga}: manca la versione esatta"
            assert importlib.metadata.version(nome.split("[")[0]) == versione
