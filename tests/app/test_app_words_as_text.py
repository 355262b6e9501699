"""No field of ours can hold words that Frappe's lists, reports, forms and prints would take for HTML."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import customer_thread
from customer_thread import hooks

PACKAGE = Path(customer_thread.__file__).parent
SCRIPT = "desk/words_as_text.js"
DOCTYPES: dict[str, dict[str, Any]] = {
	document["name"]: document
	for document in (
		json.loads(path.read_text("utf-8")) for path in PACKAGE.glob("customer_thread/doctype/*/*.json")
	)
}
#: numbers and times; what is chosen among our own words; names that Frappe keeps free of markup; what it escapes
HARMLESS = {
	*("Check", "Currency", "Date", "Datetime", "Int", "Long Int", "Percent"),
	*("Select", "Link", "Dynamic Link", "Table"),
	# of a form, not of the database
	*("Button", "Column Break", "HTML", "Section Break", "Tab Break"),
	*("Code", "Password"),
}
#: only in the settings, which a manager saves by Frappe's own filter
OF_THE_SETTINGS = {"Attach Image", "Color", "Time"}
REPORTS = sorted(PACKAGE.glob("customer_thread/report/*/*.js"))


def _listed(path: str, pattern: str) -> set[str]:
	found = re.search(pattern, (PACKAGE / path).read_text("utf-8"))
	assert found
	return set(re.findall(r'"([\w ]+)"', found[1]))


@pytest.mark.parametrize("name", DOCTYPES)
def test_every_field_that_holds_words_is_shown_as_text(name: str) -> None:
	document = DOCTYPES[name]
	as_text = _listed(SCRIPT, r"const TEXT = \[(.+)\];")
	others = {field["fieldtype"] for field in document["fields"]} - as_text - HARMLESS

	assert others <= (OF_THE_SETTINGS if document.get("issingle") else set())
	# a child table comes with its parent, and its parent's scripts
	assert document.get("istable") or SCRIPT in hooks.doctype_list_js.get(name, [])
	assert document.get("istable") or name in hooks.standard_queries


def test_a_print_has_the_same_fields() -> None:
	printed = _listed("frappe_host/record.py", r"_PRINTED_AS_HTML = \((.+)\)")

	assert printed == _listed(SCRIPT, r"const TEXT = \[(.+)\];")


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_report_shows_words_as_text(path: Path) -> None:
	assert "formatter: customer_thread.number_cell," in path.read_text("utf-8")
