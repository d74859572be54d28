# make gate   set up, run the gate on the reference app, print the verdict and the report's path
# make test   set up, check the whole tree: lint, types, layers, whitespace, specs
# make mutants  change the model in small ways and say which changes its specs do not notice
# make bench  figures of cost and speed; beside other tools: python -m harness.exploring.bench

PYTHON ?= $(firstword $(foreach v,python3.11 python3.12 python3.13 python3.14 python3,$(shell command -v $(v) 2>/dev/null)))
BIN := .venv/bin
JS := .ci/node_modules/.installed
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup gate test lint types layers whitespace javascript specs mutants bench lock clean

help:
	@sed -n 's/^# make/make/p' Makefile

.venv/.installed: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and none was found on the PATH"; exit 3; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; say which with: make PYTHON=/path/to/python3.11"; exit 3; }
	@echo "setting up the virtual environment (once)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/harness doctor --install-browser
	@touch $@

setup: .venv/.installed

gate: setup
	@$(BIN)/harness gate

test: lint types layers whitespace javascript specs

lint: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: setup
	$(BIN)/basedpyright

layers: setup
	$(BIN)/lint-imports

whitespace:
	git diff --check
	git diff --check $$(git hash-object -t tree /dev/null) HEAD

$(JS): .ci/package.json .ci/package-lock.json | setup
	@cd .ci && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --no-audit --no-fund --loglevel=error
	@touch $@

javascript: $(JS)
	PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix .ci run --silent check

specs: $(JS) | setup
	$(BIN)/pytest --numprocesses=$(WORKERS) --dist=worksteal --durations=20 --durations-min=5

mutants: setup
	@$(BIN)/python -m specs.mutants $(MUTANTS)

bench: setup
	@$(BIN)/python -m harness.bench

lock: setup
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra dev pyproject.toml --output-file requirements.lock

clean:
	rm -rf .venv .ci/node_modules reports/out test-results mutants
