# make run      a city of one's own on http://localhost:8000 (data stays in ./data)
# make test     everything: plain rules, SQLite, a real PostgreSQL, a real browser
# make check    lint, types, layers, templates, translations, migrations
# make bench    how fast; make drill: what survives
#
# Needs Python 3.11 or newer and make. No root, no Node, no database server.

PORT ?= 8000
TESTS ?=
data := $(or $(HOPTHU_DATA),data)
bin := .venv/bin
# As many as the machine has, up to four: each has a database, a server and a browser of its own.
jobs := -n logical --maxprocesses 4
languages := vi km
locale := src/hopthu/locale
compiled := $(languages:%=$(locale)/%/LC_MESSAGES/django.mo)
typed := $(wildcard src tests tools bench drill)

.DELETE_ON_ERROR:
.PHONY: setup run test check bench drill screenshots messages clean
.PHONY: lint types layers templates translations vendored migrations

setup: .venv/.all $(compiled)

# What it takes to run, and no more; `setup` adds the tools of those who change the code.
.venv/.run: pyproject.toml uv.lock
	@uv=$$(tools/get-uv) && echo "Getting the libraries ..." && \
	    $$uv sync --frozen --inexact --quiet --no-default-groups --group translations
	@touch $@

.venv/.all: pyproject.toml uv.lock
	@uv=$$(tools/get-uv) && echo "Getting the libraries and tools ..." && $$uv sync --frozen --quiet
	@touch $@ .venv/.run

$(compiled) &: .venv/.run tools/messages.py $(wildcard $(languages:%=$(locale)/%/LC_MESSAGES/django.po))
	@$(bin)/python tools/messages.py compile
	@touch $(compiled)

run: .venv/.run $(compiled) $(data)/.made $(data)/demo.txt
	@cat $(data)/demo.txt
	@$(bin)/hopthu serve --port $(PORT)

# Nothing is done twice, so that a second `make run` answers at once.
$(data)/.made: $(wildcard src/hopthu/*/migrations/*.py) | .venv/.run
	@$(bin)/hopthu init
	@touch $@

$(data)/demo.txt: | $(data)/.made $(compiled)
	@$(bin)/hopthu demo --once >/dev/null

test: setup
	$(bin)/pytest $(jobs) $(TESTS)
	$(bin)/pytest $(jobs) --database=postgres $(TESTS)

# `make -k check` goes on after the first that fails.
check: lint types layers templates translations vendored migrations

lint: setup
	$(bin)/ruff check --quiet
	$(bin)/ruff format --check --quiet

types: setup
	$(bin)/mypy $(typed)

layers: setup
	$(bin)/lint-imports --no-logo

templates: setup
	$(bin)/djade --check --target-version 5.2 $$(git ls-files --cached --others --exclude-standard '*.html')

translations: setup
	$(bin)/python tools/messages.py check

vendored: setup
	$(bin)/python tools/vendor.py --check

migrations: setup
	HOPTHU_DATA=$$(mktemp -d) HOPTHU_DATABASE_URL=sqlite:///:memory: \
	    $(bin)/django-admin makemigrations --check --dry-run --settings hopthu.project.settings

bench: setup
	$(bin)/python -m bench

drill: setup
	$(bin)/python -m drill.kill
	$(bin)/python -m drill.letters

# The pictures of docs/screenshots; needs chromium.
screenshots: setup
	$(bin)/python tools/screenshots.py

# Take new texts into the catalogues, ready to be translated.
messages: setup
	$(bin)/python tools/messages.py extract

clean:
	rm -rf .venv .uv $(compiled)
