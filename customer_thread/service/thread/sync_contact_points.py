"""A document that names phones and e-mail addresses was saved or deleted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Address, Party
from customer_thread.service.ports import Ports
from customer_thread.service.thread.add_contact_point import add_contact_point
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.service.thread.refuse_erased import erased_since
from customer_thread.store import contact_points, threads
from customer_thread.store.rows import ThreadRow

#: whose addresses a document names; empty for a document that names none any more
Wanted = Mapping[Party, Collection[Address]]


@dataclass(frozen=True)
class Synced:
	"""How many contact points came and went."""

	added: int
	removed: int


def sync_contact_points(ports: Ports, source_doctype: str, source_name: str, wanted: Wanted) -> Synced:
	"""Make the contact points that come from one document exactly these; other documents' are left alone.

	A party that the host does not know is left out.
	"""
	named = {party: _thread(ports, party) for party, addresses in wanted.items() if addresses}
	goal = {
		(thread["name"], address): thread
		for party, thread in named.items()
		if thread
		for address in wanted[party]
	}
	known = contact_points.of_source(ports.database, source_doctype, source_name)
	removed = 0
	# first, so that a number that moves to another customer is nobody else's when it is added
	for row in known:
		if (row["thread"], Address(row["kind"], row["value"])) not in goal:
			contact_points.remove(ports.database, row["name"])
			removed += 1
	held = {(row["thread"], Address(row["kind"], row["value"])) for row in known}
	added = 0
	for key in sorted(goal.keys() - held, key=lambda key: (key[0], key[1].key)):
		added += add_contact_point(ports, goal[key], key[1], source_doctype, source_name)
	return Synced(added, removed)


def _thread(ports: Ports, party: Party) -> ThreadRow | None:
	if threads.of_party(ports.database, party) is None and erased_since(ports, party):
		# an address on file is no word of theirs: only what happens anew opens a conversation again
		return None
	try:
		return open_thread(ports, party)
	except NotFound:
		return None
