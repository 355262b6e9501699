"""docs/http.md has every call, parameter, key, error and command, and none that is not there."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import shapes
from support.pages import page, rows, sections

import customer_thread
from customer_thread.domain import errors
from customer_thread.service.calls import Calls
from customer_thread.service.desk.desk_calls import DESK
from customer_thread.service.portal.guest_calls import GUEST
from customer_thread.service.portal.portal_calls import PORTAL

PACKAGE = Path(customer_thread.__file__).parent
DECLARED: dict[str, Calls] = {"portal": Calls({**PORTAL, **GUEST}), "desk": DESK}
PAGE = page("http.md")
SECTIONS = sections(PAGE)


def _calls() -> Iterator[tuple[str, str, list[str]]]:
	"""Return (heading, area, parameters) of everything that can be called over HTTP in a Frappe site."""
	for path in sorted((PACKAGE / "api").glob("*.py")):
		for node in ast.parse(path.read_text("utf-8")).body:
			if not isinstance(node, ast.FunctionDef):
				continue
			for decorator in node.decorator_list:
				if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "frappe.whitelist":
					[methods] = [word.value for word in decorator.keywords if word.arg == "methods"]
					declared = DECLARED.get(path.stem, Calls()).get(node.name)
					named = [argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)]
					names = list(declared.parameters) if declared else named
					for method in ast.literal_eval(methods):
						yield f"{method} {path.stem}.{node.name}", path.stem, names


CALLS = list(_calls())


def test_it_has_a_heading_for_each_call_and_no_other() -> None:
	written = {heading for heading in SECTIONS if re.match(r"(GET|POST) \w+\.", heading)}

	assert len(CALLS) > 20
	assert written == {heading for heading, _area, _names in CALLS}


@pytest.mark.parametrize(("heading", "names"), [(heading, names) for heading, _area, names in CALLS])
def test_it_names_each_parameter(heading: str, names: list[str]) -> None:
	named = set(re.findall(r"`(\w+)`", SECTIONS[heading]))

	assert set(names) - named == set(), f"docs/http.md does not have these parameters of {heading}"


@pytest.mark.parametrize(
	("heading", "keys"),
	[
		("GET portal.timeline", {*shapes.PAGE, *shapes.PAGE_IF_ASKED, *shapes.THREAD, *shapes.CONTRACTOR, *shapes.CUSTOMER}),
		("An entry", {*shapes.ENTRY, *shapes.ENTRY_IF_ASKED, *shapes.CARD, *shapes.CALL, *shapes.ATTACHMENT}),
	],
)  # fmt: skip
def test_it_names_each_key_a_customer_can_receive(heading: str, keys: set[str]) -> None:
	assert keys - set(re.findall(r"[`\"](\w+)[`\"]", SECTIONS[heading])) == set()


def test_it_shows_an_entry_as_it_is() -> None:
	"""So that nothing more reaches a customer than somebody meant to: it has to be written there as well."""
	[block] = re.findall(r"```json\n(.*?)```", SECTIONS["An entry"], re.DOTALL)

	shapes.check_entry(json.loads(block))


@pytest.mark.parametrize(
	("part", "keys"),
	[("card", shapes.CARD), ("call", shapes.CALL), ("attachments", shapes.ATTACHMENT)],
)
def test_it_names_each_key_of_a_part_of_an_entry_and_no_other(part: str, keys: frozenset[str]) -> None:
	said = rows(SECTIONS["An entry"])[part].removeprefix(f"| `{part}` |")
	before_values, *_values = said.split("`: `")

	assert set(re.findall(r"`(\w+)", before_values)) == keys


def test_it_shows_a_page_as_it_is() -> None:
	[block] = re.findall(r"```json\n(.*?)```", SECTIONS["GET portal.timeline"], re.DOTALL)

	shapes.check_page(json.loads(block))


def test_it_names_each_error() -> None:
	kinds = {
		(kind.status, kind.exc_type)
		for kind in vars(errors).values()
		if isinstance(kind, type) and issubclass(kind, errors.ThreadError)
	}
	written = {
		(int(status), kind)
		for status, kind in re.findall(r"^\| (\d+) \| `(\w+)`", SECTIONS["Errors"], re.MULTILINE)
	}

	assert len(kinds) > 8
	assert kinds <= written


def test_it_names_each_command_and_option() -> None:
	source = (PACKAGE / "standalone" / "__main__.py").read_text("utf-8")
	commands = set(re.findall(r'add_parser\("([\w-]+)"', source))
	options = set(re.findall(r'add_argument\(\s*"(--[\w-]+)"', source))
	written = SECTIONS["Commands"]

	assert len(commands) > 4
	assert commands == set(re.findall(r"`customer-thread ([\w-]+)", written))
	assert options == set(re.findall(r"--[a-z][\w-]*", written))
