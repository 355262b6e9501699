"""Somebody of the office wants to hear no more of an unknown number or address, or does again."""

from customer_thread.domain.errors import Conflict
from customer_thread.service.desk.give_thread import hold_unmatched
from customer_thread.service.ports import Ports
from customer_thread.service.thread.show_change import show_change
from customer_thread.store import contact_points, threads
from customer_thread.store.rows import ThreadRow


def block_thread(ports: Ports, thread: ThreadRow, by: str | None) -> None:
	"""Tell nobody of what comes in an unmatched thread from now on; all of it is kept. Again changes nothing.

	Raise Conflict if it is somebody's, or its number or address is on file with somebody.
	"""
	address = hold_unmatched(ports, thread)
	if contact_points.threads_of(ports.database, address):
		raise Conflict(
			"{0} is on file with a customer, who can't be blocked. Say whose this is.", address.value
		)
	_set(ports, thread["name"], ports.clock.now_us(), by)


def unblock_thread(ports: Ports, thread: ThreadRow) -> None:
	"""Tell of what comes there again; what came meanwhile is unread and waits. Raise Conflict if it is somebody's."""
	hold_unmatched(ports, thread)
	_set(ports, thread["name"], 0, None)


def _set(ports: Ports, name: str, since_us: int, by: str | None) -> None:
	row = threads.require_held(ports.database, name)
	if bool(row["blocked_us"]) is not bool(since_us):
		threads.set_blocked(ports.database, name, since_us, by)
		show_change(ports, name)
