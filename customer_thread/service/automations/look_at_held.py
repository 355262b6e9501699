"""Quiet hours or the sending window are others than they were: what they hold is looked at again, and waits on or leaves."""

from collections.abc import Iterator

from customer_thread.domain.limits import MESSAGES_DUE
from customer_thread.service.ports import Ports
from customer_thread.store import scheduled_messages


def look_at_held(ports: Ports, thread: str) -> None:
	"""Let what is held in a thread be due now; whether it may leave is asked when it is."""
	now_us = ports.clock.now_us()
	for name in scheduled_messages.held_in(ports.database, thread, now_us, MESSAGES_DUE):
		look_again_at(ports, name)


def held_messages(ports: Ports) -> Iterator[str]:
	"""Yield what is held in any thread; each is to be looked at again in a transaction of its own."""
	last = ""
	while names := scheduled_messages.held_anywhere(ports.database, ports.clock.now_us(), MESSAGES_DUE, last):
		yield from names
		last = names[-1]


def look_again_at(ports: Ports, name: str) -> None:
	"""Let one be due now, if it waits still."""
	if scheduled_messages.wait(ports.database, name, {"due_us": ports.clock.now_us()}):
		ports.queue.run_soon("release")
