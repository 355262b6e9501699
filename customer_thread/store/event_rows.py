"""The rows of Thread Events that some queries return. Times are µs since 1970 UTC."""

from typing import TypedDict


class CardRow(TypedDict):
	"""A Thread Event, as far as what gives way to it needs it."""

	event_type: str
	reference_name: str


class NumberRow(TypedDict):
	"""A Thread Event, as far as it tells a document by a number."""

	name: str
	#: None: the document is gone
	reference_name: str | None
	title: str
	number: str
	number_kind: str
	occurred_us: int


class DocumentCardRow(TypedDict):
	"""A card of a document, with the entry that shows it."""

	#: the entry's id
	name: int
	event_type: str
	reference_name: str
	number: str
