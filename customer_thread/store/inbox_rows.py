"""The rows of the inbox, as queries return them. Times are µs since 1970 UTC."""

from typing import Literal, TypedDict

from customer_thread.domain.model import Author, Channel, Kind, PartyType


class ListedThreadRow(TypedDict):
	"""A thread as far as a line of the inbox needs it: of a ThreadRow a part."""

	name: str
	title: str
	party_type: PartyType | None
	party: str | None
	unmatched_address: str | None
	unmatched_name: str
	blocked_us: int
	code: str
	last_entry: int
	last_us: int
	last_preview: str
	last_words: str
	last_words_by: Literal["Customer", "Contractor"] | None
	last_words_us: int
	waiting_us: int
	contractor_unread: int
	assigned_to: str | None
	snoozed_us: int


class LastEntryRow(TypedDict):
	"""An entry, as far as a line of the inbox needs it."""

	name: int
	kind: Kind
	author: Author
	channel: Channel | None
