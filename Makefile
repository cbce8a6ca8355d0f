# The two commands that matter: `make run` and `make test`. Everything they need they make, once.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

VENV := .venv
PY := $(VENV)/bin/python
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null \
	&& echo $$p && break; done)
JOBS ?= auto
UV_VERSION := 0.13.9
# Some machines forbid it; then each worker, and each command that a test starts, compiles everything once more.
unexport PYTHONDONTWRITEBYTECODE
LOCK := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command 'make lock'

.PHONY: help setup run test crawl faults races lint lock bench pictures clean

help:  ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(VENV)/.packages build/static/app.css  ## .venv, node_modules and the built style sheet; quick when nothing changed
	@.ci/system-packages

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo 'Python 3.11, 3.12 or 3.13 is needed (python3 with venv and pip): none was found.' >&2; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PY) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' \
		|| { echo '$(VENV) holds another Python: remove it and try again.' >&2; exit 1; }
	@$(VENV)/bin/uv --version 2>/dev/null | grep -q '$(UV_VERSION)' \
		|| $(PY) -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

$(VENV)/.packages: requirements-dev.txt requirements-node.txt $(VENV)/.made
	@$(VENV)/bin/uv pip install --quiet --python $(PY) --require-hashes -r requirements-dev.txt
	@$(PY) frontend/node.py has-node \
		|| $(VENV)/bin/uv pip install --quiet --python $(PY) --require-hashes -r requirements-node.txt
	@touch $@

node_modules/.installed: package.json package-lock.json .npmrc $(VENV)/.packages
	@.ci/system-packages
	@$(PY) frontend/node.py install
	@touch $@

build/static/app.css: node_modules/.installed frontend/node.py $(wildcard frontend/*.scss frontend/components/*.scss)
	@$(PY) frontend/node.py build
	@touch $@

run: setup  ## a fictional authority, on http://localhost:8000, with its worker and clock
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py load_demo
	@$(PY) manage.py serve

# One room is tried at once, by one process; everything by a worker for each core, with a list of the slowest.
ALL = -n $(JOBS) --durations=20 --durations-min=3

test: setup  ## everything that must hold
	@.ci/system-packages --browser
	@$(PY) -m pytest -q $(or $(ARGS),$(ALL))
	@$(if $(ARGS),:,.ci/services $(PY) -m pytest -q $(ALL) -m 'database and not browser and not one_database')
	@$(if $(ARGS),:,$(VENV)/bin/lint-imports --no-cache)

crawl: setup  ## every page as everybody sees it, on a phone and on a desk, checked for accessibility; half an hour
	@.ci/system-packages --browser
	@CRAWL=1 $(PY) -m pytest -q tests/crawl

faults: setup  ## letters while everything breaks, on servers of their own; twenty minutes
	@FAULTS=1 SERVICES_REQUIRED=1 $(PY) -m pytest -q -n 3 --dist load tests/faults $(ARGS)

races: setup  ## two at once, a thousand times in all, on PostgreSQL
	@SERVICES_REQUIRED=1 RACES=$(or $(RACES),40) .ci/services $(PY) -m pytest -q tests/services -k races $(ARGS)

lint: setup  ## style, types, which way imports run, templates
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports --no-cache
	@git ls-files -z '*.html' | xargs -0 -r $(VENV)/bin/djade --target-version 5.2 --check

lock: $(VENV)/.made  ## compile the lock files again
	@$(LOCK) pyproject.toml -o requirements.txt
	@$(LOCK) pyproject.toml --group pyproject.toml:dev -o requirements-dev.txt
	@$(LOCK) pyproject.toml --extra notify -o requirements-notify.txt
	@$(LOCK) --group pyproject.toml:node -o requirements-node.txt
	@$(PY) frontend/node.py lock

bench: setup  ## the budgets, measured
	@$(PY) manage.py bench_pages
	@$(PY) manage.py bench_plans $(ARGS)

clean:  ## what make made, except .venv and var/
	@rm -rf build staticfiles node_modules

pictures: setup  ## the README's pictures, taken of the demonstration in a real browser
	@.ci/system-packages --browser
	@$(PY) -m pytest -q tests/pictures.py
