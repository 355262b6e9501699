"""The Documents port."""

from collections.abc import Collection
from typing import Protocol

from customer_thread.domain.automations.model import DocumentNow
from customer_thread.domain.model import Party
from customer_thread.domain.portal.documents import Contract, Payment, PaymentRequest
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.schedule.agenda import Planned
from customer_thread.domain.schedule.appointment import Appointment


class Documents(Protocol):
	"""The host's business documents, as far as their customer sees them: their own, and no drafts."""

	def openable(self, party: Party, references: Collection[Reference]) -> set[Reference]:
		"""Return those whose pages the customer can open now. Cheap: it is asked for every page of a thread."""

	def planned(self, party: Party, now_us: int) -> list[Planned]:
		"""Return the customer's appointments and visits around now, in any order."""

	def planned_one(self, party: Party, reference: Reference) -> Planned | None:
		"""Return one appointment or visit, or None if it is not there or not theirs."""

	def contract(self, party: Party, name: str) -> Contract | None:
		"""Return a contract, or None if it is not there or not theirs."""

	def payment(self, party: Party, name: str) -> Payment | None:
		"""Return a payment, or None if it is not there or not theirs."""

	def payment_request(self, party: Party, name: str) -> PaymentRequest | None:
		"""Return a payment that was asked for, or None if it is not there or not theirs."""

	def current(self, reference: Reference, names: frozenset[str] | None = None) -> DocumentNow | None:
		"""Return any document as it is in this transaction, with whose it is, or None; `names`: of its fields these."""

	def confirm(self, reference: Reference, now_us: int) -> None:
		"""Note beside an appointment that its customer has said yes; nothing of the document's own changes."""

	def keep_appointment(self, new: Appointment) -> Appointment | None:
		"""Keep an appointment by its key, and return what it was before. Raise BadInput where documents are the only ones."""
