PORT ?= 8420
VENV := .venv
BIN := $(VENV)/bin
BENCH_TESTS ?= tests/bench tests/ports tests/store tests/service tests/http
# as they stand: by itself xdist leaves to the end the files with few tests, which may be the longest
PARALLEL := -n 4 --dist loadfile --no-loadscope-reorder
IN_COPY = test -n "$(BENCH)" && test -n "$(SITE)" || { echo "make $@ BENCH=/path/to/bench SITE=name" >&2; exit 2; }; \
	cd "$(BENCH)/sites" && BENCH="$(abspath $(BENCH))" SITE="$(SITE)" PYTHONPATH="$(CURDIR):$(CURDIR)/tests" \
	../env/bin/python "$(CURDIR)/tests/support/site_clone.py" ../env/bin/python

.PHONY: demo test test-fast soak-notices soak-automations test-bench tests packages lint types bench pot screenshots format clean

# as it was typed, whatever it holds: neither make nor the shell reads a word of it
demo: export DEMO_BUSINESS := $(value BUSINESS)
demo: export DEMO_ACCENT := $(value ACCENT)
demo: $(VENV)/.demo ## Sarah's thread with Mike's Contracting, live in a browser; BUSINESS="Ann's Roofs" shows yours
	@$(BIN)/customer-thread demo --port $(PORT) --business="$$DEMO_BUSINESS" --accent="$$DEMO_ACCENT"

test: $(VENV)/.test ## everything: lint, types, tests on SQLite and MariaDB, the page in Chromium
	@$(MAKE) --no-print-directory -j 2 --output-sync=target packages lint
	@$(MAKE) --no-print-directory -j 2 types tests

# tests wait more than they work: mypy has room beside them
tests:
	@MAKEFLAGS= $(BIN)/pytest $(PARALLEL)

packages:
	@sh scripts/install_system_packages.sh

test-fast: $(VENV)/.test ## what needs neither browser nor MariaDB
	@$(BIN)/pytest $(PARALLEL) -m "not browser and not mariadb"

soak-notices: $(VENV)/.test ## a month of notices to 1,000 customers, with restarts and kills, against the rules
	@NOTICE_CUSTOMERS=1000 NOTICE_DAYS=31 NOTICE_DAILY=1.3 NOTICE_KILLS=40 $(BIN)/pytest -n 0 -s tests/notices

soak-automations: $(VENV)/.test ## a quarter of automated messages to 500 customers, with restarts and outages, against the rules
	@QUARTER_CUSTOMERS=500 QUARTER_DAYS=92 QUARTER_FIRST=2025-09-15 $(BIN)/pytest -n 0 -s tests/automations

test-bench: ## make test-bench BENCH=/path/to/bench SITE=name: inside a copy of a real site, which is left as it was
	@$(IN_COPY) -m pytest -c "$(CURDIR)/pyproject.toml" --rootdir "$(CURDIR)" -p no:cacheprovider --disable-warnings \
		-m "not embedded" $(addprefix "$(CURDIR)"/,$(BENCH_TESTS))

bench-site: ## make bench-site BENCH=/path/to/bench SITE=name: the measures there; written to docs/benchmarks.md
	@$(IN_COPY) -m benchmarks.on_bench

lint: $(VENV)/.test
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: $(VENV)/.test
	@$(BIN)/mypy

pot: $(VENV)/.test ## customer_thread/locale/main.pot anew, after a text was changed
	@$(BIN)/python scripts/make_pot.py

screenshots: $(VENV)/.test ## the pictures of docs/screenshots anew, from the demo, after a page was changed
	@$(BIN)/python scripts/make_screenshots.py

format: $(VENV)/.test
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: $(VENV)/.test packages ## the measures, as ratios; written to docs/benchmarks.md
	@$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/.demo: pyproject.toml scripts/make_venv.sh
	@sh scripts/make_venv.sh $(VENV) "standalone,zulip"
	@touch $@

$(VENV)/.test: pyproject.toml scripts/make_venv.sh
	@sh scripts/make_venv.sh $(VENV) "standalone,test"
	@touch $@ $(VENV)/.demo
