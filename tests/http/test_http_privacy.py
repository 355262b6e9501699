"""Somebody else's: the same answer for what is not yours and what is not there."""

import json
from typing import Any
from urllib.parse import quote

import pytest
import requests
from support.host import OFFICE, EmbeddedHost, new_email, new_phone
from support.mails import mail, proof
from support.people import API, Browser, Staff
from support.waiting import wait_until

from customer_thread.domain.model import Attachment

WORDS = "marmalade"


@pytest.fixture(scope="module")
def owner(host: EmbeddedHost) -> Browser:
	"""Return a customer in whose thread everything says marmalade: texts, mails, cards, pictures, notes."""
	phone, address = new_phone(), new_email(WORDS)
	browser = host.sign_in(host.add_customer(f"Sarah {WORDS}", phone=phone, email=address, project=WORDS))
	customer = browser.customer
	browser.reply(f"{WORDS} reply", "5f0c9ff0-5b1c-4e0e-9f0a-0f2d4c2b8a77")
	picture = Attachment(f"{WORDS}.png", "image/png", b"\x89PNG\r\n\x1a\n" + WORDS.encode() * 50)
	host.receive(phone, f"{WORDS} text", [picture])
	text = f"{WORDS} mail\n\nOn Tue, May 13, 2026 Mike wrote:\n> {WORDS}\n"
	host.take(mail(address, OFFICE, text, subject=WORDS, **proof(address)), OFFICE)
	host.staff.do("send", customer=customer, text=f"{WORDS} answer")
	host.staff.do("note", customer=customer, text=f"{WORDS} note")
	host.staff.do("record_event", customer=customer, event_type=WORDS, title=WORDS, url=f"/{WORDS}")
	host.staff.do("record_call", customer=customer, seconds=60)
	wait_until(
		lambda: [file["state"] for entry in browser.entries() for file in entry["attachments"]] == ["ready"]
	)
	return browser


def seen_by(browser: Browser, owner: Browser) -> list[requests.Response]:
	"""Return the answers to everything a customer could try with another one's ids."""
	entries = owner.entries()
	numbers = [entry["id"] for entry in entries]
	pages = [owner.timeline(limit=2), owner.timeline(around=numbers[3], limit=3)]
	cursors = [page[key] for page in pages for key in ("before", "newer") if page.get(key)]
	others: dict[str, Any] = {"customer": owner.customer, "thread": owner.customer, "party": owner.customer}
	answers = [
		browser.get("timeline"),
		browser.get("timeline", **others),
		browser.get("timeline", **others, **{"as": "html"}),
		browser.get("timeline", q=WORDS),
		browser.get("timeline", q=""),
		browser.get("timeline", after=0),
		browser.get("timeline", after=numbers[0] - 1),
		browser.open("/messages"),
		browser.open(f"/messages?customer={owner.customer}"),
		browser.open("/" + WORDS[:3]),
		browser.open(f"/messages/{owner.customer}"),
	]
	for cursor in cursors:
		answers += [browser.get("timeline", before=cursor), browser.get("timeline", newer=cursor)]
	for number in numbers:
		answers += [
			browser.get("timeline", around=number),
			browser.get("attachment", entry=number, index=0, **others),
			browser.get("original", entry=number, **others),
			browser.open(f"/messages?around={number}"),
			browser.post("read", upto=number, **others),
		]
	return answers


def test_it_shows_its_owner_everything_but_the_note(owner: Browser) -> None:
	seen = json.dumps(owner.timeline())

	assert seen.count(WORDS) > 8
	assert f"{WORDS} note" not in seen


def test_it_shows_charlie_nothing_of_it(owner: Browser, charlie: Browser) -> None:
	charlie.reply("my own words")

	for answer in seen_by(charlie, owner):
		assert answer.status_code in (200, 404), answer.url
		shown = answer.text.replace(f'value="{WORDS}"', "")
		assert WORDS not in shown, answer.url
		assert owner.customer not in shown, answer.url


def test_it_shows_charlie_nothing_also_in_search(owner: Browser, charlie: Browser) -> None:
	page = charlie.open(f"/messages?q={WORDS}").text

	assert f"Nothing found for “{WORDS}”" in page
	assert page.count(WORDS) == 2


@pytest.mark.parametrize("call", ["attachment", "original", "timeline"])
def test_it_answers_alike_for_not_yours_and_not_there(owner: Browser, charlie: Browser, call: str) -> None:
	for entry in owner.entries():
		asked = {"around": entry["id"]} if call == "timeline" else {"entry": entry["id"], "index": 0}
		missing = {"around": 10**9} if call == "timeline" else {"entry": 10**9, "index": 0}
		theirs, nobodys = charlie.get(call, **asked), charlie.get(call, **missing)
		assert (theirs.status_code, theirs.content) == (404, nobodys.content)
		for name in ("Content-Type", "Cache-Control", "Content-Length"):
			assert theirs.headers[name] == nobodys.headers[name]


def test_it_answers_alike_when_a_read_is_not_yours(owner: Browser, charlie: Browser) -> None:
	number = owner.entries()[-1]["id"]
	theirs, nobodys = charlie.post("read", upto=number), charlie.post("read", upto=10**9)

	assert (theirs.status_code, theirs.content) == (404, nobodys.content)


def test_it_leaves_the_owners_thread_alone(owner: Browser, charlie: Browser) -> None:
	before = owner.timeline()
	number = before["entries"][0]["id"]
	client_id = "5f0c9ff0-5b1c-4e0e-9f0a-0f2d4c2b8a77"

	# the owner's own client id, in another thread
	entry = charlie.reply("mine", client_id)
	assert charlie.post("read", upto=number).status_code == 404

	assert entry["id"] not in [one["id"] for one in before["entries"]]
	after = owner.timeline()
	assert after["entries"] == before["entries"]
	assert after["unread"] == before["unread"]


def test_it_shows_the_next_one_on_the_same_tablet_his_own_only(
	host: EmbeddedHost, owner: Browser, charlie: Browser
) -> None:
	shared = requests.Session()
	host.let_in(shared, owner.customer)
	assert WORDS in shared.get(host.url + "/messages", timeout=20).text

	host.let_in(shared, charlie.customer)

	page = shared.get(host.url + "/messages", timeout=20)
	assert WORDS not in page.text
	assert page.headers["Cache-Control"] == "no-store"
	assert "Cookie" in page.headers["Vary"]


def test_it_shows_a_guest_nothing(host: EmbeddedHost, owner: Browser) -> None:
	guest = Browser(host.url, "")
	for answer in seen_by(guest, owner):
		# where one signs in it says again what was asked for, by which a site's customer is known
		said = answer.text.replace("/" + WORDS[:3], "")
		for asked in (quote(owner.customer), quote(quote(owner.customer))):
			said = said.replace(asked, "")
		assert WORDS not in said
		assert answer.status_code in (200, 401, 403, 404)
	assert guest.get("timeline").status_code == host.not_signed_in


@pytest.mark.embedded("sign-in links and the log are its own")
def test_it_writes_nothing_private_into_its_log(host: EmbeddedHost, owner: Browser, staff: Staff) -> None:
	link = host.sign_in_path(owner.customer)
	assert requests.get(host.url + link, timeout=20).status_code == 200
	host.text(f"whatsapp:{new_phone()}", f"{WORDS} by WhatsApp")
	stranger = new_phone()
	host.text(stranger, f"{WORDS} from a stranger")
	assert staff.unmatched(stranger)
	logged = wait_until(lambda: host.logged() if "is no text" in host.logged() else "")

	key, _colon, secret = staff.token.partition(":")
	for private in (WORDS, "the-auth-token", secret, key, link.rpartition("=")[2], owner.http.cookies["sid"]):
		assert private not in logged


@pytest.mark.embedded("sessions and tokens of a site are kept by Frappe")
def test_it_keeps_only_hashes_of_what_lets_somebody_in(
	host: EmbeddedHost, owner: Browser, staff: Staff
) -> None:
	link = host.sign_in_path(owner.customer).rpartition("=")[2]
	kept = b"".join(path.read_bytes() for path in host.folder.glob("thread.db*"))

	assert owner.customer.encode() in kept
	for secret in (link, owner.http.cookies["sid"], staff.token.partition(":")[2]):
		assert secret.encode() not in kept


@pytest.mark.embedded("Frappe answers every OPTIONS with an empty 200")
def test_it_answers_no_cross_site_question(owner: Browser) -> None:
	answer = owner.http.get(
		f"{owner.base}{API}.portal.timeline", headers={"Origin": "https://evil.example"}, timeout=20
	)
	assert "Access-Control-Allow-Origin" not in answer.headers
	preflight = owner.http.options(
		f"{owner.base}{API}.portal.reply",
		headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"},
		timeout=20,
	)
	assert preflight.status_code == 405
	assert "Access-Control-Allow-Origin" not in preflight.headers
