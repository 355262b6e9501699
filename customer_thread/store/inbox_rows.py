"""The rows of the inbox, as queries return them. Times are µs since 1970 UTC."""

from typing import Literal, TypedDict

from customer_thread.domain.model import Author, Channel, Kind, PartyType


class ListedThreadRow(TypedDict):
	"""A Customer Thread, as far as a line of a list needs it."""

	name: str
	title: str
	#: both None: unmatched, or merged into another
	party_type: PartyType | None
	party: str | None
	unmatched_address: str | None
	#: as its sender gives it; empty: none
	unmatched_name: str
	#: since when nobody is told of what comes from there; 0: not blocked
	blocked_us: int
	code: str
	last_entry: int
	last_us: int
	last_preview: str
	#: the last that a person said, the system left out
	last_words: str
	#: None: nobody has said anything
	last_words_by: Literal["Customer", "Contractor"] | None
	last_words_us: int
	#: since when the customer waits for an answer; 0: nobody waits
	waiting_us: int
	contractor_unread: int
	assigned_to: str | None
	#: until when it need not be looked at; 0: now
	snoozed_us: int


class InboxRow(ListedThreadRow):
	"""A Customer Thread with what its last entry is; None: it has none."""

	kind: Kind | None
	author: Author | None
	#: None besides: a card
	channel: Channel | None
