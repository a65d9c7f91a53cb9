# Two commands do everything: `make run` serves the sample clinic, `make test` passes the tests. Both set up what they need, once.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
# Another site: make run SITE=folder-or-url
SITE ?=
# Where torch comes from, if the default would be a CUDA build of several GB: the address of PyTorch's own CPU index (see README.md).
TORCH_INDEX ?=

BIN := .venv/bin
RUN := env HF_HUB_OFFLINE=1 TOKENIZERS_PARALLELISM=false $(BIN)/python
SEARCH := env HF_HUB_OFFLINE=1 $(BIN)/clinic-search
NEEDED_MB := 4000

SOURCES := $(shell find ingest index safety -name '*.py' -o -name '*.toml' -o -name '*.tsv')
ifeq ($(SITE),)
LOCATION := corpus/site
DATA := var
CLINIC := --site corpus/clinic.toml
PAGES := $(wildcard corpus/site/*) corpus/clinic.toml
else
LOCATION := $(SITE)
DATA := var/sites/$(shell printf '%s' '$(SITE)' | cksum | cut -d' ' -f1)
CLINIC := $(if $(wildcard $(SITE)/clinic.toml),--site $(SITE)/clinic.toml)
PAGES := $(wildcard $(SITE)/*.html $(SITE)/*.htm $(SITE)/*.txt $(SITE)/clinic.toml)
endif

.PHONY: pictures help run clinic install test check format audit bench corpus clean
help:
	@echo "make run              serve the sample clinic on http://127.0.0.1:8000/"
	@echo "make run SITE=WHERE   the same for a folder of saved pages or a web address"
	@echo "make clinic           browse the sample clinic on http://127.0.0.1:8001/ with the search box in its pages"
	@echo "make test             set up and run all tests"
	@echo "make check            format, lint, types      make format   put the format right"
	@echo "make bench            benchmarks               make audit    known vulnerabilities (network)"
	@echo "make corpus           rebuild the sample clinic's HTML from its articles"
	@echo "make pictures         take README's pictures again (needs Chromium)"
	@echo "make install          the set-up alone         make clean    remove all that was built"

run: $(DATA)/index/CURRENT
	@exec $(SEARCH) serve --index $(DATA)/index --host $(HOST) --port $(PORT)

# The sample clinic as its visitors see it: results open its own pages at the words.
clinic: $(DATA)/index/CURRENT
	@exec $(RUN) -m evaluation.sample_website corpus --index $(DATA)/index

$(DATA)/index/CURRENT: var/model/model.json $(PAGES) $(SOURCES)
	@$(SEARCH) ingest "$(LOCATION)" --out $(DATA)/site $(CLINIC)
	@$(SEARCH) build --from $(DATA)/site --index $(DATA)/index
	@touch $@

install: var/model/model.json

# The served model: exported once from sentence-transformers and compared with it.
var/model/model.json: .venv/installed index/model_export.py index/token_basis.py index/basis_texts.txt index/token_basis.npz index/question_adapter.py index/question_adapter.npz
	@$(RUN) -m index.model_export --out var/model
	@touch $@

.venv/created:
	@command -v $(PYTHON) >/dev/null || { echo "Error: there is no '$(PYTHON)'. Install Python 3.11 or newer, or name one: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Error: $$($(PYTHON) --version) is too old; Python 3.11 or newer is needed: make PYTHON=python3.11 ..."; exit 1; }
	@free=$$(df -Pm . | awk 'NR==2 {print $$4}'); [ "$$free" -ge $(NEEDED_MB) ] || { echo "Error: $$free MB are free here, the set-up needs about $(NEEDED_MB) MB."; exit 1; }
	@echo "Creating the virtual environment .venv"
	@$(PYTHON) -m venv .venv || { echo "Error: no virtual environment could be made. On Debian: apt-get install python3-venv"; rm -rf .venv; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check pip==26.3
	@touch $@

.venv/installed: .venv/created pyproject.toml constraints.txt
	@echo "Installing (torch first, its CPU build where the index has it)"
	@$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) torch==2.13.0
	@$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e '.[models]'
	@touch $@

.venv/installed-dev: .venv/installed
	@$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e '.[models,lab,dev]'
	@touch $@

test: .venv/installed-dev var/model/model.json
	@$(RUN) -m pytest $(TESTS)

check: .venv/installed-dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: .venv/installed-dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

# Every exact version that is installed; a package that nobody could look up fails the audit instead of passing it.
audit: .venv/installed-dev
	@$(BIN)/python -m pip install -q --disable-pip-version-check pip-audit
	@mkdir -p var && $(BIN)/python -m pip freeze --exclude-editable > var/audited.txt
	@$(BIN)/pip-audit --strict --disable-pip --no-deps --requirement var/audited.txt || { \
	  echo "Error: the audit did not pass. If a line above says 'could not be audited', nothing is known to be wrong with that package: the"; \
	  echo "vulnerability service could not be reached from here, or does not know it; run this again where the network reaches the service."; \
	  echo "Otherwise a known vulnerability is listed above: raise that package's version in constraints.txt."; exit 1; }

bench: .venv/installed-dev var/model/model.json
	@$(RUN) -m evaluation speed corpus

corpus: .venv/installed-dev
	@$(RUN) -m evaluation.sample_site corpus

# The pictures of README.md and docs/, taken of the real thing in Chromium.
pictures: .venv/installed-dev var/index/CURRENT
	@$(RUN) -m evaluation.screenshots --out docs

clean:
	rm -rf .venv var
