"""SQL and the names of columns and states are the store's: whoever wants a row changed says what happened to it."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import customer_thread
from customer_thread.domain.model import DeliveryState
from customer_thread.store.rows import AttachmentState, HistoryState

PACKAGE = Path(customer_thread.__file__).parent
#: the port itself, and what a host has beside the DocTypes of the app: its own tables and its framework's
PLUMBING = {"store", "standalone/database.py", "frappe_host/database.py"}
WRITING = {"insert", "update", "delete", "lock"}
STATES = {*get_args(DeliveryState), *get_args(AttachmentState), *get_args(HistoryState)}
FILES = [
	path
	for path in sorted(PACKAGE.rglob("*.py"))
	if not PLUMBING & {str(path.relative_to(PACKAGE)), path.relative_to(PACKAGE).parts[0]}
]


def _writes(tree: ast.Module) -> Iterator[str]:
	"""Yield the calls of a writing method of a database."""
	for node in ast.walk(tree):
		if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITING:
			owner = ast.unparse(node.func.value)
			if owner.removeprefix("self.").strip("_").endswith("database"):
				yield ast.unparse(node)


def _states_given(tree: ast.Module) -> Iterator[str]:
	"""Yield the dicts and calls that give a state by its name."""
	for node in ast.walk(tree):
		if isinstance(node, ast.Dict):
			given = zip(node.keys, node.values, strict=True)
			named = [value for key, value in given if isinstance(key, ast.Constant) and key.value == "state"]
			if any(isinstance(value, ast.Constant) and value.value in STATES for value in named):
				yield ast.unparse(node)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_it_leaves_writing_to_the_store(path: Path) -> None:
	tree = ast.parse(path.read_text("utf-8"))
	assert list(_writes(tree)) == []
	if path.relative_to(PACKAGE).parts[0] in ("service", "api", "doc_events", "tasks.py"):
		assert list(_states_given(tree)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_it_calls_rows_by_their_types(path: Path) -> None:
	"""What is read of tables that are not the app's has no type of ours."""
	if str(path.relative_to(PACKAGE)) not in ("frappe_host/documents.py", "frappe_host/plans.py"):
		names = {
			node.id for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Name)
		}
		assert "Row" not in names


def test_it_would_notice_a_service_that_writes() -> None:
	tree = ast.parse('ports.database.update(DELIVERY, "x", {"state": "Queued"}, {"claim": None})')
	assert len(list(_writes(tree))) == 1
	assert len(list(_states_given(tree))) == 1
	assert list(_writes(ast.parse('threads.lock(ports.database, "x")'))) == []
