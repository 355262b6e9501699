"""Public names use the words of docs/glossary.md, and none that stands there under “not”."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.pages import page

import customer_thread

PACKAGE = Path(customer_thread.__file__).parent
#: other forms of a word than its plural
FORMS = {
	"act": "acts",
	"body": "bodies",
	"life": "lives",
	"news": "",
	"pass on": "passes_on passed_on",
	"take": "takes taken took taking",
	"told": "tell tells telling",
}
#: where a rejected word is the right one: a part of “path: name”, and why
ALLOWED = {
	"media": {
		"gateways/twilio_sms/": "Twilio's own word",
		"standalone/demo/twilio_": "Twilio's own word",
	},
	"body": {
		"gateways/twilio_sms/": "Twilio's own word",
		"standalone/demo/twilio_": "Twilio's own word",
		"CALL_BODY_BYTES": "of an HTTP request",
		"BODY_LIMIT": "of an HTTP request",
		"service/answers.py": "of an HTTP answer",
		"standalone/web_connection.py": "of an HTTP request",
	},
	"take": {
		"label: Takes back": "a card that is taken back is not received",
	},
}


def _rejected() -> dict[str, re.Pattern[str]]:
	"""Return each word of the glossary's last column with a pattern that finds it in a name."""
	found = {}
	for row in page("glossary.md").splitlines():
		cells = row.strip("|").split("|")
		if len(cells) != 3 or cells[2].strip() in ("", "not", "---"):
			continue
		# what stands behind a colon says why
		for word in cells[2].partition(":")[0].split(","):
			name = word.strip().replace(" ", "_")
			forms = FORMS[word.strip()].split() if word.strip() in FORMS else [f"{name}s"]
			found[word.strip()] = re.compile(rf"(?:^|_)(?:{'|'.join([name, *forms])})(?:_|$)")
	return found


REJECTED = _rejected()


def _split(name: str) -> str:
	"""Return a name with underscores between its words."""
	return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[\s-]+", "_", name).lower()


def _in_python(node: ast.AST) -> Iterator[str]:
	for child in ast.iter_child_nodes(node):
		if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
			if child.name.startswith("_"):
				continue
			yield child.name
			if isinstance(child, ast.ClassDef):
				yield from _in_python(child)
			else:
				given = child.args
				yield from (each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs))
		elif isinstance(child, ast.Assign | ast.AnnAssign):
			targets = child.targets if isinstance(child, ast.Assign) else [child.target]
			names = (part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name))
			yield from (name for name in names if not name.startswith("_"))


def _in_javascript(text: str) -> Iterator[str]:
	yield from re.findall(r"^export (?:async )?(?:function|class|const) (\w+)", text, re.MULTILINE)
	yield from re.findall(r"^\t(?:static |async |get |set )*(\w+)\(.*\) \{$", text, re.MULTILINE)
	yield from re.findall(r"\bcustomer_thread\.(\w+) = ", text)


def _in_doctype(text: str) -> Iterator[str]:
	doctype = json.loads(text)
	yield doctype["name"]
	yield from (f"label: {field['label']}" for field in doctype["fields"] if field.get("label"))
	yield from (f"label: {link['group']}" for link in doctype.get("links", []) if link.get("group"))


def _names() -> list[str]:
	"""Return each public name with the file that it stands in: “path: name”."""
	found = []
	for path in sorted(PACKAGE.rglob("*")):
		place = path.relative_to(PACKAGE).as_posix()
		if path.is_dir() or "__pycache__" in place:
			continue
		found.append(f"{place}: {path.stem}")
		if path.suffix == ".py":
			found += [f"{place}: {name}" for name in _in_python(ast.parse(path.read_text("utf-8")))]
		if path.suffix == ".js":
			found += [f"{place}: {name}" for name in _in_javascript(path.read_text("utf-8"))]
		if path.suffix == ".json" and "doctype" in path.parts:
			found += [f"{place}: {name}" for name in _in_doctype(path.read_text("utf-8"))]
	return found


NAMES = _names()


@pytest.mark.parametrize("word", sorted(REJECTED))
def test_it_uses_the_word_of_the_glossary(word: str) -> None:
	used = [name for name in NAMES if REJECTED[word].search(_split(name.partition(": ")[2]))]
	allowed = ALLOWED.get(word, {})
	assert [name for name in used if not any(part in name for part in allowed)] == []
	assert [part for part in allowed if not any(part in name for name in used)] == [], "allowed for nothing"


@pytest.mark.parametrize(
	"path",
	[
		path
		for path in sorted(PACKAGE.rglob("*"))
		if path.suffix in (".py", ".js", ".html", ".json", ".css", ".md")
	],
	ids=lambda path: path.relative_to(PACKAGE).as_posix(),
)
def test_it_says_they_of_whoever_has_no_name(path: Path) -> None:
	# Hebrew is a language
	text = path.read_text("utf-8").replace('"he"', "")
	assert re.findall(r".*\b(?:he|his|him|himself)\b.*", text, re.IGNORECASE) == []


def test_it_gives_no_module_another_ones_name() -> None:
	modules = {path.stem for path in PACKAGE.rglob("*.py")}
	for path in PACKAGE.rglob("*.py"):
		for node in ast.walk(ast.parse(path.read_text("utf-8"))):
			if isinstance(node, ast.ImportFrom):
				renamed = [each.asname for each in node.names if each.name in modules and each.asname]
				assert [name for name in renamed if name in modules] == [], path


def test_it_knows_what_the_glossary_rejects() -> None:
	assert {"door", "take", "told", "act", "life", "media", "marker", "seen", "leads", "short code"} <= set(
		REJECTED
	)
	assert set(ALLOWED) | set(FORMS) <= set(REJECTED)


@pytest.mark.parametrize(
	("word", "name"),
	[
		("door", "openDoors"),
		("take", "taken_at"),
		("told", "TELL_LATER"),
		("pass on", "pass_on"),
		("he", "he-said"),
	],
)
def test_it_finds_a_word_in_any_name(word: str, name: str) -> None:
	assert REJECTED[word].search(_split(name))
	assert not REJECTED[word].search(_split(f"un{name.lower().replace('_', '').replace('-', '')}ed"))
