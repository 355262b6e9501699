"""The Schedule page: there for whoever has a thread, and for nobody else."""

import re

import requests
from support.host import EmbeddedHost
from support.people import Browser

TIMEOUT = 20


def test_it_says_that_nothing_is_planned(sarah: Browser) -> None:
	page = sarah.open("/schedule")

	assert page.status_code == 200
	assert "Nothing is planned yet. As soon as Mike&#39;s Contracting sets a time with you" in page.text
	assert '<a class="button" href="/messages">' in page.text
	assert re.search(r'<button class="plain">Sign out</button>', page.text)


def test_it_marks_its_own_tab(own_host: EmbeddedHost) -> None:
	own_host.set(tabs="Messages=/messages,Schedule=/schedule")
	page = own_host.sign_in(own_host.add_customer("Sarah Lee")).open("/schedule")

	assert '<a href="/schedule" aria-current="page"><bdi>Schedule</bdi></a>' in page.text
	assert '<a href="/messages"><bdi>Messages</bdi></a>' in page.text


def test_it_keeps_the_schedule_to_itself(sarah: Browser) -> None:
	page = sarah.open("/schedule")

	assert page.headers["Cache-Control"] == "no-store"
	assert "default-src 'none'" in page.headers["Content-Security-Policy"]
	assert re.findall(r"<script", page.text) == []
	sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)">', page.text)
	assert len(sheets) == 2
	for sheet in sheets:
		assert requests.get(sarah.base + sheet, timeout=TIMEOUT).status_code == 200


def test_it_leads_the_signed_out_to_sign_in_and_back(sarah: Browser) -> None:
	answer = requests.get(f"{sarah.base}/schedule", timeout=TIMEOUT, allow_redirects=False)

	assert answer.status_code == 303
	assert answer.headers["Location"].partition("#")[0].endswith("redirect-to=/schedule")
	assert answer.headers["Cache-Control"] == "no-store"


def test_it_only_shows_the_schedule(sarah: Browser) -> None:
	assert sarah.http.post(f"{sarah.base}/schedule", timeout=TIMEOUT).status_code in (400, 405)
