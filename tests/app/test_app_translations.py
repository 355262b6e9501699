"""customer_thread/locale/main.pot holds every text there is to translate; `make pot` writes it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import customer_thread

PACKAGE = Path(customer_thread.__file__).parent
POT = PACKAGE / "locale" / "main.pot"
SCRIPT = PACKAGE.parent / "scripts" / "make_pot.py"


def _read(path: Path) -> Catalog:
	with path.open("rb") as file:
		return read_po(file, charset="utf-8")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
	path = tmp_path_factory.mktemp("pot") / "main.pot"
	subprocess.run([sys.executable, SCRIPT, path], check=True)
	return path


@pytest.fixture(scope="module")
def known() -> set[str]:
	return {str(message.id) for message in _read(POT) if message.id}


def test_it_is_up_to_date(fresh: Path, known: set[str]) -> None:
	assert known == {str(message.id) for message in _read(fresh) if message.id}, "run `make pot`"


def test_it_writes_the_same_file_again(fresh: Path, tmp_path: Path) -> None:
	again = tmp_path / "main.pot"
	subprocess.run([sys.executable, SCRIPT, again], check=True)

	assert again.read_bytes() == fresh.read_bytes()


@pytest.mark.parametrize(
	"text",
	[
		"Customer Thread Settings",  # a DocType
		"Auth Token",  # a label
		"Opted Out",  # an option
		"Card rules",  # a link of the workspace
		"{} unread",  # a shortcut's count
		"Please sign in to see your messages.",  # Python
		"1 new message",  # Jinja
		"Another customer…",  # JavaScript
	],
)
def test_it_holds_texts_of_every_kind(known: set[str], text: str) -> None:
	assert text in known


@pytest.mark.parametrize(
	("pattern", "folder"),
	[(r'\b__\(\s*"((?:[^"\\]|\\.)+)"', "*.js"), (r'\b_\(\s*"((?:[^"\\{]|\\.)+)"', "*.html")],
)
def test_it_misses_no_text_of_a_script_or_template(known: set[str], pattern: str, folder: str) -> None:
	texts = {
		text
		for path in PACKAGE.rglob(folder)
		if "standalone" not in path.parts
		for text in re.findall(pattern, path.read_text("utf-8"))
	}
	assert texts
	assert texts <= known


def test_it_holds_no_time() -> None:
	assert "POT-Creation-Date: 2026-11-01 00:00+0000" in POT.read_text("utf-8")
