"""What was said last in a thread, for a phone."""

from customer_thread.domain.bot.lines import line_of
from customer_thread.domain.limits import BOT_LINES
from customer_thread.service.outgoing.words_to_send import with_attachment_hint
from customer_thread.service.ports import Ports
from customer_thread.store import entries


def last_lines(ports: Ports, thread: str) -> str:
	"""Return the latest messages of a thread, a line each, the oldest first; an empty string if there are none.

	Notes stand elsewhere and are never among them.
	"""
	rows = [row for row in entries.older(ports.database, thread, 10 * BOT_LINES) if row["kind"] == "Message"]
	lines = []
	for row in rows[:BOT_LINES]:
		said = with_attachment_hint(ports.translate, row["text"] or row["subject"], row["attachments"])
		lines.append(line_of(row["label"], said))
	return "\n".join(reversed(lines))
