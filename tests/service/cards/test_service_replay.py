"""A document's past is told once, at its times, also when a part of it was told as it happened."""

from dataclasses import replace

import pytest
from support.clock import NOW
from support.permits import FILED, GRANTED, LEE, PERMIT, RULES, cards_of, report
from support.world import World

from customer_thread.domain.cards.replay import DocumentHistory, RecordedChange
from customer_thread.domain.cards.rules import Occasion
from customer_thread.domain.times import DAY, HOUR
from customer_thread.service.cards.make_cards import Made
from customer_thread.service.cards.replay_document import replay_document
from customer_thread.service.ports import PartyInfo

BEGUN = NOW - 10 * DAY
STEPS = ["Filed", "Granted", "Lost", "Granted"]
HISTORY = DocumentHistory(
	{**PERMIT, "owner": "mike", "state": STEPS[-1]},
	submittable=False,
	by_staff=True,
	created_us=BEGUN,
	modified_us=BEGUN + 3 * DAY,
	changes=tuple(
		RecordedChange(BEGUN + number * DAY, {"state": (STEPS[number - 1], STEPS[number])})
		for number in (1, 2, 3)
	),
)
WHOLE = [
	("Permit P-Ä1 filed", True),
	("Permit granted $120.50", True),
	("Permit lost", False),
	("Permit granted $120.50", False),
]


@pytest.fixture
def permits(world: World) -> World:
	world.parties.known[LEE] = PartyInfo("Sarah Lee")
	return world


def _replay(
	world: World, since_us: int = 0, *, in_force_us: int = 0, history: DocumentHistory = HISTORY
) -> Made:
	rules = [replace(rule, in_force_since_us=in_force_us) for rule in RULES]
	return world.do(
		lambda: replay_document(world.ports, rules, history, since_us, timezone="America/New_York")
	)


def _listen(world: World, first: int, last: int) -> None:
	"""Hear the changes from the one numbered `first` to `last` as they happen."""
	for number in range(first, last + 1):
		world.clock.move(BEGUN + number * DAY + 1_000_000 - world.clock.now_us())
		before, after = ({**PERMIT, "state": state} for state in STEPS[number - 1 : number + 1])
		assert report(world, Occasion("Saved", after, before)) == []
	world.clock.move(NOW - world.clock.now_us())


def test_it_tells_a_whole_life_and_nothing_more_the_second_time(permits: World) -> None:
	assert _replay(permits).new == 4
	assert cards_of(permits) == WHOLE
	assert _replay(permits) == Made()


@pytest.mark.parametrize(("first", "last"), [(1, 1), (1, 3), (2, 2), (2, 3), (3, 3)])
def test_it_completes_what_was_heard_of_it(permits: World, first: int, last: int) -> None:
	_listen(permits, first, last)
	_replay(permits)
	assert [title for title, _void in cards_of(permits)] == [title for title, _void in WHOLE]
	assert cards_of(permits) == WHOLE
	assert _replay(permits).new == 0


def test_it_leaves_out_what_is_too_long_ago(permits: World) -> None:
	assert _replay(permits, BEGUN + 2 * DAY - HOUR).new == 2
	assert [title for title, _void in cards_of(permits)] == ["Permit lost", "Permit granted $120.50"]


def test_it_says_once_what_is_wrong_with_a_rule(permits: World) -> None:
	history = DocumentHistory(
		{**HISTORY.document, "currency": "dollars"}, False, True, BEGUN, BEGUN, changes=HISTORY.changes
	)
	made = permits.do(lambda: replay_document(permits.ports, RULES, history, 0, timezone="UTC"))
	assert made.new == 2
	assert ["currency" in fault for fault in made.faults] == [True]


@pytest.mark.parametrize("first", [1, 2, 3])
def test_it_asks_no_rule_about_what_happened_since_it_is_in_force(permits: World, first: int) -> None:
	assert _replay(permits, in_force_us=BEGUN + first * DAY).new == first
	assert [title for title, _void in cards_of(permits)] == [title for title, _void in WHOLE[:first]]
	assert _replay(permits, in_force_us=BEGUN + first * DAY) == Made()
	assert _replay(permits).new == 4 - first


def test_what_was_told_since_takes_back_what_was_missed_before(permits: World) -> None:
	_listen(permits, 2, 3)
	assert _replay(permits, in_force_us=BEGUN + 2 * DAY).new == 2
	assert cards_of(permits) == WHOLE


@pytest.mark.parametrize(("in_force_us", "new"), [(BEGUN, 0), (BEGUN + 1, 2)])
def test_a_change_that_left_no_trace_may_be_as_old_as_its_document(
	permits: World, in_force_us: int, new: int
) -> None:
	silent = replace(HISTORY, changes=(), defaults={"state": "Filed"})
	assert _replay(permits, in_force_us=in_force_us, history=silent).new == new


def test_a_rule_may_take_back_what_another_was_asked_about_in_the_same_transaction(permits: World) -> None:
	granted_at_once = DocumentHistory(
		{**PERMIT, "owner": "mike", "state": "Granted"}, False, True, BEGUN, BEGUN, changes=()
	)
	rules = [replace(FILED, in_force_since_us=1), GRANTED]
	made = permits.do(lambda: replay_document(permits.ports, rules, granted_at_once, 0, timezone="UTC"))
	assert (made.new, made.faults) == (1, [])
	assert cards_of(permits) == [("Permit granted $120.50", False)]
