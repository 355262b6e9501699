"""The way in without a password: a link that was asked for, passed on, too old, taken back."""

import re
from email.message import EmailMessage
from html import unescape
from urllib.parse import urljoin

import pytest
import requests
from support.host import EmbeddedHost, new_email, new_phone
from support.people import Browser, button_in, use_link
from support.waiting import wait_until
from support.way_in import (
	TIMEOUT,
	ask,
	hold,
	is_in,
	mailed,
	make_old,
	plain,
	press,
	texted,
)

LANDLINE = "+442079460958"

EMBEDDED = pytest.mark.embedded("looks into the folder of this host")


def test_a_link_is_sent_to_a_phone_and_leads_to_the_entry_in_two_pages(
	host: EmbeddedHost, sarah: Browser, phone: str
) -> None:
	entry = sarah.reply("Is it done?")["id"]
	assert ask(host, phone, f"/messages#{entry}").status_code == 200
	link = texted(host, phone)
	[text] = host.texts_to(phone, "/messages/in")
	assert "Mike's Contracting" in text.body
	assert "ignore" in text.body

	http = requests.Session()
	page = http.get(plain(link), timeout=TIMEOUT)
	assert page.text.count("<button") == 1
	answer = press(http, link)

	assert answer.status_code == 303
	assert answer.headers["Location"] == f"/messages?around={entry}#{entry}"
	assert "Is it done?" in http.get(urljoin(host.url, answer.headers["Location"]), timeout=TIMEOUT).text


def test_a_link_is_sent_by_mail_and_stands_in_no_thread(
	host: EmbeddedHost, sarah: Browser, address: str
) -> None:
	ask(host, address.upper())
	link = mailed(host, address)
	letter = host.mails_to(address)[-1].message

	assert "Mike's Contracting" in str(letter["Subject"])
	assert "ignore" in str(letter.get_body(("plain",)))
	assert letter["Auto-Submitted"]
	assert sarah.entries() == []
	assert host.staff.thread(sarah.customer)["deliveries"] == []
	assert press(requests.Session(), link).headers["Location"] == "/messages"


@EMBEDDED
def test_a_link_has_its_token_behind_the_hash_and_nowhere_else(
	host: EmbeddedHost, sarah: Browser, phone: str
) -> None:
	assert sarah.customer
	ask(host, phone)
	link = texted(host, phone)
	token = link.rpartition("#")[2]

	page = requests.get(link, timeout=TIMEOUT)

	assert page.status_code == 200
	assert page.headers["Referrer-Policy"] == "no-referrer"
	assert page.headers["Cache-Control"] == "no-store"
	action, fields = button_in(page.text)
	assert (action, fields) == ("/messages/in", {"token": "", "redirect-to": "/messages"})
	assert token not in host.logged()
	assert hold(host, f"SELECT name FROM `tabThread Delivery` WHERE text LIKE '%{token}%'") == []
	assert token.encode() not in b"".join(path.read_bytes() for path in host.folder.glob("thread.db*"))


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_scanner_uses_nothing_up(host: EmbeddedHost, sarah: Browser, phone: str, method: str) -> None:
	assert sarah.customer
	ask(host, phone)
	link = texted(host, phone)

	for _time in range(10):
		for where in (link, plain(link)):
			looked = requests.request(method, where, timeout=TIMEOUT, allow_redirects=False)
			assert looked.status_code == 200
			assert "browser=" not in looked.headers.get("Set-Cookie", "")

	her_phone = requests.Session()
	assert press(her_phone, link).status_code == 303
	# tomorrow, her session being over
	del her_phone.cookies["sid"]
	assert press(her_phone, link).status_code == 303


def test_a_link_that_was_passed_on_opens_nothing_and_a_fresh_one_goes_to_its_owner(
	host: EmbeddedHost, sarah: Browser, phone: str
) -> None:
	assert sarah.customer
	ask(host, phone)
	link = texted(host, phone)
	press(requests.Session(), link)

	neighbour = requests.Session()
	page = neighbour.get(plain(link), timeout=TIMEOUT)
	assert page.status_code == 403
	assert "used already" in page.text
	assert phone not in page.text
	assert f"the number that ends in {phone[-2:]}." in page.text
	action, fields = button_in(page.text)
	assert fields["again"] == "1"
	sent = neighbour.post(host.url + action, data=fields, timeout=TIMEOUT)
	assert "A fresh link is on its way" in sent.text
	assert phone not in sent.text
	assert not is_in(host, neighbour)

	fresh = texted(host, phone, 2)
	assert fresh != link
	assert press(requests.Session(), fresh).status_code == 303


@EMBEDDED
def test_a_link_that_is_too_old_has_a_fresh_one_sent(own_host: EmbeddedHost) -> None:
	mail = new_email()
	own_host.add_customer("Sarah Lee", email=mail)
	ask(own_host, mail)
	link = mailed(own_host, mail)
	make_old(own_host)

	http = requests.Session()
	page = http.get(plain(link), timeout=TIMEOUT)
	assert page.status_code == 403
	assert "too old" in page.text
	assert mail not in page.text
	again = use_link(http, plain(link))
	assert "on its way" in again.text
	fresh = wait_until(lambda: mailed(own_host, mail) if mailed(own_host, mail) != link else "")
	assert press(http, fresh).status_code == 303


@EMBEDDED
def test_a_link_that_was_taken_back_opens_nothing(own_host: EmbeddedHost) -> None:
	phone = new_phone()
	customer = own_host.add_customer("Sarah Lee", phone=phone)
	ask(own_host, phone)
	link = texted(own_host, phone)
	own_host.run("end-session", "--customer", customer)

	page = requests.get(plain(link), timeout=TIMEOUT)

	assert page.status_code == 403
	assert "has taken this link back" in page.text
	assert "/messages/sign-in" in page.text
	token = link.rpartition("#")[2]
	pressed = requests.post(
		f"{own_host.url}/messages/in", data={"token": token}, timeout=TIMEOUT, allow_redirects=False
	)
	assert pressed.status_code == 403
	assert "Set-Cookie" not in pressed.headers


def test_the_script_of_whoever_is_signed_in_looks_and_uses_nothing(
	host: EmbeddedHost, sarah: Browser, charlie: Browser, phone: str
) -> None:
	entry = sarah.reply("Is it done?")["id"]
	ask(host, phone, f"/messages?around={entry}")
	link = texted(host, phone)
	way, _hash, token = link.partition("#")
	action, his = button_in(charlie.http.get(way, timeout=TIMEOUT).text)
	_action, hers = button_in(sarah.http.get(way, timeout=TIMEOUT).text)
	assert his["look"] == hers["look"] == "1"

	asked = charlie.http.post(host.url + action, data={**his, "token": token}, timeout=TIMEOUT)
	assert "This link is for Sarah Lee." in unescape(asked.text)
	assert charlie.get("timeline").status_code == 200
	looked = {**hers, "token": token}
	straight = sarah.http.post(host.url + action, data=looked, timeout=TIMEOUT, allow_redirects=False)
	assert straight.headers["Location"] == f"/messages?around={entry}"
	assert "browser=" not in straight.headers.get("Set-Cookie", "")
	assert press(requests.Session(), link).status_code == 303


def test_a_number_of_two_customers_asks_which_when_it_is_used(own_host: EmbeddedHost) -> None:
	phone = new_phone()
	for name in ("Sarah Lee", "Lee & Sons"):
		own_host.add_customer(name, phone=phone)
	ask(own_host, phone)
	link = texted(own_host, phone)

	http = requests.Session()
	page = http.get(plain(link), timeout=TIMEOUT)
	assert "Sarah" not in page.text
	choose = use_link(http, plain(link))
	assert not is_in(own_host, http)
	offered = dict(re.findall(r'name="choice" value="(\w+)"><span dir="auto">([^<]+)<', choose.text))
	assert set(offered.values()) == {"Sarah Lee", "Lee &amp; Sons"}
	[sons] = [thread for thread, name in offered.items() if "Sons" in name]
	action, fields = button_in(choose.text)
	page = http.post(own_host.url + action, data={**fields, "choice": sons}, timeout=TIMEOUT)
	assert "Lee &amp; Sons" in page.text
	# from then on it is theirs
	elsewhere = requests.Session().get(plain(link), timeout=TIMEOUT)
	assert "used already" in elsewhere.text


@pytest.mark.parametrize("goal", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_a_link_leads_to_no_other_site(host: EmbeddedHost, sarah: Browser, phone: str, goal: str) -> None:
	assert sarah.customer
	ask(host, phone, goal)
	assert press(requests.Session(), texted(host, phone)).headers["Location"] == "/messages"


@EMBEDDED
def test_a_mail_address_that_signed_in_is_trusted(host: EmbeddedHost, sarah: Browser, address: str) -> None:
	ask(host, address)
	press(requests.Session(), mailed(host, address))

	[known] = [
		row
		for row in hold(
			host,
			"SELECT value, trust FROM `tabThread Contact Point` WHERE kind = 'Email' AND trust IS NOT NULL",
		)
		if row[0] == address
	]
	assert known == (address, "Signed In")
	assert sarah.customer


def test_the_button_of_a_mail_leads_in_one_tap_to_the_entry(host: EmbeddedHost, address: str) -> None:
	customer = host.add_customer("Sarah Lee", email=address)
	entry = host.staff.do("send", customer=customer, text="Your estimate is ready.")["entry"]["id"]
	link = mailed(host, address)

	assert press(requests.Session(), link).headers["Location"] == f"/messages?around={entry}#{entry}"


@EMBEDDED
def test_a_link_that_is_quoted_in_an_answer_opens_nothing_for_who_reads_it(
	host: EmbeddedHost, address: str
) -> None:
	customer = host.add_customer("Sarah Lee", email=address)
	host.staff.do("send", customer=customer, text="Your estimate is ready.")
	link = mailed(host, address)
	letter = host.mails_to(address)[-1].message
	answer = EmailMessage()
	answer["From"], answer["To"], answer["Subject"] = address, str(letter["Reply-To"]), "Re: estimate"
	answer["Message-ID"] = f"<{link[-12:]}@customers.example>"
	quoted = "\n".join(f"> {line}" for line in str(letter.get_body(("plain",))).splitlines())
	answer.set_content(f"Thank you!\n\nOn Friday Mike wrote:\n{quoted}\n\nsent as {link}")

	assert host.mail(answer, address, str(letter["Reply-To"]))[0] == 250

	browser = host.sign_in(customer)
	wait_until(lambda: len(browser.entries()) == 2)
	token = link.rpartition("#")[2]
	kept = hold(host, "SELECT text, original FROM `tabThread Entry` WHERE author = 'Customer'")
	assert "Thank you!" in str(kept)
	assert token not in str(kept)
	# it is hers still
	assert press(requests.Session(), link).status_code == 303
