"""An internal note. It has no path to any customer."""

from customer_thread.domain import words
from customer_thread.domain.thread.keys import source_key
from customer_thread.service.ports import Ports
from customer_thread.service.thread.conceal import conceal
from customer_thread.store import notes
from customer_thread.store.rows import NoteRow, ThreadRow


def add_note(
	ports: Ports, thread: ThreadRow, text: str, *, author: str | None, source: str = ""
) -> NoteRow | None:
	"""Write the note and return it; a repeat of the same `source` writes nothing and returns None."""
	key = source_key("note", source.lower()) if source else None
	written = notes.add(
		ports.database,
		thread["name"],
		words.message(conceal(ports, text)[0]),
		author,
		ports.clock.now_us(),
		key,
	)
	if written:
		ports.live.changed_for_staff(thread["name"])
	return written
