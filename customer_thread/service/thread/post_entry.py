"""Write one line of a thread, once."""

from dataclasses import dataclass

from customer_thread.domain.errors import NotFound, Unavailable
from customer_thread.domain.model import Attachment, Author, Channel, Kind, RemoteAttachment
from customer_thread.domain.thread import unread
from customer_thread.domain.times import stored
from customer_thread.domain.words import preview
from customer_thread.service.ports import Ports
from customer_thread.store import attachments, entries, held_words, threads
from customer_thread.store.database import Duplicate
from customer_thread.store.rows import PlaceRow, ThreadRow


@dataclass(frozen=True)
class NewEntry:
	"""A line to be written. `source_key` makes it happen once; None only where no machine repeats."""

	kind: Kind
	author: Author
	channel: Channel | None
	text: str
	occurred_us: int
	source_key: str | None
	subject: str = ""
	original: str = ""
	quoted: bool = False
	message_id: str = ""
	client_id: str = ""
	event: str | None = None
	call_seconds: int = 0
	sent_by: str | None = None
	attachments: tuple[Attachment | RemoteAttachment, ...] = ()
	#: of the time before anyone read here: it counts as read, and nobody is told
	from_history: bool = False


@dataclass(frozen=True)
class Posted:
	"""The entry's id and thread, and whether it was written just now."""

	entry: int
	thread: str
	is_new: bool


def post_entry(ports: Ports, thread: str, entry: NewEntry) -> Posted:
	"""Write the entry with its pictures and bring its thread up to date; a repeat returns the first one."""
	# held before the entry gets its id: within a thread, ids become visible in their order
	row = threads.lock(ports.database, thread)
	if row and row["merged_into"]:
		# a customer's since it was looked up
		row = threads.lock(ports.database, row["merged_into"])
	if row is None:
		raise NotFound("There is no such thread.")
	try:
		name = entries.insert(ports.database, _values(ports, row, entry))
	except Duplicate:
		known = written_before(ports, entry.source_key or "")
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
	)
	if any(isinstance(item, RemoteAttachment) for item in entry.attachments):
		ports.queue.run_soon("fetch_attachments")
	if not entry.from_history:
		ports.live.changed(row["name"])
	return Posted(name, row["name"], is_new=True)


def written_before(ports: Ports, source_key: str) -> Posted | None:
	"""Return what was written from this source, if anything. Raise Unavailable if only a new transaction sees it."""
	known = entries.by_source(ports.database, source_key)
	if known is None:
		return None
	if entries.get(ports.database, known["thread"], known["name"]) is None:
		# another writer's, since this transaction began to look
		raise Unavailable(ports.translate("We are busy for a moment. Please try again."))
	return Posted(known["name"], known["thread"], is_new=False)


def _values(ports: Ports, thread: ThreadRow, entry: NewEntry) -> dict[str, object]:
	label = thread["title"] if entry.author == "Customer" else ports.settings().business_name
	names = [item.name for item in entry.attachments if isinstance(item, Attachment)]
	said = {"subject": entry.subject or None, "text": entry.text, "original": entry.original or None}
	return {
		**said,
		"thread": thread["name"],
		"kind": entry.kind,
		"author": entry.author,
		"label": preview(label),
		"channel": entry.channel,
		"quoted": int(entry.quoted),
		"search_text": held_words.search_text(said, names),
		"occurred_us": entry.occurred_us,
		"occurred_at": stored(entry.occurred_us),
		"source_key": entry.source_key,
		"message_id": entry.message_id or None,
		"client_id": entry.client_id or None,
		"event": entry.event,
		"call_seconds": entry.call_seconds,
		"sent_by": entry.sent_by,
		"attachments": len(entry.attachments),
		"from_history": int(entry.from_history),
	}


def _attach(ports: Ports, entry: int, position: int, item: Attachment | RemoteAttachment) -> None:
	if isinstance(item, RemoteAttachment):
		attachments.add_remote(ports.database, entry, position, item, ports.clock.now_us())
	else:
		attachments.add(ports.database, entry, position, item, ports.files.save(item))
