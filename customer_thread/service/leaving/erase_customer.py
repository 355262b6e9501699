"""A manager has a customer erased: at once nobody's conversation, and empty as soon as a worker has gone through it."""

from customer_thread.domain.errors import BadInput, Conflict
from customer_thread.domain.limits import ERASED_AT_ONCE
from customer_thread.domain.model import Address
from customer_thread.domain.wording import short_date
from customer_thread.domain.words import clean, preview
from customer_thread.service.ports import Ports
from customer_thread.service.reading.reader import info_of, reader_of
from customer_thread.service.thread.refuse_erased import seal
from customer_thread.store import (
	consents,
	contact_points,
	erasing,
	erasures,
	sign_ins,
	threads,
)
from customer_thread.store.leaving_rows import ErasureRow
from customer_thread.store.rows import ThreadRow


def erase_customer(ports: Ports, thread: ThreadRow, name: str, by: str | None = None) -> ErasureRow:
	"""Begin to erase a conversation and return how far that is; `name`: its title, typed to confirm it.

	From now on it is nobody's: no way leads into it, its links, addresses and devices are forgotten, and what waits
	in it is not sent. What is unmatched of its numbers and addresses goes with it, unless another customer has
	them too. The words go in batches, by `advance_erasure`. Raise BadInput for another name, Conflict for one that
	was erased already.
	"""
	held = threads.require_held(ports.database, thread["name"])
	if held["erased_us"]:
		raise Conflict("This conversation was erased already.")
	if " ".join(clean(name).split()) != " ".join(held["title"].split()):
		raise BadInput("Type the name exactly as it stands here: {0}", held["title"])
	now_us = ports.clock.now_us()
	# while it is known whose pages show it
	ports.live.changed(held["name"])
	own = _own_addresses(ports, held)
	party = threads.party_of(held)
	for owner in (*own, *((party,) if party else ())):
		seal(ports, owner, now_us)
	_forget_answers(ports, held)
	title = _title(ports, held)
	for other in _waiting_of(ports, held, own):
		erasing.let_follow(ports.database, other, held["name"])
	for part in erasing.threads_of(ports.database, held["name"]):
		tokens = ports.ids.token(), ports.ids.token()
		erasing.close(ports.database, part, title, tokens, now_us)
		contact_points.remove_of_thread(ports.database, part)
		sign_ins.remove_of_thread(ports.database, part)
		ports.bell.forget(part)
	_forget_addresses(ports, own)
	if party:
		ports.traces.of_party(party)
	ports.queue.run_soon("erase")
	return erasures.start(ports.database, held["name"], by, now_us)


def _own_addresses(ports: Ports, thread: ThreadRow) -> list[Address]:
	"""Return the numbers and addresses of a thread that are no other one's."""
	known = contact_points.of_thread(ports.database, thread["name"])
	if thread["unmatched_address"]:
		known.append(Address.of_key(thread["unmatched_address"]))
	return [
		address
		for address in known
		if set(contact_points.threads_of(ports.database, address)) <= {thread["name"]}
	]


def _waiting_of(ports: Ports, thread: ThreadRow, own: list[Address]) -> list[str]:
	found = (threads.lock_unmatched(ports.database, address.key) for address in own)
	return [row["name"] for row in found if row and row["name"] != thread["name"]]


def _forget_addresses(ports: Ports, own: list[Address]) -> None:
	"""Forget what is kept by a number or address alone: all but that it has said STOP."""
	values = [address.value for address in own]
	erasing.remove(ports.database, consents.CONSENT, erasing.consents_of(ports.database, values))
	erasing.remove(ports.database, sign_ins.SIGN_IN, erasing.links_to(ports.database, values))
	# what was erased has no address any more
	while rows := erasing.sent_to(ports.database, values, ERASED_AT_ONCE):
		for row in rows:
			erasing.erase_delivery(ports.database, row["name"])


def _forget_answers(ports: Ports, thread: ThreadRow) -> None:
	"""Send the contractor no answer any more that names the customer."""
	last = ""
	while answers := erasing.answers_waiting(ports.database, ERASED_AT_ONCE, last):
		for answer in answers:
			if thread["title"] in answer["text"] or f"#{thread['code']}" in answer["text"]:
				erasing.erase_delivery(ports.database, answer["name"])
		last = answers[-1]["name"]


def _title(ports: Ports, thread: ThreadRow) -> str:
	reader = reader_of(ports, thread, info_of(ports.parties, thread))
	day = reader.local(reader.now_us).date()
	words = ports.translate("Erased on {0}").format(short_date(day, reader, weekday=False, year=True))
	return preview(words)
