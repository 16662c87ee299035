# Dateline. A machine needs Python 3.11 to 3.13, git and make; uv is used where it is there.
# `make help` lists what to type.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PYTHONS := python3 python3.13 python3.12 python3.11 python

# Airflow finds airflow.cfg, dags/ and plugins/ here; what it writes goes to .airflow/ (see airflow.cfg).
export AIRFLOW_HOME := $(CURDIR)
unexport AIRFLOW_CONFIG
export PATH := $(CURDIR)/$(BIN):$(PATH)
export FILES ?=
export URL ?=
export CORPUS ?=
export FULL ?=
export SOURCES ?=
export PORT ?= 8080
export CELERY_WORKERS ?= 2
WORKERS ?= 2

.PHONY: help install run test check style types layers sql ui cluster bench catalogue lock clean

help: ## list what to type
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

install: $(STAMP) ## build .venv (again only when requirements.lock or pyproject.toml changed)

$(STAMP): requirements.lock pyproject.toml
	@.ci/install $(VENV) $(PYTHONS)
	@touch $@

run: install ## ingest the bundled coverage through the DAGs and show it; or FILES="a b*.html", or URL=https://…
	@$(BIN)/python -m dateline_airflow.run --files "$$FILES" --url "$$URL"

ui: install ## serve Airflow at localhost with the DAGs on, until Ctrl-C; SOURCES=dags/sources follows your own sources
	@$(BIN)/python -m dateline_airflow.serve --sources "$$SOURCES" --port "$$PORT"

cluster: install ## the same with Celery workers, on your Redis and PostgreSQL; REDIS=…, POSTGRES=…, ARCHIVE=s3, CELERY_WORKERS=2
	@$(BIN)/python -m dateline_airflow.cluster --sources "$$SOURCES" --port "$$PORT" --workers "$$CELERY_WORKERS" \
		$(if $(REDIS),--redis "$(REDIS)") $(if $(POSTGRES),--postgres "$(POSTGRES)") $(if $(ARCHIVE),--archive "$(ARCHIVE)")

test: check ## everything: style, types, layers, SQL, and every test
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup -rs

check: style types layers sql ## the quick part of `make test`: no test is run

style: install
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: install
	$(BIN)/mypy

layers: install
	$(BIN)/lint-imports

sql: install
	$(BIN)/sqlfluff lint sql/views sql/checks sql/queries sql/derived

bench: install ## run the benchmarks in tests/bench/ (orchestration.py, an hour and more, by itself); CORPUS=dir reads another corpus; FULL=1 also runs the large ones
	@for one in $$(grep -l -e '"--corpus"' tests/bench/*.py | grep -v -e train_ -e orchestration); do \
		echo "== $$one"; $(BIN)/python "$$one" $${CORPUS:+--corpus "$$CORPUS"} \
			$$([ "$$FULL" ] || ! grep -q -e '"--quick"' "$$one" || echo --quick); \
	done

catalogue: install ## write dags/README.md, the catalogue of DAGs, from the DAGs
	@$(BIN)/python -m dateline_airflow.catalogue >/dev/null

lock: install ## pin the whole tree again after a change of requirements.txt
	@command -v uv >/dev/null || $(BIN)/python -m pip install --quiet uv
	uv pip compile --quiet --universal --python-version 3.11 --no-annotate --no-header --no-emit-index-url \
		requirements.txt tests/requirements.txt -o requirements.lock

clean: ## remove what the commands above made: .venv, the warehouse, the archive, Airflow's state
	rm -rf $(VENV) var .airflow build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
