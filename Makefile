# All commands run in a virtual environment that is made on first use; with uv, from the lock file.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
N ?= 10000
# Processes for tests: more than there are cores, since many tests wait.
WORKERS ?= 4
# Cases of `make fuzz`, for all targets together.
CASES ?= 1000000
# Extras of pyproject.toml, comma-separated.
EXTRAS ?=
# The processes of a test run share the bytecode of the tests, even where the environment keeps Python from writing it.
export PYTHONDONTWRITEBYTECODE :=

comma := ,
RUN_STAMP := $(VENV)/run$(if $(EXTRAS),-with-$(subst $(comma),-,$(EXTRAS))).stamp
UV := $(shell command -v uv 2>/dev/null)
UV_SYNC := UV_PROJECT_ENVIRONMENT=$(VENV) $(UV) sync --quiet --locked --inexact

.PHONY: run check test lint types contracts format snapshots pictures bench fuzz docs clean

run: $(RUN_STAMP)
	$(BIN)/newsreader $(CORPUS)

# Before each commit: everything that takes little time.
check: lint types contracts compiled
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m "not slow" tests/unit tests/web

# Everything, with the coverage gate.
test: lint types contracts compiled
	$(BIN)/coverage erase
	$(BIN)/pytest -n $(WORKERS) --dist worksteal --cov --cov-report=term-missing:skip-covered

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

contracts: $(VENV)/dev.stamp
	$(BIN)/lint-imports

# Hundreds of tests start the program, and each test process loads all tests: both are compiled once. Pytest rewrites
# assertions, so it compiles the tests itself.
.PHONY: compiled
compiled: $(VENV)/dev.stamp
	$(BIN)/python -m compileall -q src
	$(BIN)/pytest -qq --collect-only >/dev/null

format: $(VENV)/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

snapshots: $(VENV)/dev.stamp
	$(BIN)/pytest tests/snapshots --snapshot-update

bench: $(VENV)/dev.stamp
	$(BIN)/python -m benchmarks --records $(N)

# Every parser of text from outside, with inputs that nobody would write; what fails is kept in tests/fuzz/crashes.
fuzz: $(VENV)/dev.stamp
	$(BIN)/python -m tests.fuzz --cases $(CASES) $(if $(SEED),--seed $(SEED)) $(if $(TARGET),--target $(TARGET))

# Make the pictures of README and guide anew; look at each one that changed before you commit it.
pictures: $(VENV)/dev.stamp
	$(BIN)/python -m docs.make_demo $(NAMES)

# Write the generated parts of the documentation, and build its site in build/site; a broken link is an error.
docs: $(VENV)/dev.stamp $(VENV)/docs.stamp
	$(BIN)/python docs/make_reference.py
	$(BIN)/python docs/make_corpora.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

clean:
	rm -rf $(VENV) build dist .coverage* .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; try make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): $(BIN)/python pyproject.toml
ifdef UV
	$(UV_SYNC) $(foreach extra,$(subst $(comma), ,$(EXTRAS)),--extra $(extra))
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".$(if $(EXTRAS),[$(EXTRAS)])"
endif
	$(BIN)/python -m compileall -q src
	touch $@

$(VENV)/dev.stamp: $(BIN)/python pyproject.toml
ifdef UV
	$(UV_SYNC) --extra dev
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
endif
	touch $@ $(VENV)/run.stamp

$(VENV)/docs.stamp: $(BIN)/python pyproject.toml
ifdef UV
	$(UV_SYNC) --extra docs
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[docs]'
endif
	touch $@
