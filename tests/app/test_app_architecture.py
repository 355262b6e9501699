"""The house stands as docs/architecture.md draws it: imports point down, and the core needs no framework."""

import ast
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest
from support.import_graph import imported_by

import customer_thread
from customer_thread.store import (
	bot_rows,
	calendar_rows,
	event_rows,
	inbox_rows,
	leaving_rows,
	notice_rows,
	refusal_rows,
	rows,
	scheduled_rows,
	upload_rows,
)

PACKAGE = Path(customer_thread.__file__).parent
NAME = PACKAGE.name

ROW_TYPES = {
	*dir(rows),
	*dir(leaving_rows),
	*dir(notice_rows),
	*dir(bot_rows),
	*dir(calendar_rows),
	*dir(event_rows),
	*dir(upload_rows),
	*dir(refusal_rows),
	*dir(inbox_rows),
	*dir(scheduled_rows),
}
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts)
#: floor → the floors it may stand on
MAY_IMPORT = {
	"domain": {"domain"},
	"store": {"domain", "store"},
	"gateways": {"domain", "gateways"},
	# what is a provider's own comes to a service in the program's words, through ports and tables
	"service": {"domain", "store", "service"},
}
HOSTS = {
	"api",
	"doc_events",
	"tasks",
	"www",
	"frappe_host",
	"standalone",
	"permissions",
	"install",
	"patches",
}
WITH_FRAPPE = HOSTS - {"standalone"} | {"customer_thread"}
BLOCKED = ("frappe", "werkzeug", "waitress", "aiosmtpd", "erpnext", "pymysql")


def _floor(path: Path) -> str:
	"""Return the part of the house a file is in; a module beside the folders is one of its own."""
	return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _own(path: Path) -> set[str]:
	"""Return the floors a file imports."""
	parts = [name.split(".") for name in imported_by(path)]
	return {part[1] for part in parts if part[0] == NAME and len(part) > 1}


def _id(path: Path) -> str:
	return str(path.relative_to(PACKAGE))


def test_it_has_a_house_to_look_at() -> None:
	assert len(FILES) > 60
	assert {_floor(path) for path in FILES} >= set(MAY_IMPORT) | {"standalone", "customer_thread"}


@pytest.mark.parametrize("path", [path for path in FILES if _floor(path) in MAY_IMPORT], ids=_id)
def test_it_imports_downwards_only(path: Path) -> None:
	assert _own(path) & (set(MAY_IMPORT) | HOSTS) <= MAY_IMPORT[_floor(path)]


@pytest.mark.parametrize("path", [path for path in FILES if _floor(path) == "gateways"], ids=_id)
def test_it_keeps_each_gateway_for_itself(path: Path) -> None:
	channel = path.relative_to(PACKAGE / "gateways").parts[0]
	named = {name.split(".")[2] for name in imported_by(path) if name.startswith(f"{NAME}.gateways.")}
	# what they share is a file beside their folders
	shared = {file.stem for file in (PACKAGE / "gateways").glob("*.py")}
	assert named - shared <= {channel.removesuffix(".py")}


@pytest.mark.parametrize("path", [path for path in FILES if _floor(path) != "standalone"], ids=_id)
def test_it_hangs_nothing_on_the_embedded_host(path: Path) -> None:
	assert "standalone" not in _own(path)


@pytest.mark.parametrize("path", FILES, ids=_id)
def test_it_speaks_to_frappe_only_at_the_edge(path: Path) -> None:
	roots = {name.split(".")[0] for name in imported_by(path)}
	if _floor(path) not in WITH_FRAPPE:
		assert not roots & {"frappe", "erpnext"}


@pytest.mark.parametrize(
	"path", [path for path in FILES if _floor(path) in ("domain", "service", "store")], ids=_id
)
def test_it_is_given_time_and_chance(path: Path) -> None:
	assert not {name.split(".")[0] for name in imported_by(path)} & {
		"random",
		"secrets",
		"time",
		"threading",
		"os",
	}
	for node in ast.walk(ast.parse(path.read_text("utf-8"))):
		if isinstance(node, ast.Attribute):
			assert node.attr not in {"now", "utcnow", "today", "uuid1", "uuid4", "urandom"}, ast.unparse(node)


@pytest.mark.parametrize("path", [path for path in FILES if _floor(path) == "domain"], ids=_id)
def test_it_decides_with_pure_libraries_alone(path: Path) -> None:
	roots = {name.split(".")[0] for name in imported_by(path)} - set(sys.stdlib_module_names)
	assert roots <= {NAME, "phonenumbers", "babel", "jinja2", "regex", "linkify_it", "icalendar", "idna"}
	assert not roots & {"sqlite3", "socket", "smtplib", "urllib"}


@pytest.mark.parametrize("floor", ["domain", "store", "gateways", "service"])
def test_it_runs_without_framework_or_server(floor: str) -> None:
	modules = [
		".".join((NAME, *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
		for path in FILES
		if _floor(path) == floor
	]
	assert modules
	program = (
		"import sys, importlib\n"
		f"sys.modules.update(dict.fromkeys({BLOCKED!r}))\n"
		f"for name in {modules!r}: importlib.import_module(name)\n"
	)
	ended = subprocess.run(
		[sys.executable, "-c", program], capture_output=True, text=True, cwd=PACKAGE.parent
	)
	assert ended.returncode == 0, ended.stderr


def test_it_would_notice_a_framework() -> None:
	program = (
		f"import sys\nsys.modules.update(dict.fromkeys({BLOCKED!r}))\nimport customer_thread.standalone.web\n"
	)
	ended = subprocess.run(
		[sys.executable, "-c", program], capture_output=True, text=True, cwd=PACKAGE.parent
	)
	assert "ModuleNotFoundError" in ended.stderr


def test_it_imports_nothing_by_importing_the_package() -> None:
	tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
	assert [ast.unparse(node).split(" ")[0] for node in tree.body] == ["__version__"]


def test_it_keeps_files_small() -> None:
	sizes = {path: len(path.read_text("utf-8").splitlines()) for path in FILES}
	written = [lines for lines in sizes.values() if lines > 1]
	assert median(written) < 80
	assert {_id(path): lines for path, lines in sizes.items() if lines > 400} == {}
	controllers = {path: lines for path, lines in sizes.items() if "doctype" in path.parts}
	assert controllers
	assert {_id(path): lines for path, lines in controllers.items() if lines >= 120} == {}


@pytest.mark.parametrize(
	"path", sorted(Path(__file__).parent.parent.rglob("*.py")), ids=lambda path: path.name
)
def test_it_keeps_its_tests_small(path: Path) -> None:
	assert len(path.read_text("utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", [path for path in FILES if _floor(path) == "store"], ids=_id)
def test_it_asks_with_parameters_only(path: Path) -> None:
	"""What is put into SQL text is a column, a condition, a mark or a list of marks of our own making."""
	allowed = {"_PAGE", "_ALL", "_SELECT", "sql", "listed", "number", "column", "columns", "name", "value"}
	allowed |= {
		"keys",
		"key",
		"doctype",
		"_SAYS",
		"_IN_HAND",
		*(name for name in ROW_TYPES if name.endswith("Row")),
	}
	if path.stem == "numbers":
		allowed |= {
			"where",
			"step",
			"order",
			"before",
			"after",
			"entry",
			"messages",
			"failed",
			"cases",
			"ends",
		}
		allowed |= {"len", "_speaks", "_WITHIN", "_OF_ENTRIES", "_SHOWN"}
	for node in ast.walk(ast.parse(path.read_text("utf-8"))):
		if isinstance(node, ast.FormattedValue):
			names = {part.id for part in ast.walk(node.value) if isinstance(part, ast.Name)}
			assert names <= allowed | {"conditions", "unread", "waiting"}, ast.unparse(node)


@pytest.mark.parametrize("path", FILES, ids=_id)
def test_it_writes_comprehensions_as_frappe_asks(path: Path) -> None:
	"""Frappe's semgrep rules take no map and no filter; they run on GitHub, and this here."""
	called = {
		ast.unparse(node.func)
		for node in ast.walk(ast.parse(path.read_text("utf-8")))
		if isinstance(node, ast.Call)
	}
	assert not called & {"map", "filter"}
