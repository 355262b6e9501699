"""docs/schema.md says what the DocType files say."""

import json
from pathlib import Path
from typing import Any

import pytest
from support.pages import page, rows, sections

import customer_thread
from customer_thread.store.indexes import INDEXES

FILES = (Path(customer_thread.__file__).parent / "customer_thread" / "doctype").glob("*/*.json")
DOCTYPES: dict[str, dict[str, Any]] = {
	doctype["name"]: doctype for doctype in (json.loads(path.read_text("utf-8")) for path in FILES)
}
SECTIONS = sections(page("schema.md"))
BY_NAME = pytest.mark.parametrize("name", sorted(DOCTYPES))
LAYOUT = {"Column Break", "Section Break", "Tab Break"}


def _fields(name: str) -> dict[str, dict[str, Any]]:
	fields = DOCTYPES[name]["fields"]
	return {field["fieldname"]: field for field in fields if field["fieldtype"] not in LAYOUT}


def test_it_has_a_heading_for_each_doctype_and_no_other() -> None:
	assert set(SECTIONS) - {"", "The schema"} == set(DOCTYPES)


@BY_NAME
def test_it_says_what_it_is_for(name: str) -> None:
	assert len(SECTIONS[name].strip().splitlines()[0]) > 10


@BY_NAME
def test_it_has_a_row_for_each_field_and_no_other(name: str) -> None:
	written = set(rows(SECTIONS[name]))
	fields = set(_fields(name))

	assert fields - written == set(), f"docs/schema.md does not have these fields of {name}"
	assert written - fields == set(), f"docs/schema.md has fields that {name} has not"


@BY_NAME
def test_it_names_each_choice_and_unit(name: str) -> None:
	for fieldname, row in rows(SECTIONS[name]).items():
		field = _fields(name)[fieldname]
		kind, options = field["fieldtype"], field.get("options") or ""
		if kind == "Select":
			assert row.split("|")[2].strip() == ", ".join(filter(None, options.split("\n"))), row
		if kind in ("Link", "Table"):
			assert options in row
		assert (row.split("|")[2].strip() == "µs") == fieldname.endswith("_us"), row


@BY_NAME
def test_it_names_each_index(name: str) -> None:
	for fieldname, row in rows(SECTIONS[name]).items():
		field = _fields(name)[fieldname]
		says = {word for word in ("unique", "indexed") if row.rstrip(" |").endswith(word)}
		assert says == {
			word for word, key in (("unique", "unique"), ("indexed", "search_index")) if field.get(key)
		}, row
	lines = [line for line in SECTIONS[name].splitlines() if line.startswith("Indexes: ")]
	made = [
		f"`{', '.join(index.columns)}`{' (unique)' if index.unique else ''}"
		for index in INDEXES
		if index.doctype == name
	]
	assert lines == ([f"Indexes: {'; '.join(made)}."] if made else [])
