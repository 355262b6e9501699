"""Nothing goes round: no circle between files or folders, and the services' wings stand on each other in order."""

from pathlib import Path

import pytest
from support.import_graph import Graph, between_parts, circle, import_graph

import customer_thread

PACKAGE = Path(customer_thread.__file__).parent
GRAPH = import_graph(PACKAGE)
SERVICE = f"{PACKAGE.name}.service"
FOLDERS = sorted({name.rpartition(".")[0] for name in GRAPH} - {""})
#: the parts of service/, from the ground up: each may use those below it, and none beside it
LEVELS = (
	{"colleagues", "documents", "settings", "team", "traces"},
	{"answers", "params", "ports"},
	{"calls"},
	{"reading"},
	{"thread"},
	{"sign_in"},
	{"cards", "outgoing"},
	{"bot"},
	{"automations", "incoming", "leaving", "notices"},
	{"desk", "portal"},
)


def _misplaced(parts: Graph) -> set[str]:
	"""Return the parts that have no place, and the imports that point up or sideways."""
	levels = {part: level for level, beside in enumerate(LEVELS) for part in beside}
	unknown = set(parts) - set(levels)
	upwards = {
		f"{part} → {other}"
		for part, others in parts.items()
		for other in others
		if not {part, other} & unknown and levels[other] >= levels[part]
	}
	return unknown | upwards


@pytest.mark.parametrize(
	"graph",
	[
		{"a": {"a"}},
		{"a": {"b"}, "b": {"a"}},
		{"a": {"b"}, "b": {"c"}, "c": {"d", "a"}, "d": set()},
	],
)
def test_it_finds_circles(graph: Graph) -> None:
	assert circle(graph)


@pytest.mark.parametrize("graph", [{}, {"a": set()}, {"a": {"b", "c"}, "b": {"c"}, "c": set()}])
def test_it_finds_no_circle_where_none_is(graph: Graph) -> None:
	assert circle(graph) == []


def test_it_finds_circles_between_files_wherever_the_import_is(tmp_path: Path) -> None:
	package = tmp_path / "house"
	(package / "attic").mkdir(parents=True)
	(package / "__init__.py").touch()
	(package / "attic" / "__init__.py").touch()
	(package / "cellar.py").write_text("def f() -> None:\n\tfrom house.attic import box\n", "utf-8")
	(package / "attic" / "box.py").write_text(
		"from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n\timport house.cellar\n", "utf-8"
	)
	graph = import_graph(package)
	assert set(circle(graph)) == {"house.cellar", "house.attic.box"}
	assert between_parts(graph, "house") == {"cellar": {"attic"}, "attic": {"cellar"}}


def test_it_finds_circles_between_folders_whose_files_have_none() -> None:
	graph = {"s.a.one": {"s.b.one"}, "s.b.one": set(), "s.b.two": {"s.a.two"}, "s.a.two": set()}
	assert circle(graph) == []
	assert set(circle(between_parts(graph, "s"))) == {"a", "b"}


def test_it_has_no_circle_between_files() -> None:
	assert sum(len(others) for others in GRAPH.values()) > 500
	assert circle(GRAPH) == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_it_has_no_circle_between_the_parts_of_a_folder(folder: str) -> None:
	assert circle(between_parts(GRAPH, folder)) == []


def test_it_looks_into_every_folder() -> None:
	assert {f"{PACKAGE.name}.{name}" for name in ("domain", "store", "service", "standalone")} < set(FOLDERS)


def test_it_knows_what_stands_where_it_must_not() -> None:
	allowed = {"portal": {"incoming", "ports"}, "thread": {"reading"}, "incoming": {"cards", "outgoing"}}
	assert _misplaced(allowed) == set()
	assert _misplaced({"reading": {"thread"}, "portal": {"desk"}, "ports": {"thread"}}) == {
		"reading → thread",
		"portal → desk",
		"ports → thread",
	}
	assert _misplaced({"garage": set(), "thread": {"garage"}}) == {"garage"}


def test_its_wings_stand_on_each_other() -> None:
	parts = between_parts(GRAPH, SERVICE)
	assert {"thread", "reading", "portal", "desk"} < set(parts)
	assert _misplaced(parts) == set()
