"""Whoever has no link asks for one: who may, how often, and what they learn by it."""

import re

import pytest
import requests
from support.host import EmbeddedHost, new_email, new_phone
from support.people import API, Browser, button_in, message_of
from support.waiting import stays, wait_until
from support.way_in import TIMEOUT, ask, hold, plain, press, settled, texted

from customer_thread.domain.limits import LINKS_ASKED_BY_ONE, LINKS_ASKED_BY_SOURCE

LANDLINE = "+442079460958"

EMBEDDED = pytest.mark.embedded("looks into the folder of this host")


def without_nonce(text: str) -> str:
	return re.sub(r'nonce="[^"]+"', "", text)


@EMBEDDED
def test_who_asks_learns_nothing(own_host: EmbeddedHost) -> None:
	phone, stopped, unknown = new_phone(), new_phone(), new_phone()
	own_host.add_customer("Sarah Lee", phone=phone)
	own_host.add_customer("Bob Miller", phone=stopped)
	own_host.add_customer("Office", phone=LANDLINE)
	own_host.receive(stopped, "STOP")
	asked = [phone, stopped, LANDLINE, unknown, new_email()]

	answers = [ask(own_host, address) for address in asked]

	assert {answer.status_code for answer in answers} == {200}
	assert len({without_nonce(answer.text) for answer in answers}) == 1
	# the same work: a row for each, which says later what became of it
	texted(own_host, phone)
	rows = wait_until(lambda: settled(own_host))
	said = {str(address): (str(state), str(reason)) for address, state, reason in rows}
	assert set(said) == set(asked)
	assert said[stopped] == ("Skipped", "texts are off: the number answered STOP")
	assert said[LANDLINE] == ("Skipped", "the number cannot receive texts")
	assert said[unknown] == ("Skipped", "nobody who can sign in has this address")
	assert said[phone][0] in ("Sending", "Sent", "Delivered")
	assert not [text for number in (stopped, LANDLINE, unknown) for text in own_host.texts_to(number)]


@pytest.mark.embedded("in a site the tests of a module count as one who asks")
def test_who_asks_often_gets_the_same_answer_and_few_links(own_host: EmbeddedHost) -> None:
	phone = new_phone()
	own_host.add_customer("Sarah Lee", phone=phone)
	most, _seconds = LINKS_ASKED_BY_ONE

	answers = [ask(own_host, phone) for _time in range(30)]

	assert len({without_nonce(answer.text) for answer in answers}) == 1
	wait_until(lambda: len(own_host.texts_to(phone)) == most)
	stays(lambda: len(own_host.texts_to(phone)) == most, seconds=0.3)


@EMBEDDED
def test_who_tries_many_addresses_is_held_up(own_host: EmbeddedHost) -> None:
	most, _seconds = LINKS_ASKED_BY_SOURCE
	answers = [ask(own_host, new_phone()) for _time in range(most + 5)]

	assert len({without_nonce(answer.text) for answer in answers}) == 1
	count = "SELECT COUNT(*) FROM `tabThread Delivery` WHERE purpose = 'Sign In'"
	assert hold(own_host, count) == [(most,)]


def test_a_guest_comes_back_to_the_page_they_were_going_to(
	host: EmbeddedHost, sarah: Browser, phone: str
) -> None:
	assert sarah.customer
	page = requests.get(f"{host.url}/schedule", timeout=TIMEOUT)
	action, fields = button_in(page.text.replace(' id="sign-in"', ""))
	requests.post(host.url + action, data={**fields, "address": phone}, timeout=TIMEOUT)

	assert press(requests.Session(), texted(host, phone)).headers["Location"] == "/schedule"


@pytest.mark.parametrize("address", ["", "Sarah", "12", "<script>", "a@b", "x" * 5000])
def test_what_is_no_address_is_said_to_be_none(host: EmbeddedHost, address: str) -> None:
	answer = ask(host, address)

	assert answer.status_code == 422
	assert "neither a phone number nor an e-mail address" in answer.text
	assert "<script>" not in answer.text.replace('<script type="module"', "")


def test_another_site_asks_for_no_link(host: EmbeddedHost) -> None:
	answer = requests.post(
		f"{host.url}/messages/sign-in",
		data={"address": new_phone()},
		headers={"Sec-Fetch-Site": "cross-site"},
		timeout=TIMEOUT,
	)
	assert answer.status_code == 403


def test_the_calls_do_the_same(host: EmbeddedHost, sarah: Browser, phone: str) -> None:
	assert sarah.customer
	calls = f"{host.url}{API}.portal"
	for address in (phone, new_phone(), "nobody"):
		asked = requests.post(f"{calls}.sign_in_link", json={"address": address}, timeout=TIMEOUT)
		assert message_of(asked) == {}
	token = texted(host, phone).rpartition("#")[2]

	http = requests.Session()
	used = http.post(f"{calls}.use_link", json={"token": token}, timeout=TIMEOUT)
	assert message_of(used) == {"go": "/messages"}
	assert http.get(f"{calls}.timeline", timeout=TIMEOUT).status_code == 200
	elsewhere = requests.post(f"{calls}.use_link", json={"token": token}, timeout=TIMEOUT)
	assert elsewhere.status_code == 403
	assert elsewhere.json()["exc_type"] == "PermissionError"
	assert requests.get(f"{calls}.use_link", timeout=TIMEOUT).status_code == host.wrong_method


@EMBEDDED
def test_switched_off_it_sends_none_and_takes_only_the_offices(own_host: EmbeddedHost) -> None:
	phone = new_phone()
	customer = own_host.add_customer("Sarah Lee", phone=phone)
	ask(own_host, phone)
	link = texted(own_host, phone)
	own_host.set(sign_in_links=0)

	page = requests.get(plain(link), timeout=TIMEOUT)
	assert page.status_code == 403
	assert "opens nothing any more" in page.text
	ask(own_host, phone)
	stays(lambda: len(own_host.texts_to(phone)) == 1, seconds=0.3)
	# there is no other way in on this host
	assert own_host.sign_in(customer).texts() == []


@EMBEDDED
def test_who_asks_fills_no_table_by_where_they_want_to_go(own_host: EmbeddedHost) -> None:
	phone = new_phone()
	own_host.add_customer("Sarah Lee", phone=phone)
	ask(own_host, phone, "/messages?q=" + "long " * 20_000)
	ask(own_host, phone, f"/{'x' * 100_000}")

	assert press(requests.Session(), texted(own_host, phone)).headers["Location"] == "/messages"
	[(longest,)] = hold(
		own_host, "SELECT MAX(LENGTH(text)) FROM `tabThread Delivery` WHERE purpose = 'Sign In'"
	)
	assert int(str(longest)) < 200
