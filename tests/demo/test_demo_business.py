"""The demo as one's own: `make demo BUSINESS="Ann's Roofs"`."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import requests
from support.cli import command
from support.running_demo import Demo
from support.waiting import wait_until

from customer_thread.domain.errors import BadInput
from customer_thread.standalone.demo.cast import business_of

REPOSITORY = Path(__file__).parents[2]


@pytest.mark.parametrize(
	("name", "person", "email"),
	[
		("Ann's Roofs", "Ann", "ann@annsroofs.example"),
		("Ann’s Roofs", "Ann", "ann@annsroofs.example"),
		("Jones’ Plumbing", "Jones", "jones@jonesplumbing.example"),
		("Mary Ann's", "Mary Ann", "maryann@maryanns.example"),
		("O'Brien Decks", "O'Brien Decks", "obriendecks@obriendecks.example"),
		("Dächer & Söhne", "Dächer & Söhne", "dachersohne@dachersohne.example"),
		("山田工務店", "山田工務店", "office@business.example"),
	],
)
def test_it_knows_whose_business_it_is(name: str, person: str, email: str) -> None:
	business = business_of(name)

	assert (business.name, business.contractor.name, business.contractor.email) == (name, person, email)


def test_it_is_mikes_if_nobody_says() -> None:
	mike = business_of("  ")

	assert (mike.name, mike.contractor.name, mike.accent) == ("Mike's Contracting", "Mike", "#1f5fbf")
	assert business_of("Ann's Roofs").accent == business_of("Ann's Roofs").accent != mike.accent
	assert business_of("Ann's Roofs", "B3261E").accent == "#b3261e"


@pytest.mark.parametrize(("name", "accent"), [("x" * 61, ""), ("", "blue"), ("", "#12"), ("", "url(x)")])
def test_it_refuses_what_cannot_be_shown(name: str, accent: str) -> None:
	with pytest.raises(BadInput):
		business_of(name, accent)
	assert command("demo", f"--business={name}", f"--accent={accent}").status == 2


def test_it_shows_it_everywhere(tmp_path: Path) -> None:
	demo = Demo(tmp_path, "--port", "0", "--business", "Ann's Roofs", "--accent", "#b3261e")
	try:
		sarah = demo.sign_in(demo.link)
		assert sarah.timeline()["thread"]["title"] == "Ann's Roofs"
		demo.act("office", text="Your papers", channel="email")
		wait_until(lambda: demo.state()["mail"]["sarah"])
		addresses = [demo.url + path for path in ("", "/project", "/invoices", "/invoices/2041")]
		pages = [requests.get(address, timeout=20).text for address in addresses]
		said = [*pages, sarah.open().text, str(demo.state()), demo.act("call")]
		assert [words for words in said if "Mike" in words or "1f5fbf" in words] == []
		assert all("Ann" in words for words in said)
		assert "--accent: #b3261e" in requests.get(f"{demo.url}/accent.css", timeout=20).text
	finally:
		demo.close()


#: what make and a shell would make something else of
AWKWARD = """-Ann's "$HOME" `id` $(id) \\ ; # & %s <b>"""


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize("from_environment", [False, True])
def test_make_passes_a_name_on_as_it_is(tmp_path: Path, from_environment: bool) -> None:
	program = tmp_path / "bin" / "customer-thread"
	program.parent.mkdir()
	program.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
	program.chmod(0o755)
	(tmp_path / ".demo").write_text("")
	# newer than what it is made from
	os.utime(tmp_path / ".demo", (2**31, 2**31))
	given = {"BUSINESS": AWKWARD, "ACCENT": "#b3261e"}
	words = [] if from_environment else [f"{name}={value}" for name, value in given.items()]
	ended = subprocess.run(
		["make", "--no-print-directory", "demo", f"VENV={tmp_path}", *words],
		cwd=REPOSITORY,
		env={**os.environ, **(given if from_environment else {})},
		capture_output=True,
		text=True,
		check=True,
	)

	assert ended.stdout.splitlines() == [
		"demo",
		"--port",
		"8420",
		f"--business={AWKWARD}",
		"--accent=#b3261e",
	]
