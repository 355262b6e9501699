"""The rows that numbers are made of, as queries return them. Times are µs since 1970 UTC."""

from typing import TypedDict

from customer_thread.domain.model import Author, Channel, DeliveryChannel, Kind


class WaitRow(TypedDict):
	"""A question: the first message that a customer waited for an answer to."""

	asked_us: int
	#: None: nobody has answered
	answered_us: int | None


class SaidRow(TypedDict):
	"""How many entries of one kind there were in one step of the time."""

	step: int
	kind: Kind
	author: Author
	channel: Channel
	entries: int


class ReadRow(TypedDict):
	"""What customers got by one channel."""

	kind: Kind
	#: None: a card
	channel: Channel | None
	entries: int
	#: of them those that were read in the portal
	opened: int


class AskedRow(TypedDict):
	"""A message of the system's that asked for a yes."""

	asked_us: int
	about_us: int
	confirmed_us: int
	is_moved: int
	has_written: int


class LeftRow(TypedDict):
	"""How many messages left by one channel, or did not, with one code of its provider's."""

	channel: DeliveryChannel
	error_code: str
	#: a text in several parts is one
	messages: int
	failed: int
	#: what the provider said of one that failed; empty: nothing, or none did
	error: str


class ChoiceRow(TypedDict):
	"""How often something was switched off, or on again, in one step of the time."""

	step: int
	#: a column of Thread Preference, or `consent`
	field: str
	#: `On` or `Off`; of `consent` what the number said
	new: str
	changes: int
