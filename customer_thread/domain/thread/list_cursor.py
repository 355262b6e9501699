"""A place in a list that is ordered by a time and a name, as callers keep it."""

import re

from customer_thread.domain.errors import BadInput

_CURSOR = re.compile(r"(\d{1,19})\.([0-9A-Za-z_-]{1,140})")


def cursor(us: int, name: str) -> str:
	"""Return the cursor of a place."""
	return f"{us}.{name}"


def place_of(text: str) -> tuple[int, str]:
	"""Return the place, µs and a name. Raise BadInput."""
	match = _CURSOR.fullmatch(text)
	if match is None or int(match[1]) >= 2**63:
		raise BadInput("This cursor is not one of ours. Use the one from the page before.")
	return int(match[1]), match[2]
