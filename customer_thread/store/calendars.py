"""Thread Calendars: the addresses at which calendars read appointments and visits.

The token stands there as it is, for its owner is shown the address again on each of their devices. It opens dates alone,
nobody signs in by it, and no role is shown the column.
"""

from collections.abc import Collection, Iterable

from customer_thread.domain.portal.pages import Reference
from customer_thread.store.calendar_rows import CalendarRow, CardCount
from customer_thread.store.database import Database, move_rows, one_of
from customer_thread.store.rows import columns, first, typed

CALENDAR = "Thread Calendar"
_ALL = f"SELECT {columns(CalendarRow)} FROM `tabThread Calendar`"


def of_reader(database: Database, thread: str, user: str) -> list[CalendarRow]:
	"""Return what somebody reads a thread's dates at, the newest first."""
	rows = database.select(
		f"{_ALL} WHERE thread = %(thread)s AND user = %(user)s ORDER BY made_us DESC, name",
		{"thread": thread, "user": user},
	)
	return typed(CalendarRow, rows)


def by_token(database: Database, token: str) -> CalendarRow | None:
	"""Return the calendar that a token opens."""
	return first(CalendarRow, database.select(f"{_ALL} WHERE token = %(token)s", {"token": token}))


def tokens_among(database: Database, tokens: Iterable[str]) -> set[str]:
	"""Return those of these that open a calendar."""
	params: dict[str, object] = {}
	listed = one_of("token", tokens, params)
	if not listed:
		return set()
	rows = database.select(f"SELECT token FROM `tabThread Calendar` WHERE token IN ({listed})", params)
	return {str(row["token"]) for row in rows}


def add(database: Database, thread: str, user: str, token: str, now_us: int) -> None:
	"""Write down an address."""
	database.insert(CALENDAR, {"thread": thread, "user": user, "token": token, "made_us": now_us})


def remove(database: Database, name: str) -> None:
	"""Let an address open nothing any more."""
	database.delete(CALENDAR, {"name": name})


def card_counts(
	database: Database, thread: str, documents: Collection[Reference]
) -> dict[Reference, CardCount]:
	"""Return how many cards each of these documents has in a thread; those with none are left out."""
	params: dict[str, object] = {"thread": thread}
	listed = one_of("name", sorted({document.name for document in documents}), params)
	if not listed:
		return {}
	rows = typed(
		CardCount,
		database.select(
			"SELECT reference_doctype, reference_name, COUNT(*) AS cards, MAX(occurred_us) AS last_us "
			f"FROM `tabThread Event` WHERE thread = %(thread)s AND reference_name IN ({listed}) "
			"GROUP BY reference_doctype, reference_name",
			params,
		),
	)
	return {Reference(row["reference_doctype"], row["reference_name"]): row for row in rows}


def move(database: Database, source: str, goal: str) -> None:
	"""Let a thread's addresses open another thread's dates."""
	move_rows(database, CALENDAR, source, goal)


def remove_of_thread(database: Database, thread: str) -> None:
	"""Forget a thread's addresses."""
	database.delete(CALENDAR, {"thread": thread})
