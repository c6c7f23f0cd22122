# Every target sets up .venv from requirements.lock first; setting up again does nothing while nothing changed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
RAW ?= data/raw
OUT ?= data/processed
SHARED ?= ../shared
SEED ?= 1
N ?= 10
FORMAT ?= csv
PORT ?= 8001
FUZZ ?= 600

.DEFAULT_GOAL := help
SYSTEM := libreoffice-writer-nogui tesseract-ocr tesseract-ocr-vie

.PHONY: help setup system extract ingest ingest-demo review test browser-system browser-test check fix evaluate sample export browse bench bench-formats soak dictionary notebooks lock localities clean

help: ## list every target
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## make .venv from requirements.lock (done by every target; nothing to do when nothing changed)

$(READY): requirements.lock
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON): install Python 3.11 or newer, or run make PYTHON=…"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed, $$($(PYTHON) --version 2>&1) was found: install one and run make PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "No virtual environment could be made, most often because the package python3-venv is missing."; \
	  echo "  Debian, Ubuntu:   sudo apt install python3-venv"; \
	  echo "  without root:     $(PYTHON) -m pip install --user virtualenv && $(PYTHON) -m virtualenv $(VENV) && make extract"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

system: ## install LibreOffice and tesseract, which old Word files and scans need (Debian, Ubuntu; else says what to install)
	@if command -v soffice >/dev/null && command -v tesseract >/dev/null && tesseract --list-langs 2>/dev/null | grep -qx vie; then exit 0; fi; \
	install="apt-get install -y --no-install-recommends $(SYSTEM)"; \
	if ! command -v apt-get >/dev/null; then echo "Install LibreOffice Writer and tesseract with its Vietnamese data by the package manager of this system"; \
	elif [ "$$(id -u)" = 0 ]; then { apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$install -qq >/dev/null; } || echo "The packages could not be installed: run $$install"; \
	elif sudo -n true 2>/dev/null; then { sudo apt-get update -qq && sudo DEBIAN_FRONTEND=noninteractive $$install -qq >/dev/null; } || echo "The packages could not be installed: run sudo $$install"; \
	else echo "Old Word files and scans need programs that only an administrator can install. Everything else works without. Run:"; \
	  echo "  sudo apt-get update && sudo $$install"; fi

extract: $(READY) system ## read RAW (data/raw) and publish OUT (data/processed)/latest/*.parquet
	@$(BIN)/python -m pipeline extract --raw "$(RAW)" --out "$(OUT)"

ingest: $(READY) system ## fetch newly published plans from data/sources.yml and publish (CONTACT=mailto:…, LIMIT=100, SOURCE=id)
	@$(BIN)/python -m pipeline ingest --raw "$(RAW)" --out "$(OUT)" $(if $(CONTACT),--contact "$(CONTACT)") $(if $(LIMIT),--limit $(LIMIT)) $(if $(SOURCE),--source $(SOURCE))

ingest-demo: $(READY) ## the same with a portal on this machine that has the samples, into build/demo
	@mkdir -p build/demo && touch build/demo/corrections.yml
	@$(BIN)/python -m pipeline.ingest.demo & portal=$$!; trap "kill $$portal" EXIT; sleep 2; \
	  $(BIN)/python -m pipeline ingest --source demo --raw build/demo/raw --out build/demo/out --corrections build/demo/corrections.yml

test: $(READY) system ## run every test
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

browser-system: ## install Chromium, which only the tests of the pages need (Debian, Ubuntu; else says what to install)
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends -qq chromium >/dev/null; \
	  else echo "Install Chromium by the package manager of this system, on Debian: sudo apt-get install chromium"; exit 1; fi; }

browser-test: $(READY) browser-system ## test the pages of make review in headless Chromium
	@$(BIN)/python -m pytest -m browser -n auto --maxprocesses 4 tests/test_review_browser.py tests/test_review_corrections.py

check: $(READY) ## linters: ruff, mypy --strict
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

fix: $(READY) ## let ruff repair and format what it can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

evaluate: $(READY) system ## score the real documents in SHARED (../shared), else the golden documents; fails below floors.json
	@$(BIN)/python -m pipeline evaluate --shared "$(SHARED)"

sample: $(READY) ## draw N random rows per table of OUT with their quotes (SEED=1 N=10)
	@$(BIN)/python -m pipeline sample --out "$(OUT)" --seed $(SEED) -n $(N)

export: $(READY) ## write the newest release of OUT for other programs (FORMAT=csv, xlsx, duckdb or sqlite)
	@$(BIN)/python -m pipeline export $(FORMAT) --out "$(OUT)"

review: $(READY) ## write pages to look at, every row beside its words: OUT/latest/review/index.html opens in any browser
	@$(BIN)/python -m pipeline review --raw "$(RAW)" --out "$(OUT)"

browse: $(READY) ## look at the newest release of OUT in the browser, by Datasette (PORT=8001)
	@$(BIN)/python -m pipeline browse --out "$(OUT)"
	@echo "open http://127.0.0.1:$(PORT)/ and stop with Ctrl+C"
	@$(BIN)/datasette serve build/browse/plans.sqlite --metadata build/browse/metadata.json --host 127.0.0.1 --port $(PORT) --setting facet_time_limit_ms 2000 --setting sql_time_limit_ms 5000

bench: $(READY) ## CPU of documents by stage beside their parsers alone, kept in bench/history.csv (DOCS="file …")
	@$(BIN)/python -m bench.stages $(DOCS)

bench-formats: $(READY) ## CPU of documents of any format beside their libraries alone, scans and old Word files too (DOCS="file …")
	@$(BIN)/python -m bench.formats $(DOCS)

soak: $(READY) system ## the long trials: hostile files, fuzzing, poison, killed workers, killed runs (an hour; FUZZ=600 seconds each of two)
	@SOAK=1 $(BIN)/python -m pytest tests/test_hostile_files.py tests/test_patterns.py
	@FUZZ_SECONDS=$(FUZZ) FUZZ_FIRST=$$(date +%s) $(BIN)/python -m pytest tests/test_fuzz.py
	@$(BIN)/python -m bench.storm
	@$(BIN)/python -m bench.kills 50

dictionary: $(READY) ## write docs/dictionary.md from the schema
	@$(BIN)/python -m pipeline dictionary docs/dictionary.md

notebooks: $(READY) ## run notebooks/*.ipynb on the newest release in OUT and write build/notebooks/*.html
	@test -e "$(OUT)/latest" || { echo "There is no release in $(OUT): run make extract first"; exit 1; }
	@JUPYTER_PLATFORM_DIRS=1 KE_HOACH_RELEASES="$(OUT)" $(BIN)/python -m nbconvert --execute --to html --log-level ERROR \
	  --ExecutePreprocessor.extra_arguments=--log-level=ERROR --output-dir build/notebooks notebooks/*.ipynb
	@echo "Open in a browser:"; ls build/notebooks/*.html | sed 's/^/  /'

lock: $(READY) ## renew requirements.lock from pyproject.toml (fetches uv)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra dev --extra browse --extra browser --extra notebooks --extra ray pyproject.toml -o requirements.lock

localities: $(READY) ## renew the list of districts and communes from the package it is taken from (fetches it)
	@rm -rf build/localities && $(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps -d build/localities vietnamadminunits
	@$(BIN)/python -m normalizers.renew_localities build/localities/*.whl

clean: ## remove .venv, caches and build files; releases stay
	rm -rf $(VENV) build normalizers/lexicon/.compiled .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
