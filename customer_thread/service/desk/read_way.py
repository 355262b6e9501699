"""How what staff write would reach a customer, as it stands above the reply box."""

from collections.abc import Sequence
from typing import TypedDict
from zoneinfo import ZoneInfo

from customer_thread.domain.errors import BadInput
from customer_thread.domain.limits import MESSAGE_CHARACTERS
from customer_thread.domain.model import Address, KeptAttachment
from customer_thread.domain.people.addresses import readable_phone
from customer_thread.domain.phrase import Translate
from customer_thread.domain.routing import PORTAL_ONLY, Route
from customer_thread.domain.times import iso
from customer_thread.domain.wording import Reader, time_of_day
from customer_thread.service.desk.way_of_files import way_of_files
from customer_thread.service.incoming import mail_owner, record_call
from customer_thread.service.notices.hold_message import quiet_until
from customer_thread.service.outgoing.way import check_channel, check_somebody_reads, ways_to
from customer_thread.service.ports import Ports
from customer_thread.service.reading.reader import locale_of
from customer_thread.store.rows import ThreadRow


class WayView(TypedDict):
	"""A way to a customer."""

	#: sms, email, or portal, where it stays; None: the thread cannot be answered
	channel: str | None
	address: str | None
	#: the way in words, or why there is none
	text: str
	#: why it is this way, without the way itself
	reason: str | None
	#: when the customer's quiet hours end, if it is such now; ISO 8601 in UTC, and in words
	quiet_until: str | None
	quiet_text: str | None
	#: what can be asked for, by the names of `channel`
	channels: list[str]
	#: how the pictures and files go that were chosen, in words; None: there are none
	files: str | None
	#: what stands below the words of a text for them, "" for nothing: as long as it will be, not as it will read
	added: str
	#: whether it is a picture message, which is one however long its words are
	is_picture_message: bool


def read_way(
	ports: Ports,
	thread: ThreadRow,
	length: int,
	wanted: str = "auto",
	files: Sequence[KeptAttachment] = (),
) -> WayView:
	"""Return the way of a message of `length` characters with these files, chosen as it is when one is sent that asks for `wanted`.

	Raise BadInput.
	"""
	if not 0 <= length <= MESSAGE_CHARACTERS:
		raise BadInput("length must be between 0 and {0}.", MESSAGE_CHARACTERS)
	check_channel(ports, wanted)
	try:
		check_can_be_answered(ports, thread, length)
	except BadInput as error:
		return {
			"channel": None,
			"address": None,
			"text": error.worded(ports.translate),
			"reason": None,
			"quiet_until": None,
			"quiet_text": None,
			"channels": [],
			"files": None,
			"added": "",
			"is_picture_message": False,
		}
	names = [rule.asked_as for rule in ports.rules]
	route, *others = ways_to(ports, thread, length, [wanted, *names])
	possible = [name for name, other in zip(names, others, strict=True) if other.channel]
	quiet = quiet_until(ports, thread)
	their_way = way_of_files(ports, route, files)
	return {
		"channel": route.channel.lower() if route.channel else "portal",
		"address": route.address or None,
		"text": _words(ports.translate, route),
		"reason": _why(ports, route),
		"quiet_until": iso(quiet[0]) if quiet else None,
		"quiet_text": _quiet_text(ports, thread, *quiet) if quiet else None,
		"channels": [*possible, "portal"] if thread["party"] else possible,
		"files": their_way.words or None,
		"added": their_way.added,
		"is_picture_message": their_way.is_picture_message,
	}


def _quiet_text(ports: Ports, thread: ThreadRow, until_us: int, zone: ZoneInfo) -> str:
	reader = Reader(zone, locale_of(ports), ports.translate, ports.clock.now_us())
	_ = ports.translate
	name = thread["title"].split()[0] if thread["title"].split() else thread["title"]
	return _("{0}’s quiet hours end at {1}").format(name, time_of_day(until_us, reader))


def check_can_be_answered(ports: Ports, thread: ThreadRow, length: int) -> None:
	"""Raise BadInput if nobody would read an answer, or only the business itself."""
	waiting = thread["unmatched_address"]
	if waiting and not thread["party"] and is_own(ports, Address.of_key(waiting)):
		raise BadInput("This is an address of the business itself. Say first whose conversation this is.")
	check_somebody_reads(ports, thread, length)


def is_own(ports: Ports, address: Address) -> bool:
	"""Return whether an address is the business's, the contractor's or one of their people's."""
	if address.kind == "Email":
		return mail_owner.is_own(ports, address.value)
	return record_call.is_own_number(ports, address.value)


def _why(ports: Ports, route: Route) -> str:
	"""Return the reason without the way, which the words have."""
	ways = (PORTAL_ONLY, *(f"{rule.words.by}: " for rule in ports.rules))
	return next(
		(route.reason.removeprefix(way) for way in ways if route.reason.startswith(way)), route.reason
	)


def _words(translate: Translate, route: Route) -> str:
	_ = translate
	if route.channel is None:
		return _("Stays in the portal")
	if route.channel == "SMS":
		return _("Text to {0}").format(readable_phone(route.address))
	return _("E-mail to {0}").format(route.address)
