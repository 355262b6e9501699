"""Who is notified, by what, when, and why not."""

from dataclasses import replace
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.notices import reasons
from customer_thread.domain.notices.decide import (
	ANSWERS_WITHIN,
	CROWD_FOR,
	TOO_OLD,
	decide,
	is_urgent_answer,
)
from customer_thread.domain.notices.model import NOTICE_CHANNELS, Audience, Preferences, Subject
from customer_thread.domain.notices.quiet_hours import QuietHours
from customer_thread.domain.times import MINUTE, to_us

NEW_YORK = ZoneInfo("America/New_York")
NIGHT = QuietHours(time(21), time(8), NEW_YORK)
NOON = to_us(datetime(2026, 5, 14, 12, tzinfo=NEW_YORK))
MIDNIGHT = to_us(datetime(2026, 5, 15, 0, tzinfo=NEW_YORK))
MORNING = to_us(datetime(2026, 5, 15, 8, tzinfo=NEW_YORK))
GATHER = 2 * MINUTE
ALL_ON = Preferences({"Push": True, "Email": True, "SMS": True}, NIGHT)
SARAH = Audience(ALL_ON)
CARD = Subject("Event", "Contractor", None, NOON, notify=True)
WORDS = Subject("Message", "Contractor", "Portal", NOON)


def actions(subject: Subject, audience: Audience, now_us: int) -> dict[str, tuple[str, str]]:
	found = decide(subject, audience, now_us, GATHER)
	assert [verdict.channel for verdict in found] == list(NOTICE_CHANNELS)
	return {verdict.channel: (verdict.action, str(verdict.reason)) for verdict in found}


@pytest.mark.parametrize(
	("changes", "why"),
	[
		({"kind": "Message", "channel": "SMS"}, "skipped: the text itself was the notice"),
		({"kind": "Message", "channel": "Email"}, "skipped: the mail itself was the notice"),
		({"kind": "Message", "author": "Automated", "channel": "SMS"}, "skipped: the text itself was the notice"),
		({"kind": "Message", "author": "Customer", "channel": "Portal"}, "skipped: the customer's own words"),
		({"kind": "Call", "channel": "Phone"}, "skipped: a call is its own notice"),
		({"notify": False}, "skipped: no notice was asked for"),
		({"notify": False, "urgent": True}, "skipped: no notice was asked for"),
		({"from_history": True}, "skipped: brought in from before"),
		({"is_read": True}, "skipped: it was read"),
		({"is_void": True}, "skipped: a later card says otherwise"),
		({"is_void": True, "urgent": True}, "skipped: a later card says otherwise"),
		({"known_us": NOON - TOO_OLD}, "skipped: too old to ping"),
		({"crowd": "Site"}, "skipped: one of many at once"),
	],
)  # fmt: skip
def test_nobody_is_notified_of_it(changes: dict[str, Any], why: str) -> None:
	subject = replace(CARD, **changes)
	assert set(actions(subject, SARAH, NOON).values()) == {("Skip", why)}


def test_nobody_is_notified_who_has_the_page_open() -> None:
	here = replace(SARAH, is_present=True)
	assert set(actions(CARD, here, NOON).values()) == {("Skip", "skipped: the page was open")}
	assert actions(replace(CARD, urgent=True), here, MIDNIGHT)["Push"][0] == "Skip"


@pytest.mark.parametrize("subject", [CARD, WORDS, replace(WORDS, author="Automated")])
def test_news_is_pushed_at_once_and_mailed_with_what_else_comes(subject: Subject) -> None:
	assert actions(subject, SARAH, NOON) == {
		"Push": ("Send", "sent: something new"),
		"Email": ("Hold", "held: waits a moment for what else comes"),
		"SMS": ("Skip", "skipped: a text is the last resort"),
	}
	[mail] = [verdict for verdict in decide(subject, SARAH, NOON, GATHER) if verdict.channel == "Email"]
	assert mail.until_us == NOON + GATHER
	assert actions(subject, SARAH, mail.until_us)["Email"] == ("Send", "sent: something new")


@pytest.mark.parametrize(
	("on", "unreachable", "sent"),
	[
		("Push Email SMS", "", {"Push", "Email"}),
		("Push Email SMS", "Push", {"Email"}),
		("Push Email SMS", "Push Email", {"SMS"}),
		("Push Email SMS", "Email", {"Push"}),
		("Push SMS", "", {"Push"}),
		("Push SMS", "Push", {"SMS"}),
		("SMS", "", {"SMS"}),
		("SMS", "SMS", set()),
		("Email", "Email", set()),
		("", "", set()),
	],
)
def test_a_text_is_the_last_resort(on: str, unreachable: str, sent: set[str]) -> None:
	audience = Audience(
		Preferences({channel: channel in on for channel in NOTICE_CHANNELS}),
		{channel: reasons.NOT_SET_UP for channel in NOTICE_CHANNELS if channel in unreachable.split()},
	)
	found = actions(CARD, audience, NOON + GATHER)
	assert {channel for channel, (action, _why) in found.items() if action == "Send"} == sent
	for channel in NOTICE_CHANNELS:
		if channel not in on:
			assert found[channel] == ("Skip", "skipped: switched off in the notification settings")
		elif channel in unreachable.split():
			assert found[channel] == ("Skip", "skipped: the channel is not set up")


def test_it_is_held_until_the_night_is_over() -> None:
	subject = replace(CARD, known_us=MIDNIGHT)
	for channel, (action, why) in actions(subject, SARAH, MIDNIGHT).items():
		if channel != "SMS":
			assert (action, why) == ("Hold", "held: quiet hours until 8:00am in New York")
	assert {verdict.until_us for verdict in decide(subject, SARAH, MIDNIGHT, GATHER)} == {0, MORNING}
	assert actions(subject, SARAH, MORNING)["Push"] == ("Send", "sent: something new")
	assert actions(replace(subject, urgent=True), SARAH, MIDNIGHT)["Push"] == ("Send", "sent: urgent")
	assert actions(replace(subject, urgent=True), SARAH, MIDNIGHT)["Email"] == ("Send", "sent: urgent")


@pytest.mark.parametrize(
	("before_us", "action"),
	[(MIDNIGHT, "Hold"), (MIDNIGHT + 1, "Send"), (MORNING, "Send"), (MORNING + 1, "Hold")],
)
def test_what_the_night_would_hold_until_after_it_is_told_at_once(before_us: int, action: str) -> None:
	subject = replace(CARD, known_us=MIDNIGHT, send_before_us=before_us)
	found = actions(subject, SARAH, MIDNIGHT)
	assert {found[channel][0] for channel in ("Push", "Email")} == {action}
	if action == "Send":
		assert found["Email"] == ("Send", "sent: urgent")
	# by day it is as any
	day = actions(replace(subject, known_us=MORNING), SARAH, MORNING)
	assert day["Email"][1] == "held: waits a moment for what else comes"
	assert set(actions(replace(subject, is_read=True), SARAH, MIDNIGHT).values()) == {
		("Skip", "skipped: it was read")
	}


def test_what_is_promotional_keeps_to_the_business_window_as_well() -> None:
	window = QuietHours(time(20), time(8), NEW_YORK)
	audience = replace(SARAH, window=window, preferences=replace(ALL_ON, quiet_hours=None))
	evening = to_us(datetime(2026, 5, 14, 20, 30, tzinfo=NEW_YORK))
	subject = replace(WORDS, author="Automated", known_us=evening)
	assert actions(subject, audience, evening)["Push"][0] == "Send"
	held = actions(replace(subject, promotional=True), audience, evening)
	assert held["Push"] == ("Hold", "held: the business writes such things from 8:00am in New York")


def test_many_of_a_thread_become_one() -> None:
	subject = replace(CARD, crowd="Thread")
	assert actions(subject, SARAH, NOON)["Push"] == ("Hold", "held: many at once become one")
	assert actions(subject, SARAH, NOON + CROWD_FOR)["Push"] == ("Send", "sent: something new")


@pytest.mark.parametrize(
	("heard", "is_urgent"),
	[
		(0, False),
		(NOON, True),
		(NOON - MINUTE, True),
		(NOON - ANSWERS_WITHIN + 1, True),
		(NOON - ANSWERS_WITHIN, False),
		(NOON + 1, False),
	],
)
def test_an_answer_within_half_an_hour_is_urgent(heard: int, is_urgent: bool) -> None:
	assert is_urgent_answer(WORDS, heard) == is_urgent
	assert not is_urgent_answer(replace(WORDS, author="Automated"), heard)
	assert not is_urgent_answer(CARD, heard)


SUBJECTS = st.builds(
	Subject,
	kind=st.sampled_from(["Message", "Event", "Call"]),
	author=st.sampled_from(["Contractor", "Automated", "Customer"]),
	channel=st.sampled_from([None, "SMS", "Email", "Portal", "Phone"]),
	known_us=st.integers(NOON - 3 * TOO_OLD, NOON + TOO_OLD),
	notify=st.booleans(),
	urgent=st.booleans(),
	promotional=st.booleans(),
	from_history=st.booleans(),
	is_read=st.booleans(),
	is_void=st.booleans(),
	crowd=st.sampled_from([None, "Thread", "Site"]),
)
ZONES = st.sampled_from(["America/New_York", "Asia/Kolkata", "Pacific/Chatham", "UTC"]).map(ZoneInfo)
NIGHTS = st.builds(QuietHours, st.times(), st.times(), ZONES)
AUDIENCES = st.builds(
	Audience,
	st.builds(
		Preferences,
		st.fixed_dictionaries({channel: st.booleans() for channel in NOTICE_CHANNELS}),
		st.none() | NIGHTS,
	),
	st.dictionaries(st.sampled_from(NOTICE_CHANNELS), st.just(reasons.NOT_SET_UP)),
	st.booleans(),
	st.none() | NIGHTS,
)


@given(SUBJECTS, AUDIENCES, st.integers(0, TOO_OLD))
def test_it_is_held_to_its_rules_whatever_comes(subject: Subject, audience: Audience, later: int) -> None:
	now = subject.known_us + later
	found = decide(subject, audience, now, GATHER)
	night = audience.preferences.quiet_hours
	assert [verdict.channel for verdict in found] == list(NOTICE_CHANNELS)
	for verdict in found:
		assert str(verdict.reason).startswith(
			{"Send": "sent:", "Hold": "held:", "Skip": "skipped:"}[verdict.action]
		)
		assert (verdict.until_us > now) == (verdict.action == "Hold")
		if verdict.action != "Skip":
			assert audience.preferences.channels[verdict.channel]
			assert verdict.channel not in audience.unreachable
			assert not subject.is_read
			assert not subject.is_void
			assert not subject.from_history
			assert not audience.is_present
		if verdict.action == "Send" and night and not subject.urgent:
			assert night.end_us(now) is None
	sent = {verdict.channel for verdict in found if verdict.action != "Skip"}
	assert "SMS" not in sent or sent == {"SMS"}


@given(SUBJECTS, AUDIENCES)
def test_what_is_held_is_sent_or_skipped_in_the_end(subject: Subject, audience: Audience) -> None:
	for channel in NOTICE_CHANNELS:
		now, tries = subject.known_us, 0
		while True:
			[verdict] = [one for one in decide(subject, audience, now, GATHER) if one.channel == channel]
			if verdict.action != "Hold":
				break
			now, tries = verdict.until_us, tries + 1
			assert tries < 12


@given(st.sampled_from(reasons.templates()))
def test_a_stored_reason_is_translated_where_it_is_shown(template: str) -> None:
	stored = template.format("8:00am", "New York")
	assert reasons.worded(stored, lambda text: f"<{text}>") == f"<{template}>".format("8:00am", "New York")


def test_a_reason_of_another_kind_is_left_as_it_is() -> None:
	assert reasons.worded("texts come first", str.upper) == "texts come first"
