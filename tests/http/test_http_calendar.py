"""The way to the calendar from outside: the page, and what a calendar reads without a session."""

import html
import re
import sqlite3
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import uuid4

import pytest
import requests
from icalendar import Calendar
from support.host import EmbeddedHost
from support.people import Browser, Staff
from support.waiting import wait_until

TIMEOUT = 20
PAGE = "/messages/calendar"
NEXT_WEEK = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(days=7)
ADDRESS = re.compile(r'<input class="field" id="address" value="([^"]+)" readonly')


def press(browser: Browser, wanted: str, **changes: str) -> requests.Response:
	"""Press a button of the page as a browser without scripts does."""
	page = browser.open(PAGE).text
	assert f'name="calendar" value="{wanted}"' in page
	hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
	form = {**hidden, "calendar": wanted, **changes}
	return browser.http.post(browser.base + PAGE, data=form, timeout=TIMEOUT, allow_redirects=False)


def address_of(browser: Browser) -> str:
	"""Return the path of the address that the page shows; empty for none."""
	page = browser.open(PAGE).text
	found = ADDRESS.search(page)
	if found is None:
		return ""
	assert f'href="{found[1].replace("http://", "webcal://")}"' in page
	return urlsplit(found[1]).path


def subscribe(browser: Browser) -> str:
	"""Make an address and return its path."""
	answer = press(browser, "new")
	assert (answer.status_code, urlsplit(answer.headers["Location"]).path) == (303, PAGE)
	path = address_of(browser)
	assert re.fullmatch(r"/messages/calendar/[0-9a-z]{26,}\.ics", path)
	return path


def read(host: EmbeddedHost, path: str, method: str = "GET", **headers: str) -> requests.Response:
	"""Ask as a calendar does, which never signed in."""
	return requests.request(method, host.url + path, headers=headers, timeout=TIMEOUT, allow_redirects=False)


def test_a_calendar_reads_it_without_a_session(host: EmbeddedHost, sarah: Browser) -> None:
	answer = read(host, subscribe(sarah))

	assert answer.status_code == 200
	assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
	assert Calendar.from_ical(answer.content)["x-wr-calname"] == "Mike's Contracting"
	assert answer.headers["Cache-Control"] == "private, no-cache"
	assert answer.headers["Referrer-Policy"] == "no-referrer"
	assert "noindex" in answer.headers["X-Robots-Tag"]
	assert answer.headers["X-Content-Type-Options"] == "nosniff"
	assert "Sarah" not in answer.text


def test_it_answers_with_nothing_to_whom_nothing_is_new(host: EmbeddedHost, sarah: Browser) -> None:
	path = subscribe(sarah)
	tag = read(host, path).headers["ETag"]
	again = read(host, path, **{"If-None-Match": tag})

	assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
	assert again.headers["Cache-Control"] == "private, no-cache"
	assert read(host, path, **{"If-None-Match": '"other"'}).status_code == 200
	assert read(host, path, "HEAD").status_code == 200
	assert read(host, path, "POST").status_code in (404, 405)


def test_a_new_address_and_turning_off_end_the_old_one(host: EmbeddedHost, sarah: Browser) -> None:
	first = subscribe(sarah)
	second = subscribe(sarah)
	assert first != second
	assert (read(host, first).status_code, read(host, second).status_code) == (404, 200)
	assert press(sarah, "off").status_code == 303
	assert read(host, second).status_code == 404
	assert address_of(sarah) == ""


def test_what_is_none_is_refused_as_what_has_ended(host: EmbeddedHost, sarah: Browser) -> None:
	path = subscribe(sarah)
	ended, none = (press(sarah, "off"), read(host, path))[1], read(host, f"{PAGE}/{'0' * 40}.ics")

	assert (ended.status_code, ended.text.count("<h1")) == (404, 1)
	strip = re.compile(r"nonce[^ ]*|[\"'][^\"']{20,}[\"']")
	assert strip.sub("", ended.text) == strip.sub("", none.text)
	assert "noindex" in none.headers["X-Robots-Tag"]


def test_each_customer_has_an_address_of_their_own(
	host: EmbeddedHost, sarah: Browser, charlie: Browser
) -> None:
	hers, his = subscribe(sarah), subscribe(charlie)

	assert hers != his
	assert (address_of(sarah), address_of(charlie)) == (hers, his)
	press(charlie, "off")
	assert read(host, hers).status_code == 200


def test_nobody_else_presses_the_button(host: EmbeddedHost, sarah: Browser) -> None:
	path = subscribe(sarah)

	assert press(sarah, "new", csrf_token="wrong").status_code in (400, 403)
	assert press(sarah, "new", calendar="everything").status_code in (400, 417)
	guest = read(host, PAGE)
	assert guest.status_code == 303
	assert read(host, PAGE, "POST").status_code in (303, 400, 403)
	assert read(host, path).status_code == 200


@pytest.mark.embedded("it looks into the embedded host's own file")
def test_the_page_is_kept_nowhere(host: EmbeddedHost, sarah: Browser) -> None:
	path = subscribe(sarah)
	page = sarah.open(PAGE)

	assert page.headers["Cache-Control"] == "no-store"
	token = path.rpartition("/")[2].removesuffix(".ics")
	assert token in page.text
	assert token not in host.logged()
	with sqlite3.connect(host.folder / "thread.db") as database:
		found = database.execute("SELECT COUNT(*) FROM `tabThread Calendar` WHERE token = ?", [token])
		assert found.fetchone() == (1,)


def test_an_address_that_somebody_quotes_is_not_shown(host: EmbeddedHost, sarah: Browser) -> None:
	path = subscribe(sarah)
	token = path.rpartition("/")[2].removesuffix(".ics")
	entry = sarah.reply(f"My calendar is {host.url}{path} if you need it")

	assert token not in entry["text"]
	assert "/messages/calendar/" in entry["text"]


def test_a_file_is_nobody_elses(host: EmbeddedHost, sarah: Browser) -> None:
	for asked in ({"document": "Appointment", "name": "X"}, {"document": "Sales Invoice", "name": "X"}):
		answer = sarah.get("calendar_file", **asked)
		assert (answer.status_code, answer.json()["message"]) == (404, "This document is not there.")
	assert sarah.get("calendar_file", document="Appointment").status_code in (400, 417)
	guest = read(host, "/api/method/customer_thread.api.portal.calendar_file?document=Event&name=x")
	assert guest.status_code == host.not_signed_in


def plan(staff: Staff, customer: str, key: str, **given: object) -> None:
	"""Let another program say what an appointment is now."""
	values = {
		"title": "Deck, stairs; and rails",
		"starts_at": NEXT_WEEK.isoformat(),
		"ends_at": (NEXT_WEEK + timedelta(hours=2)).isoformat(),
		"state": "Scheduled",
		**given,
	}
	staff.do("record_appointment", customer=customer, source_key=key, **values)


def event_in(data: bytes) -> Any:  # noqa: ANN401
	"""Return the one event of a file."""
	[event] = Calendar.from_ical(data).walk("VEVENT")
	return event


@pytest.mark.embedded("its appointments are given to it")
def test_the_buttons_give_the_file_and_the_next_one_replaces_it(
	host: EmbeddedHost, staff: Staff, sarah: Browser, charlie: Browser
) -> None:
	key = f"visit {uuid4().hex}"
	plan(staff, sarah.customer, key)
	link = re.compile(r'<a [^>]*href="(/api/[^"]+calendar_file[^"]+)"')
	[path] = [html.unescape(found) for found in link.findall(sarah.open("/schedule").text)]
	own_page = sarah.open(f"/messages/appointments/{quote(key)}")
	assert (own_page.status_code, link.findall(own_page.text)) == (200, [html.escape(path)])
	answer = sarah.open(path)
	made = event_in(answer.content)

	assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
	assert answer.headers["Content-Disposition"].startswith("attachment")
	assert answer.headers["Cache-Control"] == "no-store"
	assert made.decoded("dtstart") == NEXT_WEEK
	assert made.decoded("dtend") == NEXT_WEEK + timedelta(hours=2)
	assert str(made["summary"]) == "Mike's Contracting: Deck, stairs; and rails"
	assert charlie.open(path).status_code == 404
	plan(staff, sarah.customer, key, starts_at=(NEXT_WEEK + timedelta(hours=1)).isoformat())
	moved = event_in(sarah.open(path).content)
	plan(staff, sarah.customer, key, state="Cancelled")
	ended = event_in(sarah.open(path).content)
	assert made["uid"] == moved["uid"] == ended["uid"]
	assert [made["sequence"], moved["sequence"], ended["sequence"]] == [0, 1, 2]
	assert moved.decoded("dtstart") == NEXT_WEEK + timedelta(hours=1)
	assert (moved["status"], ended["status"]) == ("CONFIRMED", "CANCELLED")
	assert "calendar_file" not in sarah.open("/schedule").text


@pytest.mark.embedded("its appointments are given to it")
def test_an_address_follows_what_is_moved(host: EmbeddedHost, staff: Staff, sarah: Browser) -> None:
	path, key = subscribe(sarah), f"visit {uuid4().hex}"
	tag = read(host, path).headers["ETag"]
	plan(staff, sarah.customer, key)
	answer = read(host, path, **{"If-None-Match": tag})

	assert answer.status_code == 200
	assert event_in(answer.content).decoded("dtstart") == NEXT_WEEK
	assert key not in answer.text
	plan(staff, sarah.customer, key, state="Cancelled")
	assert event_in(read(host, path).content)["status"] == "CANCELLED"


@pytest.mark.embedded("its appointments are given to it")
def test_the_mail_about_it_carries_the_file(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, address: str
) -> None:
	host.set(notice_delay_minutes=0)
	plan(staff, mailing_bob.customer, f"visit {uuid4().hex}")
	[letter] = wait_until(lambda: host.mails_to(address))
	[part] = letter.message.iter_attachments()

	assert part.get_content_type() == "text/calendar"
	assert part.get_param("method") == "PUBLISH"
	data = part.get_payload(decode=True)
	assert isinstance(data, bytes)
	assert event_in(data).decoded("dtstart") == NEXT_WEEK
