# Everything is made from here. `make demo` for users, `make test` before every change.
#
# Needs Python 3.11 to 3.13 with venv (Debian 12: apt-get install python3-venv). Stamps in the environments remember
# what was installed; they are renewed when a lock file or pyproject.toml changes.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
TREEBANKS ?= ../shared/data/treebanks
EPISODES ?= ../shared/data/labelled_episodes_dev.csv
YEARS ?= ../shared/data/icews_dyad_year_2002_2014.parquet
DAYS ?= ../shared/data/gdelt_dyad_daily_2018_2021.parquet
EVENTS ?= ../shared/data/icews_2005_2012.parquet
NEWS ?= ../shared/cases/worldwide
PYTEST_ARGS ?=

BIN := .venv/bin
TRAIN := .venv-train/bin
PIP_FLAGS := --quiet --disable-pip-version-check
CHECKPOINT := build/language/final.pt
MODEL := src/detente/language/model

.PHONY: help demo test check bench train fit train-events docs refresh lock clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  \1\t/p' Makefile | expand -t 14

demo: .venv/.run ## read the bundled chronicle and write the dossier; prints where the page is
	$(BIN)/detente demo --no-open

test: .venv/.dev ## all checks, all tests, the documentation
	scripts/apt.sh
	$(MAKE) --no-print-directory check
	$(BIN)/pytest $(PYTEST_ARGS)
	$(MAKE) --no-print-directory docs

check: .venv/.dev ## style, types, layers, generated pages, changelog
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/cog --check -I docs docs/reference/*.md
	$(BIN)/towncrier build --draft --version next > /dev/null

bench: .venv/.dev ## speed of reading, coding (NEWS=folder of mixed news), merging (10k to 100k claims), rendering, importing a million events
	$(BIN)/python scripts/bench.py --news "$(NEWS)"

train: .venv-train/.ready ## train, export and measure both models; TREEBANKS=folder
	@test -d "$(TREEBANKS)" || { echo "no folder $(TREEBANKS): call make train TREEBANKS=folder of the .jsonl.gz treebanks" >&2; exit 1; }
	$(TRAIN)/python training/train_language.py --treebanks "$(TREEBANKS)" --names corpus/names --out build/language
	$(TRAIN)/python training/export_language.py --checkpoint $(CHECKPOINT) --treebanks "$(TREEBANKS)" --out $(MODEL)
	$(TRAIN)/python training/measure_language.py --treebanks "$(TREEBANKS)" --model $(MODEL)
	$(MAKE) --no-print-directory train-events

train-events: REAL = $(and $(TREEBANKS),$(ARTICLES),--treebanks "$(TREEBANKS)" --articles "$(ARTICLES)")
train-events: .venv-train/.ready ## train, export and join the event model on corpus/events; with TREEBANKS and ARTICLES on real news too
	$(TRAIN)/python training/train_events.py --corpus corpus/events --lexicon 1 --epochs 9 --share 0.7 $(REAL) --out build/events
	$(TRAIN)/python training/export_events.py --checkpoint build/events/final.pt --out $(MODEL)
	$(TRAIN)/python training/fit_stacking.py --corpus corpus/events --model $(MODEL) $(REAL)

fit: .venv/.dev ## fit the small models of the verdict anew; EPISODES, YEARS, DAYS, EVENTS = files of labelled quarrels and event data
	@test -f "$(EPISODES)" || { echo "no file $(EPISODES): call make fit EPISODES=labels.csv YEARS=yearly.parquet DAYS=daily.parquet EVENTS=events.parquet" >&2; exit 1; }
	$(BIN)/python training/fit_verdict.py --episodes "$(EPISODES)" --years "$(YEARS)" --days "$(DAYS)" --events "$(EVENTS)" --date "$$(date +%F)"

docs: .venv/.dev ## the documentation, into build/docs
	$(BIN)/sphinx-build -q -W --keep-going -b html -d build/doctrees docs build/docs
	@echo "documentation: build/docs/index.html"

refresh: .venv/.dev ## write the generated parts of the documentation anew
	$(BIN)/cog -r -I docs docs/reference/*.md

# One after another: the lock for development must agree with the one for users. `--universal` makes each lock good
# for every system and for Python 3.11 to 3.13. torch is left out of the hashed lock: requirements/torch.txt says why.
COMPILE = $(BIN)/uv pip compile --quiet --python $(BIN)/python --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --upgrade --custom-compile-command "make lock"

lock: .venv/.dev ## renew the hashed locks in requirements/
	$(COMPILE) pyproject.toml -o requirements/run.txt
	$(COMPILE) requirements/build.in -c requirements/run.txt -o requirements/build.txt
	$(COMPILE) pyproject.toml --extra dev -c requirements/run.txt -c requirements/build.txt -o requirements/dev.txt
	$(COMPILE) pyproject.toml --extra train -c requirements/run.txt --excludes requirements/torch.txt -o requirements/train.txt

clean: ## remove environments, caches and everything built
	rm -rf .venv .venv-train build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests training scripts docs -name __pycache__ -type d -prune -exec rm -rf {} +

# --- environments: each stamp follows the one before it, so that `make -j` never runs two installs into one place ---

define new_environment
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2> /dev/null \
	  || { echo "$(PYTHON) is missing or not Python 3.11 to 3.13: call make PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2> /dev/null \
	  || { echo "$(PYTHON) cannot make environments: install python3-venv (Debian: apt-get install python3-venv)" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(1)
	$(1)/bin/pip install $(PIP_FLAGS) --require-hashes -r requirements/build.txt
	touch $@
endef

.venv/.base: requirements/build.txt
	$(call new_environment,.venv)

.venv/.run: requirements/run.txt pyproject.toml .venv/.base
	$(BIN)/pip install $(PIP_FLAGS) --require-hashes -r requirements/run.txt
	$(BIN)/pip install $(PIP_FLAGS) --no-deps --no-build-isolation --editable .
	touch $@

.venv/.dev: requirements/dev.txt .venv/.run
	$(BIN)/pip install $(PIP_FLAGS) --require-hashes -r requirements/dev.txt
	touch $@

.venv-train/.base: requirements/build.txt
	$(call new_environment,.venv-train)

.venv-train/.ready: requirements/train.txt requirements/torch.txt pyproject.toml .venv-train/.base
	$(TRAIN)/pip install $(PIP_FLAGS) --require-hashes --no-deps -r requirements/train.txt
	$(TRAIN)/pip install $(PIP_FLAGS) -r requirements/torch.txt
	$(TRAIN)/pip install $(PIP_FLAGS) --no-deps --no-build-isolation --editable .
	touch $@
