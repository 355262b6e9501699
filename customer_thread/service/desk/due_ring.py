"""What the bell of the Desk says of a message that reached nobody of the business."""

from dataclasses import dataclass

from customer_thread.domain.limits import BELL_CHARACTERS
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.words import preview
from customer_thread.service.ports import Ports
from customer_thread.store import entries, threads
from customer_thread.store.rows import EntryTextRow


@dataclass(frozen=True)
class DueRing:
	"""What is to be said, and of which thread."""

	thread: str
	said: Phrase


def due_ring(ports: Ports, entry: int) -> DueRing | None:
	"""Return what to say of an entry, which counts as said from then on; None if nobody needs to hear it.

	That is so once the bell has rung for it or for a later one of its thread, and once staff have read it.
	"""
	words = entries.words_of(ports.database, entry)
	row = threads.lock(ports.database, words["thread"]) if words else None
	if row is None or words is None or entry <= max(row["rung_upto"], row["contractor_read_upto"]):
		return None
	threads.note_rung(ports.database, row["name"], entry)
	return DueRing(row["name"], _said(row["title"], words))


def _said(who: str, entry: EntryTextRow) -> Phrase:
	text = preview(entry["text"] or entry["subject"], BELL_CHARACTERS)
	return Phrase("{0} wrote: {1}", who, text) if text else Phrase("{0} sent a picture or file", who)
