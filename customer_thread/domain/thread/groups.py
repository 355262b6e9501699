"""Which bubbles belong together: of one author, channel and day, less than five minutes apart.

`public/js/messages/timeline.js` has the same rule, for rows that come in; a browser test holds the one to the other.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypedDict

from customer_thread.domain.times import MINUTE

#: µs after which an author begins anew
GROUP_WITHIN = 5 * MINUTE
#: µs: a browser tells times apart by milliseconds
_MILLISECOND = 1000


@dataclass(frozen=True)
class Line:
	"""What a group depends on of an entry."""

	id: int
	is_message: bool
	#: whether its channel stands under it; under what the customer texted it does not
	names_channel: bool
	author: str
	channel: str
	#: of the reader's calendar
	day: str
	occurred_us: int


class GroupPlace(TypedDict):
	"""Where an entry stands among those around it."""

	#: goes on with the group of the entry before
	continues: bool
	#: the entry after goes on with its group
	continued: bool
	#: its group came by the channel that was named last on that day
	same_channel: bool


def is_group(before: Line, after: Line) -> bool:
	"""Return whether an entry goes on with the group of the one right before it."""
	apart = after.occurred_us // _MILLISECOND - before.occurred_us // _MILLISECOND
	return (
		before.is_message
		and after.is_message
		and (before.author, before.channel, before.day) == (after.author, after.channel, after.day)
		and apart < GROUP_WITHIN // _MILLISECOND
	)


def group_places(lines: Sequence[Line], parted: Collection[int] = ()) -> list[GroupPlace]:
	"""Return where each of these entries stands, in their order; over those of `parted` a line is drawn."""
	joins = [after.id not in parted and is_group(before, after) for before, after in pairwise(lines)]
	spoken: Line | None = None
	found: list[GroupPlace] = []
	for line, continues, continued in zip(lines, [False, *joins], [*joins, False], strict=False):
		if continues:
			is_same = found[-1]["same_channel"]
		else:
			is_same = line.is_message and spoken is not None and _way(spoken) == _way(line)
		found.append({"continues": continues, "continued": continued, "same_channel": is_same})
		spoken = line if line.is_message and line.names_channel else spoken
	return found


def _way(line: Line) -> tuple[str, str]:
	return line.day, line.channel
