# On a fresh machine with Python 3.11, pip and make: `make run`, `make test`.
PYTHON ?= python3.11
export PORT ?= 8000
BIN := .venv/bin
READY := .venv/.ready
COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock"
.DEFAULT_GOAL := help
.PHONY: help setup run manage test check format lint lock check-lock messages check-messages bench clean

help:               ## what there is to run
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

setup: $(READY)     ## install everything, each file checked against its hash

# The repository is on the path of its own environment, so that every tool finds the apps.
$(READY): requirements/uv.txt requirements/dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@$(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes requirements/dev.txt
	@echo "$(CURDIR)" > $$($(BIN)/python -c "import sysconfig; print(sysconfig.get_path('purelib'))")/fabrique.pth
	@touch $@

run: $(READY)       ## the portal, its worker and its clock, on http://localhost:8000 (PORT=)
	@$(BIN)/python -m devtools.run

manage: $(READY)    ## a management command beside it (ARGS="populate --applications 10000")
	@$(BIN)/python -m devtools.manage $(ARGS)

test: $(READY)      ## the whole suite, in parallel (ARGS="tests/calls -n0" for less)
	@$(BIN)/python -m pytest -n 2 $(ARGS)

format: $(READY)    ## rewrite the sources as the house formats them
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lint: $(READY)      ## what reads the sources without running them
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports --no-cache

lock: $(READY)      ## recompute the locks from pyproject.toml
	@$(COMPILE) pyproject.toml -o requirements/base.txt
	@$(COMPILE) pyproject.toml --group dev -c requirements/base.txt -o requirements/dev.txt
	@awk '/^[a-z]/ {ours = /^uv==/} ours' requirements/dev.txt > requirements/uv.txt

check-lock:         ## the locks hold names and hashes, and no address
	@! grep -nE '://|index-url|find-links' requirements/*.txt

messages: $(READY)  ## bring the catalogues of locale/ in step with the sources
	@$(BIN)/python -m devtools.catalogues update

check-messages: $(READY) ## every sentence has its English, nothing is fuzzy
	@$(BIN)/python -m devtools.catalogues check

bench: $(READY)     ## every benchmark, on databases of its own (about 10 minutes)
	@$(BIN)/python -m devtools.manage --apart bench all --json

clean:              ## forget the environment and the data of `make run`
	rm -rf .venv var
