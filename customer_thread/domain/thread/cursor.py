"""A place in a thread: between two entries, whatever arrives later. Order is (occurred µs, id)."""

import re
from dataclasses import dataclass

from customer_thread.domain.errors import BadInput

_FORM = re.compile(r"(\d{1,19})\.(\d{1,19})")


@dataclass(frozen=True, order=True)
class Cursor:
	"""The place of one entry."""

	occurred_us: int
	entry: int

	def __str__(self) -> str:
		return f"{self.occurred_us}.{self.entry}"


def parse(text: str) -> Cursor:
	"""Return the cursor that `str(cursor)` wrote. Raise BadInput for anything else."""
	match = _FORM.fullmatch(text)
	place = Cursor(int(match[1]), int(match[2])) if match else None
	if place is None or max(place.occurred_us, place.entry) >= 2**63:
		raise BadInput("This cursor is not one of ours. Use the one from the page before.")
	return place
