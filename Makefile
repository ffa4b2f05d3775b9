# The two commands of the README are `make demo` and `make test`; `make install` is under both.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
CAREGRAPH := $(BIN)/caregraph
PROCESSES ?= 2

# Both install with hashes, so that what is installed is what was tried; Python compiles a module when it is first
# imported. uv needs seconds where pip needs a minute, but does not read pip's settings, such as a registry of one's own.
PIP_INSTALL := $(BIN)/python -m pip install -q --disable-pip-version-check --no-input --no-compile --require-hashes
UV_INSTALL := $(BIN)/uv pip install -q --python $(BIN)/python --require-hashes
install_packages = $(UV_INSTALL) -r $(1) || { echo "caregraph: uv cannot install them; pip can, in a minute or two"; $(PIP_INSTALL) -r $(1); }

.PHONY: install demo england test unit e2e check lint types docs chromium lock clean help

help:
	@echo "make demo     build a graph from samples/ in our own Neo4j and open the explorer"
	@echo "make england  open the explorer with the facts of real reports on all councils, without their words"
	@echo "make test     run every test, with the real Neo4j, a headless Chromium and the built wheel"
	@echo "make unit     run the tests that need no server: under a minute"
	@echo "make install  make $(VENV) with the caregraph command and all its extras in it"
	@echo "make check    ruff and mypy"
	@echo "make docs     build the documentation site in build/site, and check its links"
	@echo "make lock     pin the newest allowed versions, with hashes"
	@echo "make clean    remove the environment"

install: $(VENV)/installed

$(VENV)/installed: requirements-uv.txt requirements.txt pyproject.toml
	@echo "caregraph: creating the Python environment in $(VENV) (once; under a minute)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP_INSTALL) -r requirements-uv.txt
	@$(call install_packages,requirements.txt)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
	@touch $@
	@echo "caregraph: installed"

$(VENV)/installed-for-tests: requirements-dev.txt $(VENV)/installed
	@echo "caregraph: adding what the tests and the documentation need"
	@$(call install_packages,requirements-dev.txt)
	@touch $@

demo: install
	@$(CAREGRAPH) demo

england: install
	@$(CAREGRAPH) england

# Chromium comes from Debian's packages, without windows where they have that: it shows a page with half the work.
# Elsewhere: install it and put it on the PATH, or name it in CHROMIUM.
chromium:
	@for name in $${CHROMIUM:-chromium-headless-shell chromium}; do command -v "$$name" >/dev/null && exit; done; \
	echo "caregraph: installing Chromium for the browser tests"; \
	as_root="$$(test $$(id -u) = 0 || echo sudo)"; \
	install() { DEBIAN_FRONTEND=noninteractive $$as_root apt-get install -y -qq --no-install-recommends "$$@" fonts-dejavu-core >/dev/null; }; \
	$$as_root apt-get update -qq && { install chromium-headless-shell || install chromium; } \
	|| { echo "caregraph: no Chromium: install it and put it on the PATH, or name it in CHROMIUM"; exit 1; }

# A file's tests stay in one process, so that its servers and graphs are made once; tests/work_order.py says which.
test: $(VENV)/installed-for-tests chromium
	@$(BIN)/python -m pytest -n $(PROCESSES) --dist loadfile

unit: $(VENV)/installed-for-tests
	@$(BIN)/python -m pytest -n $(PROCESSES) tests/unit caregraph

e2e: $(VENV)/installed-for-tests chromium
	@$(BIN)/python -m pytest -n $(PROCESSES) --dist loadfile tests/e2e

check: lint types

lint: $(VENV)/installed-for-tests
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(VENV)/installed-for-tests
	@$(BIN)/mypy

docs: $(VENV)/installed-for-tests
	@$(BIN)/mkdocs build --strict --quiet --site-dir build/site && echo "caregraph: the site is in build/site"

LOCK := build/lock/bin/uv pip compile -q --no-header --no-annotate --generate-hashes --no-emit-index-url --python-version 3.11
lock:
	@$(PYTHON) -m venv build/lock && build/lock/bin/python -m pip install -q uv
	@$(LOCK) pyproject.toml --extra all --upgrade -o requirements.txt
	@$(LOCK) pyproject.toml --extra all --extra dev --extra docs -c requirements.txt -o requirements-dev.txt
	@$(LOCK) pyproject.toml --extra all --extra cluster -c requirements.txt -c requirements-dev.txt -o requirements-cluster.txt
	@echo uv | $(LOCK) --upgrade - -o requirements-uv.txt

clean:
	rm -rf $(VENV) build *.egg-info
