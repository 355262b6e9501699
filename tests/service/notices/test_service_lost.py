"""No notice is lost, and none wakes anybody, by what happens between its decision and its way out."""

import re
from dataclasses import replace
from datetime import datetime

import pytest
from support.notified import (
	MORNING,
	NEW_YORK,
	PUBLIC,
	became,
	card,
	mails,
	plain,
	release,
	rows,
	say,
	texts,
	work,
)
from support.persons import SARAH
from support.world import World

from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.errors import GatewayError
from customer_thread.domain.times import DAY, HOUR, MINUTE, SECOND, to_us
from customer_thread.gateways.web_push.keys import new_keys
from customer_thread.service.cards.record_event import record_event
from customer_thread.service.desk.invite import invite
from customer_thread.service.notices.preferences import save_wishes
from customer_thread.service.notices.release_notices import due_groups, release_group
from customer_thread.service.notices.subscribe import subscribe
from customer_thread.service.outgoing import deliver
from customer_thread.service.outgoing.record_outcome import failed_for_good
from customer_thread.service.portal.ask_for_link import ask_for_link
from customer_thread.service.thread.assign_thread import join_threads
from customer_thread.service.thread.erase_entry import erase_entry
from customer_thread.service.thread.mark_read_by_customer import mark_read_by_customer
from customer_thread.store.rows import ThreadRow

EVENING = to_us(datetime(2025, 5, 15, 20, 50, tzinfo=NEW_YORK))
NIGHT = to_us(datetime(2025, 5, 15, 22, tzinfo=NEW_YORK))


def fail_once(world: World) -> None:
	"""Let the one delivery that is due be refused for the moment."""
	[name] = deliver.due_deliveries(world.ports)
	claimed = world.do(lambda: deliver.claim_delivery(world.ports, name))
	assert claimed
	world.do(lambda: deliver.record_delivery(world.ports, claimed, GatewayError("busy")))


def test_a_digest_whose_first_line_was_read_tells_of_the_others(world: World, sarah: ThreadRow) -> None:
	world.clock.us = EVENING
	first = card(world, sarah, 1)
	world.clock.move(SECOND)
	second = card(world, sarah, 2)
	world.clock.move(2 * MINUTE)
	release(world)
	fail_once(world)
	world.clock.us = NIGHT
	work(world)
	assert became(world, first)["Email"][0] == "Held"
	world.do(lambda: mark_read_by_customer(world.ports, sarah["name"], first))
	world.clock.us = MORNING
	work(world)

	[mail] = mails(world)
	assert "Invoice #2 sent" in plain(mail)
	assert became(world, second)["Email"] == ("Skipped", "skipped: told together with the others")


def test_a_digest_by_text_that_waits_for_the_morning_tells_all_of_it(
	world: World, phone_only: ThreadRow
) -> None:
	world.clock.us = EVENING
	card(world, phone_only, 1)
	world.clock.move(SECOND)
	card(world, phone_only, 2)
	world.clock.move(2 * MINUTE)
	release(world)
	fail_once(world)
	world.clock.us = NIGHT
	work(world)
	assert texts(world) == []
	world.clock.us = MORNING
	work(world)

	[text] = texts(world)
	assert "Invoice #1 sent" in text
	assert "Invoice #2 sent" in text


def test_a_digest_whose_first_card_was_taken_back_tells_of_the_others(world: World, sarah: ThreadRow) -> None:
	world.clock.us = EVENING
	card(world, sarah, 1)
	world.clock.move(SECOND)
	card(world, sarah, 2)
	world.clock.move(2 * MINUTE)
	release(world)
	fail_once(world)
	world.clock.us = NIGHT
	work(world)
	back = NewEvent(
		"Invoice cancelled",
		"Invoice #1 cancelled",
		world.clock.us,
		"cancel 1",
		reference_doctype="Sales Invoice",
		reference_name="INV-1",
	)
	world.do(lambda: record_event(world.ports, sarah, back))
	world.clock.us = MORNING
	work(world)

	[mail] = mails(world)
	assert "Invoice #2 sent" in plain(mail)


def test_a_text_that_is_tried_again_is_sent_though_mails_were_switched_on(
	world: World, sarah: ThreadRow
) -> None:
	user = str(sarah["party"])
	world.do(lambda: save_wishes(world.ports, sarah, user, {"email": "Off"}, "Page"))
	card(world, sarah)
	world.clock.move(2 * MINUTE)
	release(world)
	fail_once(world)
	world.do(lambda: save_wishes(world.ports, sarah, user, {"email": "On"}, "Page"))
	world.clock.move(HOUR)
	work(world)

	assert len(texts(world)) == 1
	assert mails(world) == []


def test_what_is_put_off_while_its_thread_is_joined_to_another_is_decided_there(
	world: World, sarah: ThreadRow
) -> None:
	other = world.customer(replace(SARAH, name="Sarah Lee again"), phone="", email="")
	event = NewEvent("Invoice sent", "Invoice #9", world.clock.us, "rule:9", by_rule=True, notify=True)
	entry = world.do(lambda: record_event(world.ports, other, event)).entry
	[group] = list(due_groups(world.ports))
	world.do(lambda: join_threads(world.ports, other["name"], sarah["name"]))
	world.do(lambda: release_group(world.ports, group))
	work(world)
	world.clock.move(2 * MINUTE)
	work(world)

	assert len(mails(world)) == 1
	assert {row["thread"] for row in rows(world, entry).values()} == {sarah["name"]}


def test_what_was_held_by_a_clock_that_was_ahead_is_told(world: World, sarah: ThreadRow) -> None:
	world.clock.us = NIGHT + 365 * DAY
	held = card(world, sarah, 1)
	world.clock.us = NIGHT + 365 * DAY + 14 * HOUR
	gathered = card(world, sarah, 2)
	world.clock.us = MORNING
	assert world.do(lambda: deliver.set_clock_right(world.ports)) == 2
	work(world)

	assert len(mails(world)) == 1
	assert became(world, held)["Email"][0] == "Sent"
	assert became(world, gathered)["Email"][1] == "skipped: told together with the others"
	assert world.do(lambda: deliver.set_clock_right(world.ports)) == 0


def test_an_invitation_that_is_tried_again_wakes_nobody(world: World, sarah: ThreadRow) -> None:
	world.clock.us = EVENING
	[asked] = world.do(lambda: invite(world.ports, [str(sarah["party"])], "email"))
	assert asked["delivery"]
	fail_once(world)
	world.clock.us = NIGHT
	work(world)
	assert mails(world) == []
	world.clock.us = MORNING
	work(world)
	[mail] = mails(world)
	assert f"{PUBLIC}/messages/in#" in plain(mail)


def test_a_removed_message_is_in_no_digest_that_waits_and_takes_no_other_with_it(
	world: World, sarah: ThreadRow
) -> None:
	world.do(lambda: save_wishes(world.ports, sarah, str(sarah["party"]), {"email": "Off"}, "Page"))
	secret = say(world, sarah, "The alarm code is 4711")
	world.clock.move(SECOND)
	other = card(world, sarah)
	world.clock.move(2 * MINUTE)
	release(world)
	fail_once(world)
	world.do(lambda: erase_entry(world.ports, secret, "asked for"))
	world.clock.move(HOUR)
	work(world)

	[text] = texts(world)
	assert "4711" not in text
	assert "Invoice #1 sent" in text
	assert became(world, secret)["SMS"] == ("Skipped", "the message was removed")
	assert became(world, other)["SMS"][0] in ("Sending", "Sent", "Delivered")


@pytest.mark.parametrize("is_first", [True, False])
def test_a_removed_message_is_in_no_words_that_are_kept_of_a_digest(
	world: World, sarah: ThreadRow, is_first: bool
) -> None:
	world.do(lambda: save_wishes(world.ports, sarah, str(sarah["party"]), {"email": "Off"}, "Page"))
	before = card(world, sarah, 1) if not is_first else 0
	world.clock.move(SECOND)
	secret = say(world, sarah, "The alarm code is 4711")
	world.clock.move(SECOND)
	after = card(world, sarah, 2) if is_first else 0
	world.clock.move(2 * MINUTE)
	work(world)
	assert "4711" in texts(world)[0]
	world.do(lambda: erase_entry(world.ports, secret, "asked for"))

	assert "4711" not in str(world.database.select("SELECT * FROM `tabThread Delivery`"))
	assert became(world, before or after)["SMS"][0] != "Held"
	world.clock.move(SECOND)
	work(world)
	assert len(texts(world)) == 1


def test_a_browser_that_is_gone_leaves_it_to_the_last_resort(world: World, sarah: ThreadRow) -> None:
	keys = new_keys()
	world.set(vapid_public_key=keys.public, vapid_private_key=keys.private)
	user, browser = str(sarah["party"]), world.push_service.browser()
	world.do(lambda: subscribe(world.ports, sarah, user, "s", browser.subscription, "Phone"))
	world.do(lambda: save_wishes(world.ports, sarah, user, {"email": "Off"}, "Page"))
	browser.is_gone = True
	entries = [card(world, sarah, number) for number in (1, 2)]
	for _again in range(3):
		work(world)
		world.clock.move(MINUTE)

	told = " ".join(texts(world))
	assert "Invoice #1 sent" in told
	assert "Invoice #2 sent" in told
	assert {became(world, entry)["Push"][0] for entry in entries} <= {"Failed", "Skipped"}
	assert mails(world) == []


def test_a_browser_that_is_gone_is_no_reason_for_a_text_where_a_mail_tells(
	world: World, sarah: ThreadRow
) -> None:
	keys = new_keys()
	world.set(vapid_public_key=keys.public, vapid_private_key=keys.private)
	user, browser = str(sarah["party"]), world.push_service.browser()
	world.do(lambda: subscribe(world.ports, sarah, user, "s", browser.subscription, "Phone"))
	browser.is_gone = True
	card(world, sarah)
	for _again in range(4):
		work(world)
		world.clock.move(MINUTE)

	assert len(mails(world)) == 1
	assert texts(world) == []


def test_mails_switched_off_at_the_last_moment_leave_it_to_the_last_resort(
	world: World, sarah: ThreadRow
) -> None:
	for number in range(1, 4):
		card(world, sarah, number)
	world.clock.move(2 * MINUTE)
	release(world)
	world.do(lambda: save_wishes(world.ports, sarah, str(sarah["party"]), {"email": "Off"}, "Page"))
	work(world)
	work(world)

	assert mails(world) == []
	[text] = texts(world)
	assert {f"Invoice #{number} sent" for number in range(1, 4)} <= set(re.findall(r"Invoice #\d sent", text))


def test_a_digest_of_the_evening_is_a_text_in_the_morning_where_mails_were_switched_off(
	world: World, sarah: ThreadRow
) -> None:
	world.clock.us = EVENING
	card(world, sarah, 1)
	world.clock.move(SECOND)
	card(world, sarah, 2)
	world.clock.move(2 * MINUTE)
	release(world)
	fail_once(world)
	world.clock.us = NIGHT
	work(world)
	world.do(lambda: save_wishes(world.ports, sarah, str(sarah["party"]), {"email": "Off"}, "Page"))
	world.clock.us = MORNING
	work(world)
	work(world)

	assert mails(world) == []
	[text] = texts(world)
	assert "Invoice #1 sent; Invoice #2 sent" in text


def test_what_is_urgent_goes_the_other_way_at_night_too(world: World, sarah: ThreadRow) -> None:
	world.clock.us = NIGHT
	urgent = say(world, sarah, "On our way", "sms", automated=True, urgent=True)
	[name] = deliver.due_deliveries(world.ports)
	claimed = world.do(lambda: deliver.claim_delivery(world.ports, name))
	assert claimed
	landline = GatewayError("no mobile", permanent=True, code="30006")
	world.do(lambda: deliver.record_delivery(world.ports, claimed, landline))
	work(world)

	[mail] = mails(world)
	assert "On our way" in plain(mail)
	assert {row["urgent"] for row in rows(world, urgent).values()} == {1}


def test_a_mail_that_comes_back_in_the_night_becomes_a_text_in_the_morning(
	world: World, sarah: ThreadRow
) -> None:
	world.clock.us = EVENING - 4 * HOUR
	entry = say(world, sarah, "The boards have come.", "email")
	work(world)
	world.clock.us = NIGHT
	sent = rows(world, entry)["Email"]
	bounced = GatewayError("no such mailbox", permanent=True)
	world.do(lambda: failed_for_good(world.ports, sent, bounced))
	work(world)
	assert texts(world) == []
	world.clock.us = MORNING
	work(world)
	assert texts(world) == ["The boards have come."]


def test_a_link_that_was_asked_for_in_the_evening_wakes_nobody(world: World, sarah: ThreadRow) -> None:
	world.clock.us = EVENING
	world.do(lambda: ask_for_link(world.ports, SARAH.phone, "192.0.2.1"))
	fail_once(world)
	world.clock.us = NIGHT
	work(world)
	assert texts(world) == []
	[row] = world.database.select("SELECT state, reason FROM `tabThread Delivery` WHERE purpose = 'Sign In'")
	assert (row["state"], row["reason"]) == ("Skipped", "it was asked for more than an hour ago")
