"""How a thread's customer is reached, as far as staff who write to them ask: consent, devices, what was read."""

from typing import TypedDict

from customer_thread.domain.model import Consent
from customer_thread.domain.push.device import device_name
from customer_thread.domain.times import iso
from customer_thread.domain.wording import time_of_day
from customer_thread.service.desk.contacts_view import AddressView, addresses_of
from customer_thread.service.desk.wishes_words import WishesLine, wishes_lines
from customer_thread.service.ports import Ports
from customer_thread.service.reading.reader import info_of, reader_of
from customer_thread.store import consents, subscriptions
from customer_thread.store.rows import ThreadRow


class ConsentView(TypedDict):
	"""What a number said to the business's."""

	state: Consent
	#: "texted STOP"; empty: the network said it
	how: str
	#: ISO 8601 in UTC
	at: str


class ReachedAddress(AddressView):
	"""An address on file with what was said from it."""

	#: None: nothing was
	consent: ConsentView | None


class DeviceView(TypedDict):
	"""A browser that is pushed to."""

	#: whose
	user: str
	#: "Chrome on Android"; empty: it says nothing of itself
	device: str
	#: ISO 8601 in UTC
	since: str
	#: when a push reached it last; None: never yet
	reached_at: str | None


class FactsView(TypedDict):
	"""How a thread's customer is reached."""

	#: an IANA name
	timezone: str
	#: the time of day there, "8:02am"
	time_there: str
	#: of each who reads it, how they are notified
	preferences: list[WishesLine]
	addresses: list[ReachedAddress]
	devices: list[DeviceView]
	#: when the customer last read something new, ISO 8601 in UTC; None: never, or before that was kept
	read_at: str | None
	#: how many entries they have not read
	unread: int


def read_facts(ports: Ports, thread: ThreadRow) -> FactsView:
	"""Return how a thread's customer is reached."""
	reader = reader_of(ports, thread, info_of(ports.parties, thread))
	on_file = addresses_of(ports, thread["name"])
	said = _said(ports, [view["address"] for view in on_file if view["kind"] == "Phone"])
	wishes = wishes_lines(ports, thread, reader)
	return {
		"timezone": str(reader.zone),
		"time_there": time_of_day(reader.now_us, reader),
		"preferences": wishes,
		"addresses": [{**view, "consent": said.get(view["address"])} for view in on_file],
		"devices": [device for line in wishes for device in _devices(ports, thread["name"], line["user"])],
		"read_at": iso(thread["customer_read_us"]) if thread["customer_read_us"] else None,
		"unread": thread["customer_unread"],
	}


def _said(ports: Ports, phones: list[str]) -> dict[str, ConsentView]:
	rows = consents.of_phones(ports.database, phones, ports.settings().sender)
	return {
		row["phone"]: {
			"state": row["state"],
			"how": _how(ports, row["how"] or ""),
			"at": iso(row["changed_us"]),
		}
		for row in rows
	}


def _how(ports: Ports, how: str) -> str:
	before, texted, word = how.partition("texted ")
	return ports.translate("texted {0}").format(word) if texted and not before else ""


def _devices(ports: Ports, thread: str, user: str) -> list[DeviceView]:
	return [
		{
			"user": user,
			"device": device_name(row["user_agent"] or ""),
			"since": iso(row["created_us"]),
			"reached_at": iso(row["last_ok_us"]) if row["last_ok_us"] else None,
		}
		for row in subscriptions.of_reader(ports.database, thread, user)
	]
