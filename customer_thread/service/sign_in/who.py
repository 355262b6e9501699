"""Whom a link signs in."""

from dataclasses import dataclass

from customer_thread.domain.model import Address, Party
from customer_thread.domain.people.choice import labels
from customer_thread.domain.sign_in import address_of
from customer_thread.service.ports import PortalReader, Ports
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.store import contact_points, threads
from customer_thread.store.rows import SignInRow, ThreadRow


@dataclass(frozen=True)
class LinkReader:
	"""Somebody who reads a thread, as a link knows them."""

	user: str
	thread: str
	#: the customer's name
	name: str


def reader_for(ports: Ports, thread: ThreadRow, address: Address) -> PortalReader | None:
	"""Return whom a link to this thread signs in that is sent to one of its addresses; None for nobody.

	Who has the address as their own; else the first of the host's list. Who reads for other customers too is signed
	in to all of them: they only if each of these has the address, or it is their own.
	"""
	readers = sorted(readers_in(ports, thread), key=lambda reader: reader.email != address.value)
	own = threads.party_of(thread)
	return next((reader for reader in readers if _is_theirs(ports, reader, address, own)), None)


def signs_in_at(ports: Ports, thread: ThreadRow, user: str, address: Address) -> bool:
	"""Return whether a link that signs one of a thread's readers in may be sent to this address, as in `reader_for`."""
	own = threads.party_of(thread)
	found = (reader for reader in readers_in(ports, thread) if reader.user == user)
	return any(_is_theirs(ports, reader, address, own) for reader in found)


def _is_theirs(ports: Ports, reader: PortalReader, address: Address, own: Party | None) -> bool:
	others = (party for party in ports.parties.parties_of(reader.user) if party != own)
	return reader.email == address.value or all(_has(ports, party, address) for party in others)


def _has(ports: Ports, party: Party, address: Address) -> bool:
	thread = threads.of_party(ports.database, party)
	return thread is not None and thread["name"] in contact_points.threads_of(ports.database, address)


def readers_at(ports: Ports, address: Address) -> list[LinkReader]:
	"""Return one reader of each customer's thread that has this phone or e-mail address, and whose own it is.

	One user of several customers counts once.
	"""
	found: dict[str, LinkReader] = {}
	for name in contact_points.threads_of(ports.database, address):
		thread = threads.get(ports.database, name)
		reader = reader_for(ports, thread, address) if thread else None
		if thread and reader:
			found.setdefault(reader.user, LinkReader(reader.user, thread["name"], thread["title"]))
	for user in ports.parties.users_at(address.value) if address.kind == "Email" else ():
		thread = _first_thread(ports, user) if user not in found else None
		if thread:
			found[user] = LinkReader(user, thread["name"], thread["title"])
	return _told_apart(list(found.values()))


def _first_thread(ports: Ports, user: str) -> ThreadRow | None:
	"""Return the first thread that a user reads, which is opened if none is yet; None if they read nobody's."""
	parties = ports.parties.parties_of(user)
	for party in parties:
		if thread := threads.of_party(ports.database, party):
			return thread
	return next((open_thread(ports, party) for party in parties if ports.parties.find(party)), None)


def readers_of(ports: Ports, link: SignInRow) -> list[LinkReader]:
	"""Return whom a link can sign in now: its user while they read its thread, or all who have its address.

	One that was sent opens nothing once it could not be sent there any more: the number was a wrong one, or its user
	has begun to read for another customer.
	"""
	address = address_of(link["address"])
	if not link["user"]:
		return readers_at(ports, address)
	thread = threads.get(ports.database, link["thread"])
	reader = (
		next((one for one in readers_in(ports, thread) if one.user == link["user"]), None) if thread else None
	)
	if thread is None or reader is None:
		return []
	if address.value and not _is_theirs(ports, reader, address, None):
		return []
	return [LinkReader(reader.user, thread["name"], thread["title"])]


def readers_in(ports: Ports, thread: ThreadRow) -> list[PortalReader]:
	"""Return who reads a thread; nobody reads one that is no customer's yet."""
	if not (thread["party_type"] and thread["party"]):
		return []
	return list(ports.parties.readers(Party(thread["party_type"], thread["party"])))


def _told_apart(readers: list[LinkReader]) -> list[LinkReader]:
	named = dict(labels([(reader.thread, reader.name) for reader in readers]))
	if len({reader.name for reader in readers}) == len(readers):
		return readers
	return [LinkReader(reader.user, reader.thread, named[reader.thread]) for reader in readers]
