"""What the office sends with one tap: the newest that is open, and a question that a YES answers."""

from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import uuid4

import pytest
from support.host import EmbeddedHost, new_phone
from support.people import Staff, message_of
from support.waiting import wait_until


def _taps(staff: Staff, thread: str) -> list[dict[str, Any]]:
	found: list[dict[str, Any]] = message_of(staff.get("one_taps", thread=thread))
	return found


def _card(staff: Staff, customer: str, event_type: str, name: str, **more: object) -> dict[str, Any]:
	about = {"reference_doctype": "Sales Invoice", "reference_name": name}
	key = f"{event_type} {name} {uuid4()}"
	made: dict[str, Any] = staff.do(
		"record_event",
		customer=customer,
		event_type=event_type,
		title=event_type,
		source_key=key,
		**about,
		**more,
	)
	return made


def test_the_newest_open_invoice_is_sent_with_a_link_to_its_card(host: EmbeddedHost, staff: Staff) -> None:
	customer = host.add_customer("Sarah Taps", phone=new_phone())
	thread = staff.do("open", customer=customer)["thread"]
	assert _taps(staff, thread) == []
	_card(staff, customer, "Invoice sent", "INV-1")
	open_one = _card(staff, customer, "Invoice sent", "INV-2")
	_card(staff, customer, "Invoice sent", "INV-3")
	_card(staff, customer, "Invoice paid", "INV-3")

	[tap] = _taps(staff, thread)

	link = f"{host.url}/messages?around={open_one['id']}#{open_one['id']}"
	assert (tap["what"], tap["title"]) == ("reply", "Send the invoice")
	assert tap["text"] == f"Hi Sarah, here is invoice #INV-2: {link}"


@pytest.mark.embedded("a site has appointments as documents")
def test_a_question_is_asked_once_and_a_yes_answers_it(own_host: EmbeddedHost) -> None:
	staff, phone = own_host.staff, new_phone()
	customer = own_host.add_customer("Sarah Asked", phone=phone)
	thread = staff.do("open", customer=customer)["thread"]
	nothing = staff.post("ask_confirmation", thread=thread, client_id=str(uuid4()))
	assert nothing.status_code == 404
	for days, key in ((9, "later"), (3, "next"), (-2, "past")):
		at = datetime.now(timezone.utc) + timedelta(days=days)
		staff.do(
			"record_appointment",
			customer=customer,
			title=f"Visit {key}",
			starts_at=at.isoformat(),
			source_key=key,
		)
	off = staff.post("ask_confirmation", thread=thread, client_id=str(uuid4()))
	assert off.status_code == 400
	assert "switched off" in off.json()["message"]
	assert _taps(staff, thread) == []
	for name in ("appointment-confirm", "appointment-on-the-way"):
		staff.do("switch_automation", automation=name, enabled=1)
	question, way = _taps(staff, thread)
	assert (question["what"], way["what"]) == ("confirmation", "on_the_way")
	assert question["text"].startswith("Hi Sarah, can you confirm that we may come ")

	asked = {"thread": thread, "client_id": str(uuid4())}
	for _again in range(2):
		staff.do("ask_confirmation", **asked)
	wait_until(lambda: _texts(own_host, phone, "can you confirm"))
	own_host.text(phone, "YES")

	wait_until(
		lambda: "Appointment confirmed" in str(message_of(staff.get("thread", thread=thread))["entries"])
	)
	assert len(_texts(own_host, phone, "can you confirm")) == 1
	for key in ("next", "later"):
		gone = {"title": "Visit", "starts_at": at.isoformat(), "state": "Cancelled", "source_key": key}
		staff.do("record_appointment", customer=customer, **gone)
	assert staff.do("ask_confirmation", **asked)["state"] == "Sent"
	said = [entry["text"] for entry in message_of(staff.get("thread", thread=thread))["entries"]]
	assert sum("can you confirm" in text for text in said) == 1


def _texts(host: EmbeddedHost, phone: str, words: str) -> list[str]:
	return [sent.body for sent in host.twilio.sent if sent.to == phone and words in sent.body]


def test_nobody_and_a_lead_are_offered_nothing(host: EmbeddedHost, staff: Staff) -> None:
	phone = new_phone()
	host.text(phone, "Who are you?")
	waiting = staff.unmatched(phone)
	assert waiting
	assert _taps(staff, waiting["thread"]) == []
	assert staff.get("one_taps", thread="nothing").status_code == 404
