"""A customer's coming and past appointments and visits: which of them are shown, in which order and state."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from customer_thread.domain.model import Party
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.times import DAY, to_us
from customer_thread.domain.wording import Reader

Kind = Literal["Appointment", "Visit"]
State = Literal["Open", "Done", "Partly Done", "Closed", "Cancelled"]

#: of the coming ones, and of the past ones
LIMIT = 50
#: the first words of an Event that belongs to an Appointment, which tells of itself
#: (erpnext/crm/doctype/appointment/appointment.py)
OF_APPOINTMENT = "Appointment with"
#: the types of documents that plan something
PLANS = ("Appointment", "Event", "Maintenance Visit", "Maintenance Schedule")
#: Events of other categories are the contractor's own business
CATEGORIES = ("Event", "Meeting")

_EVENT_STATES: dict[str, State] = {
	"Open": "Open",
	"Completed": "Done",
	"Closed": "Done",
	"Cancelled": "Cancelled",
}


@dataclass(frozen=True)
class Planned:
	"""One appointment or visit."""

	kind: Kind
	state: State
	#: the business's calendar day
	day: date
	#: µs; None: some time on that day
	starts_us: int | None = None
	ends_us: int | None = None
	#: the last day, of what takes several whole days
	last_day: date | None = None
	#: what its page shows; None: there is no page
	reference: Reference | None = None
	#: what it is called; empty: by its kind
	title: str = ""
	#: the document that plans it, where its page does not show that
	planned_by: Reference | None = None
	#: whether that document plans more days than this one
	is_one_of_several: bool = False

	@property
	def document(self) -> Reference | None:
		"""Return the document that plans it, as far as it is known."""
		return self.planned_by or self.reference


@dataclass(frozen=True)
class Booking:
	"""What says whether somebody of the business stands behind an Appointment."""

	status: str
	owner: str
	customer_email: str
	is_made_by_staff: bool
	is_changed_by_staff: bool
	#: whether the customer has had a card of it
	has_card: bool
	#: whether a card that stands says that it is cancelled
	has_cancelled_card: bool = False
	#: whether it was last changed before its time
	is_changed_before: bool = False
	#: its Event in the calendar is cancelled, or is not there any more
	is_event_cancelled: bool = False
	is_event_gone: bool = False


def is_accepted(booking: Booking) -> bool:
	"""Return whether the customer sees an Appointment: a guest can book in anyone's name.

	As the card rules have it: made by staff, or by the customer under the address they signed in with,
	or accepted by staff, who saved it; once told it stays.
	"""
	if booking.status == "Unverified":
		return False
	own = booking.owner != "Guest" and booking.owner == booking.customer_email
	accepted = booking.status == "Open" and booking.is_changed_by_staff
	return booking.is_made_by_staff or own or accepted or booking.has_card


def state_of_appointment(booking: Booking) -> State:
	"""Return the state of an Appointment, which knows no “cancelled”.

	Closed before its time, it is called off; closed later it may be done. Whoever cancels its Event cancels it.
	"""
	is_closed = booking.status == "Closed"
	if booking.is_event_cancelled or (is_closed and booking.is_changed_before):
		return "Cancelled"
	if booking.has_cancelled_card and (is_closed or booking.is_event_gone):
		return "Cancelled"
	return "Closed" if is_closed else "Open"


def state_of_event(status: str) -> State:
	"""Return the state of an Event."""
	return _EVENT_STATES.get(status, "Open")


def state_of_visit(completion: str, docstatus: int) -> State:
	"""Return the state of a Maintenance Visit, which is the record of what was done."""
	if docstatus == 2:
		return "Cancelled"
	return "Partly Done" if completion == "Partially Completed" else "Done"


def is_with(customer: Party, participants: Sequence[tuple[str, str]]) -> bool:
	"""Return whether an Event is this customer's: a Customer among its participants, and no Lead."""
	if any(doctype == "Lead" for doctype, _name in participants):
		return False
	return ("Customer", customer.party) in participants


def through_contacts(
	participants: Sequence[tuple[str, str]], contacts: Mapping[str, Party]
) -> list[tuple[int, tuple[str, str]]]:
	"""Return an Event's participants with their places, each Contact replaced by whose contact it is.

	Those who are known through a Contact only come last. `contacts`: whose they are.
	"""
	named, through = [], []
	for place, (doctype, name) in enumerate(participants):
		party = contacts.get(name) if doctype == "Contact" else None
		if party:
			through.append((place, (str(party.party_type), party.party)))
		else:
			named.append((place, (doctype, name)))
	return named + through


def split(found: Iterable[Planned], reader: Reader) -> tuple[list[Planned], list[Planned]]:
	"""Return what is still to come, nearest first, and what is past, newest first; at most `LIMIT` of each."""
	coming: list[Planned] = []
	past: list[Planned] = []
	for planned in found:
		(coming if _is_coming(planned, reader) else past).append(planned)
	coming.sort(key=lambda planned: _place(planned, reader))
	past.sort(key=lambda planned: _place(planned, reader), reverse=True)
	return coming[:LIMIT], past[:LIMIT]


def _is_coming(planned: Planned, reader: Reader) -> bool:
	if planned.starts_us is None:
		return (planned.last_day or planned.day) >= reader.local(reader.now_us).date()
	return max(planned.starts_us, planned.ends_us or 0) >= reader.now_us


def _place(planned: Planned, reader: Reader) -> tuple[int, str]:
	name = planned.reference.name if planned.reference else ""
	if planned.starts_us is not None:
		return planned.starts_us, name
	first = reader.local(reader.now_us).replace(hour=0, minute=0, second=0, microsecond=0)
	return to_us(first) + (planned.day - first.date()).days * DAY, name
