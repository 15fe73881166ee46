# Everything a developer or a trainer does here, each by one word. The virtual environment makes itself.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.ready

CHAOS ?= 10000,50
ROW ?= keys-200

.PHONY: demo test check bench bench-peers profile chaos mutants docs screenshots clean

demo: $(READY)  ## the workstation on the practice desk
	@$(BIN)/agent-tui demo

test: check  ## every check there is
	@$(BIN)/python -m pytest -n 2 --dist worksteal

check: $(READY)  ## the fast part: style, types, layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

bench: $(READY)  ## how fast it is, beside a bare Textual program
	@$(BIN)/python -m benchmarks

bench-peers: $(READY)  ## the same beside WeeChat, poezio and profanity, where they are installed
	@$(BIN)/python -m benchmarks --only peer-weechat,peer-poezio,peer-profanity

profile: $(READY)  ## a flame graph of one row of the benchmark; ROW=keys-200
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --group profile
	@$(BIN)/python -m benchmarks --profile $(ROW)

chaos: $(READY)  ## 10,000 messages over a bad network, the client killed 50 times; CHAOS=messages,kills
	@AGENT_TUI_CHAOS=$(CHAOS) $(BIN)/python -m pytest -q -s tests/chaos

mutants: $(READY)  ## break what keeps texts safe, one thing at a time: does a test notice?
	@$(BIN)/python -m tests.mutants

docs: $(READY)  ## write the generated parts of docs/ anew
	@$(BIN)/python -m tests.generated

screenshots: $(READY)  ## write the pictures in docs/ anew
	@$(BIN)/python -m tests.screenshots

clean:  ## take away what the commands above made
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" && "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo 'agent-tui needs Python 3.11 or newer. Install it (Debian: apt install python3) and try again.' >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo 'Python lacks its venv module. Install it (Debian: apt install python3-venv) and try again.' >&2; exit 1; }
	@echo 'Setting up .venv; this takes a minute the first time.'
	@test -x $(BIN)/python || "$(PYTHON)" -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt pip
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --group dev --editable .
	@touch $(READY)
