"""What a document's past tells: the cards of its life, at their times, and nothing that is not known."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.card_helpers import NOT_SUBMITTABLE, RULES, document

from customer_thread.domain.cards.keys import settle
from customer_thread.domain.cards.replay import (
	IMPORTED_AFTER,
	DocumentHistory,
	RecordedChange,
	changes_of,
	when,
)
from customer_thread.domain.cards.rules import Card, CardRule, EarlierCard, Occasion, make_cards
from customer_thread.domain.cards.transaction import decide
from customer_thread.domain.times import DAY, HOUR, SECOND

CREATED = 1_750_000_000_000_000
GUEST = "Guest"


def history(file: str, *changes: RecordedChange, **values: Any) -> DocumentHistory:  # noqa: ANN401
	known = {
		"document": {"owner": "mike@mikes.example", "modified_by": "mike@mikes.example", **document(file)},
		"submittable": document(file)["doctype"] not in NOT_SUBMITTABLE,
		"by_staff": True,
		"created_us": CREATED,
		"modified_us": CREATED + 30 * DAY,
		"changes": changes,
	}
	fields = values.pop("fields", {})
	made = {**known, **values}
	made["document"] = {**made["document"], **fields}
	return DocumentHistory(**made)


def told(of: DocumentHistory) -> list[tuple[str, int]]:
	"""Return the event types that its acts make, with the hours since it was created."""
	rules = [rule for rule in RULES if rule.document_type == of.document["doctype"]]
	earlier: tuple[EarlierCard, ...] = ()
	found = []
	for change in changes_of(of, {rule.field for rule in rules if rule.field}):
		key = (str(of.document["doctype"]), str(of.document["name"]))
		for _occasion, answer in decide(rules, change.occasions, {key: earlier}):
			if isinstance(answer, Card):
				earlier = (*earlier, EarlierCard(answer.source_key, answer.event_type, amount=answer.amount))
				found.append((answer.event_type, (change.at_us - CREATED) // HOUR))
	return found


SUBMITTED = RecordedChange(CREATED + 2 * HOUR, {"docstatus": (0, 1), "status": ("Draft", "Unpaid")})


def test_it_tells_a_paid_invoice_at_its_submission_and_its_last_change() -> None:
	paid = history("sales_invoice", SUBMITTED, fields={"docstatus": 1, "status": "Paid"})
	assert told(paid) == [("Invoice sent", 2), ("Invoice paid", 30 * 24)]


def test_it_tells_payments_at_their_times_where_they_are_known() -> None:
	steps = (
		RecordedChange(
			CREATED + 24 * HOUR, {"status": ("Unpaid", "Partly Paid"), "outstanding_amount": (4200, 3000)}
		),
		RecordedChange(
			CREATED + 48 * HOUR, {"status": ("Partly Paid", "Paid"), "outstanding_amount": (3000, 0)}
		),
	)
	paid = history(
		"sales_invoice",
		*reversed(steps),
		SUBMITTED,
		fields={"docstatus": 1, "status": "Paid", "outstanding_amount": 0},
	)
	assert told(paid) == [("Invoice sent", 2), ("Invoice partly paid", 24), ("Invoice paid", 48)]


def test_it_tells_of_an_invoice_that_was_inserted_as_submitted() -> None:
	assert told(history("sales_invoice", fields={"docstatus": 1, "status": "Unpaid"})) == [
		("Invoice sent", 0)
	]


@pytest.mark.parametrize("docstatus", [0, 1, 2])
def test_it_tells_nothing_of_drafts_and_both_of_what_was_cancelled(docstatus: int) -> None:
	status = {0: "Draft", 1: "Unpaid", 2: "Cancelled"}[docstatus]
	of = history("sales_invoice", fields={"docstatus": docstatus, "status": status})
	expected = [[], [("Invoice sent", 0)], [("Invoice sent", 0), ("Invoice cancelled", 720)]]
	assert told(of) == expected[docstatus]


def test_it_finds_a_status_that_was_set_where_no_changes_are_kept() -> None:
	done = history("project", fields={"status": "Completed"}, defaults={"status": "Open"})
	assert told(done) == [("Project completed", 720)]


def test_it_takes_what_was_never_changed_for_what_it_always_was() -> None:
	assert told(history("appointment", fields={"status": "Open"})) == [("Appointment scheduled", 0)]


def test_it_tells_a_guests_booking_once_staff_have_taken_it() -> None:
	booked = history(
		"appointment", by_staff=False, fields={"status": "Open", "owner": GUEST, "customer_email": "a@b.c"}
	)
	assert told(booked) == []
	accepted = RecordedChange(CREATED + 5 * HOUR, {"calendar_event": ("", "EV1")}, by="mike@mikes.example")
	assert told(replace(booked, changes=(accepted,))) == [("Appointment scheduled", 5)]


def test_it_tells_each_time_an_appointment_was_moved_to() -> None:
	moved = [
		RecordedChange(
			CREATED + hour * HOUR,
			{"scheduled_time": (f"2026-05-{day} 08:00:00", f"2026-05-{day + 1} 08:00:00")},
		)
		for hour, day in ((3, 14), (6, 15))
	]
	of = history("appointment", *moved, fields={"status": "Open", "scheduled_time": "2026-05-16 08:00:00"})
	assert told(of) == [
		("Appointment scheduled", 0),
		("Appointment rescheduled", 3),
		("Appointment rescheduled", 6),
	]


def test_it_puts_what_was_brought_in_from_elsewhere_at_its_own_date() -> None:
	own = CREATED - 90 * DAY
	of = history("sales_invoice", SUBMITTED, dated_us=own, fields={"docstatus": 1, "status": "Unpaid"})
	assert told(of) == [("Invoice sent", -90 * 24)]
	late = replace(of, dated_us=CREATED - 3 * DAY)
	assert told(late) == [("Invoice sent", 2)], "entered late is not brought in"


@given(st.integers(0, 10**16), st.one_of(st.none(), st.integers(0, 10**16)))
def test_it_never_tells_later_than_it_was_recorded(recorded: int, dated: int | None) -> None:
	assert when(recorded, dated) <= recorded
	assert when(recorded, dated) in (recorded, dated)
	if dated is not None and recorded - dated <= IMPORTED_AFTER:
		assert when(recorded, dated) == recorded


@given(
	st.lists(st.tuples(st.integers(-100, 100), st.sampled_from(["Unpaid", "Paid", "Overdue"])), max_size=6),
	st.integers(-100, 100),
	st.sampled_from([None, CREATED - 400 * DAY, CREATED + DAY]),
)
def test_it_goes_forward_in_time_and_ends_at_what_the_document_is_now(
	steps: list[tuple[int, str]], modified: int, dated: int | None
) -> None:
	changes, status = [], "Unpaid"
	for hour, new in sorted(steps):
		changes.append(RecordedChange(CREATED + hour * HOUR, {"status": (status, new)}))
		status = new
	of = history(
		"sales_invoice",
		SUBMITTED,
		*changes,
		fields={"docstatus": 1, "status": "Paid"},
		modified_us=CREATED + modified * HOUR,
		dated_us=dated,
	)
	found = changes_of(of, {"status"})
	times = [change.at_us for change in found]
	assert times == sorted(times)
	occasions = [occasion for change in found for occasion in change.occasions]
	assert occasions[-1].after["status"] == "Paid"
	assert [occasion.happened for occasion in occasions].count("Submitted") == 1


RULE = CardRule("Permit", "Becomes", "customer", "Granted", "Granted", field="state", value="Granted")
LOST = replace(RULE, event_type="Lost", title="Lost", value="Lost")
SINCE_WHEN = st.integers(0, 8)


def _permit(state: str) -> dict[str, Any]:
	return {
		"doctype": "Permit",
		"name": "P-1",
		"customer": "Lee",
		"state": state,
		"owner": "m",
		"docstatus": 0,
	}


def _live(states: list[str], first: int) -> dict[str, int]:
	"""Return the cards that were made of the changes from the one numbered `first` on, with their times."""
	cards: dict[str, int] = {}
	for number, (before, after) in enumerate(zip(["Filed", *states], states, strict=False)):
		earlier = tuple(EarlierCard(key, "Granted" if "Granted" in key else "Lost") for key in cards)
		if number >= first and before != after:
			for answer in make_cards(
				[RULE, LOST], Occasion("Saved", _permit(after), _permit(before), earlier=earlier)
			):
				if isinstance(answer, Card):
					cards[answer.source_key] = CREATED + number * HOUR + 2 * SECOND
	return cards


def _replay(states: list[str], told: dict[str, int]) -> dict[str, int]:
	"""Return the cards that a replay of the whole life adds to those that were told."""
	changes = tuple(
		RecordedChange(CREATED + number * HOUR, {"state": (before, after)})
		for number, (before, after) in enumerate(zip(["Filed", *states], states, strict=False))
		if before != after
	)
	of = DocumentHistory(
		_permit((states or ["Filed"])[-1]), False, True, CREATED, CREATED + DAY, changes=changes
	)
	local: dict[str, EarlierCard] = {}
	added: dict[str, int] = {}
	for change in changes_of(of, {"state"}):
		for _occasion, answer in decide(
			[RULE, LOST], change.occasions, {("Permit", "P-1"): tuple(local.values())}
		):
			if isinstance(answer, Card):
				key = settle(
					answer.source_key, (change.at_us, change.recorded_us), change.is_exact, told, local.keys()
				)
				assert key not in local
				if key not in told:
					added[key] = change.at_us
				local[key] = EarlierCard(key, answer.event_type)
	return added


@given(st.lists(st.sampled_from(["Granted", "Lost"]), max_size=8), SINCE_WHEN)
def test_it_tells_what_was_missed_and_nothing_twice_wherever_listening_began(
	states: list[str], first: int
) -> None:
	ideal = _replay(states, {})
	live = _live(states, first)
	added = _replay(states, live)
	assert not added.keys() & live.keys()
	told = sorted(at // HOUR for at in [*added.values(), *live.values()])
	assert told == sorted(at // HOUR for at in ideal.values())
	assert _replay(states, {**live, **added}) == {}
