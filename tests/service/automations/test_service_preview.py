"""What a preview shows is what would leave: its words, when it goes, and why only then."""

from datetime import timedelta

import pytest
from support.automated import CANCELLED, REMINDER, RESCHEDULED, Visit, at, automate, pass_time, tick
from support.notified import PUBLIC, say, texts
from support.persons import BUSINESS, SARAH
from support.world import World

from customer_thread.domain.times import DAY, iso, to_us
from customer_thread.service.automations.preview_automation import AutomationPreview, preview_automation
from customer_thread.service.automations.switch_automation import require_automation
from customer_thread.service.notices.preferences import save_wishes

MONDAY = at("2025-05-12 12:00")
THURSDAY = at("2025-05-15 10:00")
STOP = "Reply STOP to opt out."
#: a day after the visit, at a time of the day
FOLLOW_UP = {
	"title": "Follow-up",
	"moment": "Date Field",
	"date_field": "scheduled_time",
	"offset_minutes": 1440,
	"promotional": 1,
	"valid_minutes": 4320,
	"text": "How did it turn out?",
}


@pytest.fixture
def visit(world: World) -> Visit:
	"""Return an appointment on a Thursday at ten, of one with a phone alone."""
	world.set(public_url=PUBLIC, mail_from=BUSINESS.email, default_timezone="America/New_York")
	world.set(window_start="09:00", window_end="17:00")
	world.clock.us = to_us(MONDAY)
	made = Visit(world, world.customer(SARAH, email=""))
	made.schedule(THURSDAY)
	return made


def preview(visit: Visit, **fields: object) -> AutomationPreview:
	"""Return the preview of an automation that is made for it, and is off."""
	name = automate(visit.world, **{**fields, "enabled": 0})
	ports = visit.world.ports
	return preview_automation(ports, require_automation(ports, name), visit.reference)


def test_the_words_say_how_to_get_no_more_where_they_would_when_it_leaves(world: World, visit: Visit) -> None:
	shown = preview(visit, **FOLLOW_UP)
	assert shown["text"] == f"How did it turn out? {STOP}"
	assert shown["segments"] == 1
	long = preview(visit, **{**FOLLOW_UP, "text": "x" * 150})
	assert long["segments"] == 2
	# said on Monday, on Friday they are not due
	say(world, visit.thread, f"Ten percent off. {STOP}", "sms", automated=True)
	assert preview(visit, **FOLLOW_UP)["text"] == "How did it turn out?"
	# and a month later they are
	later = preview(visit, **{**FOLLOW_UP, "offset_minutes": 1440 * 30})
	assert later["text"].endswith(STOP)
	assert preview(visit, **{**FOLLOW_UP, "channel": "Portal"})["text"] == "How did it turn out?"


def test_it_may_be_no_longer_than_what_leaves(world: World, visit: Visit) -> None:
	shown = preview(visit, **{**FOLLOW_UP, "text": "x" * 450})
	assert shown["broken"]
	assert "the text is 4 segments, and at most 3 are sent" in shown["reason"]
	assert not preview(visit, **{**REMINDER, "text": "x" * 450})["broken"]


@pytest.mark.parametrize(
	("fields", "goes", "when", "why"),
	[
		({}, "2025-05-14 09:00", "Wed 9:00am", "waits for its time"),
		(
			{"at_time": "06:00"},
			"2025-05-14 08:00",
			"Wed 8:00am, after quiet hours",
			"held: quiet hours until 8:00am in New York",
		),
		(
			{"at_time": "22:30"},
			"2025-05-15 08:00",
			"Thu 8:00am, after quiet hours",
			"held: quiet hours until 8:00am in New York",
		),
		({"at_time": "22:30", "urgent": 1}, "2025-05-14 22:30", "Wed 10:30pm", "waits for its time"),
		# on that day it is urgent
		(
			{"at_time": "07:00", "offset_minutes": 0, "soon_field": "scheduled_time"},
			"2025-05-15 07:00",
			"Thu 7:00am",
			"waits for its time",
		),
		(
			{"at_time": "18:00", "promotional": 1},
			"2025-05-15 09:00",
			"Thu 9:00am, when the business writes such things",
			"held: the business writes such things from 9:00am in New York",
		),
		# by the morning the window has not opened yet
		(
			{"at_time": "22:30", "promotional": 1},
			"2025-05-15 09:00",
			"Thu 9:00am, when the business writes such things",
			"held: the business writes such things from 9:00am in New York",
		),
	],
)
def test_it_says_when_it_would_go_and_why_then(
	world: World, visit: Visit, fields: dict[str, object], goes: str, when: str, why: str
) -> None:
	shown = preview(visit, **{**REMINDER, **fields})
	assert (shown["at"], shown["when"], shown["reason"]) == (iso(to_us(at(goes))), when, why)


def test_it_goes_when_it_said_it_would(world: World, visit: Visit) -> None:
	said = preview(visit, **{**REMINDER, "at_time": "05:00", "promotional": 1})
	automate(world, **{**REMINDER, "at_time": "05:00", "promotional": 1})
	visit.change()
	pass_time(world, at("2025-05-14 08:59"), timedelta(minutes=17))
	assert said["text"] not in texts(world)
	world.clock.us = to_us(at("2025-05-14 09:00"))
	assert said["at"] == iso(world.clock.us)
	tick(world)
	assert texts(world)[-1] == said["text"]


def test_one_a_day_counts_what_has_left_by_then(world: World, visit: Visit) -> None:
	morning = {**FOLLOW_UP, "offset_minutes": -1440 * 3, "at_time": "16:00"}
	assert preview(visit, **morning)["when"] == "today 4:00pm"
	say(world, visit.thread, "Ten percent off", "sms", promotional=True)
	shown = preview(visit, **morning)
	assert shown["when"] == "Tue 9:00am, for there is one such message a day"
	assert shown["reason"] == "held: one such message a day, the next from 9:00am in New York"
	assert preview(visit, **{**morning, "offset_minutes": -1440 * 2})["when"] == "Tue 4:00pm"
	# of what has gone by nobody asks what left since
	world.clock.us += 30 * DAY
	assert preview(visit, **morning)["when"] == "Mon May 12, 4:00pm"


def test_it_says_why_it_would_not_go(world: World, visit: Visit) -> None:
	shown = preview(visit, **{**REMINDER, "at_time": "22:30", "valid_minutes": 60})
	assert (shown["at"], shown["when"]) == ("", "")
	assert shown["reason"] == "skipped: too late for it · held: quiet hours until 8:00am in New York"
	shown = preview(visit, **{**REMINDER, "offset_minutes": 1440})
	assert (shown["at"], shown["reason"]) == ("", "skipped: too late for it")
	assert shown["text"] != ""


def test_what_follows_a_card_goes_once_it_has_been_quiet(world: World, visit: Visit) -> None:
	visit.move(at("2025-05-22 10:00"))
	shown = preview(visit, **RESCHEDULED)
	assert shown["when"] == "today 12:02pm"
	assert shown["reason"] == "waits a moment for what else changes"
	world.clock.us = to_us(at("2025-05-12 23:00"))
	visit.cancel()
	assert preview(visit, **CANCELLED)["when"] == "Tue 8:00am, after quiet hours"


def test_when_is_by_her_own_clock(world: World, visit: Visit) -> None:
	sarah = visit.thread
	chosen = {"timezone": "Asia/Kolkata"}
	world.do(lambda: save_wishes(world.ports, sarah, sarah["party"] or "", chosen, "Page"))
	shown = preview(visit, **{**REMINDER, "at_time": "06:00"})
	assert (shown["when"], shown["zone"]) == ("Wed 8:00am, after quiet hours", "Asia/Kolkata")
	assert shown["at"] == iso(to_us(at("2025-05-14 08:00", "Asia/Kolkata")))


def test_by_hand_it_goes_when_somebody_presses_the_button(world: World, visit: Visit) -> None:
	shown = preview(visit, title="On the way", moment="By Hand", text="{{ minutes }} minutes")
	assert (shown["at"], shown["when"], shown["text"]) == ("", "", "15 minutes")
