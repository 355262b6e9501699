"""Where the program makes an error, and with which sentence, as its files say it."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

#: what takes a template and what fills it → which argument the template is; and the errors made of them
ROOTS = {"Phrase": 0, "ThreadError": 0, "TemplateFault": 0, "fault": 1}
#: these hand on a template that they were given
PASS_ON = {"__init__", "__new__", "fault"}


@dataclass(frozen=True)
class Sentence:
	"""A template as it stands in the code; None where it is made while the program runs."""

	where: str
	template: str | None
	#: how many things fill it
	given: int

	@property
	def fits(self) -> bool:
		"""Return whether there is a place for each thing that fills it, and no other."""
		if not self.given:
			return True
		places = {
			name.split(".")[0] for _text, name, _spec, _as in Formatter().parse(self.template or "") if name
		}
		return places == {str(number) for number in range(self.given)}


def takers(trees: Iterable[ast.AST]) -> dict[str, int]:
	"""Return what takes a template, with every class that comes of an error."""
	classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
	found = dict(ROOTS)
	for _round in classes:
		known = len(found)
		for node in classes:
			if any(ast.unparse(base).rpartition(".")[2] in found for base in node.bases):
				found.setdefault(node.name, 0)
		if len(found) == known:
			break
	return found


def sentences(tree: ast.Module, taking: Mapping[str, int], where: str = "") -> Iterator[Sentence]:
	"""Return the sentence of each error a file makes; a constant of the file counts as what it holds."""
	constants = {
		ast.unparse(node.targets[0]): value
		for node in tree.body
		if isinstance(node, ast.Assign) and (value := _constant(node.value)) is not None
	}
	for node in _outside_of_makers(tree):
		if isinstance(node, ast.Call) and (name := ast.unparse(node.func).rpartition(".")[2]) in taking:
			template, *given = [*node.args[taking[name] :], ast.Constant(None)]
			text = constants.get(ast.unparse(template), _literal(template))
			yield Sentence(f"{where}:{node.lineno}", text, len(given) - 1)


def sentences_of(paths: Iterable[Path]) -> list[Sentence]:
	"""Return the sentence of each error these files make."""
	trees = {path: ast.parse(path.read_text("utf-8")) for path in paths}
	taking = takers(trees.values())
	return [found for path, tree in trees.items() for found in sentences(tree, taking, str(path))]


def _outside_of_makers(node: ast.AST) -> Iterator[ast.AST]:
	for child in ast.iter_child_nodes(node):
		if isinstance(child, ast.FunctionDef) and child.name in PASS_ON:
			continue
		yield child
		yield from _outside_of_makers(child)


def _constant(value: ast.expr) -> str | None:
	if isinstance(value, ast.Call) and ast.unparse(value.func) == "Phrase" and len(value.args) == 1:
		return _literal(value.args[0])
	return _literal(value)


def _literal(value: ast.expr) -> str | None:
	return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None
