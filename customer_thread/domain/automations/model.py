"""What a scheduled message is made from, and what it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from zoneinfo import ZoneInfo

from customer_thread.domain.cards.model import Document
from customer_thread.domain.model import Party
from customer_thread.domain.portal.pages import Reference

AutomationMoment = Literal["After Event", "Date Field", "By Hand"]
ScheduledState = Literal["Waiting", "Sent", "Skipped", "Ended"]
Expects = Literal["Confirmation"]
AutomationChannel = Literal["Auto", "SMS", "Email", "Portal"]

_NUMBERS = ("offset_minutes", "valid_minutes", "in_force_since_us")
_CHECKS = ("enabled", "once", "expects_confirmation", "urgent", "promotional", "to_any_lead")


@dataclass(frozen=True)
class Automation:
	"""A Thread Automation. Lists of event types stand in one line, with commas between them."""

	name: str
	title: str
	document_type: str
	moment: AutomationMoment
	text: str
	enabled: bool = False
	after_event: str = ""
	date_field: str = ""
	#: minutes after the event or date; before it, below 0
	offset_minutes: int = 0
	#: "09:00" on that day in the customer's zone; empty: at the minute itself
	at_time: str = ""
	condition: str = ""
	ended_by: str = ""
	gives_way_to: str = ""
	once: bool = False
	#: how long after it was due it may be sent; 0: a day
	valid_minutes: int = 0
	valid_until_field: str = ""
	channel: AutomationChannel = "Auto"
	expects_confirmation: bool = False
	urgent: bool = False
	soon_field: str = ""
	promotional: bool = False
	to_any_lead: bool = False
	#: what happened before is not told
	in_force_since_us: int = 0

	@classmethod
	def from_row(cls, row: Mapping[str, Any]) -> "Automation":
		"""Return the automation that a row of the DocType's table holds; columns it does not know are left out."""
		words = {
			name: str(row.get(name) or "")
			for name in cls.__dataclass_fields__
			if name not in (*_NUMBERS, *_CHECKS)
		}
		words["channel"] = words["channel"] or "Auto"
		numbers = {name: int(row.get(name) or 0) for name in _NUMBERS}
		checks = {name: bool(int(row.get(name) or 0)) for name in _CHECKS}
		return cls(**words, **numbers, **checks)  # type: ignore[arg-type]


@dataclass(frozen=True)
class DocumentNow:
	"""A business document as its host has it at this moment."""

	#: its times are naive and in `zone`, as the host keeps them
	document: Document
	#: whose it is; an Event may be several customers'
	parties: frozenset[Party]
	#: in which the document's own times are
	zone: ZoneInfo
	#: nobody outside has seen it
	is_draft: bool = False
	#: cancelled for good, as a submitted document is
	is_cancelled: bool = False


@dataclass(frozen=True)
class Cause:
	"""One document in one thread, as far as messages are made from it."""

	reference: Reference
	thread: str
	party: Party | None
	#: None: it is not there any more
	current: DocumentNow | None
	#: of this document in this thread, in the order in which they happened
	events: tuple["CauseEvent", ...]
	#: the customer's
	zone: ZoneInfo
	#: whether a lead's who has written nothing yet
	is_silent_lead: bool = False
	#: when it takes place as the customer was told last; 0: no message told a time
	announced_us: int = 0


@dataclass(frozen=True)
class CauseEvent:
	"""A card of the document."""

	name: str
	event_type: str
	occurred_us: int
	is_void: bool = False
	from_history: bool = False


@dataclass(frozen=True)
class Wanted:
	"""A message that is to be sent as the rule and the document are now."""

	automation: str
	occurrence: str
	#: when the rule says, µs
	planned_us: int
	valid_until_us: int
	#: what it was computed from, in at most 140 characters: the same again changes nothing
	computed_from: str
	event: str = ""
	expects: Expects | None = None
	#: when that begins which it tells of; 0: it tells of no time
	about_us: int = 0
	#: whether it may not wait: for quiet hours, or for what else changes
	urgent: bool = False
	#: the moment before which it is to be told, whatever hours it is; 0: it is told when it may be
	send_before_us: int = 0
	#: whether what comes at once becomes one
	settles: bool = False

	def is_urgent(self, until_us: int) -> bool:
		"""Return whether quiet hours that end then do not hold it; `until_us`: 0 for none."""
		return self.urgent or 0 < self.send_before_us <= until_us
