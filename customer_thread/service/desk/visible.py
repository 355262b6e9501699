"""Whether the member of staff who asks may see a thread: what they may not see is not there for them."""

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Party
from customer_thread.service.ports import Ports
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.store import threads
from customer_thread.store.rows import ThreadRow


def visible_thread(ports: Ports, name: str) -> ThreadRow:
	"""Return a thread, or the one it was merged into. Raise NotFound."""
	thread = threads.require(ports.database, name)
	if not threads.is_visible(ports.database, thread["name"], ports.visible()):
		raise NotFound("There is no such thread.")
	return thread


def visible_party(ports: Ports, party: Party) -> ThreadRow:
	"""Return a customer's or lead's thread, opened if need be. Raise NotFound."""
	thread = open_thread(ports, party)
	if not threads.is_visible(ports.database, thread["name"], ports.visible()):
		raise NotFound("There is no {0} “{1}”.", party.party_type, party.party)
	return thread
