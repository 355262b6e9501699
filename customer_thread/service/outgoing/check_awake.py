"""Whether a message that its writer takes for one by day would come at night."""

from customer_thread.domain.errors import Conflict
from customer_thread.service.ports import Ports
from customer_thread.store import entries
from customer_thread.store.rows import ThreadRow


def check_awake(ports: Ports, thread: ThreadRow, source_key: str | None) -> None:
	"""Raise Conflict if it is the quiet hours of a thread's customer now.

	What was written before by this `source_key` comes no second time.
	"""
	if source_key and entries.thread_of_source(ports.database, source_key):
		return
	if ports.notices.hold_new_message(ports, thread, False, ports.clock.now_us()):
		raise Conflict("It is the customer’s quiet hours by now. Choose when it is sent, then send it again.")
