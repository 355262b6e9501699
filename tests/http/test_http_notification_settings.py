"""What customers say of how they are notified: the page, its calls, and the way out that a mail has."""

import re
import sqlite3
from typing import Any

import pytest
import requests
from support.host import NUMBER, EmbeddedHost
from support.people import API, Browser, message_of
from support.waiting import wait_until

from customer_thread.domain.notices.mail_token import mail_token

TIMEOUT = 20
PAGE = "/notification-settings"
DEFAULT = {
	"sms": True,
	"email": True,
	"push": True,
	"quiet": True,
	"quiet_start": "21:00",
	"quiet_end": "08:00",
	"timezone": "America/New_York",
}


@pytest.fixture(scope="module", autouse=True)
def nights(host: EmbeddedHost) -> None:
	"""Let there be nights, as where nobody has set any."""
	host.set(quiet_start=DEFAULT["quiet_start"], quiet_end=DEFAULT["quiet_end"])


def wanted(browser: Browser) -> dict[str, Any]:
	"""Return what a customer wants now."""
	found: dict[str, Any] = message_of(browser.get("preferences"))
	return found


def send_form(browser: Browser, **fields: str) -> requests.Response:
	"""Send the page's form as a browser without scripts does, with what is changed in it."""
	page = browser.open(PAGE).text
	hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
	checked = re.findall(r'<input type="checkbox" name="([^"]+)" value="1" checked', page)
	times = dict(re.findall(r'<input type="time" name="([^"]+)" id="[^"]+" value="([^"]*)"', page))
	[zone] = re.findall(r'<option value="([^"]+)" selected>', page)
	# a box that is not checked leaves the field behind it to speak
	form = {**hidden, **dict.fromkeys(checked, "1"), **times, "timezone": zone, **fields}
	return browser.http.post(browser.base + PAGE, data=form, timeout=TIMEOUT, allow_redirects=False)


def test_it_needs_no_visit(sarah: Browser) -> None:
	assert wanted(sarah) == DEFAULT


def test_it_keeps_what_is_given_and_leaves_the_rest(sarah: Browser, charlie: Browser) -> None:
	answer = message_of(sarah.post("save_preferences", email=False, quiet_start="22:30"))
	assert answer == {**DEFAULT, "email": False, "quiet_start": "22:30"}
	answer = message_of(sarah.post("save_preferences", sms="0", quiet="off", timezone="Asia/Kolkata"))
	assert answer == wanted(sarah)
	assert answer == {
		**DEFAULT,
		"email": False,
		"sms": False,
		"quiet": False,
		"quiet_start": "22:30",
		"timezone": "Asia/Kolkata",
	}
	assert wanted(charlie) == DEFAULT


@pytest.mark.parametrize(
	("wrong", "said"),
	[
		({"quiet_start": "25:00"}, "“25:00” is no time of day. Write it like 21:00."),
		({"quiet_end": ""}, "“” is no time of day. Write it like 21:00."),
		({"quiet_end": ["8"]}, "quiet_end must be text."),
		({"timezone": "Nowhere/City"}, "“Nowhere/City” is no time zone. Write it like America/New_York."),
		({"timezone": "../../etc/passwd"}, "is no time zone"),
		({"sms": "maybe"}, "sms is yes or no: write 1 or 0."),
		({"push": {"a": 1}}, "push is yes or no: write 1 or 0."),
	],
)
def test_it_keeps_nothing_of_what_is_wrong_in_a_part(
	sarah: Browser, wrong: dict[str, Any], said: str
) -> None:
	answer = sarah.post("save_preferences", **{"email": False, **wrong})
	assert answer.status_code == 400
	assert said in answer.json()["message"]
	assert wanted(sarah) == DEFAULT


def test_it_is_the_customers_alone(sarah: Browser) -> None:
	assert sarah.post("save_preferences", csrf="", email=False).status_code in (400, 403)
	stranger = requests.get(f"{sarah.base}{API}.portal.preferences", timeout=TIMEOUT)
	assert stranger.status_code in (401, 403)
	assert wanted(sarah) == DEFAULT


def test_its_page_is_in_the_menu_and_leads_the_signed_out_back(sarah: Browser) -> None:
	assert f'href="{PAGE}"' in sarah.open().text
	page = sarah.open(PAGE)
	assert page.status_code == 200
	assert page.headers["Cache-Control"] == "no-store"
	assert "New York time" in page.text
	answer = requests.get(sarah.base + PAGE, timeout=TIMEOUT, allow_redirects=False)
	assert answer.status_code == 303
	assert answer.headers["Location"].partition("#")[0].endswith(f"redirect-to={PAGE}")


def test_it_works_without_scripts(sarah: Browser) -> None:
	page = sarah.open(PAGE).text
	assert {"email", "sms", "quiet"} <= set(re.findall(r'name="(\w+)" value="1" checked', page))

	answer = send_form(sarah, quiet="0", quiet_end="07:15", timezone="America/Denver")

	assert answer.status_code == 303
	saved = sarah.http.get(sarah.base + answer.headers["Location"], timeout=TIMEOUT).text
	assert '<span role="status" id="said">Saved</span>' in saved
	assert wanted(sarah) == {**DEFAULT, "quiet": False, "quiet_end": "07:15", "timezone": "America/Denver"}
	assert send_form(sarah).status_code == 303
	assert wanted(sarah) == {**DEFAULT, "quiet": False, "quiet_end": "07:15", "timezone": "America/Denver"}


def test_it_says_on_the_page_what_was_wrong(sarah: Browser) -> None:
	answer = send_form(sarah, quiet_start="late", email="0")
	assert answer.status_code == 422
	assert "“late” is no time of day. Write it like 21:00." in answer.text
	assert 'id="said"></span>' in answer.text
	assert wanted(sarah) == DEFAULT
	assert send_form(sarah, csrf_token="wrong").status_code in (400, 403)


def test_it_says_who_can_turn_stopped_texts_on_again(host: EmbeddedHost, sarah: Browser, phone: str) -> None:
	business = f"{NUMBER[2:5]}) {NUMBER[5:8]}-{NUMBER[8:]}"
	assert f"text STOP to ({business}" in sarah.open(PAGE).text

	host.receive(phone, "STOP")

	page = sarah.open(PAGE).text
	assert "STOP was texted from there" in page
	assert f"text START to ({business}" in page
	message_of(sarah.post("save_preferences", sms=False))
	message_of(sarah.post("save_preferences", sms=True))
	assert "STOP was texted from there" in sarah.open(PAGE).text
	host.receive(phone, "START")
	assert "STOP was texted from there" not in sarah.open(PAGE).text


def test_it_sends_a_test_by_each_way_that_is_on(
	host: EmbeddedHost, sarah: Browser, phone: str, address: str
) -> None:
	message_of(sarah.post("save_preferences", quiet_start="00:00", quiet_end="23:59"))
	assert set(message_of(sarah.post("test_notice"))["channels"]) == {"email", "sms"}
	wait_until(lambda: host.texts_to(phone, "This is a test"))
	mailbox = host.mailbox_of(sarah.customer, address)
	wait_until(lambda: host.mails_to(mailbox, "A test from"))
	again = sarah.post("test_notice")
	assert again.status_code == 429
	assert "You were sent a test just now." in again.json()["message"]


def test_it_sends_a_test_without_scripts(host: EmbeddedHost, sarah: Browser, address: str) -> None:
	message_of(sarah.post("save_preferences", sms=False))
	answer = send_form(sarah, test="1")
	assert answer.status_code == 303
	assert "A test is on its way." in sarah.open(answer.headers["Location"].removeprefix(sarah.base)).text
	mailbox = host.mailbox_of(sarah.customer, address)
	wait_until(lambda: host.mails_to(mailbox))
	assert send_form(sarah, test="1").status_code == 422


def _unsubscribe(host: EmbeddedHost, customer: str) -> str:
	with sqlite3.connect(host.folder / "thread.db") as database:
		select = "SELECT code, reply_token FROM `tabCustomer Thread` WHERE party = ?"
		[(code, secret)] = database.execute(select, (customer,))
	return f"{host.url}{API}.portal.unsubscribe_mail?token={mail_token(code, secret, customer)}"


@pytest.mark.embedded("reads the folder; a site has the same in tests/bench")
def test_it_unsubscribes_with_one_click_and_from_mails_alone(host: EmbeddedHost, sarah: Browser) -> None:
	address = _unsubscribe(host, sarah.customer)
	for _scan in range(3):
		seen = requests.get(address, timeout=TIMEOUT)
		assert seen.status_code == requests.head(address, timeout=TIMEOUT).status_code == 200
		assert "Turn off e-mail notices?" in seen.text
		assert seen.headers["Cache-Control"] == "no-store"
	assert wanted(sarah) == DEFAULT

	# as RFC 8058 §3.1 has it: no cookie, nothing but this
	done = requests.post(address, data={"List-Unsubscribe": "One-Click"}, timeout=TIMEOUT)

	assert done.status_code == 200
	assert "E-mail notices are off" in done.text
	assert wanted(sarah) == {**DEFAULT, "email": False}
	# the page's own button, whoever is signed in there
	message_of(sarah.post("save_preferences", email=True))
	assert sarah.http.post(address, data={"csrf_token": ""}, timeout=TIMEOUT).status_code == 200
	assert wanted(sarah) == {**DEFAULT, "email": False}


@pytest.mark.embedded("reads the folder; a site has the same in tests/bench")
def test_it_unsubscribes_nobody_else(host: EmbeddedHost, sarah: Browser, charlie: Browser) -> None:
	address = _unsubscribe(host, sarah.customer)
	for wrong in (address[:-1], address + "0", address.partition("?")[0], address[:-32] + "0" * 32):
		for ask in (requests.get, requests.post):
			answer = ask(wrong, timeout=TIMEOUT)
			assert answer.status_code == 403
			assert "This link is not valid any more." in answer.text
	assert wanted(sarah) == wanted(charlie) == DEFAULT
