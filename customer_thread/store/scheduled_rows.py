"""The rows of scheduled messages, as queries return them. Times are µs since 1970 UTC."""

from typing import TypedDict

from customer_thread.domain.automations.model import Expects, ScheduledState


class ScheduledMessageRow(TypedDict):
	"""A Thread Scheduled Message."""

	name: str
	automation: str
	thread: str
	state: ScheduledState
	#: why it is so; of one that waits, what it waits for
	reason: str
	#: both empty: it is about no document
	reference_doctype: str
	reference_name: str
	event: str
	occurrence: str
	due_us: int
	planned_us: int
	valid_until_us: int
	first_us: int
	minutes: int
	#: 0: none was written
	entry: int
	#: None: no answer
	expects: Expects | None
	#: when what it asks about begins, as it was told; 0: it asks nothing
	about_us: int
	#: 0: it was not confirmed
	confirmed_us: int
	creation_us: int
	source_key: str
	computed_from: str


class ScheduledLineRow(TypedDict):
	"""A Thread Scheduled Message as it is listed, with its automation and its entry."""

	name: str
	automation: str
	thread: str
	state: ScheduledState
	reason: str
	reference_doctype: str
	reference_name: str
	due_us: int
	planned_us: int
	valid_until_us: int
	entry: int
	confirmed_us: int
	#: its automation's; None: that is not there any more
	title: str | None
	#: when its entry was written; 0: none was
	occurred_us: int
