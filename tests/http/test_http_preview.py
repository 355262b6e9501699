"""A preview is the page as its customer sees it, for staff, and nothing that is looked at there leaves a trace."""

import html
import re

import pytest
import requests
from support.host import OFFICE, EmbeddedHost, new_email, new_phone
from support.mails import mail
from support.people import TIMEOUT, Browser, Staff
from support.waiting import wait_until

from customer_thread.domain.model import Attachment

WORDS = "clementine"
ROW = re.compile(r'<li id="(\d+)" class="row.*?</li>', re.DOTALL)
ADDRESS = re.compile(r'(?:href|src|action)="([^"]*)"')


@pytest.fixture(scope="module")
def owner(host: EmbeddedHost) -> Browser:
	"""Return a customer in whose thread there is something of every kind, some of it unread."""
	phone, address = new_phone(), new_email(WORDS)
	browser = host.sign_in(host.add_customer(f"Sarah {WORDS}", phone=phone, email=address, project="Deck"))
	customer = browser.customer
	browser.reply(f"{WORDS} reply", "5f0c9ff0-5b1c-4e0e-9f0a-0f2d4c2b8b77")
	picture = Attachment(f"{WORDS}.png", "image/png", b"\x89PNG\r\n\x1a\n" + WORDS.encode() * 50)
	host.receive(phone, f"{WORDS} text", [picture])
	text = f"{WORDS} mail\n\nOn Tue, May 13, 2026 Mike wrote:\n> history\n"
	thread = host.staff.thread(customer)["thread"]["thread"]
	host.staff.do("trust", thread=thread, address=address, trusted=True)
	host.take(mail(address, OFFICE, text, subject=WORDS), OFFICE)
	host.staff.do("send", customer=customer, text=f"{WORDS} answer")
	host.staff.do("note", customer=customer, text="a secret note")
	host.staff.do("record_event", customer=customer, event_type="Test", title="Card", url="/a-document")
	host.staff.do("record_call", customer=customer, seconds=60)
	wait_until(
		lambda: [file["state"] for entry in browser.entries() for file in entry["attachments"]] == ["ready"]
	)
	# a site fetches its mails a little later
	wait_until(lambda: len(browser.entries()) == 6)
	wait_until(lambda: not [row for row in host.staff.deliveries(customer) if row["state"] == "Queued"])
	return browser


def look(staff: Staff, path: str) -> requests.Response:
	return requests.get(staff.base + path, headers=staff.headers, timeout=TIMEOUT, allow_redirects=False)


@pytest.fixture
def path(staff: Staff, owner: Browser) -> str:
	return f"/messages/preview/{staff.thread(owner.customer)['thread']['thread']}"


def rows_of(page: str) -> dict[str, str]:
	"""Return the entries of a page without the addresses in them."""
	return {row[1]: ADDRESS.sub("", row[0]) for row in ROW.finditer(page)}


def test_it_is_what_the_customer_sees(staff: Staff, owner: Browser, path: str) -> None:
	theirs, seen = owner.open("/messages"), look(staff, path)
	assert seen.status_code == 200
	assert rows_of(seen.text) == rows_of(theirs.text)
	assert len(rows_of(seen.text)) == 6
	assert seen.text.count('class="new-line"') == theirs.text.count('class="new-line"')
	assert f"Preview: what Sarah {WORDS} sees" in seen.text
	assert "Preview" not in theirs.text
	assert 'href="/a-document"' in seen.text
	assert "a secret note" not in seen.text


def test_it_can_be_searched_without_a_script(staff: Staff, path: str) -> None:
	page = look(staff, path).text
	assert re.search(r'<form role="search"[^>]* class="open"', page)
	assert "search-toggle" not in page


def test_it_can_write_nothing(staff: Staff, owner: Browser, path: str) -> None:
	page = look(staff, path).text
	assert "<script" not in page
	assert "modulepreload" not in page
	assert 'method="post"' not in page
	assert '<meta name="csrf-token" content="">' in page
	assert re.search(r"<textarea[^>]* disabled>", page)
	for text in ("text", ""):
		sent = requests.post(staff.base + path, data={"text": text}, headers=staff.headers, timeout=TIMEOUT)
		assert sent.status_code in (403, 404, 405)


def test_it_leaves_no_trace(staff: Staff, owner: Browser, path: str) -> None:
	def state() -> list[object]:
		page, thread = owner.timeline(), staff.thread(owner.customer)["thread"]
		return [page["unread"], page["revision"], page["last"], thread["unread"]]

	before = state()
	assert before[0]
	assert before[3]
	for asked in ("", "?q=answer", "?limit=2", f"?around={before[2]}"):
		assert look(staff, path + asked).status_code == 200
	assert state() == before


def test_it_is_kept_by_nobody(staff: Staff, path: str) -> None:
	headers = look(staff, path).headers
	assert headers["Cache-Control"] == "no-store"
	assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_its_ways_lead_through_the_preview(staff: Staff, path: str) -> None:
	for asked in ("?limit=2", "?q=clementine&limit=1"):
		page = look(staff, path + asked).text
		ways = [html.unescape(way) for way in ADDRESS.findall(page)]
		inside = [way for way in ways if way.startswith(("/messages?", "/api/")) or way == "/messages"]
		# but for the tab over it, as they have it
		assert inside.count("/messages") == len(inside) <= 1
		assert [way for way in ways if way.startswith(path)]
	[cursor] = re.findall(r'<button name="before" value="([^"]+)"', look(staff, path + "?limit=2").text)
	older = look(staff, f"{path}?limit=2&before={cursor}")
	assert len(rows_of(older.text)) == 2


def test_its_pictures_and_mails_open(staff: Staff, owner: Browser, charlie: Browser, path: str) -> None:
	page = look(staff, path).text
	[picture] = {
		html.unescape(found) for found in re.findall(r'<img src="([^"]+)"', page) if "preview" in found
	}
	[original] = {html.unescape(found) for found in re.findall(r'href="([^"]+/original[^"]*)"', page)}
	found = look(staff, picture)
	assert (found.status_code, found.headers["Content-Type"]) == (200, "image/png")
	assert "> history" in look(staff, original).text
	for address in (picture, original):
		assert address.startswith(path)
		for browser in (owner, charlie):
			assert browser.open(address).status_code in (403, 404)
		elsewhere = staff.thread(charlie.customer)["thread"]["thread"]
		moved = address.replace(path, f"/messages/preview/{elsewhere}")
		assert look(staff, moved).status_code == 404
	for nothing in ("/attachment", "/attachment?entry=x&index=0", "/nothing?entry=1"):
		assert look(staff, path + nothing).status_code in (400, 404)


def test_it_is_for_staff_alone(
	host: EmbeddedHost, staff: Staff, owner: Browser, charlie: Browser, path: str
) -> None:
	for browser in (owner, charlie):
		refused = browser.open(path)
		assert refused.status_code in (403, 404)
		assert WORDS not in refused.text
	away = requests.get(staff.base + path, allow_redirects=False, timeout=TIMEOUT)
	assert away.status_code == 303
	assert WORDS not in away.text


def test_it_shows_no_thread_that_no_customer_reads(host: EmbeddedHost, staff: Staff) -> None:
	stranger = new_phone()
	host.receive(stranger, "who is this")
	waiting = wait_until(lambda: staff.unmatched(stranger))
	for name in (waiting["thread"], "nothing", "%27", "a/b/c"):
		assert look(staff, f"/messages/preview/{name}").status_code == 404
	assert look(staff, "/messages/preview/").status_code == 404
