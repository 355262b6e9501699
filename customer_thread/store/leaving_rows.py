"""The rows of what leaves: erasures, and what is looked at to be erased."""

from typing import Literal, TypedDict


class ErasureRow(TypedDict):
	"""A Thread Erasure; times are µs since 1970 UTC."""

	name: str
	state: Literal["Running", "Done"]
	thread: str
	#: None: from the command line, or by a program
	asked_by: str | None
	#: how many are erased by now
	entries: int
	asked_us: int
	touched_us: int
	#: 0: not yet
	done_us: int


class LeavingEntryRow(TypedDict):
	"""An entry that is to be erased."""

	name: int
	thread: str
	event: str | None
	source_key: str | None


class LeavingEventRow(TypedDict):
	"""An event that is to be erased."""

	name: str
	source_key: str | None


class LeavingDeliveryRow(TypedDict):
	"""A delivery that is to say nothing any more."""

	name: str
	provider_id: str


class OldEntryRow(TypedDict):
	"""A message that is kept no longer."""

	name: int
	thread: str
	occurred_us: int


class LeavingAnswerRow(TypedDict):
	"""An answer of the bot's that waits."""

	name: str
	text: str
