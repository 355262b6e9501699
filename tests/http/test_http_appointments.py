"""Another program keeps the appointments: what their customer reads of them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from support.host import EmbeddedHost
from support.people import Browser, Staff

pytestmark = pytest.mark.embedded
NEW_YORK = ZoneInfo("America/New_York")
NEXT_WEEK = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(days=7)


def keep(staff: Staff, customer: str, key: str, **given: object) -> dict[str, Any] | None:
	values = {
		"title": "Deck inspection",
		"starts_at": NEXT_WEEK.isoformat(),
		"ends_at": (NEXT_WEEK + timedelta(hours=2)).isoformat(),
		"state": "Scheduled",
		**given,
	}
	answer: dict[str, Any] | None = staff.do(
		"record_appointment", customer=customer, source_key=key, **values
	)
	return answer


def cards(browser: Browser) -> list[tuple[str, bool]]:
	found = [entry["card"] for entry in browser.timeline()["entries"] if entry["card"]]
	return [(card["type"], card["void"]) for card in found]


@pytest.fixture
def bob(host: EmbeddedHost) -> Browser:
	"""Return a customer of whom nobody knows a phone or an address."""
	return host.sign_in(host.add_customer("Bob Plain"))


def test_it_tells_each_change_once(staff: Staff, bob: Browser) -> None:
	key = uuid4().hex
	first = keep(staff, bob.customer, key)
	assert first
	assert first["card"]["title"].startswith("Appointment scheduled — ")
	assert first["card"]["title"].endswith(" · Deck inspection")
	assert keep(staff, bob.customer, key) is None
	later = (NEXT_WEEK + timedelta(days=1)).isoformat()
	moved = keep(staff, bob.customer, key, starts_at=later, ends_at="")
	assert moved
	assert keep(staff, bob.customer, key, starts_at=later, ends_at="") is None
	assert keep(staff, bob.customer, key, starts_at=later, ends_at="", title="Deck") is None
	assert keep(staff, bob.customer, key, starts_at=later, ends_at="", title="Deck", state="Cancelled")
	assert keep(staff, bob.customer, key, starts_at=later, ends_at="", title="Deck")
	assert keep(staff, bob.customer, key, starts_at=later, ends_at="", title="Deck", state="Done")
	assert cards(bob) == [
		("Appointment scheduled", True),
		("Appointment rescheduled", True),
		("Appointment cancelled", True),
		("Appointment scheduled", False),
		("Visit done", False),
	]


def test_nobody_else_sees_it(staff: Staff, bob: Browser, charlie: Browser) -> None:
	entry = keep(staff, bob.customer, uuid4().hex)
	assert entry
	assert charlie.open(entry["card"]["url"]).status_code == 404
	assert cards(charlie) == []


def test_another_customers_from_now_on_is_called_off_with_the_first(
	staff: Staff, bob: Browser, charlie: Browser
) -> None:
	key = uuid4().hex
	keep(staff, bob.customer, key)
	keep(staff, charlie.customer, key)
	assert cards(bob)[-1] == ("Appointment cancelled", False)
	assert cards(charlie)[-1] == ("Appointment scheduled", False)


@pytest.mark.parametrize(
	("given", "says"),
	[
		({"starts_at": "soon"}, "“soon” is no time."),
		({"ends_at": "2020-01-01T00:00:00Z"}, "ends_at must not be before starts_at."),
		({"state": "Perhaps"}, "state must be one of"),
		({"title": " "}, "title must say what the appointment is"),
		({"starts_at": "2090-01-01T00:00:00Z", "ends_at": ""}, "within 10 years"),
	],
)
def test_it_refuses_nonsense_with_a_sentence(
	staff: Staff, bob: Browser, given: dict[str, str], says: str
) -> None:
	values = {"title": "Deck", "starts_at": NEXT_WEEK.isoformat(), "source_key": uuid4().hex, **given}
	answer = staff.post("record_appointment", customer=bob.customer, **values)
	assert answer.status_code == 400
	assert says in answer.text
	assert cards(bob) == []


def test_calls_at_once_lose_and_double_nothing(staff: Staff, bob: Browser) -> None:
	key, times = uuid4().hex, [(NEXT_WEEK + timedelta(hours=hours)).isoformat() for hours in range(4)]
	with ThreadPoolExecutor(8) as pool:
		answers = list(
			pool.map(lambda at: keep(staff, bob.customer, key, starts_at=at, ends_at=""), times * 2)
		)
	told = [answer for answer in answers if answer]
	shown = cards(bob)
	assert len(told) == len(shown)
	assert [kind for kind, _void in shown].count("Appointment scheduled") == 1
	# all but the last are void, and the last is what the schedule says
	assert [void for _kind, void in shown] == [True] * (len(shown) - 1) + [False]
	again = [keep(staff, bob.customer, key, starts_at=at, ends_at="") for at in times]
	assert all(again[1:])
	last = max(told, key=lambda entry: int(entry["id"]))
	assert (again[0] is None) == (f"{NEXT_WEEK.astimezone(NEW_YORK):%-I:%M}" in last["card"]["title"])
