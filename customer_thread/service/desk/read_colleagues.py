"""Who else of the staff is in a thread, and who has answered in it."""

from typing import TypedDict

from customer_thread.domain.times import iso
from customer_thread.service.ports import Ports
from customer_thread.store import entries


class ColleagueView(TypedDict):
	"""Somebody else who has the thread open."""

	user: str
	writing: bool


class AnswerView(TypedDict):
	"""Somebody else's answer."""

	entry: int
	#: a user, if one wrote it
	by: str | None
	#: ISO 8601 in UTC
	at: str


class ColleaguesView(TypedDict):
	"""What somebody who writes is to know of the others."""

	others: list[ColleagueView]
	#: the last one since, if there is any
	answered: AnswerView | None


def read_colleagues(
	ports: Ports, thread: str, user: str, upto: int | None, *, is_user: bool
) -> ColleaguesView:
	"""Return who else is in a thread, those who write first, and the last answer of another after the entry `upto`.

	`is_user`: messages are known to be this user's.
	"""
	there = ports.colleagues.in_thread(thread)
	others = sorted((not writing, other) for other, writing in there.items() if other != user)
	answer = None
	if upto is not None:
		answer = entries.answer_of_another(ports.database, thread, upto, user if is_user else "")
	return {
		"others": [{"user": other, "writing": not still} for still, other in others],
		"answered": {"entry": answer["name"], "by": answer["sent_by"], "at": iso(answer["occurred_us"])}
		if answer
		else None,
	}
