"""A business fact that is yet to be written down."""

from dataclasses import dataclass
from decimal import Decimal

#: the event type of the card by which the customer has said yes to what an earlier card says
CONFIRMED = "Appointment confirmed"


@dataclass(frozen=True)
class NewEvent:
	"""A business fact. `source_key` is its own id where it comes from: the same one again is the same card."""

	event_type: str
	title: str
	occurred_us: int
	source_key: str
	amount: Decimal | None = None
	currency: str = ""
	url: str = ""
	reference_doctype: str = ""
	reference_name: str = ""
	#: source keys of this document's earlier events that it takes back; None: the newest, if it is a cancellation
	voids: tuple[str, ...] | None = None
	#: the keys are a card rule's: unique over all threads, so they are kept as they are
	by_rule: bool = False
	#: by which the title tells the document, and among which kind of documents
	number: str = ""
	number_kind: str = ""
	#: what else it is found by: the whole names of documents that the title tells by less
	found_by: tuple[str, ...] = ()
	#: "2026-05-14", until when it is to be paid or answered; empty if that is not known
	due_date: str = ""
	from_history: bool = False
	#: whether the customer is notified, and whether that breaks quiet hours
	notify: bool = False
	urgent: bool = False
	#: the moment, µs, before which they are notified, in quiet hours too; 0 for none
	send_before_us: int = 0
