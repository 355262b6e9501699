"""The rows of a built site, as dictionaries of the columns of each DocType."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.words import LINES, PERIOD, RARE_WORD
from customer_thread.domain.times import to_utc
from customer_thread.domain.words import fold

#: of the first entry of a site
FIRST_US = 1_672_531_200_000_000

Values = dict[str, Any]


def thread_id(number: int) -> str:
	"""Return the id of a site's thread by its number; 0 is the one that is read."""
	return f"thread{number:08}"


def customer_id(number: int) -> str:
	"""Return the customer whose thread it is."""
	return f"CUST-{number + 1:05}"


def phone_of(number: int) -> str:
	"""Return that customer's phone."""
	return f"+1212555{number:04}" if number < 10_000 else f"+1646{number:07}"


@dataclass(frozen=True)
class Place:
	"""Which entry of which thread comes when."""

	entry: int
	thread: int
	position: int
	occurred_us: int
	is_rare: bool


def customers(threads: int) -> Iterator[Values]:
	"""Return a customer for each thread."""
	for number in range(threads):
		yield {
			"name": customer_id(number),
			"customer_name": f"Sarah Chen {number}",
			"project": "Deck · Active",
		}


def threads(sizes: tuple[int, ...], last_entry: int, last_us: int) -> Iterator[Values]:
	"""Return the threads, everything in them read."""
	for number, size in enumerate(sizes):
		yield _stamped(FIRST_US) | {
			"name": thread_id(number),
			"title": f"Sarah Chen {number}",
			"party_type": "Customer",
			"party": customer_id(number),
			"code": f"B{number}",
			"last_preview": "sounds good",
			"last_entry": last_entry,
			"last_us": last_us,
			"revision": size,
			"customer_read_upto": last_entry,
			"reply_token": f"reply{number:035}",
			"contractor_token": f"contractor{number:030}",
		}


def contact_points(threads: int) -> Iterator[Values]:
	"""Return a phone for each thread."""
	for number in range(threads):
		yield _stamped(FIRST_US) | {
			"name": f"point{number:011}",
			"thread": thread_id(number),
			"kind": "Phone",
			"value": phone_of(number),
			"source_doctype": "Customer",
			"source_name": customer_id(number),
		}


def _stamped(us: int) -> Values:
	when = to_utc(us).strftime("%Y-%m-%d %H:%M:%S.%f")
	return {"creation": when, "modified": when, "owner": "customer_thread"}


def entry(place: Place) -> Iterator[Values]:
	"""An entry."""
	line = LINES[place.position % PERIOD]
	text = f"{line.text} {RARE_WORD if place.is_rare else 'no'} {place.entry}" if line.text else ""
	is_own = line.channel == "Portal" and line.author == "Customer"
	yield _stamped(place.occurred_us) | {
		"name": place.entry,
		"thread": thread_id(place.thread),
		"kind": line.kind,
		"author": line.author,
		"label": f"Sarah Chen {place.thread}" if line.author == "Customer" else "Mike's Contracting",
		"channel": line.channel,
		"subject": "Your deck" if line.channel == "Email" else None,
		"text": text,
		"original": None,
		"quoted": 0,
		"search_text": fold(text),
		"occurred_us": place.occurred_us,
		"occurred_at": to_utc(place.occurred_us).strftime("%Y-%m-%d %H:%M:%S.%f"),
		"source_key": f"bench:{place.entry:09}",
		"message_id": None,
		"client_id": f"00000000-0000-4000-8000-{place.entry:012}" if is_own else None,
		"event": f"event{place.entry:09}" if line.kind == "Event" else None,
		"call_seconds": line.seconds,
		"sent_by": None,
		"attachments": line.files,
	}


def event(place: Place) -> Iterator[Values]:
	"""The fact behind a card, if it is one."""
	line = LINES[place.position % PERIOD]
	if line.kind != "Event":
		return
	yield _stamped(place.occurred_us) | {
		"name": f"event{place.entry:09}",
		"thread": thread_id(place.thread),
		"event_type": "Invoice sent",
		"title": line.text,
		"amount": line.amount,
		"currency": "USD" if line.amount else None,
		"url": f"/invoices/INV-{place.entry}",
		"reference_doctype": "Sales Invoice",
		"reference_name": f"INV-{place.entry}",
		"occurred_us": place.occurred_us,
		"occurred_at": to_utc(place.occurred_us).strftime("%Y-%m-%d %H:%M:%S.%f"),
		"source_key": f"bench:{place.entry:09}",
	}


def delivery(place: Place) -> Iterator[Values]:
	"""What carried it, if it was carried."""
	line = LINES[place.position % PERIOD]
	if line.channel not in ("SMS", "Portal") or (line.channel, line.author) == ("Portal", "Contractor"):
		return
	is_forward = line.author == "Customer"
	yield _stamped(place.occurred_us) | {
		"name": f"delivery{place.entry:08}",
		"thread": thread_id(place.thread),
		"entry": place.entry,
		"purpose": "Forward" if is_forward else "Message",
		"channel": "SMS",
		"address": "+12125559999" if is_forward else phone_of(place.thread),
		"state": "Delivered",
		"reason": "the customer's own channel",
		"attempts": 1,
		"due_us": place.occurred_us,
		"creation_us": place.occurred_us,
		"text": line.text,
		"provider_id": f"SM{place.entry:032}",
	}


def attachment(place: Place) -> Iterator[Values]:
	"""Its file, if it has one."""
	if LINES[place.position % PERIOD].files:
		yield _stamped(place.occurred_us) | {
			"name": f"file{place.entry:012}",
			"entry": place.entry,
			"position": 0,
			"file_name": "plan.pdf",
			"content_type": "application/pdf",
			"size": 1000,
			"file": f"{place.entry:032}",
			"state": "Ready",
		}


#: DocType → what an entry's place adds to its table
MAKERS: Mapping[str, Callable[[Place], Iterator[Values]]] = {
	"Thread Entry": entry,
	"Thread Event": event,
	"Thread Delivery": delivery,
	"Thread Attachment": attachment,
}
