"""Two machines that answer each other: a vacation script at each end, a phone that says its owner drives."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from customer_thread.domain.model import Author
from customer_thread.domain.times import HOUR, SECOND

#: an answer by mail within this time was typed by nobody
TYPED_BY_NOBODY = 20 * SECOND
#: the same words again within this time of ours
SAME_WORDS_WITHIN = HOUR
#: shorter words people do say again: "ok, thanks"
LONG_ENOUGH = 20
#: the message that is not passed on any more
ROUNDS = 3

_DIGITS = re.compile(r"[\d\W_]+")


@dataclass(frozen=True)
class Turn:
	"""Something said in a thread and passed on to the other side, or to be."""

	author: Author
	words: str
	#: when it was passed on, µs
	at_us: int
	is_mail: bool
	#: a person was there: written on a page, not sent in by phone or mail
	is_by_person: bool = False


def is_loop(turn: Turn, before: Sequence[Turn]) -> bool:
	"""Return whether this turn goes on an exchange of machines; `before` has the latest first.

	Both sides have spoken in turn, and each has said the same each time within an hour, or both answered each mail
	sooner than anybody could.
	"""
	mine, others, waits = [turn], [], []
	for theirs, earlier in zip(before[::2], before[1::2], strict=False):
		in_turn = theirs.author != turn.author and earlier.author == turn.author
		if not in_turn or theirs.is_by_person or earlier.is_by_person:
			break
		waits += [mine[-1].at_us - theirs.at_us, theirs.at_us - earlier.at_us]
		mine.append(earlier)
		others.append(theirs)
		if len(mine) == ROUNDS:
			return _is_same(mine, others, waits) or _is_instant(mine, waits)
	return False


def _is_same(mine: Sequence[Turn], others: Sequence[Turn], waits: Sequence[int]) -> bool:
	return _repeats(mine) and _repeats(others) and max(waits) <= SAME_WORDS_WITHIN


def _repeats(turns: Sequence[Turn]) -> bool:
	words = {_DIGITS.sub(" ", one.words).casefold().strip() for one in turns}
	return len(words) == 1 and len(turns[0].words) >= LONG_ENOUGH


def _is_instant(mine: Sequence[Turn], waits: Sequence[int]) -> bool:
	return all(one.is_mail for one in mine) and max(waits) <= TYPED_BY_NOBODY
