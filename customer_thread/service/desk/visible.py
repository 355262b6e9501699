"""Whether the member of staff who asks may see a thread: what they may not see is not there for them."""

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Party
from customer_thread.service.ports import Ports
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.store import deliveries, threads
from customer_thread.store.rows import DeliveryRow, ThreadRow


def visible_thread(ports: Ports, name: str) -> ThreadRow:
	"""Return a thread, or the one it was merged into. Raise NotFound."""
	thread = threads.require(ports.database, name)
	if not threads.is_visible(ports.database, thread["name"], ports.visible()):
		raise NotFound("There is no such thread.")
	if thread["erased_us"]:
		raise NotFound("This conversation was erased.")
	return thread


def visible_party(ports: Ports, party: Party) -> ThreadRow:
	"""Return a customer's or lead's thread, opened if need be. Raise NotFound."""
	thread = open_thread(ports, party)
	if not threads.is_visible(ports.database, thread["name"], ports.visible()):
		raise NotFound("There is no {0} “{1}”.", party.party_type, party.party)
	return thread


def visible_delivery(ports: Ports, name: str) -> DeliveryRow:
	"""Return a delivery. Raise NotFound."""
	row = deliveries.get(ports.database, name)
	if row and row["thread"]:
		visible_thread(ports, row["thread"])
	elif row is None or ports.visible():
		# an answer to the contractor, in which any customer may be named
		raise NotFound("There is no such delivery.")
	return row
