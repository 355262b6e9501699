"""The worked examples of CONTRIBUTING.md, done on a copy of the tree."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.pages import sections

ROOT = Path(__file__).parents[2]
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "screenshots", "node_modules")
EXAMPLES = sections((ROOT / "CONTRIBUTING.md").read_text("utf-8"))
CHECKS = {
	"A field more for the customer": [
		"tests/app/test_app_doctypes.py",
		"tests/app/test_app_rows.py",
		"tests/app/test_app_held_words.py",
		"tests/app/test_app_http_page.py",
		"tests/app/test_app_schema_page.py",
		"tests/store/test_store_rows.py",
	],
	"A call": [
		"tests/app/test_app_frappe.py",
		"tests/app/test_app_http_page.py",
		"tests/service/test_service_calls.py",
	],
}
PROGRAM = """
import sys
from pathlib import Path
from werkzeug.test import Client
import customer_thread
from customer_thread.domain.model import Party
from customer_thread.standalone.add_customer import add_customer
from customer_thread.standalone.security import SESSION_COOKIE
from customer_thread.standalone.web import App
from customer_thread.standalone.wiring import Host
from customer_thread.store import threads

assert str(Path.cwd()) in customer_thread.__file__
host = Host(Path(sys.argv[1]))
customer = add_customer(host, "Sarah Lee")
thread = threads.of_party(host.database, Party("Customer", customer))
with host.database.transaction():
	session = host.sessions.start(customer)
client = Client(App(host, lambda: True))
client.set_cookie(SESSION_COOKIE, session)

def ask(call):
	return client.get(f"/api/method/customer_thread.api.portal.{call}").json["message"]
"""
SEEN = {
	"A field more for the customer": """
entry = {"thread": thread["name"], "kind": "Message", "author": "Contractor", "label": "Mike's Contracting"}
with host.database.transaction():
	for us in (1, 2):
		host.database.insert("Thread Entry", {**entry, "text": "Hi", "occurred_us": us, "important": us - 1})
assert [one["important"] for one in ask("timeline")["entries"]] == [False, True]
""",
	"A call": """
assert ask("unread") == {"unread": 0}
""",
}


def _patch(example: str) -> str:
	[patch] = re.findall(r"````diff\n(.*?)````", EXAMPLES[example], re.DOTALL)
	return str(patch)


def _run(copy: Path, *command: str) -> None:
	surroundings = {**os.environ, "PYTHONPATH": str(copy)}
	done = subprocess.run(command, cwd=copy, env=surroundings, capture_output=True, text=True)
	assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
	"""Return a copy of what the tests look at."""
	copy = tmp_path / "tree"
	shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
	return copy


@pytest.mark.parametrize("example", sorted(CHECKS))
def test_it_is_done_as_it_says(example: str, copy: Path, tmp_path: Path) -> None:
	(tmp_path / "example.diff").write_text(_patch(example), "utf-8")
	_run(copy, "git", "apply", "-p0", str(tmp_path / "example.diff"))
	_run(copy, sys.executable, "-c", PROGRAM + SEEN[example], str(tmp_path / "data"))
	quietly = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not mariadb")
	_run(copy, sys.executable, "-m", "pytest", *quietly, *CHECKS[example])


def _places(example: str) -> set[str]:
	"""Return the files that are touched; a DocType's own files are one place."""
	files = re.findall(r"^\+\+\+ (.*)$", _patch(example), re.MULTILINE)
	return {file.rpartition("/")[0] if "/doctype/" in file else file for file in files}


def test_it_takes_five_places_for_a_field() -> None:
	assert len(_places("A field more for the customer")) <= 5


def test_it_takes_two_places_for_a_call_and_its_heading() -> None:
	places = _places("A call")
	assert len(places - {"docs/http.md"}) == 2
	assert "docs/http.md" in places
