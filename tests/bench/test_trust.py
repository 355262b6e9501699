"""Whose words a received mail is in a real site, and who says so."""

from typing import Any

import pytest
from support.persons import BOB, MIKE, SARAH, STRANGER
from support.site_mails import new_mail
from support.site_threads import bob, sarah

__all__ = ["bob", "sarah"]

Threads = Any


@pytest.fixture
def office(site: Any) -> str:
	"""Let the business have an address of its own, and return it."""
	site.db.set_single_value(
		"Customer Thread Settings", {"mail_from": MIKE.email, "contractor_email": MIKE.email}
	)
	site.clear_document_cache("Customer Thread Settings", "Customer Thread Settings")
	return str(MIKE.email)


def _receive(site: Any, sender: str, to: str, words: str, **values: Any) -> None:
	from customer_thread import tasks

	mail = {"sent_or_received": "Received", "delivery_status": "", "sender": sender, "recipients": to}
	name = new_mail(site, **{**mail, "content": words, **values})
	for _again in range(2):
		tasks.receive_communication(name)


def _texts(site: Any, thread: str) -> list[str]:
	return [
		str(text) for text in site.get_all("Thread Entry", {"thread": thread}, pluck="text", order_by="name")
	]


def _waiting(site: Any, address: str) -> Any:
	return site.db.get_value(
		"Customer Thread",
		{"unmatched_address": f"email:{address}"},
		["name", "unmatched_reason"],
		as_dict=True,
	)


def test_one_call_gives_a_mail_to_who_has_the_address(site: Any, sarah: Any, office: str, staff: Any) -> None:
	from customer_thread.api import desk

	_receive(site, SARAH.email, office, "Is Friday fine?")
	waiting = _waiting(site, SARAH.email)
	assert waiting.unmatched_reason == "the sender's address is not proven"
	user = staff("Thread Agent", "Sales User")
	one = desk.likely(thread=waiting.name)["likely"][0]
	assert one["party"] == sarah["party"]

	desk.assign(thread=waiting.name, customer=one["party"])
	site.set_user("Administrator")
	_receive(site, SARAH.email, office, "Or Monday?")

	assert _texts(site, sarah["name"]) == ["Is Friday fine?", "Or Monday?"]
	[known] = desk.thread(customer=sarah["party"])["addresses"]
	assert (known["trusted"], known["why"], known["by"]) == (True, "one of us said whose it is", user)


def test_trust_is_taken_back(site: Any, sarah: Any, office: str) -> None:
	from customer_thread.api import desk

	desk.trust(thread=sarah["name"], address=SARAH.email, trusted=1)
	_receive(site, SARAH.email, office, "trusted")
	desk.trust(thread=sarah["name"], address=SARAH.email, trusted=0)
	_receive(site, SARAH.email, office, "no more")

	assert _texts(site, sarah["name"]) == ["trusted"]


def test_trust_outlives_a_change_of_the_contact(site: Any, sarah: Any) -> None:
	from customer_thread.api import desk

	desk.trust(thread=sarah["name"], address=SARAH.email, trusted=1)
	contact = site.get_doc({"doctype": "Contact", "first_name": "TEST"})
	contact.append("email_ids", {"email_id": SARAH.email, "is_primary": 1})
	contact.append("links", {"link_doctype": "Customer", "link_name": sarah["party"]})
	contact.insert()

	rows = site.get_all("Thread Contact Point", {"thread": sarah["name"], "kind": "Email"}, pluck="trust")
	assert len(rows) == 2
	assert set(rows) == {"Said By Staff"}


def test_a_setting_trusts_every_address_on_file(site: Any, sarah: Any, office: str) -> None:
	site.db.set_single_value("Customer Thread Settings", "trust_addresses", 1)
	site.clear_document_cache("Customer Thread Settings", "Customer Thread Settings")
	_receive(site, SARAH.email, office, "fresh")

	assert _texts(site, sarah["name"]) == ["fresh"]


def test_renewed_addresses_open_nothing(site: Any, sarah: Any) -> None:
	from customer_thread.api import desk

	old = f"reply+{sarah['reply_token']}@test.example"
	desk.renew(thread=sarah["name"])
	_receive(site, STRANGER.email, old, "with the old password")
	new = site.db.get_value("Customer Thread", sarah["name"], "reply_token")
	_receive(site, STRANGER.email, f"reply+{new}@test.example", "with the new one")

	assert _texts(site, sarah["name"]) == ["with the new one"]
	assert "renewed" in _waiting(site, STRANGER.email).unmatched_reason


def test_only_the_business_speaks_by_the_contractors_address(
	site: Any, sarah: Any, office: str, staff: Any
) -> None:
	contractors = f"reply+{sarah['contractor_token']}@test.example"
	user = staff("Thread Agent")
	site.set_user("Administrator")
	_receive(site, SARAH.email, contractors, "I promise a hot tub")
	_receive(site, user, contractors, "We come at eight")
	_receive(site, office, contractors, "And bring cedar")

	assert _texts(site, sarah["name"]) == ["We come at eight", "And bring cedar"]
	assert _waiting(site, SARAH.email)


def test_a_mail_to_two_customers_stands_in_both_threads(site: Any, sarah: Any, bob: Any) -> None:
	from customer_thread import tasks

	for name in (
		new_mail(site, recipients=f"{SARAH.email}, {BOB.email}", content="Closed on Friday"),
		new_mail(site, recipients=SARAH.email, cc=BOB.email, content="And on Monday"),
	):
		for _again in range(2):
			tasks.receive_communication(name)

	for thread in (sarah, bob):
		assert _texts(site, thread["name"]) == ["Closed on Friday", "And on Monday"]


def test_mail_that_concerns_nobody_opens_no_thread(site: Any, office: str) -> None:
	_receive(site, STRANGER.email, "purchasing@test.example", "Your cedar")
	assert _waiting(site, STRANGER.email) is None
	_receive(site, STRANGER.email, office, "Your cedar")
	assert _waiting(site, STRANGER.email)
