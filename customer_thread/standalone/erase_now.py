"""Erase a customer from the command line: begun, and done as far as nothing of theirs is on its way out."""

from customer_thread.domain.model import Party
from customer_thread.service.leaving.advance_erasure import advance_erasure
from customer_thread.service.leaving.erase_customer import erase_customer
from customer_thread.standalone.wiring import Host
from customer_thread.store import erasures, threads
from customer_thread.store.leaving_rows import ErasureRow


def erase_now(host: Host, customer: str, name: str) -> ErasureRow:
	"""Erase a customer and return how far that is; what is not done yet the server goes on with.

	Raise NotFound, Conflict, or BadInput for another name than theirs.
	"""
	with host.database.transaction():
		thread = threads.require_of(host.database, Party("Customer", customer))
		run = erase_customer(host.ports, thread, name)
	has_more = True
	while has_more:
		with host.database.transaction():
			has_more = advance_erasure(host.ports)
	host.database.empty_log()
	return erasures.of_thread(host.database, run["thread"]) or run
