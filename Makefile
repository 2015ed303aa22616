# Comandi di Urna. `make demo` e `make test` bastano per cominciare: preparano da soli l'ambiente.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
SERVE ?= 1
QUOTA ?= 10
SEME ?= 2021
PORTA ?= 8000
.DEFAULT_GOAL := help
.PHONY: help percorso immagini demo test test-servizi check fix run bench fuzz mutation sbom

help: ## elenca i comandi
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(BIN)/.installato: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Serve Python 3.11 o successivo")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(BIN)/.sviluppo: $(BIN)/.installato requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

demo: $(BIN)/.installato ## carica le elezioni vere, esegue il riparto, produce il manifesto e apre il sito in locale
	$(BIN)/python manage.py demo $(if $(filter 0,$(SERVE)),--senza-sito) --porta $(PORTA)

percorso: $(BIN)/.installato ## tutte le elezioni vere dall'importazione agli atti, confrontate con l'esito ufficiale
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py percorso

immagini: $(BIN)/.sviluppo ## rifà le immagini della guida dalla dimostrazione (dopo «make demo SERVE=0»; serve Chromium)
	$(BIN)/python docs/guida/fotografa.py

run: $(BIN)/.installato ## avvia il sito in locale sui dati presenti
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py runserver $(PORTA)

test: $(BIN)/.sviluppo ## tutte le prove sul PostgreSQL incluso
	$(BIN)/python -m pytest -n 2 -m "not servizi"

test-servizi: $(BIN)/.sviluppo ## le prove che chiedono PostgreSQL, Redis e un worker veri (DATABASE_URL, REDIS_URL)
	$(BIN)/python -m pytest -m servizi

check: $(BIN)/.sviluppo ## formato, regole, tipi, pagine, migrazioni, direzione degli import, prove
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --fail-level WARNING
	$(MAKE) test

fix: $(BIN)/.sviluppo ## mette in ordine formato e import
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(BIN)/.sviluppo ## velocità in rapporto ai migliori, nello stesso giro
	for prova in bench/*.py; do PYTHONPATH=. $(BIN)/python $$prova || exit 1; done

fuzz: $(BIN)/.sviluppo ## le proprietà con 20.000 esempi ciascuna
	HYPOTHESIS_PROFILE=fuzz $(BIN)/python -m pytest -n 2 -m "not servizi and not browser" tests/norme

mutation: $(BIN)/.sviluppo ## quanti errori seminati nelle regole sono scoperti dalle prove (un campione, sempre lo stesso)
	$(BIN)/python tests/mutazioni.py --quota $(QUOTA) --seme $(SEME)

sbom: $(BIN)/.sviluppo ## distinta dei componenti (CycloneDX)
	$(BIN)/cyclonedx-py requirements requirements.txt --of JSON -o sbom.json
