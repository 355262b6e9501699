"""Whose an unmatched thread is: who is likely, what is made of it, and that it is somebody's once."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from support.host import OFFICE, EmbeddedHost, new_email, new_phone
from support.mails import mail
from support.people import Staff, message_of


def waits(host: EmbeddedHost, staff: Staff, text: str = "hello?", phone: str = "") -> str:
	"""Let somebody unknown text, and return the thread."""
	phone = phone or new_phone()
	host.text(phone, text)
	waiting = staff.unmatched(phone)
	assert waiting
	return str(waiting["thread"])


def mails(host: EmbeddedHost, staff: Staff, address: str, text: str = "hello?") -> str:
	"""Let somebody unknown mail, and return the thread."""
	host.take(mail(address, OFFICE, text), OFFICE)
	waiting = staff.unmatched(address)
	assert waiting
	return str(waiting["thread"])


def likely(staff: Staff, thread: str) -> dict[str, str]:
	"""Return who is likely and why."""
	found: list[dict[str, Any]] = message_of(staff.get("likely", thread=thread))["likely"]
	return {row["party"]: row["why"] for row in found}


def test_it_knows_a_name_and_the_digits_in_another_country(host: EmbeddedHost, staff: Staff) -> None:
	phone, name = (
		new_phone(),
		f"Sarah {uuid.uuid4().hex[:8].translate(str.maketrans('0123456789', 'ghijklmnop')).title()}",
	)
	customer = host.add_customer(name, phone=phone)
	abroad = "+52" + phone.removeprefix("+1")

	thread = waits(host, staff, f"Hi, this is {name} from the deck", abroad)

	assert likely(staff, thread) == {customer: f"the same number in another country, the same name: {name}"}
	assert message_of(staff.get("likely", thread=thread))["name"] == name


def test_it_knows_a_domain_but_not_one_where_anybody_has_an_address(host: EmbeddedHost, staff: Staff) -> None:
	domain = f"{uuid.uuid4().hex}.example"
	customer = host.add_customer("Lindqvist Construction", email=f"office@{domain}")
	host.add_customer("Somebody Else", email=f"{uuid.uuid4().hex}@gmail.com")
	assert likely(staff, mails(host, staff, f"sarah@{domain}")) == {customer: f"mails from {domain}, too"}
	assert likely(staff, mails(host, staff, f"{uuid.uuid4().hex}@gmail.com")) == {}


@pytest.mark.embedded("a site has appointments as documents: tests/bench/test_tray.py")
def test_it_knows_who_has_an_appointment_about_now(own_host: EmbeddedHost) -> None:
	staff = own_host.staff
	soon, later = own_host.add_customer("Soon"), own_host.add_customer("Later")
	for customer, hours in ((soon, 1), (later, 40)):
		at = datetime.now(timezone.utc) + timedelta(hours=hours)
		staff.do(
			"record_appointment",
			customer=customer,
			title="Visit",
			starts_at=at.isoformat(),
			source_key=customer,
		)
	found = likely(staff, waits(own_host, staff, "where are you?"))
	assert list(found) == [soon]
	assert found[soon].startswith("has an appointment at ")


def test_of_two_who_assign_it_in_the_same_second_one_does(host: EmbeddedHost, staff: Staff) -> None:
	words = f"whose {uuid.uuid4()}"
	thread = waits(host, staff, words)
	what = message_of(staff.get("likely", thread=thread))["makes"][0]
	customers = [host.add_customer(name) for name in ("First", "Second", "Third", "Fourth")]
	for customer in customers:
		staff.do("open", customer=customer)

	with ThreadPoolExecutor(4) as pool:
		answers = list(pool.map(lambda one: staff.post("assign", thread=thread, customer=one), customers))

	assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
	winner = next(one for one, answer in zip(customers, answers, strict=True) if answer.status_code == 200)
	for customer in customers:
		texts = [entry["text"] for entry in staff.thread(customer)["entries"]]
		assert texts == ([words] if customer == winner else [])
	refused = staff.post("assign", thread=thread, customer=next(one for one in customers if one != winner))
	assert refused.status_code == 409
	assert refused.json()["message"].startswith("Somebody has assigned this to ")
	assert staff.post("assign", thread=thread, customer=winner).status_code == 200
	made = staff.post("make", thread=thread, what=what, name="Too Late", customer=winner)
	assert made.status_code == 409


def test_it_makes_somebody_of_it_whose_it_is_from_then_on(host: EmbeddedHost, staff: Staff) -> None:
	address = new_email()
	thread = mails(host, staff, address, "I want a deck")
	what = message_of(staff.get("likely", thread=thread))["makes"][0]
	# who may make no leads in a site makes a Contact of a customer
	customer = host.add_customer("Deck & Sons")
	given = staff.do("make", thread=thread, what=what, name="  Anna   Deck ", customer=customer)
	theirs = ("Deck & Sons", "Customer") if what == "Contact" else ("Anna Deck", what)
	assert (given["title"], given["party_type"]) == theirs
	host.take(mail(address, OFFICE, "and a roof"), OFFICE)
	found = staff.thread(thread=given["thread"])
	assert [entry["text"] for entry in found["entries"]] == ["I want a deck", "and a roof"]
	assert staff.unmatched(address) is None


def test_it_refuses_what_is_none(host: EmbeddedHost, staff: Staff) -> None:
	thread = waits(host, staff)
	assert staff.post("make", thread=thread, what="User", name="A B").status_code == 400
	what = message_of(staff.get("likely", thread=thread))["makes"][0]
	assert staff.post("make", thread=thread, what=what, name=" ").status_code == 400
	assert staff.post("make", thread="nope", what=what, name="A B").status_code == 404
	assert staff.post("assign", thread=thread, customer="nope").status_code == 404


def _tabs(staff: Staff, thread: str, phone: str) -> set[str]:
	tabs = ("all", "unread", "waiting", "snoozed", "unmatched", "blocked")
	return {
		tab
		for tab in tabs
		if thread in {line["thread"] for line in message_of(staff.get("inbox", tab=tab, q=phone))["threads"]}
	}


def test_nobody_hears_of_what_is_blocked_and_nothing_of_it_is_lost(host: EmbeddedHost, staff: Staff) -> None:
	phone = new_phone()
	thread = waits(host, staff, "Cheap loans", phone)
	assert _tabs(staff, thread, phone) == {"all", "unread", "waiting", "unmatched"}
	before = message_of(staff.get("inbox", tab="all"))["counts"]

	for _again in range(2):
		assert staff.do("block", thread=thread)["blocked_since"]
	host.text(phone, "Cheaper loans")

	assert _tabs(staff, thread, phone) == {"blocked"}
	counts = message_of(staff.get("inbox", tab="all"))["counts"]
	one_less = ("all", "unread", "waiting", "unmatched")
	assert {tab: before[tab] - counts[tab] for tab in one_less} == dict.fromkeys(one_less, 1)
	found = message_of(staff.get("thread", thread=thread))
	assert [entry["text"] for entry in found["entries"]] == ["Cheap loans", "Cheaper loans"]
	assert {
		row["purpose"] for row in found["deliveries"] if row["entry"] == found["entries"][1]["id"]
	} == set()

	assert staff.do("unblock", thread=thread)["blocked_since"] is None
	assert _tabs(staff, thread, phone) == {"all", "unread", "waiting", "unmatched"}
	assert staff.do("block", thread=thread)["unread"] == 2


def test_what_is_blocked_can_be_somebodys_after_all(host: EmbeddedHost, staff: Staff) -> None:
	phone = new_phone()
	thread = waits(host, staff, "It is Sarah's new number", phone)
	staff.do("block", thread=thread)
	customer = host.add_customer("Sarah Blocked")
	hers = staff.do("assign", thread=thread, customer=customer)
	assert (hers["blocked_since"], hers["unread"]) == (None, 1)
	host.text(phone, "Are you there?")
	assert message_of(staff.get("inbox", tab="waiting", q="Sarah Blocked"))["threads"][0]["unread"] == 2
	refused = staff.post("block", thread=hers["thread"])
	assert refused.status_code == 409
	assert "Sarah Blocked" in refused.json()["message"]


def test_a_number_that_is_on_file_is_not_blocked(host: EmbeddedHost, staff: Staff) -> None:
	phone = new_phone()
	for name in ("Of Two A", "Of Two B"):
		host.add_customer(name, phone=phone)
	thread = waits(host, staff, "Which of us?", phone)
	refused = staff.post("block", thread=thread)
	assert refused.status_code == 409
	assert "is on file with a customer" in refused.json()["message"]
	assert "unmatched" in _tabs(staff, thread, phone)


def test_a_mails_own_name_is_shown_and_looked_for(host: EmbeddedHost, staff: Staff) -> None:
	name = f"Ann {uuid.uuid4().hex[:8].translate(str.maketrans('0123456789', 'ghijklmnop')).title()}"
	customer = host.add_customer(name)
	address = new_email()
	host.take(mail(f"{name} <{address}>", OFFICE, "hello?"), OFFICE)
	waiting = staff.unmatched(address)
	assert waiting
	assert (waiting["title"], waiting["address_name"]) == (address, name)
	assert likely(staff, waiting["thread"])[customer] == f"the same name: {name}"
	assert message_of(staff.get("likely", thread=waiting["thread"]))["name"] == name
	assert len(message_of(staff.get("inbox", tab="unmatched", q=name))["threads"]) == 1
