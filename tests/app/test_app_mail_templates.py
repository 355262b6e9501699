"""Whoever renders a mail says all that its template asks for, and nothing else: also what it asks for only now and then."""

import ast
from pathlib import Path

import pytest
from jinja2 import Environment, meta

import customer_thread

PACKAGE = Path(customer_thread.__file__).parent
TEMPLATES = PACKAGE / "templates"
MAILS = {str(path.relative_to(TEMPLATES)) for path in (TEMPLATES / "emails").glob("*.html")}


def _calls(path: Path) -> list[tuple[str, set[str]]]:
	"""Return which mails a file renders, and what it says for each."""
	return [
		(str(node.args[0].value), {str(keyword.arg) for keyword in node.keywords})
		for node in ast.walk(ast.parse(path.read_text("utf-8")))
		if isinstance(node, ast.Call)
		and ast.unparse(node.func).rpartition(".")[2] == "render"
		and node.args
		and isinstance(node.args[0], ast.Constant)
		and node.args[0].value in MAILS
	]


CALLS = [
	pytest.param(mail, said, id=f"{path.stem} {mail}")
	for path in sorted(PACKAGE.rglob("*.py"))
	for mail, said in _calls(path)
]


def test_it_finds_who_renders_each_mail() -> None:
	assert {str(call.values[0]) for call in CALLS} == MAILS


@pytest.mark.parametrize(("mail", "said"), CALLS)
def test_it_says_what_the_mail_asks_for(mail: str, said: set[str]) -> None:
	asked = meta.find_undeclared_variables(
		Environment(autoescape=True).parse((TEMPLATES / mail).read_text("utf-8"))
	)
	assert said - {"translate"} == asked - {"_"}
