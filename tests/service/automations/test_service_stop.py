"""STOP between what is planned and what leaves: nothing leaves by text, and what is written down says why."""

from datetime import timedelta
from functools import partial

import pytest
from support.automated import REMINDER, Visit, at, automate, pass_time, tick
from support.notified import PUBLIC, became, mails, plain, say, texts, work
from support.persons import BOB, BUSINESS, MIKE, SARAH, Person
from support.world import World

from customer_thread.domain.inbound import InboundSms
from customer_thread.domain.model import Address, Party
from customer_thread.domain.times import to_us
from customer_thread.gateways.twilio_sms.inbound import KEYWORDS
from customer_thread.service.desk.read_thread import read_thread
from customer_thread.service.incoming.receive_sms import receive_sms
from customer_thread.service.ports import PartyInfo
from customer_thread.service.reading.read_timeline import Query
from customer_thread.service.thread.add_contact_point import add_contact_point
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.store.rows import ThreadRow

LEAD = Party("Lead", "LEAD-1")
NOON = at("2025-05-12 12:00")
VISIT = at("2025-05-14 14:00")
DUE = at("2025-05-13 09:00")


@pytest.fixture
def sarah(world: World) -> ThreadRow:
	"""Return the thread of one with a phone and an address, of a business that reminds."""
	world.set(public_url=PUBLIC, mail_from=BUSINESS.email, default_timezone="America/New_York")
	world.clock.us = to_us(NOON)
	automate(world, **REMINDER)
	return world.customer(SARAH)


def _writes(world: World, word: str, number: int = 1, who: Person = SARAH) -> None:
	sms = InboundSms(
		provider_sid=f"SM{number:032}",
		sender=who.phone,
		recipient=BUSINESS.phone,
		text=word,
		occurred_us=world.clock.us,
		attachments=(),
		keyword=KEYWORDS.get(word.casefold()),
	)
	world.do(partial(receive_sms, world.ports, sms))


def _planned(world: World, thread: ThreadRow, name: str = "APP-1", days: int = 0) -> Visit:
	visit = Visit(world, thread, name)
	visit.schedule(VISIT + timedelta(days=days))
	return visit


def _what_became(world: World, visit: Visit) -> tuple[tuple[str, str], dict[str, tuple[str, str]]]:
	"""Return what became of a visit's reminder, and of its entry by each channel."""
	[message] = visit.messages
	return (message["state"], message["reason"]), became(world, message["entry"]) if message["entry"] else {}


def _reminders(world: World, phone: str = SARAH.phone) -> list[str]:
	return [text for text in texts(world, phone) if text.startswith("Reminder")]


def _due_while_twilio_is_down(world: World, thread: ThreadRow) -> Visit:
	"""Let a reminder be due, and its text wait for another try."""
	visit = _planned(world, thread)
	world.twilio.fail_next(503, 20503, holding="Reminder")
	world.clock.us = to_us(DUE)
	tick(world)
	told, by = _what_became(world, visit)
	assert (told[0], by["SMS"][0]) == ("Sent", "Queued")
	return visit


def test_what_waits_leaves_by_mail_after_stop_and_by_text_after_start(world: World, sarah: ThreadRow) -> None:
	first, second = _planned(world, sarah), _planned(world, sarah, "APP-2", days=3)
	_writes(world, "STOP")
	pass_time(world, DUE + timedelta(minutes=5), timedelta(minutes=10))
	by_mail = {"Email": ("Sent", "by e-mail: texts are off: the number answered STOP")}
	assert _what_became(world, first) == (("Sent", "sent when it was due"), by_mail)
	assert len([mail for mail in mails(world) if "Reminder: Wed May 14" in plain(mail)]) == 1
	_writes(world, "START", 2)
	pass_time(world, DUE + timedelta(days=3, minutes=5), timedelta(hours=1))
	assert _what_became(world, second)[1]["SMS"][1] == "texts come first"
	assert _reminders(world) == ["Reminder: Sat May 17, 2:00pm. Reply YES to confirm."]


def test_what_reaches_nobody_after_stop_is_skipped_with_the_reason(world: World, sarah: ThreadRow) -> None:
	world.parties.known[LEAD] = PartyInfo("Bob Stone")
	bob = world.do(lambda: open_thread(world.ports, LEAD))
	world.do(lambda: add_contact_point(world.ports, bob, Address("Phone", BOB.phone), "Lead", "Bob"))
	_writes(world, "Is Wednesday fine?", 1, who=BOB)
	visit = _planned(world, bob)
	_writes(world, "STOP", 2, who=BOB)
	pass_time(world, DUE + timedelta(minutes=5), timedelta(minutes=10))
	why = (
		"skipped: nobody is reached (portal only: texts are off: the number answered STOP, no e-mail on file)"
	)
	assert _what_became(world, visit) == (("Skipped", why), {})
	assert texts(world, BOB.phone) == []


def test_what_is_on_its_way_goes_by_mail_after_stop(world: World, sarah: ThreadRow) -> None:
	visit = _due_while_twilio_is_down(world, sarah)
	_writes(world, "STOP")
	pass_time(world, DUE + timedelta(minutes=30))
	_told, by = _what_became(world, visit)
	assert (by["SMS"][0], by["Email"][0]) == ("Failed", "Sent")
	assert _reminders(world) == []
	assert len([mail for mail in mails(world) if "Reminder" in plain(mail)]) == 1


def test_what_is_on_its_way_and_has_no_other_stays_and_says_why(world: World, sarah: ThreadRow) -> None:
	bob = world.customer(BOB, email="")
	visit = _due_while_twilio_is_down(world, bob)
	asked = world.twilio.requests["create"]
	_writes(world, "STOP", who=BOB)
	pass_time(world, DUE + timedelta(minutes=30))
	assert _what_became(world, visit)[1]["SMS"][0] == "Failed"
	assert _reminders(world, BOB.phone) == []
	[delivery] = read_thread(world.ports, world.thread(bob["name"]), Query())["deliveries"][-1:]
	assert (delivery["error"] or "").startswith("The customer replied STOP and gets no texts")
	# Twilio is asked to send the line to the contractor, and nothing else
	assert world.twilio.requests["create"] - asked == len(texts(world, MIKE.phone))


def test_start_again_before_it_left_lets_it_leave(world: World, sarah: ThreadRow) -> None:
	_due_while_twilio_is_down(world, sarah)
	_writes(world, "STOP")
	_writes(world, "START", 2)
	pass_time(world, DUE + timedelta(minutes=30))
	assert _reminders(world) == ["Reminder: Wed May 14, 2:00pm. Reply YES to confirm."]


def test_what_a_person_wrote_goes_by_mail_after_stop(world: World, sarah: ThreadRow) -> None:
	world.twilio.fail_next(503, 20503, holding="Bring")
	entry = say(world, sarah, "Bring the key", "auto")
	work(world)
	_writes(world, "STOP")
	pass_time(world, NOON + timedelta(minutes=30))
	assert {name: state for name, (state, _why) in became(world, entry).items()} == {
		"SMS": "Failed",
		"Email": "Sent",
	}
	assert not [text for text in texts(world) if "Bring" in text]
