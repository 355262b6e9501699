"""Whether a machine at the other end answers what a machine at this end said."""

from customer_thread.domain.model import Author, DeliveryChannel
from customer_thread.domain.thread.machines import ROUNDS, Turn, is_loop
from customer_thread.service.ports import Ports
from customer_thread.store import spending
from customer_thread.store.rows import ThreadRow

#: what staff read where such words were not passed on
LOOP = "two machines seem to answer each other: not passed on"


def is_answered_by_machine(
	ports: Ports, thread: ThreadRow, author: Author, entry: int, text: str, channel: DeliveryChannel
) -> bool:
	"""Return whether these words, which came by this channel, go on an exchange of machines.

	`entry` is the words' own, 0 if they are not stored yet.
	"""
	turn = Turn(author, text, ports.clock.now_us(), is_mail=channel == "Email")
	return is_loop(turn, spending.turns(ports.database, thread["name"], entry, 2 * (ROUNDS - 1)))
