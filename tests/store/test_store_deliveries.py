"""Deliveries: what is due, in which order, and what is known of those that left."""

import pytest
from support.clock import NOW
from support.databases import AnyDatabase
from support.persons import MIKE, SARAH
from support.rows import add_delivery, add_entry, add_thread

from customer_thread.domain.times import MINUTE
from customer_thread.store import deliveries, sent_to
from customer_thread.store.database import Duplicate


def test_it_returns_what_is_due_the_longest_waiting_first(database: AnyDatabase) -> None:
	with database.transaction():
		later = add_delivery(database, address="a", due_us=NOW)
		sooner = add_delivery(database, address="b", due_us=NOW - 5)
		add_delivery(database, address="c", due_us=NOW + 1)
		for state in ("Sending", "Sent", "Delivered", "Failed", "Skipped"):
			add_delivery(database, address=state, state=state)
	assert deliveries.due(database, NOW, 9) == [sooner, later]
	assert deliveries.due(database, NOW, 1) == [sooner]


def test_it_sends_to_one_address_in_the_order_of_writing(database: AnyDatabase) -> None:
	with database.transaction():
		second = add_delivery(database, creation_us=NOW - 2, due_us=NOW - 9)
		first = add_delivery(database, creation_us=NOW - 3, due_us=NOW)
		other = add_delivery(database, address=MIKE.phone, due_us=NOW)
	assert deliveries.due(database, NOW, 9) == [first, other] or deliveries.due(database, NOW, 9) == [
		other,
		first,
	]
	with database.transaction():
		database.update(deliveries.DELIVERY, first, {"state": "Sent"})
	assert second in deliveries.due(database, NOW, 9)


def test_it_sends_the_parts_of_a_text_one_after_the_other(database: AnyDatabase) -> None:
	with database.transaction():
		parts = [add_delivery(database, part=part) for part in (2, 0, 1)]
	order = []
	for _ in range(3):
		due = deliveries.due(database, NOW, 9)
		assert len(due) == 1
		order += due
		with database.transaction():
			database.update(deliveries.DELIVERY, due[0], {"state": "Sent"})
	assert order == [parts[1], parts[2], parts[0]]


def test_it_waits_while_another_is_being_sent_to_the_same_address(database: AnyDatabase) -> None:
	with database.transaction():
		busy = add_delivery(database, state="Sending", claim="x", claimed_us=NOW - 1, creation_us=NOW - 9)
		waiting = add_delivery(database)
	assert deliveries.due(database, NOW, 9) == []
	with database.transaction():
		# taken by the provider: it is on its way, the next may follow
		database.update(deliveries.DELIVERY, busy, {"claim": None})
	assert deliveries.due(database, NOW, 9) == [waiting]


def test_it_lets_a_retry_that_waits_hold_up_nobody(database: AnyDatabase) -> None:
	with database.transaction():
		add_delivery(database, creation_us=NOW - 9, due_us=NOW + MINUTE)
		waiting = add_delivery(database)
	assert deliveries.due(database, NOW, 9) == [waiting]


def test_it_finds_what_is_claimed(database: AnyDatabase) -> None:
	with database.transaction():
		claimed = add_delivery(database, state="Sending", claim="x", claimed_us=NOW - 10)
		add_delivery(database, state="Sending", claim=None, claimed_us=NOW - 10)
		add_delivery(database, state="Sent", claim=None, claimed_us=NOW - 10)
	assert [row["name"] for row in deliveries.claimed(database)] == [claimed]


def test_it_finds_what_was_accepted_and_never_spoken_of_again(database: AnyDatabase) -> None:
	with database.transaction():
		second = add_delivery(database, state="Sending", claim=None, due_us=NOW)
		first = add_delivery(database, state="Sending", claim=None, due_us=NOW - 1)
		add_delivery(database, state="Sending", claim=None, due_us=NOW + 1)
		add_delivery(database, state="Sending", claim="x", due_us=NOW - 1)
		add_delivery(database, state="Sent", claim=None, due_us=NOW - 1)
	assert [row["name"] for row in deliveries.to_ask_about(database, NOW, 9)] == [first, second]
	assert [row["name"] for row in deliveries.to_ask_about(database, NOW, 1)] == [first]


def test_it_keeps_the_parts_of_a_message_in_order_also_while_one_waits(database: AnyDatabase) -> None:
	with database.transaction():
		add_delivery(database, entry=7, part=0, due_us=NOW + MINUTE)
		add_delivery(database, entry=7, part=1)
		other = add_delivery(database, entry=8, part=1)
	assert deliveries.due(database, NOW, 9) == [other]


def test_it_gives_each_channel_its_own(database: AnyDatabase) -> None:
	with database.transaction():
		mail = add_delivery(database, channel="Email", address="sarah@x.example")
		text = add_delivery(database)
	assert deliveries.due(database, NOW, 9, "Email") == [mail]
	assert deliveries.due(database, NOW, 9, "SMS") == [text]


def test_it_knows_the_ids_of_earlier_tries(database: AnyDatabase) -> None:
	with database.transaction():
		name = add_delivery(database, state="Failed", provider_id="SM1", unsure_since_us=5)
		row = deliveries.get(database, name)
		assert row
		assert deliveries.requeue(database, row, "", NOW)
		again = deliveries.get(database, name)
	assert again
	assert (again["provider_id"], again["earlier_ids"], again["unsure_since_us"]) == ("", "SM1", 0)
	assert deliveries.earlier_ids_to(database, again["address"]) == {"SM1"}
	assert deliveries.earlier_ids_to(database, "nobody") == set()


def test_it_knows_a_delivery_by_the_providers_id(database: AnyDatabase) -> None:
	with database.transaction():
		name = add_delivery(database, provider_id="SM1", source_key="answer:sm7")
		add_delivery(database)
	row = deliveries.by_provider_sid(database, "SM1")
	assert row is not None
	assert row["name"] == name
	assert deliveries.by_provider_sid(database, "SM2") is None
	assert deliveries.by_provider_sid(database, "") is None
	assert deliveries.by_message_id(database, "<1@mikes.example>") is None
	assert deliveries.bearers_of(database, ["SM1", "SM2"]) == {"SM1": name}
	assert deliveries.bearers_of(database, []) == {}
	assert sent_to.has_source(database, "answer:sm7")
	assert not sent_to.has_source(database, "answer:sm8")


def test_it_knows_a_mail_by_its_message_id(database: AnyDatabase) -> None:
	with database.transaction():
		name = add_delivery(database, channel="Email", provider_id="<1@mikes.example>")
	row = deliveries.by_message_id(database, "<1@mikes.example>")
	assert row is not None
	assert row["name"] == name
	assert deliveries.by_message_id(database, "<2@mikes.example>") is None
	assert deliveries.by_provider_sid(database, "SM1") is None


def test_it_takes_a_source_once(database: AnyDatabase) -> None:
	with database.transaction():
		add_delivery(database, source_key="answer:sm7")
		with pytest.raises(Duplicate):
			add_delivery(database, source_key="answer:sm7")
		add_delivery(database, source_key=None)
		add_delivery(database, source_key=None)


def test_it_returns_a_delivery_whole(database: AnyDatabase) -> None:
	with database.transaction():
		name = add_delivery(database, text="Hi", reason="texts come first", urgent=1)
		held = deliveries.lock(database, name)
		assert deliveries.lock(database, "nobody") is None
	row = deliveries.get(database, name)
	assert row is not None
	assert held == row
	assert (row["text"], row["reason"], row["urgent"], row["attempts"]) == ("Hi", "texts come first", 1, 0)
	assert (row["part"], row["claimed_us"], row["thread"], row["claim"]) == (0, 0, None, None)
	assert deliveries.get(database, "nobody") is None


def test_it_lists_the_deliveries_of_entries_in_their_order(database: AnyDatabase) -> None:
	with database.transaction():
		thread, other = add_thread(database), add_thread(database)
		entry, next_entry = add_entry(database, thread), add_entry(database, thread)
		late = add_delivery(database, thread=thread, entry=entry, creation_us=NOW + 5)
		part_1 = add_delivery(database, thread=thread, entry=entry, part=1)
		part_0 = add_delivery(database, thread=thread, entry=entry, part=0)
		add_delivery(database, thread=other, entry=next_entry)
	assert [row["name"] for row in deliveries.of_entry(database, entry)] == [part_0, part_1, late]
	listed = deliveries.of_entries(database, thread, [entry, next_entry])
	assert [row["name"] for row in listed] == [part_0, part_1, late]
	assert deliveries.of_entries(database, thread, []) == []


def test_it_tells_the_states_that_count(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
		plain, fallen = add_entry(database, thread), add_entry(database, thread)
		add_delivery(database, thread=thread, entry=plain, purpose="Forward", state="Sent")
		add_delivery(database, thread=thread, entry=plain, purpose="Answer", state="Failed")
		failed = add_delivery(database, thread=thread, entry=fallen, purpose="Forward", state="Failed")
		add_delivery(database, entry=fallen, purpose="Forward", state="Queued", fallback_of=failed)
	rows = deliveries.states_of(database, [plain, fallen], "Forward")
	assert sorted((row["entry"], row["state"]) for row in rows) == [(plain, "Sent"), (fallen, "Queued")]
	assert deliveries.states_of(database, [], "Forward") == []


def test_it_remembers_which_threads_were_forwarded_to_whom(database: AnyDatabase) -> None:
	with database.transaction():
		one, two, three = (add_thread(database) for _ in range(3))
		forward = {"purpose": "Forward", "address": MIKE.phone}
		add_delivery(database, thread=one, creation_us=NOW - 50, **forward)
		add_delivery(database, thread=two, creation_us=NOW - 40, **forward)
		add_delivery(database, thread=one, creation_us=NOW - 30, **forward)
		add_delivery(database, thread=three, creation_us=NOW - 60, **forward)
		add_delivery(database, thread=three, creation_us=NOW + 1, **forward)
		add_delivery(database, thread=three, creation_us=NOW - 10, purpose="Forward", address=SARAH.phone)
		add_delivery(database, thread=three, creation_us=NOW - 10, purpose="Answer", address=MIKE.phone)
	assert list(sent_to.last_forwarded_to(database, MIKE.phone, NOW - 50, NOW)) == [one, two]


def test_it_remembers_whose_words_the_team_was_shown(database: AnyDatabase) -> None:
	with database.transaction():
		one, two, three = (add_thread(database) for _ in range(3))
		shown = {"purpose": "Team", "channel": "Zulip"}
		add_delivery(database, thread=one, creation_us=NOW - 50, **shown)
		add_delivery(database, thread=two, creation_us=NOW - 40, **shown)
		add_delivery(database, thread=three, creation_us=NOW + 1, **shown)
		add_delivery(database, thread=three, creation_us=NOW, purpose="Answer", channel="Zulip")
	assert sent_to.last_shown_by(database, "Zulip", NOW - 50, NOW) == {two: NOW - 40, one: NOW - 50}


def test_it_remembers_with_whom_an_address_spoke_last(database: AnyDatabase) -> None:
	with database.transaction():
		one, two, three = (add_thread(database) for _ in range(3))
		add_delivery(database, thread=one, creation_us=NOW - 5)
		add_delivery(database, thread=two, creation_us=NOW - 4)
		add_delivery(database, thread=one, creation_us=NOW - 3, purpose="Answer")
		add_delivery(database, thread=three, creation_us=NOW - 1)
	assert sent_to.last_spoken_to(database, SARAH.phone, [one, two]) == two
	assert sent_to.last_spoken_to(database, MIKE.phone, [one, two]) == ""
	assert sent_to.last_spoken_to(database, SARAH.phone, []) == ""
