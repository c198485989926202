# The commands of this project; README.md says more about each.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
# For commands that need settings but no site of anybody's.
TRIAL := DEBUG=on DATA_DIR=var/check

.DEFAULT_GOAL := help
.PHONY: help run test check lint types templates migrations translations deploy locks sbom bench messages lock clean

help: ## says what there is
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile | expand -t 20

run: .venv/runtime $(CATALOGUES) ## serves the sample conferences on http://127.0.0.1:8000 (PORT=8123 for another port)
	@exec $(BIN)/python -m tools.run $(PORT)

test: .venv/dev $(CATALOGUES) ## all tests: SQLite, PostgreSQL, browser; says what was left out (ARGS="-k roll")
	@$(BIN)/python -m tools.test $(ARGS)

check: lint types templates migrations translations deploy locks sbom ## everything that can be said without running the site

lint: .venv/dev
	@echo "== ruff"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { echo "Not formatted; see: ruff format --diff ." >&2; exit 1; }

types: .venv/dev
	@echo "== mypy"
	@$(TRIAL) $(BIN)/mypy --no-error-summary

templates: .venv/dev
	@echo "== djlint"
	@$(BIN)/djlint --quiet --lint .  # its formatter would put spaces into names and links

migrations: .venv/dev
	@echo "== migrations"
	@$(TRIAL) $(BIN)/python manage.py makemigrations --check --dry-run --verbosity 1

translations: .venv/dev
	@echo "== translations"
	@$(BIN)/python -m tools.check_translations

# With the settings that .env.example documents for production, and a secret of the moment.
deploy: .venv/dev
	@echo "== settings for production"
	@env $$(grep -v '^#' .env.example) SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') \
		DATA_DIR=var/check $(BIN)/python manage.py check --deploy --fail-level WARNING

locks: .venv/dev
	@echo "== locked versions"
	@$(BIN)/python -m tools.check_locks

sbom: .venv/dev
	@echo "== sbom.json"
	@PYTHONWARNINGS=ignore $(BIN)/cyclonedx-py requirements requirements/runtime.txt --pyproject pyproject.toml --output-file sbom.json

bench: .venv/dev $(CATALOGUES) ## the benchmarks, each beside its baseline; needs PostgreSQL
	@set -e; for file in benchmarks/[a-z]*.py; do echo "== $$file"; $(BIN)/python -m benchmarks.$$(basename $$file .py); done

messages: .venv/dev ## collects new texts for translation into locale/
	@$(TRIAL) $(BIN)/python manage.py makemessages --locale zh_Hans --add-location file --no-wrap --ignore var --ignore tests
	@echo "Now translate what is empty or fuzzy in locale/zh_Hans/LC_MESSAGES/django.po; make check says what is left."

lock: .venv/dev ## pins the newest versions that pyproject.toml allows (needs the internet)
	@$(BIN)/pip-compile --quiet --upgrade --strip-extras --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --output-file requirements/runtime.txt pyproject.toml
	@$(BIN)/pip-compile --quiet --upgrade --strip-extras --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --allow-unsafe --extra dev --output-file requirements/dev.txt pyproject.toml

clean: ## removes what can be made again; what was entered, in var/, stays
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis sbom.json var/static var/check
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed; name one with make PYTHON=python3.12." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv module is missing. On Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/runtime: requirements/runtime.txt .venv/made
	@echo "Installing what the site needs ..."
	@$(PIP) -r requirements/runtime.txt
	@touch $@

.venv/dev: requirements/dev.txt .venv/runtime
	@echo "Installing what its developers need ..."
	@$(PIP) -r requirements/dev.txt
	@touch $@

# Babel, because a court's machine has no msgfmt.
%.mo: %.po .venv/runtime
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale zh_Hans
