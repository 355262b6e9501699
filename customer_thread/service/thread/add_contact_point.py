"""A phone or e-mail is known to be a customer's."""

from customer_thread.domain.model import Address
from customer_thread.service.ports import Ports
from customer_thread.service.thread.assign_thread import assign_thread
from customer_thread.store import contact_points, threads
from customer_thread.store.rows import ThreadRow


def add_contact_point(
	ports: Ports, thread: ThreadRow, address: Address, source_doctype: str, source_name: str
) -> bool:
	"""Note the address and return whether that is new.

	What an unknown number had texted before becomes part of the thread, if the number is nobody else's. Mails
	wait for a person: anyone can write any sender on a mail.
	"""
	if not contact_points.add(ports.database, thread["name"], address, source_doctype, source_name):
		return False
	if address.kind == "Phone" and contact_points.threads_of(ports.database, address) == [thread["name"]]:
		waiting = threads.lock_unmatched(ports.database, address.key)
		if waiting:
			assign_thread(ports, waiting, thread)
	return True
