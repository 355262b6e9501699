"""The Desk's scripts can be read, and the workspace leads to what is there."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright._impl._driver import compute_driver_executable

import customer_thread
from customer_thread import hooks

PACKAGE = Path(customer_thread.__file__).parent
DOCTYPES: dict[str, dict[str, Any]] = {
	document["name"]: document
	for document in (
		json.loads(path.read_text("utf-8")) for path in PACKAGE.glob("customer_thread/doctype/*/*.json")
	)
}
SCRIPTS = sorted(
	[
		*PACKAGE.glob("desk/*.js"),
		*PACKAGE.glob("public/desk/*.js"),
		*PACKAGE.glob("customer_thread/doctype/*/*.js"),
		*PACKAGE.glob("customer_thread/page/*/*.js"),
	]
)
WORKSPACES = sorted(PACKAGE.glob("customer_thread/workspace/*/*.json"))
INCLUDE = re.compile(r'^{% include "customer_thread/(.+)" %}$', re.MULTILINE)
#: the one that drives the browser: a machine need not have another
NODE = compute_driver_executable()[0]
#: forms of ERPNext and Frappe that show something of ours
FORMS_OF_OTHERS = {"Customer", "Lead", *hooks.doctype_js}
STAFF = {"System Manager", "Thread Manager", "Thread Agent"}


def _with_includes(path: Path) -> str:
	"""Return a script as Frappe serves it."""
	text = path.read_text("utf-8")
	return INCLUDE.sub(lambda found: (PACKAGE / found[1]).read_text("utf-8"), text)


def _workspace() -> dict[str, Any]:
	[path] = WORKSPACES
	workspace: dict[str, Any] = json.loads(path.read_text("utf-8"))
	return workspace


@pytest.mark.browser
@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_it_writes_scripts_that_can_be_read(path: Path, tmp_path: Path) -> None:
	script = tmp_path / ("script.mjs" if "public" in path.parts else "script.js")
	script.write_text(_with_includes(path), "utf-8")
	read = subprocess.run([NODE, "--check", script], capture_output=True, text=True)

	assert read.returncode == 0, read.stderr


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_it_puts_no_words_of_others_into_html(path: Path) -> None:
	"""What is written as HTML is escaped or ours; all else is set as text."""
	text = path.read_text("utf-8")
	assert not re.search(r"\.html\(|innerHTML|insertAdjacentHTML|\.(?:append|prepend)\(\s*`", text)
	for intro in re.findall(r"set_intro\((.*)\);", text):
		assert re.match(
			r'(__\("|""|frappe\.utils\.escape_html\(|missing_view\(|refused_view\(|unnamed_view\()', intro
		), intro
	for words in re.findall(r'set_df_property\(.+, "description", (.*)\);', text):
		assert re.match(r'(__\("|""|frappe\.utils\.escape_html\()', words), words
	for title in re.findall(r"Dialog\(\{\s*title: (.+)", text):
		assert re.search(r'__\("|frappe\.utils\.escape_html\(', title), title


def test_it_calls_what_is_there() -> None:
	called = {
		name for path in SCRIPTS for name in re.findall(r"customer_thread\.api\.(\w+\.\w+)", _read(path))
	}
	assert len(called) > 4
	for area, name in (name.split(".") for name in called):
		assert f"def {name}(" in (PACKAGE / "api" / f"{area}.py").read_text("utf-8")


def _read(path: Path) -> str:
	return path.read_text("utf-8")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_it_belongs_to_a_doctype(path: Path) -> None:
	for name in re.findall(r'(?:form\.on\(|listview_settings\[)"([^"]+)"', _read(path)):
		assert name in (set(DOCTYPES) if "doctype" in path.parts else FORMS_OF_OTHERS)
		if "doctype" in path.parts:
			assert path.parent.name == name.lower().replace(" ", "_")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_it_names_fields_that_are_there(path: Path) -> None:
	found = re.search(r'listview_settings\["([^"]+)"\]', _read(path))
	if not found:
		return
	fields = {field["fieldname"] for field in DOCTYPES[found[1]]["fields"]} | {"name"}
	added = re.search(r"add_fields: \[([^\]]*)\]", _read(path))
	named = set(re.findall(r'"(\w+)"', added[1])) if added else set()
	named |= set(re.findall(r"\bdoc\.(\w+)", _read(path)))
	assert named <= fields
	assert named <= set(re.findall(r'"(\w+)"', added[1] if added else "")) | {"name"}, "asked of no list"


def test_it_has_one_workspace_where_bench_looks_for_it() -> None:
	[path] = WORKSPACES
	workspace = _workspace()
	assert path.stem == path.parent.name == workspace["name"].lower().replace(" ", "_")
	assert workspace["name"] == workspace["label"] == workspace["title"]
	assert (workspace["doctype"], workspace["module"]) == ("Workspace", "Customer Thread")
	assert workspace["public"] == 1
	assert {row["role"] for row in workspace["roles"]} == STAFF


def test_it_hides_no_list_behind_the_workspace() -> None:
	"""Both live below /app/, and the workspace would win."""
	assert _workspace()["name"] not in DOCTYPES


def test_it_links_doctypes_that_are_there() -> None:
	workspace = _workspace()
	links = [row for row in workspace["links"] if row["type"] == "Link"]
	linked = [row["link_to"] for row in links if row["link_type"] == "DocType"]
	shortcuts = {row["link_to"] for row in workspace["shortcuts"]}
	assert {*linked, *shortcuts} <= {*DOCTYPES, "thread-inbox", "thread-setup"}
	assert {"thread-inbox", "thread-setup"} <= shortcuts
	assert len(linked) == len(set(linked))
	assert {"Customer Thread", "Customer Thread Settings", "Thread Card Rule"} <= set(linked)


def test_it_links_every_report_and_shows_charts_and_numbers_that_are_there() -> None:
	workspace = _workspace()
	folder = PACKAGE / "customer_thread"
	there = {
		kind: {json.loads(path.read_text("utf-8"))["name"] for path in (folder / kind).glob("*/*.json")}
		for kind in ("report", "dashboard_chart", "number_card")
	}
	assert {row["link_to"] for row in workspace["links"] if row["link_type"] == "Report"} == there["report"]
	assert {row["chart_name"] for row in workspace["charts"]} == there["dashboard_chart"]
	assert {row["number_card_name"] for row in workspace["number_cards"]} == there["number_card"]
	blocks = json.loads(workspace["content"])
	for kind, rows in (("chart", "charts"), ("number_card", "number_cards")):
		shown = [block["data"][f"{kind}_name"] for block in blocks if block["type"] == kind]
		assert shown == [row["label"] for row in workspace[rows]]


def test_it_shows_every_shortcut_and_card_it_has() -> None:
	workspace = _workspace()
	blocks = json.loads(workspace["content"])
	shown = {block["data"]["shortcut_name"] for block in blocks if block["type"] == "shortcut"}
	cards = {block["data"]["card_name"] for block in blocks if block["type"] == "card"}
	assert shown == {row["label"] for row in workspace["shortcuts"]}
	assert cards == {row["label"] for row in workspace["links"] if row["type"] == "Card Break"}
	assert len({block["id"] for block in blocks}) == len(blocks)


def test_it_counts_by_fields_that_are_there() -> None:
	counted = [row for row in _workspace()["shortcuts"] if row.get("stats_filter")]
	assert len(counted) == 5
	for row in counted:
		fields = {field["fieldname"] for field in DOCTYPES[row["link_to"]]["fields"]}
		assert set(json.loads(row["stats_filter"])) <= fields
		assert "{}" in row["format"]


def test_it_says_how_many_links_a_card_has() -> None:
	count = {"": 0}
	announced = {}
	card = ""
	for row in _workspace()["links"]:
		if row["type"] == "Card Break":
			card = row["label"]
			announced[card] = row["link_count"]
			count[card] = 0
		else:
			count[card] += 1
	assert {**announced, "": 0} == count


def test_it_hears_what_the_socket_says() -> None:
	said = re.findall(r'^\w*EVENT = "(\w+)"$', _read(PACKAGE / "frappe_host" / "host.py"), re.MULTILINE)
	said += re.findall(r'publish_realtime\("(\w+)"', _read(PACKAGE / "tasks.py"))
	heard = {
		name for path in SCRIPTS for name in re.findall(r'realtime\.on\("(customer_thread_\w+)"', _read(path))
	}
	assert heard == {name for name in said if name != "customer_thread_changed"}


def test_the_inbox_is_light() -> None:
	page = _with_includes(PACKAGE / "customer_thread/page/thread_inbox/thread_inbox.js")

	assert len(page.encode()) < 60_000, "what is seldom needed belongs into public/desk"
	assert all(len(path.read_text("utf-8").splitlines()) < 300 for path in SCRIPTS)


def test_what_loads_late_is_there() -> None:
	asked_for = {
		name for path in SCRIPTS for name in re.findall(r'thread\.part\("(\w+)"\)', path.read_text("utf-8"))
	}

	assert asked_for == {path.stem for path in PACKAGE.glob("public/desk/*.js")}
