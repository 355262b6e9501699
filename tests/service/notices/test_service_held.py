"""What is held, and what becomes of it when its time has come."""

from datetime import datetime
from functools import partial

import pytest
from support.notified import (
	HELD,
	LATE,
	MORNING,
	NEW_YORK,
	became,
	card,
	mails,
	plain,
	rows,
	say,
	texts,
	work,
)
from support.persons import BUSINESS, SARAH
from support.world import World

from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.errors import Conflict, GatewayError
from customer_thread.domain.times import HOUR, MINUTE, SECOND, to_us
from customer_thread.service.cards.record_event import record_event
from customer_thread.service.notices.preferences import save_wishes
from customer_thread.service.notices.release_notices import due_groups, release_group
from customer_thread.service.outgoing import deliver
from customer_thread.service.thread.erase_entry import erase_entry
from customer_thread.service.thread.mark_read_by_customer import mark_read_by_customer
from customer_thread.store import deliveries
from customer_thread.store.rows import ThreadRow
from customer_thread.store.threads import party_of


def test_what_gathers_is_one_mail_with_the_oldest_first(world: World, sarah: ThreadRow) -> None:
	entries = []
	for number in range(1, 13):
		entries.append(card(world, sarah, number))
		world.clock.move(SECOND)
	world.clock.move(2 * MINUTE - 12 * SECOND)
	work(world)
	world.clock.move(HOUR)
	work(world)

	[mail] = mails(world)
	told = [line for line in plain(mail).splitlines() if "Invoice" in line]
	assert [line.partition("Invoice #")[2] for line in told] == [f"{number} sent" for number in range(1, 6)]
	assert "and 7 more" in plain(mail)
	assert mail["Subject"] == f"12 new updates from {BUSINESS.name}"
	assert [became(world, entry)["Email"][0] for entry in entries] == ["Sent"] + ["Skipped"] * 11
	assert {became(world, entry)["Email"][1] for entry in entries[1:]} == {
		"skipped: told together with the others"
	}
	carrier = rows(world, entries[0])["Email"]["name"]
	assert {rows(world, entry)["Email"]["carried_by"] for entry in entries[1:]} == {carrier}


def test_a_night_of_six_is_one_digest_in_the_morning(world: World, sarah: ThreadRow) -> None:
	world.clock.us = LATE
	entries = []
	for number in range(1, 7):
		entries.append(card(world, sarah, number))
		world.clock.move(MINUTE)
	assert became(world, entries[0])["Email"] == ("Held", HELD)
	world.clock.us = MORNING - SECOND
	work(world)
	assert mails(world) == []
	world.clock.us = MORNING
	work(world)
	[mail] = mails(world)
	assert "and 1 more" in plain(mail)


def test_what_was_read_in_the_night_pings_nobody(world: World, sarah: ThreadRow) -> None:
	world.clock.us = LATE
	entry = card(world, sarah)
	world.do(lambda: mark_read_by_customer(world.ports, sarah["name"], entry))
	world.clock.us = MORNING
	work(world)
	assert mails(world) == []
	assert became(world, entry)["Email"] == ("Skipped", "skipped: it was read")


def test_what_a_later_card_takes_back_is_not_told(world: World, sarah: ThreadRow) -> None:
	world.clock.us = LATE
	entry = card(world, sarah)
	event = NewEvent(
		"Invoice cancelled",
		"Invoice #1 cancelled",
		world.clock.us,
		"cancel 1",
		reference_doctype="Sales Invoice",
		reference_name="INV-1",
		notify=True,
	)
	world.do(lambda: record_event(world.ports, sarah, event))
	world.clock.us = MORNING
	work(world)
	assert became(world, entry)["Email"] == ("Skipped", "skipped: a later card says otherwise")
	[mail] = mails(world)
	assert mail["Subject"] == "Invoice #1 cancelled"


def test_a_removed_message_is_not_told(world: World, sarah: ThreadRow) -> None:
	world.clock.us = LATE
	entry = say(world, sarah, "A secret")
	world.do(lambda: erase_entry(world.ports, entry, "asked for"))
	world.clock.us = MORNING
	work(world)
	assert mails(world) == []
	assert became(world, entry)["Email"] == ("Skipped", "the message was removed")


def test_preferences_changed_in_between_count(world: World, sarah: ThreadRow) -> None:
	user = party_of(sarah).party  # type: ignore[union-attr]
	entry = card(world, sarah)
	world.do(lambda: save_wishes(world.ports, sarah, user, {"email": "Off"}, "Page"))
	world.clock.move(2 * MINUTE)
	work(world)
	assert mails(world) == []
	assert became(world, entry)["Email"][1] == "skipped: switched off in the notification settings"


def test_a_night_made_longer_holds_it_on(world: World, sarah: ThreadRow) -> None:
	user = party_of(sarah).party  # type: ignore[union-attr]
	world.clock.us = LATE
	entry = card(world, sarah)
	world.do(lambda: save_wishes(world.ports, sarah, user, {"quiet_end": "09:30"}, "Page"))
	world.clock.us = MORNING
	work(world)
	assert became(world, entry)["Email"] == ("Held", "held: quiet hours until 9:30am in New York")
	world.clock.move(90 * MINUTE)
	work(world)
	assert len(mails(world)) == 1


def test_more_than_twenty_at_once_become_one(world: World, phone_only: ThreadRow) -> None:
	entries = [card(world, phone_only, number) for number in range(1, 41)]
	assert became(world, entries[19])["SMS"][1] == "held: waits a moment for what else comes"
	assert became(world, entries[20])["SMS"][1] == "held: many at once become one"
	world.clock.move(3 * MINUTE)
	work(world)
	[text] = texts(world)
	assert "and 3" in text
	assert " more " in text


def test_a_bulk_act_tells_nobody_one_by_one(world: World, sarah: ThreadRow) -> None:
	others = [world.customer(SARAH, phone="", email=f"c{number}@x.example") for number in range(60)]
	entries = [card(world, thread, number) for number, thread in enumerate(others)]
	urgent = card(world, sarah, 1000, urgent=True)
	assert became(world, entries[-1])["Email"] == ("Skipped", "skipped: one of many at once")
	work(world)
	world.clock.move(2 * MINUTE)
	work(world)
	assert {became(world, entry)["Email"][1] for entry in entries} == {"skipped: one of many at once"}
	assert len(world.mailbox.messages) == 1
	assert became(world, urgent)["Email"][0] == "Sent"


def test_a_machines_text_waits_for_the_morning(world: World, sarah: ThreadRow) -> None:
	world.clock.us = LATE
	held = say(world, sarah, "A reminder", "sms", automated=True)
	urgent = say(world, sarah, "On our way", "sms", automated=True, urgent=True)
	world.clock.move(SECOND)
	person = say(world, sarah, "Sleep well", "sms")
	work(world)
	assert texts(world) == ["On our way", "Sleep well"]
	assert became(world, held)["SMS"] == ("Held", f"asked for · {HELD}")
	world.clock.us = MORNING
	work(world)
	assert texts(world)[2:] == ["A reminder"]
	assert became(world, held)["SMS"][1] == "asked for"
	assert {rows(world, entry)["SMS"]["state"] for entry in (urgent, person)} <= {
		"Sent",
		"Delivered",
		"Sending",
	}


def test_a_person_may_let_it_wait(world: World, sarah: ThreadRow) -> None:
	assert rows(world, say(world, sarah, "By day", "sms", when="quiet"))["SMS"]["state"] == "Queued"
	world.clock.us = LATE
	words = "A long story. " * 200
	entry = say(world, sarah, words, "sms", when="quiet")
	parts = deliveries.of_entry(world.database, entry)
	assert [row["state"] for row in parts] == ["Held", "Held"]
	world.clock.us = MORNING
	work(world)
	assert "".join(texts(world)[1:]).replace(" ", "") == words.replace(" ", "")


def test_nothing_goes_into_a_night_that_its_writer_takes_for_day(world: World, sarah: ThreadRow) -> None:
	first = "0b5d0f0e-3f0e-4b6e-9a51-000000000001"
	entry = say(world, sarah, "By day", "sms", when="day", client_id=first)
	assert rows(world, entry)["SMS"]["state"] == "Queued"
	world.clock.us = LATE
	with pytest.raises(Conflict, match="quiet hours"):
		say(world, sarah, "By night", "sms", when="day")
	# the same again is no second time
	assert say(world, sarah, "By day", "sms", when="day", client_id=first) == entry
	assert rows(world, say(world, sarah, "Now all the same", "sms", when="now"))["SMS"]["state"] == "Queued"
	world.clock.us = MORNING
	say(world, sarah, "Good morning", "sms", when="day")


def test_what_was_held_and_is_read_meanwhile_is_not_texted(world: World, sarah: ThreadRow) -> None:
	world.clock.us = LATE
	reminder = say(world, sarah, "A reminder", "sms", automated=True)
	patient = say(world, sarah, "By day", "sms", when="quiet")
	world.do(lambda: mark_read_by_customer(world.ports, sarah["name"], reminder))
	world.clock.us = MORNING
	work(world)
	assert texts(world) == ["By day"]
	assert became(world, reminder)["SMS"] == ("Skipped", "skipped: it was read")
	assert rows(world, patient)["SMS"]["state"] != "Held"


def test_follow_ups_keep_to_the_sending_window(world: World, sarah: ThreadRow) -> None:
	world.set(window_start="09:00", window_end="17:00")
	world.clock.us = to_us(datetime(2025, 5, 15, 17, 30, tzinfo=NEW_YORK))
	text = say(world, sarah, "How did it come out?", "sms", promotional=True)
	notice = say(world, sarah, "How did it come out?", promotional=True)
	opens = "held: the business writes such things from 9:00am in New York"
	assert became(world, text)["SMS"] == ("Held", f"asked for · {opens}")
	assert became(world, notice)["Email"] == ("Held", opens)
	world.clock.us = MORNING
	work(world)
	assert texts(world) == []
	world.clock.us = MORNING + HOUR
	work(world)
	assert len(texts(world)) == len(mails(world)) == 1


def test_a_notice_that_was_read_before_it_leaves_does_not(world: World, sarah: ThreadRow) -> None:
	entry = card(world, sarah, urgent=True)
	world.do(lambda: mark_read_by_customer(world.ports, sarah["name"], entry))
	work(world)
	assert mails(world) == []
	assert became(world, entry)["Email"] == ("Skipped", "skipped: it was read")


def test_a_try_that_falls_into_the_night_waits_for_the_morning(world: World, sarah: ThreadRow) -> None:
	world.clock.us = LATE - 122 * MINUTE
	card(world, sarah, 1)
	card(world, sarah, 2)
	world.clock.move(2 * MINUTE)
	for group in due_groups(world.ports):
		world.do(partial(release_group, world.ports, group))
	[name] = deliver.due_deliveries(world.ports)
	claimed = world.do(lambda: deliver.claim_delivery(world.ports, name))
	assert claimed
	world.do(lambda: deliver.record_delivery(world.ports, claimed, GatewayError("busy")))
	world.clock.us = LATE
	work(world)
	assert mails(world) == []
	world.clock.us = MORNING
	work(world)
	[mail] = mails(world)
	assert mail["Subject"] == f"2 new updates from {BUSINESS.name}"


def test_what_is_older_than_two_days_is_not_told(world: World, sarah: ThreadRow) -> None:
	entry = card(world, sarah)
	world.clock.move(48 * HOUR)
	work(world)
	assert became(world, entry)["Email"] == ("Skipped", "skipped: too old to ping")
