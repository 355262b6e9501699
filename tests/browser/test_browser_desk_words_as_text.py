"""Words from outside in Frappe's own lists, reports and forms, which set what a field's formatter returns as HTML."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from support.desk_page import FRAME, script

WORDS = '<img src=x onerror="window.ran = true"> & "so" \'on\''
#: what Frappe has of some DocTypes, one of them another app's; of one of ours it has nothing yet
METAS = """
window.locals = { DocType: {
	"Thread Attachment": { name: "Thread Attachment", module: "Customer Thread" },
	"Thread Note": { name: "Thread Note", module: "Customer Thread" },
	"Thread Unread": { name: "Thread Unread", module: "Customer Thread" },
	Note: { name: "Note", module: "Desk" },
} };
const field = (fieldname, fieldtype) => [fieldname, { fieldname, fieldtype }];
frappe.listview_settings["Thread Attachment"] = { get_indicator() {} };
frappe.meta = { docfield_map: {
	"Thread Attachment": Object.fromEntries([
		field("file_name", "Data"), field("reason", "Small Text"), field("size", "Int"), field("error", "Code"),
	]),
	"Thread Note": Object.fromEntries([field("text", "Code")]),
	Note: Object.fromEntries([field("title", "Data")]),
} };
frappe.utils.escape_html = (txt) => {
	if (!txt) return "";
	const marks = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "`": "&#x60;", "=": "&#x3D;" };
	return String(txt).replace(/[&<>"'`=]/g, (char) => marks[char]);
};
frappe.utils.replace_newlines = (txt) => (txt ? txt.replace(/\\n/g, "<br>") : "");
window.shown = (fieldname, value, doc) => {
	const df = frappe.meta.docfield_map["Thread Attachment"][fieldname];
	const cell = document.body.appendChild(document.createElement("div"));
	cell.innerHTML = df.formatter(value, df, {}, doc);
	return cell.innerText;
};
"""


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Page]:
	"""Return a page on which the script has run that comes with each DocType of ours."""
	context = chromium.new_context()
	page = context.new_page()
	page.set_content("<!doctype html><title>Desk</title><body>")
	for given in (FRAME, METAS, script("desk/words_as_text.js")):
		page.add_script_tag(content=given)
	yield page
	context.close()


def _shown(desk: Page, field: str, value: Any, doc: dict[str, Any] | None = None) -> str:  # noqa: ANN401
	shown: str = desk.evaluate("given => shown(...given)", [field, value, doc])
	return shown


def test_words_are_shown_as_they_were_written_and_nothing_runs(desk: Page) -> None:
	assert _shown(desk, "file_name", WORDS) == WORDS
	assert (
		_shown(desk, "reason", f"{WORDS}\nand more", {"reason": f"{WORDS}\nand more"}) == f"{WORDS}\nand more"
	)
	assert [_shown(desk, "file_name", value) for value in (None, "", 0)] == ["", "", "0"]

	desk.wait_for_timeout(100)
	assert desk.evaluate("[window.ran, document.images.length]") == [None, 0]


def test_what_a_form_has_escaped_is_not_escaped_again(desk: Page) -> None:
	escaped = desk.evaluate("words => frappe.utils.escape_html(words)", WORDS)

	assert _shown(desk, "file_name", escaped, {"file_name": WORDS}) == WORDS
	assert _shown(desk, "file_name", escaped, {"file_name": escaped}) == escaped


def test_numbers_and_what_is_not_ours_are_left_to_frappe(desk: Page) -> None:
	formatters = "Object.values(frappe.meta.docfield_map).flatMap(Object.values).filter((df) => df.formatter)"

	assert desk.evaluate(f"{formatters}.map((df) => df.fieldname)") == ["file_name", "reason"]


def test_a_report_has_no_column_that_it_would_drop_in_its_first_row(desk: Page) -> None:
	"""It would go on in the columns that were, and show each value as the field before it."""
	hidden = "(name) => frappe.meta.docfield_map[name].docstatus?.report_hide"

	names = ["Thread Attachment", "Thread Note", "Note"]
	assert desk.evaluate(f"names => names.map({hidden})", names) == [None, 1, None]
	assert desk.evaluate("Object.keys(frappe.meta.docfield_map['Thread Note'])") == ["text"]
