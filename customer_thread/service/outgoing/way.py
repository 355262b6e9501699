"""Which way a message to a thread's customer would take."""

from customer_thread.domain.errors import BadInput
from customer_thread.domain.routing import PORTAL_ONLY, Route, outward
from customer_thread.service.outgoing.reach import business_of, reach_of
from customer_thread.service.ports import Ports
from customer_thread.store.rows import ThreadRow


def way_to(ports: Ports, thread: ThreadRow, length: int, wanted: str = "auto") -> Route:
	"""Return which way a message of `length` characters takes now; its channel is None if it stays in the portal."""
	business = business_of(ports, thread, "Message", length)
	return outward(reach_of(ports, thread), business, length, wanted, ports.rules)


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
