# Every target sets up .venv by itself; a bare machine needs only Python 3.11 and make.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo test check chaos bench locales lock screenshots clean

demo: $(READY)
	$(BIN)/baobab demo

test: $(READY)
	$(BIN)/pytest

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.check_catalogues
	$(BIN)/python -m tools.check_migrations
	$(BIN)/baobab check --content-only

chaos: $(READY)
	$(BIN)/python -m chaos

bench: $(READY)
	$(BIN)/python -m bench

locales: $(READY)
	$(BIN)/python -m tools.update_catalogues

lock:
	uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-header --no-annotate --no-emit-index-url pyproject.toml -o requirements/run.lock
	uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-header --no-annotate --no-emit-index-url pyproject.toml --group pyproject.toml:dev -o requirements/dev.lock

$(READY): pyproject.toml requirements/dev.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Baobab needs Python 3.11 or later. Name one: make PYTHON=python3.12")'
	@echo "Setting up the folder .venv. This takes a minute or two, once."
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)

clean:
	rm -rf .venv
