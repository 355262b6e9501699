"""A customer has another name now."""

from customer_thread.domain.model import Party
from customer_thread.domain.words import preview
from customer_thread.service.ports import Ports
from customer_thread.service.thread.show_change import show_change
from customer_thread.store import threads


def retitle_thread(ports: Ports, party: Party) -> bool:
	"""Give the party's thread their present name and return whether it had another; what was said keeps the old."""
	row, info = threads.of_party(ports.database, party), ports.parties.find(party)
	if row is None or info is None or row["title"] == preview(info.name):
		return False
	threads.retitle(ports.database, row["name"], preview(info.name))
	show_change(ports, row["name"])
	return True
