"""The Documents port of the embedded host: appointments that were given to it, and what cards say of the rest."""

from collections.abc import Callable, Collection

from customer_thread.domain.automations.model import DocumentNow
from customer_thread.domain.model import Party
from customer_thread.domain.portal.documents import Contract, Payment, PaymentRequest
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.schedule.agenda import LIMIT, Planned
from customer_thread.domain.schedule.agenda import State as PlannedState
from customer_thread.domain.schedule.appointment import Appointment
from customer_thread.domain.times import to_utc, zone
from customer_thread.service.cards.record_appointment import DOCTYPE
from customer_thread.service.settings import Settings
from customer_thread.standalone.appointments import SqliteAppointments
from customer_thread.standalone.recorded_documents import recorded_document

_STATES: dict[str, PlannedState] = {"Scheduled": "Open", "Cancelled": "Cancelled", "Done": "Done"}


class NoDocuments:
	"""No appointments, no contracts; every link stays as it was given."""

	def openable(self, party: Party, references: Collection[Reference]) -> set[Reference]:
		"""Return all of them."""
		return set(references)

	def planned(self, party: Party, now_us: int) -> list[Planned]:
		"""Return nothing."""
		return []

	def planned_one(self, party: Party, reference: Reference) -> Planned | None:
		"""Return nothing."""
		return None

	def contract(self, party: Party, name: str) -> Contract | None:
		"""Return nothing."""
		return None

	def payment(self, party: Party, name: str) -> Payment | None:
		"""Return nothing."""
		return None

	def payment_request(self, party: Party, name: str) -> PaymentRequest | None:
		"""Return nothing."""
		return None

	def current(self, reference: Reference, names: frozenset[str] | None = None) -> DocumentNow | None:
		"""Return nothing."""
		return None

	def confirm(self, reference: Reference, now_us: int) -> None:
		"""Note nothing."""

	def keep_appointment(self, new: Appointment) -> Appointment | None:
		"""Keep nothing."""
		return None


class RecordedDocuments(NoDocuments):
	"""What was recorded over the staff's calls."""

	def __init__(self, appointments: SqliteAppointments, settings: Callable[[], Settings]) -> None:
		self._appointments = appointments
		self._settings = settings

	def openable(self, party: Party, references: Collection[Reference]) -> set[Reference]:
		"""Return those that are no appointments, and the customer's own of these."""
		keys = [reference.name for reference in references if reference.doctype == DOCTYPE]
		theirs = self._appointments.of_customer(party.party, keys) if keys else set()
		return {one for one in references if one.doctype != DOCTYPE or one.name in theirs}

	def planned(self, party: Party, now_us: int) -> list[Planned]:
		"""Return the customer's appointments around now."""
		return [self._planned(one) for one in self._appointments.around(party.party, now_us, LIMIT)]

	def planned_one(self, party: Party, reference: Reference) -> Planned | None:
		"""Return one appointment, or None if it is not there or not theirs."""
		found = self._appointments.get(reference.name) if reference.doctype == DOCTYPE else None
		return self._planned(found) if found and found.customer == party.party else None

	def current(self, reference: Reference, names: frozenset[str] | None = None) -> DocumentNow | None:
		"""Return an appointment, or another document as its cards tell it."""
		here = zone(self._settings().default_timezone)
		if reference.doctype != DOCTYPE or not (found := self._appointments.get(reference.name)):
			return recorded_document(self._appointments.database, reference, here)
		document = {
			"doctype": DOCTYPE,
			"name": found.source_key,
			"subject": found.title,
			"scheduled_time": to_utc(found.starts_us).astimezone(here).replace(tzinfo=None),
			"ends_on": to_utc(found.ends_us).astimezone(here).replace(tzinfo=None) if found.ends_us else None,
			"status": {"Scheduled": "Open", "Done": "Closed"}.get(found.state, found.state),
			"docstatus": 0,
		}
		return DocumentNow(document, frozenset({Party("Customer", found.customer)}), here)

	def confirm(self, reference: Reference, now_us: int) -> None:
		"""Note beside the appointment that its customer has said yes."""
		self._appointments.confirm(reference.name, now_us)

	def keep_appointment(self, new: Appointment) -> Appointment | None:
		"""Keep an appointment by its key, and return what it was before."""
		return self._appointments.keep(new)

	def _planned(self, found: Appointment) -> Planned:
		here = zone(self._settings().default_timezone)
		return Planned(
			kind="Appointment",
			state=_STATES[found.state],
			day=to_utc(found.starts_us).astimezone(here).date(),
			starts_us=found.starts_us,
			ends_us=found.ends_us or None,
			reference=Reference(DOCTYPE, found.source_key),
			title=found.title,
		)
