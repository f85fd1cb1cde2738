# Everything a developer runs. Needs only make and Python ≥ 3.11; the rest installs itself into .venv.

PYTHON ?= python3
BIN := .venv/bin
RUNNABLE := .venv/.runnable
READY := .venv/.ready
CHROMIUM := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
REDIS := $(shell command -v redis-server)
LEFT_OUT := $(if $(CHROMIUM),,tests/browser) $(if $(REDIS),,tests/redis)

.PHONY: run test check fmt eval bench clean
.DEFAULT_GOAL := run

run: $(RUNNABLE)  ## The whole system on http://localhost:8000
	@$(BIN)/prosa serve

test: $(READY)  ## All tests (tests/browser when a chromium is found, tests/redis when a redis-server is)
	$(if $(strip $(LEFT_OUT)),@echo "Left out because their program is not installed here: $(strip $(LEFT_OUT))")
	@$(BIN)/python -m pytest $(addprefix --ignore=,$(LEFT_OUT))

check: $(READY)  ## What must hold before a change lands
	@.ci/check

fmt: $(READY)  ## Formats and mends what can be mended
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

eval: $(READY)  ## All dialogues, those with a model from their recordings
	@$(BIN)/prosa eval
	@$(BIN)/prosa eval evals/recorded/dialogues --replay evals/recorded/answers

bench: $(READY)  ## All measurements
	@$(BIN)/prosa bench

clean:  ## Removes what was installed, generated and stored: also the embedded database
	rm -rf .venv .prosa build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Each installs the locked versions again only when they changed: what runs, and what developers need beside it.
$(RUNNABLE): pyproject.toml uv.lock .ci/bootstrap.py
	@$(PYTHON) .ci/bootstrap.py --no-dev
	@touch $@

$(READY): pyproject.toml uv.lock .ci/bootstrap.py
	@$(PYTHON) .ci/bootstrap.py
	@touch $@ $(RUNNABLE)
