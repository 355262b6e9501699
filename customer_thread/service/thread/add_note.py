"""An internal note. It has no path to any customer."""

from customer_thread.domain import words
from customer_thread.domain.limits import BELL_CHARACTERS
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.thread.keys import source_key
from customer_thread.domain.thread.mentions import mentioned
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
		_alert_mentioned(ports, written)
	return written


def _alert_mentioned(ports: Ports, note: NoteRow) -> None:
	"""Tell those whom a note means by name; who may not see the thread is nobody's name there."""
	if "@" not in note["text"]:
		return
	people, author = ports.team.seeing(note["thread"]), note["author"] or ""
	name = dict(people).get(author, "") or ports.settings().business_name
	said = Phrase("{0} mentioned you: {1}", name, words.preview(note["text"], BELL_CHARACTERS))
	for user in mentioned(note["text"], people):
		if user != author:
			ports.team.alert(user, note["thread"], said, by=author)
