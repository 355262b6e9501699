"""Attachments, consents, contact points, events and notes."""

import pytest
from support.clock import NOW, FixedClock
from support.databases import AnyDatabase
from support.persons import SARAH
from support.rows import add_attachment, add_entry, add_event, add_thread

from customer_thread.domain.model import Address
from customer_thread.store import attachments, consents, contact_points, entries, events, notes
from customer_thread.store.database import Duplicate

PHONE, EMAIL = Address("Phone", SARAH.phone), Address("Email", SARAH.email)


def _picture(entry: int, position: int, **values: object) -> dict[str, object]:
	return {"entry": entry, "position": position, "state": "Ready", "content_type": "image/png"} | values


def test_it_lists_attachments_in_their_order_without_what_is_internal(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
		one, two = add_entry(database, thread), add_entry(database, thread)
		for entry, position in ((one, 1), (two, 0), (one, 0)):
			values = _picture(entry, position, file_name=f"{entry}-{position}", file="f" * 32, remote_url="x")
			add_attachment(database, values)
	rows = attachments.of_entries(database, [two, one])
	assert [(row["entry"], row["position"]) for row in rows] == [(one, 0), (one, 1), (two, 0)]
	assert set(rows[0]) == {"entry", "position", "file_name", "content_type", "width", "height", "state"}
	assert attachments.of_entries(database, []) == []


def test_it_gives_an_attachment_only_to_its_thread(database: AnyDatabase) -> None:
	with database.transaction():
		thread, other = add_thread(database), add_thread(database)
		entry = add_entry(database, thread)
		add_attachment(database, _picture(entry, 0, file="a" * 32, file_name="deck.png"))
	row = attachments.get(database, thread, entry, 0)
	assert row is not None
	assert row["file"] == "a" * 32
	assert attachments.get(database, thread, entry, 1) is None
	assert attachments.get(database, other, entry, 0) is None


def test_it_knows_which_pictures_to_fetch(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
		entry = add_entry(database, thread)
		for position, (state, due) in enumerate(
			[("Pending", 5), ("Pending", 1), ("Pending", NOW + 1), ("Ready", 0), ("Failed", 0)]
		):
			add_attachment(database, _picture(entry, position, state=state, due_us=due, size=7))
	rows = attachments.due(database, NOW, 9)
	assert [row["position"] for row in rows] == [1, 0]
	assert rows[0]["thread"] == thread
	assert rows[0]["attempts"] == 0
	assert len(attachments.due(database, NOW, 1)) == 1
	assert [row["size"] for row in attachments.ready_files(database, entry)] == [7]


def test_it_notes_what_a_number_says_the_latest_word_counts(database: AnyDatabase) -> None:
	phone, sender = SARAH.phone, "MG1"
	with database.transaction():
		assert consents.among(database, [phone], sender) == {}
		consents.record(database, phone, sender, "Opted Out", NOW, "texted STOP")
		consents.record(database, phone, sender, "Allowed", NOW - 1, "texted START")
	assert consents.among(database, [phone, "+1555"], sender) == {phone: "Opted Out"}
	with database.transaction():
		consents.record(database, phone, sender, "Allowed", NOW + 1, "texted START")
		consents.record(database, phone, "MG2", "Opted Out", NOW, "texted STOP")
	assert consents.among(database, [phone], sender) == {phone: "Allowed"}
	assert consents.among(database, [phone], "MG2") == {phone: "Opted Out"}
	assert consents.among(database, [], sender) == {}


def test_it_knows_whose_an_address_is(database: AnyDatabase) -> None:
	with database.transaction():
		mine, other = add_thread(database), add_thread(database)
		assert contact_points.add(database, mine, PHONE, "Contact", "Sarah")
		assert not contact_points.add(database, mine, PHONE, "Contact", "Sarah")
		assert contact_points.add(database, mine, PHONE, "Customer", "CUST-1")
		assert contact_points.threads_of(database, PHONE) == [mine]
		assert contact_points.add(database, other, PHONE, "Contact", "Sarah")
	assert sorted(contact_points.threads_of(database, PHONE)) == sorted([mine, other])
	assert contact_points.threads_of(database, Address("Email", PHONE.value)) == []
	assert contact_points.threads_of(database, EMAIL) == []


def test_it_lists_a_threads_addresses_once_the_newest_first(database: AnyDatabase, clock: FixedClock) -> None:
	newer = Address("Phone", SARAH.work)
	with database.transaction():
		thread = add_thread(database)
		for address, source in ((PHONE, "a"), (EMAIL, "a"), (PHONE, "b"), (newer, "a")):
			clock.move(1_000)
			contact_points.add(database, thread, address, "Contact", source)
	assert contact_points.of_thread(database, thread) == [newer, PHONE, EMAIL]


def test_it_keeps_a_business_fact_once(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
		add_event(database, thread, source_key="event:1")
		with pytest.raises(Duplicate):
			add_event(database, thread, source_key="event:1")


def test_it_knows_which_cards_are_void_and_which_stand(database: AnyDatabase) -> None:
	document = {"reference_doctype": "Sales Invoice", "reference_name": "INV-1"}
	with database.transaction():
		thread, other = add_thread(database), add_thread(database)
		sent = add_event(database, thread, occurred_us=NOW, **document)
		paid = add_event(database, thread, occurred_us=NOW + 1, event_type="invoice_paid", **document)
		undone = add_event(database, thread, occurred_us=NOW + 2, event_type="cancelled", **document)
		again = add_event(database, thread, occurred_us=NOW + 3, event_type="cancelled", **document)
		card = add_entry(database, thread, kind="Event", event=paid)
		add_event(database, thread, reference_doctype="Sales Invoice", reference_name="INV-2")
		add_event(database, other, **document)
		events.make_void(database, [paid], undone)
		# the first to take it back counts
		events.make_void(database, [paid], again)
		events.make_void(database, [], again)
	standing = events.standing_of_document(database, thread, "Sales Invoice", "INV-1")
	assert [row["name"] for row in standing] == [again, undone, sent]
	row = entries.get(database, thread, card)
	assert row is not None
	assert row["voided_by"] == undone


def test_it_keeps_notes_apart_and_once(database: AnyDatabase) -> None:
	with database.transaction():
		thread, other = add_thread(database), add_thread(database)
		first = notes.add(database, thread, "gate code 17", "mike@mikes.test", NOW, "note:1")
		assert notes.add(database, thread, "gate code 17", None, NOW, "note:1") is None
		second = notes.add(database, thread, "dog", None, NOW + 1, None)
		third = notes.add(database, thread, "dog", None, NOW + 1, None)
		notes.add(database, other, "not here", None, NOW, None)
	assert first is not None
	assert second is not None
	assert third is not None
	assert (first["text"], first["author"], first["occurred_us"]) == ("gate code 17", "mike@mikes.test", NOW)
	rows = notes.of_thread(database, thread)
	assert rows[0]["name"] == first["name"]
	assert {row["name"] for row in rows[1:]} == {second["name"], third["name"]}
	assert [row["text"] for row in notes.of_thread(database, thread, limit=1)] == ["dog"]
