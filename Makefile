# Two commands do all the set-up on a fresh machine: make demo, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
READY := $(VENV)/.ready
VENDOR := src/yimatong/doors/static/vendor/.ready

.PHONY: demo demo-reset test check fix bench docs lock help

help:
	@echo "make demo        the product with an embedded database and made-up people (PORT=8000)"
	@echo "make demo-reset  forget the demo's data"
	@echo "make test        every check and test"
	@echo "make check       format, lint, types, imports; never writes"
	@echo "make fix         what can be mended by itself"
	@echo "make bench       the figures of the hot paths, beside their references"
	@echo "make docs        the documentation into site/"
	@echo "make lock        the locked requirements anew"

# The lock names everything, so nothing is resolved: an older pip otherwise asks for newer extras.
$(READY): requirements/dev.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one with PYTHON=")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENDOR): $(READY) frontend/package-lock.json tools/vendor.py
	$(BIN)/python tools/vendor.py
	touch $@

demo: $(VENDOR)
	@exec $(BIN)/yimatong demo --port $(PORT)

demo-reset: $(READY)
	$(BIN)/yimatong demo --reset

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

test: $(VENDOR) check
	sh tools/chromium.sh
	$(BIN)/pytest tests/unit/policy --numprocesses 2 --cov=yimatong.policy --cov-branch --cov-fail-under=100 --cov-report=term:skip-covered
	$(BIN)/pytest tests --ignore=tests/unit/policy --numprocesses 2
	$(BIN)/mkdocs build --strict --quiet --site-dir $(VENV)/site

bench: $(VENDOR)
	$(BIN)/python -m bench $(NAME)

docs: $(READY)
	$(BIN)/mkdocs build --strict

lock:
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --generate-hashes --no-emit-index-url --no-emit-find-links --universal --python-version 3.11 --quiet --output-file requirements/run.txt
	$(BIN)/uv pip compile pyproject.toml --group dev --constraints requirements/run.txt --generate-hashes --no-emit-index-url --no-emit-find-links --universal --python-version 3.11 --quiet --output-file requirements/dev.txt
