"""What a customer may see of documents that have a page of ours, field by field."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from customer_thread.domain.portal.pages import Reference


@dataclass(frozen=True)
class Contract:
	"""A contract that was delivered."""

	name: str
	party_name: str
	status: Literal["Unsigned", "Active", "Inactive"]
	is_cancelled: bool
	is_signed: bool
	signee: str
	#: µs
	signed_us: int | None
	starts: date | None
	ends: date | None
	#: what the customer agrees to, as HTML in which nothing acts
	terms: str


@dataclass(frozen=True)
class PaymentRequest:
	"""A payment that was asked for."""

	name: str
	state: Literal["To pay", "Partly paid", "Paid", "Cancelled"]
	day: date | None
	amount: Decimal
	#: ISO 4217
	currency: str
	#: what it is for, if that has a page
	reference: Reference | None
	#: where it is paid, while it can be; else empty
	payment_url: str


@dataclass(frozen=True)
class Paid:
	"""What a payment pays."""

	reference: Reference
	amount: Decimal


@dataclass(frozen=True)
class Payment:
	"""A payment that was received."""

	name: str
	is_cancelled: bool
	day: date
	amount: Decimal
	#: ISO 4217, of all its amounts
	currency: str
	mode: str
	#: the cheque's or transfer's number
	reference_no: str
	paid: tuple[Paid, ...] = field(default=())
