"""Who imports whom in a package, as its files say it, and whether that goes round."""

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

#: dotted name → what it imports
Graph = Mapping[str, set[str]]


def imported_by(path: Path) -> Iterator[str]:
	"""Return every name a file imports, inside functions and for type checkers too; with and without what is taken from it."""
	for node in ast.walk(ast.parse(path.read_text("utf-8"))):
		if isinstance(node, ast.Import):
			yield from (alias.name for alias in node.names)
		elif isinstance(node, ast.ImportFrom):
			assert not node.level, f"{path}: relative import"
			yield node.module or ""
			yield from (f"{node.module}.{alias.name}" for alias in node.names)


def import_graph(package: Path) -> Graph:
	"""Return which of a package's files imports which others of it."""
	files = {
		".".join(path.relative_to(package.parent).with_suffix("").parts).removesuffix(".__init__"): path
		for path in package.rglob("*.py")
	}
	return {name: {other for other in imported_by(path) if other in files} for name, path in files.items()}


def between_parts(graph: Graph, folder: str) -> Graph:
	"""Return which of a folder's own files and folders imports which other."""
	inside = {name: _part(name, folder) for name in graph if name.startswith(f"{folder}.")}
	parts: dict[str, set[str]] = {part: set() for part in inside.values()}
	for name, part in inside.items():
		parts[part] |= {inside[other] for other in graph[name] if other in inside} - {part}
	return parts


def circle(graph: Graph) -> list[str]:
	"""Return the names on a way that comes back to where it began; empty if there is none."""
	try:
		TopologicalSorter(graph).prepare()
	except CycleError as error:
		found: list[str] = error.args[1]
		return found
	return []


def _part(name: str, folder: str) -> str:
	return name.removeprefix(f"{folder}.").partition(".")[0]
