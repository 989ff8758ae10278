# `make start` and `make test` do all the set-up on a fresh machine with Python 3.11 and pip.
PYTHON ?= python3.11
ifeq (, $(shell command -v $(PYTHON) 2>/dev/null))
PYTHON := python3
endif
BIN := .venv/bin
STAMP := .venv/.installed
TESTED := $(CURDIR)/.muster/tested
# compiled once: where Python may not write beside the sources, each command would compile them anew
OURS := audience workspace tools agent ui evals

.DEFAULT_GOAL := help
.PHONY: help install start test tests test-large test-model lint format bench prove eval eval-local screenshots clean

help: ## show what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

install: $(STAMP) ## make .venv with .venv/bin/muster

# uv, itself from the lock file, installs the rest several times faster than pip; where pip is set up
# in a way that uv does not read (pip.conf), pip does it.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "Muster needs Python 3.11: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(grep '^uv==' requirements.lock)"
	$(BIN)/uv pip sync --quiet --python $(BIN)/python requirements.lock || $(BIN)/python -m pip install --quiet --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	$(BIN)/python -m compileall -q $(OURS)
	touch $@

start: install ## start the web app on the demo workspace, with the built-in engine
	$(BIN)/muster chat

test: install ## style, types, import directions, every test, and the evaluation against its baseline
	rm -rf $(TESTED)
	$(MAKE) --no-print-directory -j 2 lint tests
	MUSTER_HOME=$(TESTED) $(BIN)/muster eval --gate --split test
	rm -rf $(TESTED)

# Types are checked by one process, and tests that drive a browser wait often: together they fill two
# cores. The tests make the evaluation's workspaces; the evaluation takes them over.
tests: install
	MUSTER_TEST_EVALS=$(TESTED) $(BIN)/pytest -n 2 -m "not model"

test-large: install ## every browser test on a real grocer's data and on five million generated events
	MUSTER_TEST_WORLDS=grocer,large $(BIN)/pytest tests/ui -m browser

test-model: install ## ten prompts and a campaign with the real local model; fetches 1.1 GB once
	$(BIN)/pytest -m model

lint: install ## ruff, mypy and import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install ## format and sort imports
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: install ## how fast sentences are read, and audiences counted, beside the aims
	$(BIN)/python -m tests.bench.english
	$(BIN)/python -m tests.bench.speed
	$(BIN)/python -m tests.bench.chats

prove: install ## tens of thousands of generated audiences: reference against every engine; goes on where it stopped
	$(BIN)/python -m tests.reference.prove

eval: install ## how often a prompt becomes the right conditions
	$(BIN)/muster eval

eval-local: install ## ours against four other ways with a real small model; hours, goes on where it stopped
	$(BIN)/uv pip install --quiet --python $(BIN)/python --constraint requirements.lock --editable '.[eval,local]'
	$(BIN)/python -m evals local

screenshots: install ## make the pictures in docs/ from the running app; needs Chromium
	$(BIN)/python docs/screenshots.py

clean: ## remove the environment and all state
	rm -rf .venv .muster
