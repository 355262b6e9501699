"""What somebody wants: their own choices over the business's, whatever stands in the tables."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.errors import BadInput
from customer_thread.domain.notices.wishes import (
	NAMES,
	SWITCHES,
	Wishes,
	changes,
	checked_clock,
	checked_timezone,
	default_wishes,
	with_chosen,
)

DEFAULT = default_wishes("21:00", "08:00", "America/New_York")
CLOCKS = st.times().map(lambda moment: f"{moment:%H:%M}")
ZONES = st.sampled_from(["America/New_York", "Asia/Kolkata", "Pacific/Apia", "Europe/London"])
SWITCH = st.sampled_from(["On", "Off"])
CHOICES: dict[str, st.SearchStrategy[str]] = {
	**dict.fromkeys(SWITCHES, SWITCH),
	"quiet_start": CLOCKS,
	"quiet_end": CLOCKS,
	"timezone": ZONES,
}
CHOSEN = st.fixed_dictionaries({}, optional=CHOICES)
#: what may stand in a row that anybody has written
ANYTHING = st.dictionaries(st.sampled_from(NAMES), st.none() | st.text(max_size=8) | st.just("On"))


def test_it_wants_all_channels_and_the_business_night_by_default() -> None:
	preferences = DEFAULT.preferences()
	assert preferences.channels == {"Push": True, "Email": True, "SMS": True}
	assert preferences.quiet_hours
	assert (preferences.quiet_hours.start, preferences.quiet_hours.end) == (time(21), time(8))
	assert preferences.quiet_hours.zone.key == "America/New_York"


@pytest.mark.parametrize(
	("start", "end"), [("21:00", "21:00"), ("9:00", "09:00"), ("", ""), ("21:00", ""), ("x", "8:00")]
)
def test_it_has_no_night_where_the_business_has_none(start: str, end: str) -> None:
	wishes = default_wishes(start, end, "UTC")
	assert not wishes.quiet
	assert wishes.preferences().quiet_hours is None
	# who turns it on is proposed hours that are some
	assert checked_clock(wishes.quiet_start)


@given(CHOSEN)
def test_it_is_what_was_chosen_and_the_default_for_all_else(chosen: dict[str, str]) -> None:
	wanted = with_chosen(DEFAULT, chosen).columns()
	assert wanted == {**DEFAULT.columns(), **chosen}


@given(CHOSEN, CHOSEN)
def test_it_changes_what_differs_and_nothing_else(first: dict[str, str], second: dict[str, str]) -> None:
	before = with_chosen(DEFAULT, first)
	after = with_chosen(before, second)
	changed = changes(before, after)
	assert set(changed) <= set(second)
	assert {**before.columns(), **{name: new for name, (_old, new) in changed.items()}} == after.columns()
	assert all(old == before.columns()[name] and old != new for name, (old, new) in changed.items())
	assert changes(after, with_chosen(after, second)) == {}


@given(ANYTHING)
def test_it_can_be_decided_by_whatever_stands_in_a_row(stored: dict[str, str | None]) -> None:
	wishes = with_chosen(DEFAULT, stored)
	assert isinstance(wishes, Wishes)
	assert set(wishes.preferences().channels) == {"Push", "Email", "SMS"}
	assert checked_clock(wishes.quiet_start)
	assert checked_clock(wishes.quiet_end)
	assert checked_timezone(wishes.timezone)


@pytest.mark.parametrize(
	("given_text", "kept"),
	[("21:00", "21:00"), ("9:05", "09:05"), (" 08:30:00 ", "08:30"), ("0:00", "00:00")],
)
def test_it_keeps_a_time_of_day_in_one_form(given_text: str, kept: str) -> None:
	assert checked_clock(given_text) == kept


@pytest.mark.parametrize(
	"text", ["", "24:00", "9", "9pm", "21:60", "21:00:01", "٢١:٠٠", "-1:00", "21:00\n22:00", "x" * 999]
)
def test_it_refuses_what_is_no_time_of_day(text: str) -> None:
	with pytest.raises(BadInput):
		checked_clock(text)


@pytest.mark.parametrize(
	"name", ["", "Nowhere/City", "../etc/passwd", "America", "new york", "x" * 999, "a\0b"]
)
def test_it_refuses_what_is_no_zone(name: str) -> None:
	with pytest.raises(BadInput):
		checked_timezone(name)
