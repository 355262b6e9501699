"""Which way a message to a thread's customer would take."""

from collections.abc import Iterable

from customer_thread.domain.errors import BadInput
from customer_thread.domain.routing import PORTAL_ONLY, Route, outward
from customer_thread.service.outgoing.reach import business_of, reach_of
from customer_thread.service.ports import Ports
from customer_thread.store.rows import ThreadRow


def way_to(ports: Ports, thread: ThreadRow, length: int, wanted: str = "auto") -> Route:
	"""Return which way a message of `length` characters takes now; its channel is None if it stays in the portal."""
	[way] = ways_to(ports, thread, length, [wanted])
	return way


def ways_to(ports: Ports, thread: ThreadRow, length: int, asked_for: Iterable[str]) -> list[Route]:
	"""Return the way that `way_to` would for each of these."""
	business, reach = business_of(ports, thread, "Message", length), reach_of(ports, thread)
	return [outward(reach, business, length, wanted, ports.rules) for wanted in asked_for]


def check_channel(ports: Ports, wanted: str) -> None:
	"""Raise BadInput for what no caller can ask for."""
	channels = ("auto", *(rule.asked_as for rule in ports.rules), "portal")
	if wanted not in channels:
		raise BadInput("channel must be one of {0}.", ", ".join(channels))


def check_somebody_reads(ports: Ports, thread: ThreadRow, length: int, wanted: str = "auto") -> None:
	"""Raise BadInput if a message would stay in a portal that is nobody's: of an unmatched thread no one sees it."""
	if thread["party"]:
		return
	if wanted == "portal":
		raise BadInput("This conversation has no portal yet. Say first whose it is.")
	way = way_to(ports, thread, length, wanted)
	if way.channel is None:
		why = way.reason.removeprefix(PORTAL_ONLY)
		raise BadInput("No answer reaches this address ({0}). Say first whose conversation this is.", why)
