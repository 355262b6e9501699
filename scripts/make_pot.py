"""Write customer_thread/locale/main.pot: every text of the app that a translator may translate.

	python scripts/make_pot.py [file]

Jinja and JavaScript are read by Babel; Python, labels and descriptions of DocTypes, reports and of the workspace, and what
the automations and the cards say as they are shipped, here.
No time and no line number is written, so that the same texts give the same file.
"""

import ast
import json
import re
import sys
from collections.abc import Collection, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "customer_thread"
POT = PACKAGE / "locale" / "main.pot"
#: the demo speaks English only
LEFT_OUT = {"demo", "__pycache__", "locale"}
METHODS = {".html": "jinja2", ".js": "javascript"}
KEYWORDS = {"_": None, "__": None, "gettext": None}
#: what takes a text to translate in Python → which of its arguments that is; errors do besides
TAKES_TEXT = {"_": 0, "translate": 0, "Phrase": 0, "TemplateFault": 0, "fault": 1}
_TAG = re.compile(r"<[^>]*>")

Text = tuple[str, str]


def catalog() -> Catalog:
	"""Return every text with the files it is in."""
	found = Catalog(
		project="Customer Thread",
		msgid_bugs_address="hello@customer-thread.example",
		copyright_holder="The customer_thread developers",
		creation_date=datetime(2026, 11, 1, tzinfo=timezone.utc),
		charset="utf-8",
	)
	errors = error_classes()
	for path in sorted(PACKAGE.rglob("*")):
		where = path.relative_to(ROOT).as_posix()
		if not path.is_file() or LEFT_OUT & set(path.parts):
			continue
		for text, comment in texts_of(path, errors):
			found.add(text, locations=[(where, 0)], auto_comments=[comment] if comment else ())
	return found


def error_classes() -> set[str]:
	"""Return the names of the classes that come of `ThreadError`."""
	sources = (path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
	bases = [
		found for source in sources for found in re.findall(r"^class (\w+)\((\w+)\):", source, re.MULTILINE)
	]
	known, more = set(), {"ThreadError"}
	while more:
		known |= more
		more = {name for name, base in bases if base in more}
	return known


def texts_of(path: Path, errors: Collection[str] = ()) -> Iterator[Text]:
	"""Return the texts of one file, each with what a translator should know of it."""
	if path.suffix == ".py":
		yield from ((text, "") for text in _python(path.read_text("utf-8"), errors) if _is_words(text))
	elif path.suffix in METHODS:
		# each line must go on as it is: Frappe's includes are no JavaScript, but the lexer passes over them
		for _line, message, _comments, _context in extract_from_file(
			METHODS[path.suffix], path, keywords=KEYWORDS
		):
			yield (message if isinstance(message, str) else message[0]), ""
	elif path.suffix == ".json" and path.parent.parent.name in ("doctype", "report", "workspace"):
		document = json.loads(path.read_text("utf-8"))
		texts = {"DocType": _doctype, "Report": _report, "Workspace": _workspace}[document["doctype"]](
			document
		)
		yield from ((text, comment) for text, comment in texts if text and _is_words(text))
	elif path.name == "thread_automation.json":
		for automation in json.loads(path.read_text("utf-8")):
			yield (
				automation["text"],
				f"What the automation {automation['name']} writes to a customer, in Jinja",
			)
	elif path.name == "thread_card_rule.json":
		for rule in json.loads(path.read_text("utf-8")):
			yield rule["title"], f"Title of the card {rule['name']}, in Jinja"


def _python(source: str, errors: Collection[str]) -> Iterator[str]:
	for node in ast.walk(ast.parse(source)):
		if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
			name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
			place = TAKES_TEXT.get(name, 0 if name in errors else len(node.args))
			for text in node.args[place : place + 1]:
				if isinstance(text, ast.Constant) and isinstance(text.value, str):
					yield text.value


def _doctype(document: dict[str, Any]) -> Iterator[Text]:
	name = document["name"]
	yield name, "Name of a DocType"
	yield document.get("description", ""), f"Description of the DocType {name}"
	for field in document["fields"]:
		which = f"of the field {field['fieldname']} in the DocType {name}"
		yield field.get("label", ""), f"Label {which}"
		yield field.get("description", ""), f"Description {which}"
		if field["fieldtype"] == "Select":
			for option in field["options"].split("\n"):
				yield option, f"Option {which}"
	for link in document.get("links", []):
		yield link.get("group", ""), f"Group of connections of the DocType {name}"


def _report(document: dict[str, Any]) -> Iterator[Text]:
	yield document["report_name"], "Name of a report"


def _workspace(document: dict[str, Any]) -> Iterator[Text]:
	where = f"in the workspace {document['name']}"
	yield document["label"], "Name of a workspace"
	for shortcut in document["shortcuts"]:
		yield shortcut["label"], f"Label of a shortcut {where}"
		yield shortcut.get("format", ""), f"Count of a shortcut {where}"
	for kind in ("links", "charts", "number_cards"):
		for item in document[kind]:
			yield item["label"], f"Label of one of the {kind.replace('_', ' ')} {where}"
	for block in json.loads(document["content"]):
		if block["type"] == "header":
			yield _TAG.sub("", block["data"]["text"]), f"Header {where}"


def _is_words(text: str) -> bool:
	return bool(re.search(r"[A-Za-z]{2}", text))


def main() -> None:
	"""Write the file."""
	goal = Path(sys.argv[1]) if len(sys.argv) > 1 else POT
	goal.parent.mkdir(parents=True, exist_ok=True)
	found = catalog()
	with goal.open("wb") as file:
		write_po(file, found, width=110, sort_output=True, include_lineno=False)


if __name__ == "__main__":
	main()
