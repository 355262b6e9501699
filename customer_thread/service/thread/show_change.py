"""Something in a thread is different, and whoever reads it is to see that."""

from customer_thread.service.ports import Ports
from customer_thread.store import threads


def show_change(ports: Ports, thread: str) -> None:
	"""Let the pages of a thread that are open see that something in it has changed."""
	threads.changed(ports.database, thread)
	ports.live.changed(thread)
