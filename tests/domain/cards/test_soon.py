"""A change of what takes place soon breaks quiet hours; what takes place later does not."""

from datetime import datetime

import pytest
from support.card_helpers import ROWS, History

from customer_thread.domain.cards.soon import first_to_come, is_soon

NOW = datetime.fromisoformat("2026-05-14 07:00:00")
EVENING = datetime.fromisoformat("2026-05-14 22:00:00")


@pytest.mark.parametrize(
	("now", "at", "soon"),
	[
		(NOW, "2026-05-14 08:00:00", True),
		(NOW, "2026-05-14 23:30:00", True),
		(NOW, "2026-05-14 06:59:59", False),
		(NOW, "2026-05-15 08:00:00", False),
		(EVENING, "2026-05-15 08:00:00", True),
		(EVENING, "2026-05-15 10:00:00", True),
		(EVENING, "2026-05-15 10:00:01", False),
		(NOW, datetime.fromisoformat("2026-05-14 08:00:00"), True),
		(NOW, "2026-05-14", True),
		(NOW, "2026-05-15", False),
		(NOW, "", False),
		(NOW, None, False),
		(NOW, "soon", False),
	],
)
def test_it_is_later_today_or_within_twelve_hours(now: datetime, at: object, soon: bool) -> None:
	assert is_soon([{"starts_on": at}], "starts_on", now) is soon


def test_the_time_that_is_given_up_counts_as_the_new_one_does() -> None:
	today, next_week = {"starts_on": "2026-05-14 09:00:00"}, {"starts_on": "2026-05-21 09:00:00"}
	assert is_soon([today, next_week], "starts_on", NOW)
	assert is_soon([next_week, today], "starts_on", NOW)
	assert not is_soon([next_week, next_week], "starts_on", NOW)


def test_a_whole_day_is_soon_on_that_day() -> None:
	day = {"starts_on": "2026-05-14 00:00:00", "all_day": 1}
	assert is_soon([day], "starts_on", NOW)
	assert not is_soon([{**day, "starts_on": "2026-05-15 00:00:00"}], "starts_on", EVENING)


@pytest.mark.parametrize(
	("fields", "before"),
	[
		({"starts_on": "2026-05-15 08:00:00"}, "2026-05-15 08:00:00"),
		({"starts_on": "2026-05-14 22:00:00"}, None),
		({"starts_on": "2026-05-14"}, "2026-05-15 00:00:00"),
		({"starts_on": "2026-05-13"}, None),
		({"starts_on": "2026-05-15 00:00:00", "all_day": 1}, "2026-05-16 00:00:00"),
		({"starts_on": ""}, None),
		({}, None),
	],
)
def test_it_is_to_be_told_before_it_takes_place(fields: dict[str, object], before: str | None) -> None:
	expected = datetime.fromisoformat(before) if before else None
	assert first_to_come([fields], "starts_on", EVENING) == expected


def test_it_is_to_be_told_before_the_first_time_that_is_still_to_come() -> None:
	gone, first, later = ({"starts_on": f"2026-05-{day} 08:00:00"} for day in (14, 15, 22))
	assert first_to_come([later, gone, first], "starts_on", EVENING) == datetime.fromisoformat(
		"2026-05-15 08:00:00"
	)


def test_the_shipped_rules_ask_it_of_what_becomes_of_an_appointment() -> None:
	asking = {row["name"] for row in ROWS if row.get("soon_field")}
	kinds = ("rescheduled", "cancelled", "reopened")
	assert asking == {f"{what}-{kind}" for what in ("appointment", "event") for kind in kinds}


def test_an_appointment_of_the_day_that_is_moved_wakes_its_customer() -> None:
	visit = History("appointment", scheduled_time="2026-05-14 08:00:00")
	[booked] = visit.create()
	[moved] = visit.save(scheduled_time="2026-05-20 08:00:00")
	assert (booked.urgent, moved.urgent) == (False, False)
	visit.clock = "2026-05-20 06:30:00"
	[later] = visit.save(scheduled_time="2026-05-27 08:00:00")
	assert later.urgent
	[off] = visit.save(status="Closed")
	assert not off.urgent
