"""A question is about what was told: it is open only while that is so."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.automations.model import Automation, CauseEvent, DocumentNow
from customer_thread.domain.automations.questions import (
	PlannedTime,
	Question,
	QuestionState,
	planned_time,
	state_of,
)
from customer_thread.domain.model import Party
from customer_thread.domain.times import DAY, HOUR, MINUTE, to_us

HERE = ZoneInfo("America/New_York")
TEN = datetime(2026, 5, 14, 10, 0)  # noqa: DTZ001
TEN_US = to_us(TEN.replace(tzinfo=HERE))
NOW_US = TEN_US - DAY
SARAH, BOB = Party("Customer", "CUST-1"), Party("Customer", "CUST-2")
APPOINTMENT = DocumentNow({"scheduled_time": TEN, "status": "Open"}, frozenset({SARAH}), HERE)
SCHEDULED = CauseEvent("EV-1", "Appointment scheduled", NOW_US - DAY)
QUESTION = Question(
	about_us=TEN_US,
	event="EV-1",
	is_confirmed=False,
	current=APPOINTMENT,
	party=SARAH,
	events=(SCHEDULED,),
	planned_time=PlannedTime(TEN_US, TEN_US),
)


def _of(**changes: object) -> DocumentNow:
	return replace(APPOINTMENT, **changes)  # type: ignore[arg-type]


def test_it_is_open_while_everything_is_as_it_was_told() -> None:
	assert state_of(QUESTION, NOW_US) == "Open"


@pytest.mark.parametrize(
	("question", "state"),
	[
		(replace(QUESTION, is_confirmed=True), "Confirmed"),
		(replace(QUESTION, planned_time=PlannedTime(TEN_US + HOUR, TEN_US + HOUR)), "Moved"),
		(
			replace(QUESTION, planned_time=PlannedTime(TEN_US - HOUR, TEN_US - HOUR), is_confirmed=True),
			"Moved",
		),
		(replace(QUESTION, about_us=0, events=(replace(SCHEDULED, is_void=True),)), "Moved"),
		(replace(QUESTION, current=None), "Gone"),
		(replace(QUESTION, current=_of(is_draft=True)), "Gone"),
		(replace(QUESTION, current=_of(parties=frozenset({BOB}))), "Gone"),
		(replace(QUESTION, party=BOB), "Gone"),
		(replace(QUESTION, holds=False), "Changed"),
		(replace(QUESTION, holds=False, is_confirmed=True), "Confirmed"),
		(replace(QUESTION, current=_of(is_cancelled=True)), "Cancelled"),
		(replace(QUESTION, current=_of(document={"status": "Closed"}, is_cancelled=True)), "Cancelled"),
		(replace(QUESTION, current=_of(document={"status": "Closed"})), "Changed"),
		(replace(QUESTION, current=_of(document={"status": "Completed"})), "Changed"),
		(replace(QUESTION, current=_of(document={"status": "Cancelled"}), is_confirmed=True), "Cancelled"),
		(
			replace(QUESTION, events=(SCHEDULED, CauseEvent("EV-2", "Appointment cancelled", NOW_US))),
			"Cancelled",
		),
		(
			replace(
				QUESTION,
				current=_of(document={"status": "Closed"}),
				events=(SCHEDULED, CauseEvent("EV-2", "Visit done", NOW_US)),
			),
			"Changed",
		),
		(
			replace(
				QUESTION,
				is_confirmed=True,
				events=(
					CauseEvent("EV-0", "Appointment cancelled", NOW_US),
					CauseEvent("EV-2", "Appointment confirmed", NOW_US),
				),
			),
			"Cancelled",
		),
		# opened again since
		(
			replace(
				QUESTION,
				events=(
					CauseEvent("EV-0", "Appointment cancelled", NOW_US, is_void=True),
					SCHEDULED,
					CauseEvent("EV-2", "Appointment cancelled", NOW_US, is_void=True),
				),
			),
			"Open",
		),
	],
)
def test_it_is_not_where_something_has_changed(question: Question, state: QuestionState) -> None:
	assert state_of(question, NOW_US) == state


@pytest.mark.parametrize(
	"question",
	[
		QUESTION,
		replace(QUESTION, is_confirmed=True),
		replace(QUESTION, current=None),
		replace(QUESTION, current=_of(is_cancelled=True)),
	],
)
def test_it_is_over_once_its_time_has_come(question: Question) -> None:
	assert state_of(question, TEN_US) == "Over"
	assert state_of(question, TEN_US - 1) != "Over"


def test_what_was_moved_ahead_is_not_over_when_the_old_time_comes() -> None:
	moved = replace(QUESTION, planned_time=PlannedTime(TEN_US + DAY, TEN_US + DAY))
	assert state_of(moved, TEN_US + HOUR) == "Moved"
	assert state_of(moved, TEN_US + DAY) == "Over"


@given(st.integers(-3 * DAY, 3 * DAY), st.integers(-DAY, 2 * DAY), st.booleans())
def test_it_is_never_open_about_another_time_than_the_one_that_is_to_come(
	moved_us: int, now_us: int, is_confirmed: bool
) -> None:
	place = PlannedTime(TEN_US + moved_us, TEN_US + moved_us)
	question = replace(QUESTION, planned_time=place, is_confirmed=is_confirmed)
	state = state_of(question, NOW_US + now_us)
	assert (state in ("Open", "Confirmed")) == (moved_us == 0 and NOW_US + now_us < TEN_US)
	assert (state == "Confirmed") <= is_confirmed


LIKE_THAT = Automation("reminder", "Reminder", "Appointment", "Date Field", "", date_field="delivery")


def _planned(document: dict[str, object], automation: Automation | None = None) -> PlannedTime | None:
	return planned_time(automation, _of(document=document), HERE)


def test_a_document_is_planned_for_when_its_field_says() -> None:
	document: dict[str, object] = {"scheduled_time": TEN, "delivery": "2026-05-15 08:00:00"}
	assert _planned(document) == PlannedTime(TEN_US, TEN_US)
	assert _planned(document, LIKE_THAT) == PlannedTime(TEN_US + 22 * HOUR, TEN_US + 22 * HOUR)
	until = replace(LIKE_THAT, date_field="", valid_until_field="delivery")
	assert _planned(document, until) == _planned(document, LIKE_THAT)
	assert _planned({"scheduled_time": None}) is None


def test_an_event_is_not_over_until_it_ends() -> None:
	document: dict[str, object] = {"starts_on": TEN, "ends_on": TEN + timedelta(minutes=90)}
	assert _planned(document) == PlannedTime(TEN_US, TEN_US + 90 * MINUTE)
	assert _planned({**document, "ends_on": TEN - timedelta(hours=1)}) == PlannedTime(TEN_US, TEN_US)


@pytest.mark.parametrize(
	"document",
	[{"mntc_date": date(2026, 5, 14)}, {"mntc_date": "2026-05-14"}, {"starts_on": TEN, "all_day": 1}],
)
def test_a_day_is_over_when_the_next_one_begins(document: dict[str, object]) -> None:
	midnight = TEN_US - 10 * HOUR
	assert _planned(document) == PlannedTime(midnight, midnight + DAY, TEN.date())


def test_a_day_is_the_customers_own() -> None:
	place = planned_time(None, _of(document={"mntc_date": "2026-05-14"}), ZoneInfo("Asia/Kolkata"))
	midnight = to_us(datetime(2026, 5, 14, tzinfo=ZoneInfo("Asia/Kolkata")))
	assert place == PlannedTime(midnight, midnight + DAY, TEN.date())


def test_a_day_on_which_the_clocks_change_has_its_own_length() -> None:
	place = _planned({"mntc_date": "2026-11-01"})
	assert place
	assert place.ends_us - place.begins_us == 25 * HOUR
