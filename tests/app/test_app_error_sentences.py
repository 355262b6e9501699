"""What the program refuses is said in a sentence that can be translated: a constant, and what fills it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import customer_thread
from customer_thread.domain import errors

PACKAGE = Path(customer_thread.__file__).parent
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts)
KINDS = {
	name
	for name, kind in vars(errors).items()
	if isinstance(kind, type) and issubclass(kind, errors.ThreadError)
} | {"NotThatWay", "Unchosen"}


def faults(source: str) -> Iterator[str]:
	"""Return the errors of a file whose first argument is neither a constant nor a name in capitals."""
	for node in ast.walk(ast.parse(source)):
		if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KINDS:
			first = node.args[0] if node.args else None
			is_text = isinstance(first, ast.Constant) and isinstance(first.value, str)
			is_constant = isinstance(first, ast.Name) and first.id.isupper()
			if not is_text and not is_constant:
				yield ast.unparse(node)


@pytest.mark.parametrize(
	"call",
	[
		'BadInput(f"at most {n}")',
		'NotFound("no %s" % name)',
		'Conflict("is {0}".format(state))',
		"TooLarge(words)",
		'NotAllowed(_("no"))',
		"Unavailable()",
	],
)
def test_it_knows_a_sentence_that_nobody_could_translate(call: str) -> None:
	assert list(faults(call)) == [call.replace('"', "'")]


@pytest.mark.parametrize("call", ['BadInput("at most {0}", n)', "GatewayError(UNREACHABLE, permanent=True)"])
def test_it_takes_a_template_and_what_fills_it(call: str) -> None:
	assert list(faults(call)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_it_refuses_in_sentences_that_can_be_translated(path: Path) -> None:
	assert list(faults(path.read_text("utf-8"))) == []
