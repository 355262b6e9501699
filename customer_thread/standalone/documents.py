"""The Documents port where there are none: cards are told by whoever has them, and so are their links."""

from collections.abc import Collection

from customer_thread.domain.automations.model import DocumentNow
from customer_thread.domain.model import Party
from customer_thread.domain.portal.documents import Contract, Payment, PaymentRequest
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.schedule.agenda import Planned


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

	def current(self, reference: Reference) -> DocumentNow | None:
		"""Return nothing."""
		return None

	def confirm(self, reference: Reference, now_us: int) -> None:
		"""Note nothing."""
