"""A lead became a customer, or two customers became one."""

from customer_thread.domain.model import Address, Party
from customer_thread.domain.words import preview
from customer_thread.service.ports import Ports
from customer_thread.service.thread.assign_thread import join_threads
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.service.thread.refuse_erased import follow_seal
from customer_thread.service.thread.show_change import show_change
from customer_thread.service.thread.trust_address import trust_address
from customer_thread.store import (
	calendars,
	contact_points,
	events,
	notes,
	preferences,
	sign_ins,
	subscriptions,
	threads,
)
from customer_thread.store.rows import ThreadRow


def hand_over_thread(ports: Ports, old: Party, new: Party) -> ThreadRow | None:
	"""Make what was the old party's the new one's and return the thread; None if the old one had none.

	The new party's own thread, if they have one, takes everything in at its own times. Doing it again changes
	nothing. Raise NotFound if the host does not know the new party.
	"""
	follow_seal(ports, old, new)
	source = threads.of_party(ports.database, old)
	if source is None or (source["party_type"], source["party"]) != (old.party_type, old.party):
		return None
	info = ports.parties.find(new)
	goal = threads.of_party(ports.database, new)
	if goal is None and info:
		threads.hand_over(ports.database, source["name"], new, preview(info.name))
		show_change(ports, source["name"])
		return threads.get(ports.database, source["name"])
	goal = goal or open_thread(ports, new)
	join_threads(ports, source["name"], goal["name"])
	for row in contact_points.in_thread(ports.database, source["name"]):
		contact_points.remove(ports.database, row["name"])
		address = Address(row["kind"], row["value"])
		contact_points.add(ports.database, goal["name"], address, row["source_doctype"], row["source_name"])
		if row["trust"]:
			trust_address(ports, goal["name"], address, row["trust"], row["trust_by"])
	return threads.get(ports.database, goal["name"])


def drop_empty_thread(ports: Ports, party: Party) -> bool:
	"""Remove the thread of a party that is deleted if nothing was ever said in it; return whether it was."""
	row = threads.of_party(ports.database, party)
	if row is None or (row["party_type"], row["party"]) != (party.party_type, party.party):
		return False
	held = threads.lock(ports.database, row["name"])
	if held is None or held["last_entry"] or threads.is_joined(ports.database, row["name"]):
		return False
	if notes.are_in(ports.database, row["name"]) or events.are_in(ports.database, row["name"]):
		return False
	contact_points.remove_of_thread(ports.database, row["name"])
	preferences.remove_of_thread(ports.database, row["name"])
	sign_ins.remove_of_thread(ports.database, row["name"])
	subscriptions.remove_of_thread(ports.database, row["name"])
	calendars.remove_of_thread(ports.database, row["name"])
	threads.remove(ports.database, row["name"])
	return True
