"""Write one line of a thread, once."""

from dataclasses import dataclass, replace

from customer_thread.domain.errors import Unavailable
from customer_thread.domain.model import Attachment, KeptAttachment, RemoteAttachment
from customer_thread.domain.thread import unread
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.words import preview
from customer_thread.service.ports import Ports
from customer_thread.service.thread.conceal import conceal
from customer_thread.service.thread.keep_waiting import changed_by
from customer_thread.service.thread.picture_size import picture_size
from customer_thread.service.thread.refuse_erased import refuse_erased
from customer_thread.store import attachments, entries, threads
from customer_thread.store.database import Database, Duplicate
from customer_thread.store.rows import PlaceRow


@dataclass(frozen=True)
class Posted:
	"""The entry's id and thread, and whether it was written just now."""

	entry: int
	thread: str
	is_new: bool


def post_entry(ports: Ports, thread: str, entry: NewEntry) -> Posted:
	"""Write the entry with its pictures and bring its thread up to date; a repeat returns the first one.

	Raise NotFound, or Erased for what is of before its customer was erased.
	"""
	# held before the entry gets its id: within a thread, ids become visible in their order
	row = threads.require_held(ports.database, thread)
	is_live = entry.of_document and not entry.from_history
	refuse_erased(ports, row, entry.occurred_us, entry.source_key, is_live=is_live)
	is_ours = entry.author == "Contractor"
	text, subject, original = conceal(ports, entry.text, entry.subject, entry.original, keeps_links=is_ours)
	entry = replace(entry, text=text, subject=subject, original=original)
	label = row["title"] if entry.author == "Customer" else ports.settings().business_name
	try:
		name = entries.insert(ports.database, row["name"], preview(label), entry)
	except Duplicate:
		known = written_before(ports.database, entry.source_key or "")
		if known is None:
			raise
		return known
	for position, item in enumerate(entry.attachments):
		_attach(ports, name, position, item)
	threads.advance(
		ports.database,
		row,
		PlaceRow(name=name, occurred_us=entry.occurred_us),
		preview(entry.text or entry.subject),
		for_staff=unread.for_staff(entry.kind, entry.author, from_history=entry.from_history),
		for_customer=unread.for_customer(entry.kind, entry.author, from_history=entry.from_history),
		waiting=changed_by(ports.database, row, entry, name),
	)
	if any(isinstance(item, RemoteAttachment) for item in entry.attachments):
		ports.queue.run_soon("fetch_attachments")
	ports.notify(row, name, entry)
	if not entry.from_history:
		ports.live.changed(row["name"])
	if entry.kind == "Message" and entry.author == "Customer" and not entry.from_history:
		ports.automations.answered(ports, row, name, entry)
	if entry.kind != "Event" and not entry.from_history:
		ports.team.settle(row["name"], row["assigned_to"] or "")
	return Posted(name, row["name"], is_new=True)


def written_before(database: Database, source_key: str) -> Posted | None:
	"""Return what was written from this source, if anything. Raise Unavailable if only a new transaction sees it."""
	known = entries.by_source(database, source_key)
	if known is None:
		return None
	if entries.get(database, known["thread"], known["name"]) is None:
		# another writer's, since this transaction began to look
		raise Unavailable("We are busy for a moment. Please try again.")
	return Posted(known["name"], known["thread"], is_new=False)


def _attach(
	ports: Ports, entry: int, position: int, item: Attachment | KeptAttachment | RemoteAttachment
) -> None:
	if isinstance(item, RemoteAttachment):
		attachments.add_remote(ports.database, entry, position, item, ports.clock.now_us())
	elif isinstance(item, KeptAttachment):
		attachments.add_kept(ports.database, entry, position, item)
	else:
		attachments.add(ports.database, entry, position, item, ports.files.save(item), picture_size(item))
