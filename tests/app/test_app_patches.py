"""Patches are listed, are there, and say what they do."""

import ast
from pathlib import Path

import pytest

import customer_thread

PACKAGE = Path(customer_thread.__file__).parent
LISTED = [
	line.split("#")[0].strip()
	for line in (PACKAGE / "patches.txt").read_text("utf-8").splitlines()
	if line.strip() and not line.startswith("[")
]
FILES = [path for path in (PACKAGE / "patches").rglob("*.py") if path.name != "__init__.py"]


def test_it_lists_every_patch_once() -> None:
	named = {
		".".join(("customer_thread", *path.relative_to(PACKAGE).with_suffix("").parts)) for path in FILES
	}
	assert set(LISTED) == named
	assert len(LISTED) == len(set(LISTED))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_says_what_a_patch_does_and_can_run_it(path: Path) -> None:
	tree = ast.parse(path.read_text("utf-8"))
	execute = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "execute"]
	assert len(execute) == 1
	assert ast.get_docstring(tree)
	assert not execute[0].args.args
	folders = [folder for folder in path.parents if PACKAGE in folder.parents]
	assert all((folder / "__init__.py").is_file() for folder in folders)
