# Every target sets up .venv by itself; all it needs is Python 3.11 or newer and make.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header

# The first interpreter that is new enough; name another with `make setup PYTHON=…`.
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11 python3.14 python,$(shell \
	$(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))

# What each folder was installed from: a stamp is remade when one of these files changes.
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
ROADS := $(VENV)/.roads
DEV_ROADS := $(VENV)/.dev-roads

# Where Python keeps compiled files, and the compiled search is kept with them.
SOURCES := api benchmarks docs examples service solver tests

# Demo and serve options, e.g. `make serve ARGS="--port 9000"`; test options likewise, e.g. `make test ARGS="-k lunch"`.
ARGS ?=

.PHONY: help
help: ## Show this help
	@awk 'BEGIN {FS = ":.*## "; print "make TARGET\n"} /^[a-z-]+:.*## / {printf "  %-10s %s\n", $$1, $$2}' Makefile

$(RUNTIME): requirements.txt requirements-build.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "dayroute needs Python 3.11 or newer; found none."; exit 1; }
	@test -x $(BIN)/python || { echo "Creating $(VENV)"; $(PYTHON) -m venv $(VENV); }
	@echo "Installing what dayroute runs on"
	@$(PIP) --require-hashes -r requirements.txt -r requirements-build.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(RUNTIME) requirements-dev.txt
	@echo "Installing what tests and checks need"
	@$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

# The programs are in wheels for Python 3.12 and do not care which Python is there.
PROGRAMS = $(PIP) --require-hashes --no-deps --only-binary :all: --python-version 3.12 --upgrade \
	--target "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("platlib"))')"

$(ROADS): $(RUNTIME) requirements-roads.txt
	@echo "Installing what makes road data and answers from them"
	@$(PROGRAMS) -r requirements-roads.txt
	@touch $@

$(DEV_ROADS): $(DEV) requirements-roads-dev.txt
	@echo "Installing the road services that tests talk to"
	@$(PROGRAMS) -r requirements-roads-dev.txt
	@touch $@ $(ROADS)

# Left to itself the search is compiled when first needed: the first plan would wait, and all tests that need it at once.
# Only `warm` knows where it is kept, and whether it is still there: hence asked every time, which takes a second.
.PHONY: kernels
kernels: $(RUNTIME)
	@echo "Compiling the search, about a minute unless that is done already"
	@$(BIN)/dayroute warm

.PHONY: setup
setup: $(DEV_ROADS) kernels ## Build .venv with everything that running, testing and checking need

.PHONY: demo
demo: $(RUNTIME) $(ROADS) kernels ## Start the service, plan a day in Helsinki over HTTP, show the itineraries, keep serving
	@$(BIN)/dayroute demo $(ARGS)

.PHONY: serve
serve: $(RUNTIME) $(ROADS) kernels ## Serve the API on 127.0.0.1:8000
	@$(BIN)/dayroute serve $(ARGS)

.PHONY: test
test: $(DEV_ROADS) kernels ## Run all tests
	@$(BIN)/python -m pytest --numprocesses auto $(ARGS)

# Not among the others: it needs a PostgreSQL. `.ci/run` has one.
.PHONY: test-nominatim
test-nominatim: $(DEV) requirements-nominatim.txt ## Ask a real Nominatim (Debian: postgresql-15-postgis-3 osm2pgsql)
	@test -x build/nominatim/bin/nominatim || $(PYTHON) -m venv build/nominatim
	@build/nominatim/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements-nominatim.txt
	@tests/nominatim.sh $(ARGS)

.PHONY: chaos
chaos: $(DEV) kernels ## Kill processes and databases under load, and count what was lost (at most 10 minutes)
	@$(BIN)/python -m tests.chaos $(ARGS)

.PHONY: two-hosts
two-hosts: $(DEV) kernels ## Cut one of two hosts off while it makes a plan (Linux, as root)
	@$(BIN)/python -m tests.two_hosts

.PHONY: soak
soak: $(DEV) kernels ## Plan a thousand days one after the other, and see whether processes grow (about three minutes)
	@$(BIN)/python -m benchmarks.service soak --results build/bench $(ARGS)

.PHONY: audit
audit: $(DEV) ## Look for known weaknesses in what dayroute runs on (asks PyPI)
	@$(BIN)/pip-audit --require-hashes --disable-pip --requirement requirements.txt --requirement requirements-roads.txt

.PHONY: check
check: check-format check-lint check-types check-imports check-image check-docs ## Format, lint, types, import contracts, Dockerfile, docs and glossary

.PHONY: check-format check-lint check-types check-imports check-image check-docs
check-format: $(DEV)
	@$(BIN)/ruff format --check .

check-lint: $(DEV)
	@$(BIN)/ruff check .

check-types: $(DEV)
	@$(BIN)/basedpyright

check-imports: $(DEV)
	@$(BIN)/lint-imports

check-image: $(DEV)
	@$(BIN)/hadolint Dockerfile

check-docs: $(DEV)
	@$(BIN)/python -m pytest --quiet tests/unit/test_house*.py

.PHONY: format
format: $(DEV) ## Format the code and mend what can be mended by itself
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

.PHONY: docs
docs: $(DEV) ## Write docs/reference anew from the code
	@$(BIN)/python -m docs.generate

.PHONY: bench bench-full
bench: $(DEV) kernels ## Measure a slice of every benchmark (at most 10 minutes on 2 cores)
	@$(BIN)/python -m benchmarks --cut $(ARGS)

bench-full: $(DEV) kernels ## Measure everything, which takes hours
	@$(BIN)/python -m benchmarks.service
	@$(BIN)/python -m benchmarks.service --database postgresql
	@$(BIN)/python -m benchmarks $(ARGS)
	@$(BIN)/python -m benchmarks.growth
	@$(BIN)/python -m benchmarks.http --thorough
	@$(BIN)/python -m benchmarks.plots

.PHONY: lock
lock: $(DEV) ## Write requirements*.txt anew from pyproject.toml (newest versions: make lock ARGS=--upgrade)
	@$(LOCK) $(ARGS) pyproject.toml --output-file requirements.txt
	@$(LOCK) $(ARGS) --group build --constraint requirements.txt --output-file requirements-build.txt
	@$(LOCK) $(ARGS) pyproject.toml --group dev --constraint requirements.txt --constraint requirements-build.txt \
		--output-file requirements-dev.txt
	@$(BIN)/uv pip compile --quiet --python-version 3.12 --generate-hashes --no-header $(ARGS) --group roads \
		--output-file requirements-roads.txt
	@$(BIN)/uv pip compile --quiet --python-version 3.12 --generate-hashes --no-header $(ARGS) --group roads-dev \
		--constraint requirements-roads.txt --no-deps --output-file requirements-roads-dev.txt
	@$(LOCK) $(ARGS) --group nominatim --output-file requirements-nominatim.txt

.PHONY: clean
clean: ## Remove .venv and all caches
	@rm -rf $(VENV) .pytest_cache .ruff_cache .import_linter_cache .hypothesis dist build
	@find $(SOURCES) -name __pycache__ -prune -exec rm -rf {} +
