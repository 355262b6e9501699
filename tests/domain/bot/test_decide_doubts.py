"""Words that look plain and may be for somebody else: a price, a text that is passed on, a name that came late."""

import pytest

from customer_thread.domain.bot.decide import KEPT, decide
from customer_thread.domain.bot.model import Customer, Decision, Facts, Memory, Words
from customer_thread.domain.bot.read_command import mentioned, read_command
from customer_thread.domain.times import HOUR, MINUTE

NOW = 1_000 * HOUR
SARAH = Customer("t-sarah", "Sarah Lee", "957")
BOB = Customer("t-bob", "Bob Stone", "174")
KNOWN = {one.number: one for one in (SARAH, BOB)}
BOTH = ((BOB, NOW - MINUTE), (SARAH, NOW - HOUR))
ONE = ((SARAH, NOW - HOUR),)
NOTHING = Memory()
CHOSEN = Memory(thread="t-sarah", named_us=NOW - MINUTE, chosen_until_us=NOW + KEPT - MINUTE)


def _decide(
	text: str, memory: Memory, recent: tuple[tuple[Customer, int], ...], *, is_plain: bool = True
) -> Decision:
	command = read_command(text)
	facts = Facts(
		memory,
		NOW,
		named=KNOWN.get(command.number),
		mentioned=tuple(KNOWN[number] for number in mentioned(text) if number in KNOWN),
		is_plain=is_plain,
		recent=recent,
		remembered=tuple((one.thread, one) for one in (SARAH, BOB)),
	)
	return decide(command, Words(command.text, (), command.verb == "note", NOW), facts)


def _went(decision: Decision) -> tuple[str, str, bool] | None:
	if decision.words is None or decision.customer is None:
		return None
	return decision.customer.number, decision.words.text, decision.words.is_note


def _said(decision: Decision) -> str:
	return " ".join(decision.answer)


@pytest.mark.parametrize("memory", [NOTHING, CHOSEN])
def test_it_takes_a_price_for_no_number_where_another_is_answered(memory: Memory) -> None:
	asked = _decide("174 for all of it", memory, ONE)
	assert _went(asked) is None
	assert _said(asked) == "Who is this for? 1 Sarah Lee, 2 Bob Stone"
	assert _went(_decide("1", asked.memory, ONE)) == ("957", "174 for all of it", False)
	# and the number was theirs after all
	for answer in ("2", "#174", "174", "Bob", "#174 for all of it"):
		decision = _decide(answer, asked.memory, ONE)
		assert _went(decision) == ("174", "for all of it", False)
		assert decision.memory.words is None
	# nobody else is spoken with
	assert _went(_decide("174 for all of it", NOTHING, ())) == ("174", "for all of it", False)
	assert _went(_decide("174 for all of it", NOTHING, BOTH)) == ("174", "for all of it", False)
	assert _went(_decide("174 note gate", memory, ONE)) == ("174", "gate", True)


@pytest.mark.parametrize(
	"text",
	["on my way #174", "(#174) on my way", "Liked “Bob Stone: when? (#174)”", "on my way (#\u2060１７４)"],
)
@pytest.mark.parametrize("memory", [NOTHING, CHOSEN])
def test_it_asks_where_another_is_mentioned(text: str, memory: Memory) -> None:
	asked = _decide(text, memory, ONE)
	assert _went(asked) is None
	assert _said(asked) == "Who is this for? 1 Sarah Lee, 2 Bob Stone"
	assert _went(_decide("2", asked.memory, ONE)) == ("174", text, False)
	assert _went(_decide(text, NOTHING, ((BOB, NOW - HOUR),))) == ("174", text, False)


def test_it_asks_where_no_customers_words_come_to() -> None:
	assert _went(_decide("hello", NOTHING, ONE, is_plain=False)) is None
	assert _went(_decide("hello", CHOSEN, ONE, is_plain=False)) == ("957", "hello", False)


def test_it_sends_no_name_that_came_too_late() -> None:
	over = Memory(choices=("t-bob", "t-sarah"), until_us=NOW - 1)
	decision = _decide("Bob", over, ONE)
	assert _went(decision) is None
	assert "more than ten minutes ago" in _said(decision)
