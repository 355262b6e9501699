"""Saved replies over HTTP: filled for whom they are, and nobody's but the staff's."""

import pytest
import requests
from support.host import EmbeddedHost, new_phone
from support.people import API, Staff, message_of

SECRET = "Only after she has paid"


@pytest.fixture
def secret(host: EmbeddedHost) -> None:
	"""Save one more."""
	host.save_reply("paid", SECRET)
	host.save_reply("off", "Off", enabled=False)


def test_they_are_filled_for_this_customer(host: EmbeddedHost, staff: Staff, secret: None) -> None:
	thread = staff.do("open", customer=host.add_customer("Sarah Lee", phone=new_phone()))["thread"]
	found = message_of(staff.get("templates", thread=thread))
	assert [reply["shortcut"] for reply in found] == [
		"paid", "call", "photo", "estimate", "invoice", "thanks", "soon",
	]  # fmt: skip
	assert found[0]["text"] == SECRET
	assert found[1]["text"].startswith("Hi Sarah, could you give us a call at +15550003000")
	lacking = {reply["shortcut"]: reply["problem"] for reply in found if reply["problem"]}
	assert lacking == {
		"estimate": "“Send the estimate”: there is no open estimate.",
		"invoice": "“Send the invoice”: there is no open invoice.",
	}


def test_one_that_would_be_half_filled_says_so(host: EmbeddedHost, staff: Staff) -> None:
	phone = new_phone()
	host.text(phone, "Who are you?")
	waiting = staff.unmatched(phone)
	assert waiting
	found = message_of(staff.get("templates", thread=waiting["thread"]))
	thanks = next(reply for reply in found if reply["shortcut"] == "thanks")
	assert thanks["text"] == ""
	assert thanks["problem"].startswith(
		"“Thank you”: the text uses customer.first_name, which the customer does not have."
	)


def test_no_customer_ever_gets_one(host: EmbeddedHost, staff: Staff, secret: None) -> None:
	browser = host.sign_in(host.add_customer("Sarah Lee", phone=new_phone()))
	browser.reply("Hello")
	thread = staff.do("open", customer=browser.customer)["thread"]
	message_of(staff.get("templates", thread=thread))
	url, params = f"{browser.base}{API}.desk.templates", {"thread": thread}
	assert browser.http.get(url, params=params, timeout=20).status_code == 403
	host.check_refused(requests.get(url, params=params, timeout=20))
	for told in (browser.timeline(), browser.open().text, browser.open("/schedule").text):
		assert SECRET not in str(told)
