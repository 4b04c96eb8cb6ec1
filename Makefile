# On a fresh machine with Python 3.11, pip and make: `make run`, `make test`.
PYTHON ?= $(firstword $(shell command -v python3.11 python3))
export PORT ?= 8000
BIN := .venv/bin
READY := .venv/.ready
COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-annotate --custom-compile-command "make lock"
# What production starts with, for the checks that judge its settings.
PRODUCTION = SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_hex(32))") \
  ALLOWED_HOSTS=fabrique.example
.DEFAULT_GOAL := help
.PHONY: help setup run manage test browser check format lint check-settings check-migrations \
  lock check-lock messages check-messages bench clean

help:             ## what there is to run
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

setup: $(READY)   ## install everything, each file checked against its hash

# uv installs fast; where only pip knows the way to the packages, pip does it.
# The repository is on the path of its own environment, so that every tool finds the apps.
$(READY): requirements/uv.txt requirements/dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv --without-pip .venv
	@$(PYTHON) -m pip --python $(BIN)/python install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@$(BIN)/uv pip sync -q --system-certs --python $(BIN)/python --require-hashes requirements/dev.txt \
	  || $(PYTHON) -m pip --python $(BIN)/python install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@echo "$(CURDIR)" > $$($(BIN)/python -c "import sysconfig; print(sysconfig.get_path('purelib'))")/fabrique.pth
	@touch $@

run: $(READY)     ## the portal, its worker and its clock, on http://localhost:8000 (PORT=…)
	@$(BIN)/python -m devtools.run

manage: $(READY)  ## a management command beside it (ARGS="populate --applications 10000")
	@$(BIN)/python -m devtools.manage $(ARGS)

test: browser     ## the whole suite, in parallel (ARGS="tests/calls -n0" for less)
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal $(ARGS)

browser: $(READY)
	@$(BIN)/python -m devtools.chromium

check: lint check-settings check-migrations check-lock check-messages ## what a change must pass
	@$(MAKE) --no-print-directory test

format: $(READY)  ## rewrite the sources as the house formats them
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lint: $(READY)    ## what reads the sources without running them
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/djlint --quiet --lint templates
	@$(BIN)/lint-imports --no-cache

check-settings: $(READY)
	@$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

check-migrations: $(READY)
	@$(BIN)/python -m devtools.manage --apart makemigrations --check --dry-run

lock: $(READY)    ## recompute the locks from pyproject.toml (UPGRADE=--upgrade)
	@$(COMPILE) $(UPGRADE) pyproject.toml -o requirements/base.txt
	@$(COMPILE) $(UPGRADE) pyproject.toml --group dev -c requirements/base.txt -o requirements/dev.txt
	@awk '/^[a-z]/ {ours = /^uv==/} ours' requirements/dev.txt > requirements/uv.txt

check-lock:       ## the locks hold names and hashes, and no address
	@! grep -nE '://|index-url|find-links' requirements/*.txt

messages: $(READY) ## bring the catalogues of locale/ in step with the sources
	@$(BIN)/python -m devtools.catalogues update

check-messages: $(READY)
	@$(BIN)/python -m devtools.catalogues check

bench: $(READY)   ## every benchmark, on databases of its own, about 10 minutes (NAME=pages)
	@$(BIN)/python -m devtools.manage --apart bench $(or $(NAME),all) --json

clean:            ## forget the environment and the data of `make run`
	rm -rf .venv var
