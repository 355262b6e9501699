"""Whose thread a user reads who speaks for several customers: the one they chose, and nobody's until then."""

import hashlib
from collections.abc import Sequence

from customer_thread.domain.errors import Conflict


class Unchosen(Conflict):
	"""The user has to say first whose conversation they want."""

	exc_type = "ValidationError"


def choice_of(user: str, customer: str) -> str:
	"""Return what a browser keeps of a choice. It means nothing to the next user of that browser."""
	return hashlib.sha256(f"{user}\n{customer}".encode()).hexdigest()[:16]


def chosen(customers: Sequence[str], user: str, kept: str) -> str | None:
	"""Return the customer whose thread is meant, or None if the user has not chosen among several."""
	if len(customers) == 1:
		return customers[0]
	return next((name for name in customers if choice_of(user, name) == kept), None)


def labels(names: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
	"""Return (customer, label) for (customer, name); the id tells apart those of one name."""
	said = [name for _customer, name in names]
	return [(customer, f"{name} ({customer})" if said.count(name) > 1 else name) for customer, name in names]
