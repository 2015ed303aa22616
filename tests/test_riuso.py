"""Reuse by other administrations: publiccode.yml, licence of every file, list of components."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

RADICE = Path(__file__).parents[1]
STANZE = ["norme", "electoral", "comuni", "candidature", "seggi", "risultati", "portale"]
#: Keys that the standard (publiccode.yml 0.4) wants.
OBBLIGATORIE = {
    *("publiccodeYmlVersion", "name", "url", "softwareVersion", "releaseDate", "platforms", "categories"),
    *("developmentStatus", "softwareType", "description", "legal", "maintenance", "localisation"),
}


@pytest.fixture(scope="module")
def publiccode() -> dict:
    return yaml.safe_load((RADICE / "publiccode.yml").read_text("utf-8"))


def test_publiccode_has_what_the_standard_wants(publiccode):
    assert set(publiccode) >= OBBLIGATORIE
    assert re.fullmatch(r"https://\S+\.git", publiccode["url"])
    assert publiccode["legal"]["license"] == "EUPL-1.2"
    assert publiccode["maintenance"]["contacts"][0]["name"]
    testo = publiccode["description"]["it"]
    assert len(testo["shortDescription"]) <= 150
    assert 150 <= len(testo["longDescription"]) <= 10_000
    assert testo["features"]
    assert publiccode["it"]["countryExtensionVersion"]


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
