"""Find a thread, or open it."""

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Address, Party
from customer_thread.domain.thread import thread_number
from customer_thread.domain.words import preview
from customer_thread.service.ports import Ports
from customer_thread.store import threads
from customer_thread.store.database import Duplicate, Row


def open_thread(ports: Ports, party: Party) -> Row:
	"""Return the thread of a customer or lead. Raise NotFound if the host knows none of that name."""
	known = threads.of_party(ports.database, party)
	if known:
		return known
	info = ports.parties.find(party)
	if info is None:
		raise NotFound(f"There is no {party.party_type} “{party.party}”.")
	values = {"party_type": party.party_type, "party": party.party, "title": preview(info.name)}
	unique = {"party_type": party.party_type, "party": party.party}
	return _insert(ports, values, unique)


def open_unmatched(ports: Ports, address: Address, title: str) -> Row:
	"""Return the thread in which an unknown number or address waits for a person to say whose it is."""
	unique = {"unmatched_address": address.key}
	known = threads.lock_unmatched(ports.database, address.key)
	return known or _insert(ports, {"title": preview(title), **unique}, unique)


def _insert(ports: Ports, values: dict[str, str], unique: dict[str, str]) -> Row:
	"""Insert a thread with a free code, or return the one another writer has just opened."""
	for attempt in range(40):
		# sparse on purpose: a mistyped code should name nobody rather than somebody else
		number = 10 + ports.ids.below(90 * 10 ** (attempt // 4))
		try:
			name = ports.database.insert(
				threads.THREAD,
				{
					**values,
					"code": thread_number.make(number),
					"reply_token": ports.ids.token(),
					"contractor_token": ports.ids.token(),
					"last_us": ports.clock.now_us(),
				},
			)
		except Duplicate:
			raced = ports.database.lock(threads.THREAD, unique)
			if raced:
				return raced
		else:
			opened = threads.get(ports.database, str(name))
			if opened:
				return opened
	raise RuntimeError("no free thread code")
