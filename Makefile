# What can be done here. `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help run test check bench lock styles translations accessibility clean
PYTHON ?= python3

help:           ## list what can be done
	@grep -E '^[a-z]+: .*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run:            ## start the site on 127.0.0.1 (PORT, DATA and DEMO are read)
	@exec $(PYTHON) tools/bootstrap.py run

test:           ## install what the tests need, then lint and test everything
	@exec $(PYTHON) tools/bootstrap.py test

check:          ## lint and import rules only
	@exec $(PYTHON) tools/bootstrap.py check

bench:          ## measure speed and quality beside other tools (SETS=folder of public sets)
	@exec $(PYTHON) tools/bootstrap.py bench $(if $(SETS),--sets "$(SETS)")

lock:           ## compile requirements/*.in to hash-pinned *.txt (needs uv)
	@exec $(PYTHON) tools/bootstrap.py lock

translations:   ## gather the sentences, update and compile translations/
	@exec $(PYTHON) tools/bootstrap.py translations

accessibility:  ## test every page in a browser and write docs/accessibility.json (after make test)
	WRITE_STATEMENT=1 .venv/bin/python -m pytest tests/journeys/test_every_page.py tests/journeys/test_citizens_path.py -q

styles:         ## rebuild static/ from styles/ (needs node and npm)
	npm ci --no-audit --no-fund
	npm run styles

clean:          ## remove the environment and caches, never the data
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './node_modules/*' -prune -exec rm -rf {} +
