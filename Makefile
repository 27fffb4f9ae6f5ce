# Needs Python 3.11 or newer, git and make; everything else goes into .venv.
.PHONY: demo test check model bench soak setup lock clean

BIN := .venv/bin

demo: .venv/.run
	@$(BIN)/minqing demo

test: .venv/.dev
	@sh tools/test.sh

check: .venv/.dev
	@$(BIN)/ruff check --quiet --output-format concise .
	@$(BIN)/ruff format --check --quiet . || { echo "run: $(BIN)/ruff format ."; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo

# Learns nlu/model/ anew from the labelled lines in nlu/data/, and scores the lines on which learning is weighed.
model: .venv/.dev
	@$(BIN)/python -m nlu.train
	@$(BIN)/python -m nlu.fold
	@$(BIN)/python -m nlu.train_acts

# Peers go into environments of their own under .peers/.
bench: .venv/.dev
	@$(BIN)/python -m benchmarks

# Scripted days one after the other on the virtual clock; memory and queues must not grow.
soak: .venv/.dev
	@$(BIN)/python -m benchmarks.soak

setup: .venv/.dev

# Afresh from pyproject.toml: make lock UPGRADE=--upgrade
lock:
	@python3 -m venv .cache/lock
	@.cache/lock/bin/python -m pip install -q -q uv
	@.cache/lock/bin/python tools/lock.py $(UPGRADE)

clean:
	rm -rf .venv .peers .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist var
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.run: requirements.lock pyproject.toml tools/setup.sh
	@sh tools/setup.sh run

.venv/.dev: requirements.lock pyproject.toml tools/setup.sh
	@sh tools/setup.sh dev
