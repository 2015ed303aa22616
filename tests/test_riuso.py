"""Reuse by other administrations: publiccode.yml, licence of every file, list of components."""

import json
import re
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

RADICE = Path(__file__).parents[1]
STANZE = ["norme", "electoral", "comuni", "candidature", "seggi", "risultati", "portale"]
#: Keys that the standard (publiccode.yml 0.4) wants.
OBBLIGATORIE = {
    *("publiccodeYmlVersion", "name", "url", "softwareVersion", "releaseDate", "platforms", "categories"),
    *("developmentStatus", "softwareType", "description", "legal", "maintenance", "localisation"),
}

#: The words that the standard admits (publiccode.yml 0.4, schema.core and the lists it names).
STATI = {"concept", "development", "beta", "stable", "obsolete"}
TIPI = {
    *("standalone/mobile", "standalone/iot", "standalone/desktop", "standalone/web", "standalone/backend"),
    *("standalone/other", "addon", "library", "configurationFiles"),
}
MANUTENZIONI = {"internal", "contract", "community", "none"}
CATEGORIE = {
    "government-websites",
    "workflow-management",
    "data-collection",
    "document-management",
    "it-service-management",
}
AMBITI = {"government", "local-authorities", "employment", "justice", "welfare", "public-order"}
CONFORME = {"lineeGuidaDesign", "modelloInteroperabilita", "misureMinimeSicurezza", "gdpr"}


@pytest.fixture(scope="module")
def publiccode() -> dict:
    return yaml.safe_load((RADICE / "publiccode.yml").read_text("utf-8"))


def test_publiccode_has_what_the_standard_wants(publiccode):
    assert set(publiccode) >= OBBLIGATORIE
    assert publiccode["legal"]["license"] == "EUPL-1.2"
    assert publiccode["maintenance"]["contacts"][0]["name"]
    testo = publiccode["description"]["it"]
    assert len(testo["genericName"]) <= 35
    assert len(testo["shortDescription"]) <= 150
    assert 150 <= len(testo["longDescription"]) <= 10_000
    assert testo["features"] and all(len(voce) <= 100 for voce in testo["features"])
    assert publiccode["it"]["countryExtensionVersion"]


def test_publiccode_uses_only_the_words_of_the_standard(publiccode):
    assert set(publiccode) <= OBBLIGATORIE | {"intendedAudience", "it", "dependsOn"}
    assert publiccode["publiccodeYmlVersion"] == "0.4"
    assert publiccode["developmentStatus"] in STATI
    assert publiccode["softwareType"] in TIPI
    assert publiccode["maintenance"]["type"] in MANUTENZIONI
    assert set(publiccode["categories"]) <= CATEGORIE
    assert set(publiccode["intendedAudience"]["scope"]) <= AMBITI
    assert publiccode["intendedAudience"]["countries"] == ["it"]
    assert publiccode["localisation"]["localisationReady"] in (True, False)
    assert set(publiccode["it"]) <= {"countryExtensionVersion", "conforme", "riuso", "piattaforme"}
    assert set(publiccode["it"]["conforme"]) == CONFORME
    for dipendenza in publiccode["dependsOn"]["open"]:
        assert set(dipendenza) <= {"name", "version", "versionMin", "versionMax", "optional"}
    date.fromisoformat(str(publiccode["releaseDate"]))


def test_the_address_is_a_repository_or_openly_not_one_yet(publiccode):
    """A made-up address must not look real: until there is a public one, a name that RFC 2606 reserves."""
    indirizzo = urlsplit(publiccode["url"])

    assert indirizzo.scheme == "https" and indirizzo.path.endswith(".git")
    assert indirizzo.hostname not in ("example.it", "localhost")
    assert publiccode["developmentStatus"] != "stable" or not indirizzo.hostname.endswith(".example")


def test_the_version_is_one(publiccode):
    impostazioni = (RADICE / "electoral" / "settings.py").read_text("utf-8")

    assert f'VERSIONE = "{publiccode["softwareVersion"]}"' in impostazioni


def test_every_file_has_its_licence():
    reuse = tomllib.loads((RADICE / "REUSE.toml").read_text("utf-8"))
    (tutti,) = reuse["annotations"]

    assert (tutti["path"], tutti["SPDX-License-Identifier"]) == ("**", "EUPL-1.2")
    assert (RADICE / "LICENSES" / "EUPL-1.2.txt").read_text("utf-8") == (RADICE / "LICENSE").read_text(
        "utf-8"
    )
    for stanza in STANZE:
        assert "SPDX-License-Identifier: EUPL-1.2" in (RADICE / stanza / "__init__.py").read_text("utf-8")


def test_the_components_are_listed_with_their_versions(tmp_path):
    uscita = tmp_path / "sbom.json"
    programma = Path(sys.executable).parent / "cyclonedx-py"
    comando = [programma, "requirements", "requirements.txt", "--of", "JSON", "-o", uscita]
    subprocess.run(comando, cwd=RADICE, check=True, capture_output=True)

    componenti = {c["name"].lower(): c["version"] for c in json.loads(uscita.read_text())["components"]}

    richieste = re.findall(
        r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", (RADICE / "requirements.txt").read_text(), re.M
    )
    assert richieste
    assert {nome.lower(): versione for nome, versione in richieste}.items() <= componenti.items()
