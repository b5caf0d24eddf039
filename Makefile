# Everything works in a virtual environment of its own, made on first use.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
N ?= 10000
# Of pyproject.toml, with commas between them.
EXTRAS ?=

comma := ,
RUN_STAMP := $(VENV)/run$(if $(EXTRAS),-with-$(subst $(comma),-,$(EXTRAS))).stamp

.PHONY: run test lint types layers tests format snapshots bench clean

run: $(RUN_STAMP)
	$(BIN)/newsreader $(CORPUS)

test: lint types layers tests

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

layers: $(VENV)/dev.stamp
	$(BIN)/lint-imports

# The tests without a screen cover every branch of domain, corpus, markup, library and app. Those of the screen run
# without coverage, which would take them twice as long.
# Hundreds of tests start the program: it is compiled once, also where the environment keeps Python from doing so.
tests: $(VENV)/dev.stamp
	$(BIN)/python -m compileall -q src
	$(BIN)/coverage erase
	$(BIN)/pytest -n auto tests/unit tests/web --cov --cov-report=term-missing:skip-covered
	$(BIN)/pytest -n auto tests/ui tests/snapshots tests/terminal

format: $(VENV)/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

snapshots: $(VENV)/dev.stamp
	$(BIN)/pytest tests/snapshots --snapshot-update

bench: $(VENV)/dev.stamp
	$(BIN)/python -m benchmarks --records $(N)

clean:
	rm -rf $(VENV) build dist .coverage* .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; try make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".$(if $(EXTRAS),[$(EXTRAS)])"
	$(BIN)/python -m compileall -q src
	touch $@

$(VENV)/dev.stamp: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@ $(VENV)/run.stamp
