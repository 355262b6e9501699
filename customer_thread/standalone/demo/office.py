"""What Mike's office does, through the desk's calls: messages, invoices, calls."""

import threading
import uuid
from dataclasses import dataclass, replace
from typing import Any

from customer_thread.domain.errors import BadInput, NotFound
from customer_thread.domain.times import DAY, to_utc, zone
from customer_thread.standalone.demo.cast import ZONE
from customer_thread.standalone.demo.clients import Desk

#: days until an invoice is due
_DAYS_TO_PAY = 5
_AMOUNTS = ("1150.00", "680.50", "2400.00", "95.00")


@dataclass(frozen=True)
class Invoice:
	"""An invoice as ERPNext would have it."""

	number: str
	amount: str
	sent_us: int
	is_cancelled: bool = False


class Office:
	"""Writes to one customer. Safe to use from several threads."""

	def __init__(self, desk: Desk, customer: str, pages_url: str) -> None:
		self._desk = desk
		self._customer = customer
		self._pages_url = pages_url
		self._lock = threading.Lock()
		self._invoices: dict[str, Invoice] = {}

	def write(self, text: str, channel: str = "auto", *, automated: bool = False) -> dict[str, Any]:
		"""Send a message and return it with its deliveries. Raise Refused."""
		answer: dict[str, Any] = self._desk.post(
			"send",
			customer=self._customer,
			text=text,
			channel=channel,
			automated=automated,
			client_id=str(uuid.uuid4()),
		)
		return answer

	def record_call(self, at: str, seconds: int) -> None:
		"""Note that there was a phone call. Raise Refused."""
		self._desk.post("record_call", customer=self._customer, seconds=seconds, at=at)

	def send_invoice(self, now_us: int, amount: str = "", *, notify: bool = False) -> Invoice:
		"""Send the next invoice, perhaps with a notice, and return it. Raise Refused."""
		with self._lock:
			count = len(self._invoices)
			invoice = Invoice(str(2041 + count), amount or _AMOUNTS[(count - 1) % len(_AMOUNTS)], now_us)
			self._record(
				invoice,
				"Invoice sent",
				f"Invoice #{invoice.number} sent",
				amount=invoice.amount,
				due_date=_due(now_us),
				notify=notify,
			)
			self._invoices[invoice.number] = invoice
		return invoice

	def cancel_invoice(self) -> Invoice:
		"""Cancel the newest invoice that stands and return it. Raise BadInput or Refused."""
		with self._lock:
			invoice = self._standing()
			if invoice is None:
				raise BadInput("There is no invoice left to cancel.")
			self._record(invoice, "Invoice cancelled", f"Invoice #{invoice.number} cancelled")
			self._invoices[invoice.number] = replace(invoice, is_cancelled=True)
		return invoice

	@property
	def invoices(self) -> list[Invoice]:
		"""Return all invoices, newest first."""
		with self._lock:
			return list(self._invoices.values())[::-1]

	@property
	def standing(self) -> Invoice | None:
		"""Return the newest invoice that is not cancelled."""
		with self._lock:
			return self._standing()

	def invoice(self, number: str) -> Invoice:
		"""Return an invoice. Raise NotFound."""
		found = self._invoices.get(number)
		if found is None:
			raise NotFound("There is no such invoice.")
		return found

	def _standing(self) -> Invoice | None:
		return next((item for item in reversed(self._invoices.values()) if not item.is_cancelled), None)

	def record(self, event_type: str, title: str, page: str, amount: str = "", **more: object) -> None:
		"""Write a card that leads to a page of the portal, or to one that stands for ERPNext's. Raise Refused."""
		money = {"amount": amount, "currency": "USD"} if amount else {}
		self._desk.post(
			"record_event",
			customer=self._customer,
			event_type=event_type,
			title=title,
			url=page if page.startswith("/") else f"{self._pages_url}/{page}",
			**money,
			**more,
		)

	def _record(
		self,
		invoice: Invoice,
		event_type: str,
		title: str,
		amount: str = "",
		*,
		due_date: str = "",
		notify: bool = False,
	) -> None:
		self.record(
			event_type,
			title,
			f"invoices/{invoice.number}",
			amount,
			reference_doctype="Sales Invoice",
			reference_name=f"INV-{invoice.number}",
			source_key=f"{event_type} {invoice.number}",
			due_date=due_date,
			notify=notify,
		)


def _due(sent_us: int) -> str:
	return to_utc(sent_us + _DAYS_TO_PAY * DAY).astimezone(zone(ZONE)).date().isoformat()
