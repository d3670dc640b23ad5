# One command for everything. `make help` lists them.
.PHONY: help setup run test clock-tests check bench screenshots translations kill-tests restore-tests campaign-tests docs lock licences
.DEFAULT_GOAL := help

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup:  ## set up .venv with the locked dependencies; safe to repeat
	@scripts/setup

run: setup  ## a gateway with a demo company, and the window on it (without a display: a first sync in the terminal)
	@.venv/bin/salesapp demo

test: setup  ## the whole test suite, headless
	@scripts/test

clock-tests: setup  ## what depends on the day, on other days, in Warsaw, New York and Tokyo
	@scripts/clock-tests

check: setup  ## format, lint, types, imports, sizes
	@scripts/check

bench: setup  ## ratios and figures, printed and written to bench/results.json
	@scripts/bench

screenshots: setup  ## every screen as a picture in build/screenshots
	@.venv/bin/python scripts/screenshots

translations: setup  ## collect and compile the strings of the window
	@.venv/bin/python scripts/translations

kill-tests: setup  ## the long form of the kill tests
	@scripts/test --kills 500 -k kill

restore-tests: setup  ## 500 random sequences of backups that come back, of which `make test` plays a few
	@scripts/test --restores 500 tests/sync/test_restores.py

campaign-tests: setup  ## every wrong value in every place of an answer, of which `make test` takes a part
	@scripts/test --long tests/sync/test_hostile_answers.py

docs: setup  ## write the generated pages of docs/ anew
	@.venv/bin/python scripts/generate_docs.py

lock: setup  ## write requirements/*.txt anew from pyproject.toml
	@.venv/bin/python scripts/lock.py --upgrade

licences: setup  ## write THIRD-PARTY-LICENCES anew: the texts of all that is packed
	@.venv/bin/python scripts/licences.py
