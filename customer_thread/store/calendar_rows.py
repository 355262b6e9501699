"""The rows of calendars, as queries return them. Times are µs since 1970 UTC."""

from typing import TypedDict


class CalendarRow(TypedDict):
	"""A Thread Calendar."""

	name: str
	thread: str
	#: whose it is: it ends when they do not read the thread any more
	user: str
	token: str
	made_us: int


class CardCount(TypedDict):
	"""How many cards a document has in a thread, and when the last happened."""

	reference_doctype: str
	reference_name: str
	cards: int
	last_us: int
