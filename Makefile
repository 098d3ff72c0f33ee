# What a developer and an operator run. `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help setup run test check fix demo shots bench manage lock styles chromium pango

PY := .venv/bin/python
INSTALLED := .venv/.installed
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null && { echo $$p; break; }; done)

help:  ## List the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

setup: $(INSTALLED) pango styles  ## Prepare everything, start nothing

$(INSTALLED): requirements/development.lock
	@test -n "$(PYTHON)" || { echo "Safeguard needs Python 3.11, 3.12 or 3.13. Install one, or run: make setup PYTHON=/path/to/python3"; exit 1; }
	test -x $(PY) || $(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/development.lock
	touch $@

pango:
	@.ci/need-pango

chromium:
	@.ci/need-chromium

styles: $(INSTALLED)
	@.ci/build-styles

run: setup  ## Start PostgreSQL, Valkey, web, worker and beat; Ctrl-C stops them all
	@exec $(PY) manage.py serve

manage: $(INSTALLED)  ## Run a management command: make manage ARGS='verify_audit'
	@$(PY) manage.py $(ARGS)

demo: setup  ## Put the demo schools back as they were at the start
	@$(PY) manage.py load_demo --reset

shots: setup chromium  ## Take a picture of every page as every role into var/shots/; ARGS="--role dsl" for fewer
	@$(PY) manage.py shots $(ARGS)

bench: setup  ## Measure pages and write var/bench.json
	@$(PY) manage.py bench

test: setup chromium  ## Run all tests, journeys included
	@$(PY) -m pytest -n 2

check: setup  ## Check format, lint, types, layers, migrations, templates and documents; change nothing
	@.ci/check

fix: $(INSTALLED)  ## Format what can be formatted
	$(PY) -m ruff check --fix --quiet .
	$(PY) -m ruff format --quiet .
	$(PY) -m djlint --reformat --quiet templates || true

LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links

lock: $(INSTALLED)  ## Write requirements/*.lock from pyproject.toml; add UPGRADE=--upgrade for newer versions
	$(LOCK) $(UPGRADE) pyproject.toml --output-file requirements/production.lock
	$(LOCK) $(UPGRADE) pyproject.toml --extra embedded --extra dev --constraints requirements/production.lock \
		--output-file requirements/development.lock
	$(LOCK) $(UPGRADE) --group node --output-file requirements/node.lock
