"""Find a thread, or open it."""

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Address, Party
from customer_thread.domain.thread import thread_number
from customer_thread.domain.words import preview
from customer_thread.service.ports import Ports
from customer_thread.service.thread.refuse_erased import erased_since, refuse_stranger
from customer_thread.store import threads
from customer_thread.store.rows import ThreadRow


def open_thread(ports: Ports, party: Party) -> ThreadRow:
	"""Return the thread of a customer or lead. Raise NotFound if the host knows none of that name."""
	known = threads.of_party(ports.database, party)
	if known:
		return known
	info = ports.parties.find(party)
	if info is None:
		raise NotFound("There is no {0} “{1}”.", party.party_type, party.party)
	return _insert(ports, party, info.name)


def open_unmatched(
	ports: Ports, address: Address, title: str, at_us: int | None = None, source_key: str = ""
) -> ThreadRow:
	"""Return the thread in which an unknown number or address waits for a person to say whose it is.

	It is opened for what was said `at_us` and has this key. Raise Erased if that is not taken in again.
	"""
	known = threads.lock_unmatched(ports.database, address.key)
	if known:
		return known
	if at_us is not None:
		refuse_stranger(ports, address, at_us, source_key)
	return _insert(ports, address, title)


def _insert(ports: Ports, owner: Party | Address, title: str) -> ThreadRow:
	"""Insert a thread with a free number, or return the one another writer has just opened."""
	since_us = erased_since(ports, owner)
	for attempt in range(40):
		# sparse on purpose: a mistyped number should name nobody rather than somebody else
		number = thread_number.make(10 + ports.ids.below(90 * 10 ** (attempt // 4)))
		tokens = ports.ids.token(), ports.ids.token()
		opened = threads.insert(
			ports.database, owner, preview(title), number, tokens, ports.clock.now_us(), since_us
		)
		if opened:
			return opened
	raise RuntimeError("no free thread number")
