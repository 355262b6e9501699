"""What happens to a delivery or an attachment is said by name, and happens only from where it can."""

from typing import Any

import pytest
from support.clock import NOW
from support.databases import AnyDatabase
from support.rows import add_attachment, add_delivery, add_entry, add_thread

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.model import Attachment, DeliveryState
from customer_thread.domain.notices.model import Verdict
from customer_thread.domain.notices.reasons import GATHERING, SENT
from customer_thread.domain.routing import Route
from customer_thread.store import attachments, deliveries, notices
from customer_thread.store.rows import DeliveryRow

ROUTE = Route("SMS", "+15550100001", "by text")
BUSY = GatewayError("The provider is busy.", code="20429", ambiguous=True)


def _get(database: AnyDatabase, name: str) -> DeliveryRow:
	row = deliveries.get(database, name)
	assert row is not None
	return row


def _queued(database: AnyDatabase, **values: object) -> DeliveryRow:
	return _get(database, add_delivery(database, **values))


def test_it_queues_what_has_a_channel_and_skips_what_has_none(database: AnyDatabase) -> None:
	with database.transaction():
		queued = deliveries.queue(database, "Message", ROUTE, NOW, text="Hi", source_key="fallback:1")
		again = deliveries.queue(database, "Message", ROUTE, NOW, text="Hi", source_key="fallback:1")
		skipped = deliveries.queue(database, "Message", Route(None, "", "nowhere to go"), NOW)
	assert queued is not None
	assert skipped is not None
	assert again is None
	row = _get(database, queued)
	assert (row["state"], row["due_us"], row["text"], row["thread"]) == ("Queued", NOW, "Hi", None)
	assert (_get(database, skipped)["state"], _get(database, skipped)["reason"]) == (
		"Skipped",
		"nowhere to go",
	)


def test_it_is_claimed_once_and_given_back_by_nobody_else(database: AnyDatabase) -> None:
	with database.transaction():
		row = _queued(database)
		assert deliveries.claim(database, row, "mine", NOW)
		assert not deliveries.claim(database, row, "yours", NOW + 1)
		claimed = _get(database, row["name"])
		assert (claimed["state"], claimed["claim"], claimed["attempts"]) == ("Sending", "mine", 1)
		deliveries.release(database, {**claimed, "claim": "yours"}, NOW + 2)
		assert _get(database, row["name"]) == claimed
		deliveries.release(database, claimed, NOW + 2)
		released = _get(database, row["name"])
	assert (released["state"], released["claim"], released["unsure_since_us"]) == ("Queued", None, NOW)


def test_it_remembers_the_first_try_that_may_have_been_taken(database: AnyDatabase) -> None:
	with database.transaction():
		for since in (0, 7):
			row = _queued(database, state="Sending", claim="mine", claimed_us=NOW, unsure_since_us=since)
			deliveries.postpone(database, row, BUSY, NOW + 5)
			waiting = _get(database, row["name"])
			assert (waiting["state"], waiting["due_us"], waiting["claim"]) == ("Queued", NOW + 5, None)
			assert (waiting["error_code"], waiting["error"]) == ("20429", "The provider is busy.")
			assert waiting["unsure_since_us"] == (since or NOW)


def test_it_is_sent_without_what_was_wrong_before(database: AnyDatabase) -> None:
	with database.transaction():
		row = _queued(database, state="Sending", claim="mine", error="busy", error_code="1")
		deliveries.record_sent(database, row, "SM1", "Sent", NOW + 9)
		sent = _get(database, row["name"])
		assert (sent["state"], sent["provider_id"], sent["claim"]) == ("Sent", "SM1", None)
		assert (sent["error"], sent["error_code"]) == (None, None)
		assert sent["due_us"] == NOW + 9
		failed = _queued(database, state="Failed", error="a landline", error_code="30006")
		deliveries.record_sent(database, failed, "SM2", "Failed", NOW + 9)
		assert _get(database, failed["name"])["error"] == "a landline"


@pytest.mark.parametrize("state", ["Held", "Queued", "Sending", "Sent", "Delivered", "Failed", "Skipped"])
def test_it_is_queued_anew_only_after_it_failed(database: AnyDatabase, state: DeliveryState) -> None:
	with database.transaction():
		row = _queued(database, state=state, attempts=6, provider_id="SM1")
		assert deliveries.requeue(database, row, "", NOW + 1) == (state == "Failed")
		after = _get(database, row["name"])
	if state == "Failed":
		assert (after["state"], after["attempts"], after["due_us"]) == ("Queued", 0, NOW + 1)
		assert after["provider_id"] == ""
	else:
		assert after == row


@pytest.mark.parametrize("state", ["Held", "Queued", "Sending", "Sent", "Delivered", "Failed", "Skipped"])
def test_it_is_skipped_only_while_it_waits(database: AnyDatabase, state: DeliveryState) -> None:
	with database.transaction():
		row = _queued(database, state=state, reason="by text")
		deliveries.skip(database, row["name"], "the message was removed")
		after = _get(database, row["name"])
	skipped = ("Skipped", "the message was removed")
	assert (after["state"], after["reason"]) == (
		skipped if state in ("Held", "Queued") else (state, "by text")
	)


@pytest.mark.parametrize("state", ["Held", "Queued", "Sending", "Sent", "Delivered", "Failed", "Skipped"])
def test_it_is_held_and_let_go_only_while_it_waits(database: AnyDatabase, state: DeliveryState) -> None:
	verdict = Verdict("SMS", "Hold", GATHERING, NOW + 9)
	with database.transaction():
		row = _queued(database, state="Queued", reason="by text")
		assert notices.hold(database, row, verdict)
		held = _get(database, row["name"])
		assert (held["state"], held["due_us"], held["reason"]) == ("Held", NOW + 9, f"by text · {GATHERING}")
		assert not notices.hold(database, row, verdict)
		assert notices.unhold(database, held, NOW + 10)
		free = _get(database, row["name"])
		assert (free["state"], free["due_us"], free["reason"]) == ("Queued", NOW + 10, "by text")
		other = _queued(database, state=state)
		assert notices.unhold(database, other, NOW) == (state == "Held")


def test_a_notice_is_written_sent_and_carried_once(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
		entries = [add_entry(database, thread) for _number in range(3)]
		way = {"thread": thread, "reader": "sarah", "channel": "Email", "address": "s@x.example"}
		hold = Verdict("Email", "Hold", GATHERING, NOW)
		for number, entry in enumerate(entries):
			how: dict[str, Any] = {**way, "entry": entry, "urgent": False, "promotional": False}
			assert notices.add(database, f"notice:{entry}", hold, NOW + number, **how)
			assert not notices.add(database, f"notice:{entry}", hold, NOW + number, **how)
		first, *others = notices.held(database, notices.due(database, NOW, 9)[0], 9)
		assert [row["entry"] for row in (first, *others)] == entries
		assert notices.send(database, first["name"], SENT, "s@x.example", "", "<1@x>", NOW)
		assert not notices.send(database, first["name"], SENT, "s@x.example", "", "<2@x>", NOW)
		assert [notices.carry(database, row["name"], first["name"]) for row in others] == [True, True]
		assert not notices.carry(database, first["name"], others[0]["name"])
		assert notices.entries_in(database, first["name"], entries[0], 2) == entries[:2]
		assert notices.counted(database, first["name"], entries[0]) == (3, 0, entries[2])
		assert notices.due(database, NOW * 2, 9) == []


def test_an_attachment_is_claimed_once(database: AnyDatabase) -> None:
	with database.transaction():
		entry = add_entry(database, add_thread(database), attachments=1)
		add_attachment(
			database, {"entry": entry, "position": 0, "state": "Pending", "due_us": NOW, "remote_url": "x"}
		)
		[read] = attachments.due(database, NOW, 9)
		assert attachments.claim(database, read, NOW + 9)
		assert not attachments.claim(database, read, NOW + 10), "another worker, from an old list"
		assert not attachments.fail(database, read, "gone")
		assert attachments.due(database, NOW + 8, 9) == []
		[abandoned] = attachments.due(database, NOW + 9, 9)
		assert attachments.claim(database, abandoned, NOW + 18)
		assert not attachments.is_waited_for(database, abandoned), "the claim of a worker that came too late"
		assert attachments.is_waited_for(database, {**abandoned, "due_us": NOW + 18})


def test_an_attachment_is_settled_once(database: AnyDatabase) -> None:
	picture = Attachment("deck.png", "image/png", b"12345")
	with database.transaction():
		entry = add_entry(database, add_thread(database), attachments=1)
		add_attachment(
			database, {"entry": entry, "position": 0, "state": "Pending", "due_us": NOW, "remote_url": "x"}
		)
		[due] = attachments.due(database, NOW, 9)
		assert attachments.postpone(database, due, "busy", NOW + 1)
		assert attachments.due(database, NOW, 9) == []
		[due] = attachments.due(database, NOW + 1, 9)
		assert due["attempts"] == 1
		assert attachments.ready(database, due, picture, "f" * 32, (640, 300))
		assert not attachments.fail(database, due, "gone")
		assert not attachments.ready(database, due, picture, "e" * 32, (1, 1))
	[shown] = attachments.of_entries(database, [entry])
	assert (shown["width"], shown["height"]) == (640, 300)
	[file] = attachments.ready_files(database, entry)
	assert (file["file"], file["file_name"], file["size"]) == ("f" * 32, "deck.png", 5)
