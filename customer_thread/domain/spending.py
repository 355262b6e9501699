"""How many texts may leave. The business pays for each, and a stranger can cause one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

Scope = Literal["reply", "sender", "strangers", "thread", "site"]

#: what staff read where a text was not sent
WHY: dict[Scope, str] = {
	"reply": "this customer's texts of the last minute are used up",
	"sender": "this sender's texts of the last hour are used up",
	"strangers": "the last hour's texts for people who are not on file are used up",
	"thread": "this thread's texts of the last 24 hours are used up",
	"site": "the site's texts of the last 24 hours are used up",
}


@dataclass(frozen=True)
class Allowance:
	"""How many texts may leave for each scope (0: any number).

	`reply`: what one customer wrote on the page, within a minute; `sender`: what one thread's customer wrote, within
	an hour; `strangers`: what all threads without a customer caused, within an hour; `thread` and `site`: of any
	kind, within 24 hours.
	"""

	reply: int
	sender: int
	strangers: int
	thread: int
	site: int

	def of(self, scope: Scope) -> int:
		"""Return the number of one scope."""
		return int(getattr(self, scope))


def scopes(*, is_forward: bool, is_reply: bool, is_stranger: bool) -> tuple[Scope, ...]:
	"""Return what a text counts towards, the narrowest first."""
	counted: dict[Scope, bool] = {
		"reply": is_reply,
		"sender": is_forward,
		"strangers": is_forward and is_stranger,
		"thread": True,
		"site": True,
	}
	return tuple(scope for scope, counts in counted.items() if counts)


def used_up(
	counted: Sequence[Scope], allowed: Allowance, spent: Callable[[Scope], int], texts: int
) -> Scope | None:
	"""Return the first scope in which so many texts more than were `spent` would be too many, or None."""
	for scope in counted:
		if allowed.of(scope) and spent(scope) + texts > allowed.of(scope):
			return scope
	return None


def is_nearly_used_up(spent: int, allowed: int) -> bool:
	"""Return whether 80 % of what is allowed has been spent."""
	return bool(allowed) and spent * 10 >= allowed * 8
