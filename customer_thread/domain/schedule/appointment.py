"""An appointment that another program keeps, and what becomes of it when it changes."""

from dataclasses import dataclass
from typing import Literal

from customer_thread.domain.cards.new_event import CONFIRMED
from customer_thread.domain.phrase import Phrase

AppointmentState = Literal["Scheduled", "Cancelled", "Done"]

SCHEDULED = Phrase("Appointment scheduled")
RESCHEDULED = Phrase("Appointment rescheduled")
CANCELLED = Phrase("Appointment cancelled")
DONE = Phrase("Visit done")


@dataclass(frozen=True)
class Appointment:
	"""An appointment as it is. Times are µs since 1970 UTC."""

	#: the other program's own id
	source_key: str
	customer: str
	title: str
	starts_us: int
	ends_us: int
	state: AppointmentState
	#: how many cards have told of it
	cards: int = 0


@dataclass(frozen=True)
class ChangeCard:
	"""The card that tells of a change."""

	event_type: str
	#: cards of these types are void from now on
	voids: frozenset[str] = frozenset()


def card_of(before: Appointment | None, after: Appointment) -> ChangeCard | None:
	"""Return the card that a customer is told of the change by, or None where nothing is new to them."""
	was = before.state if before and before.customer == after.customer else None
	if after.state == "Scheduled":
		if was != "Scheduled":
			return ChangeCard(SCHEDULED, frozenset({CANCELLED, DONE}))
		if before and before.starts_us != after.starts_us:
			return ChangeCard(RESCHEDULED, frozenset({SCHEDULED, RESCHEDULED, CONFIRMED}))
		return None
	if was == after.state:
		return None
	if after.state == "Cancelled":
		return ChangeCard(CANCELLED, frozenset({SCHEDULED, RESCHEDULED, CONFIRMED})) if was else None
	return ChangeCard(DONE, frozenset({CANCELLED}))
