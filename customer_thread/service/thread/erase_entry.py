"""Privacy law has a message removed: its words and pictures go, its place in the thread stays."""

from customer_thread.domain.bot.lines import known_by
from customer_thread.domain.errors import BadInput, Conflict, NotFound
from customer_thread.domain.wording import short_date
from customer_thread.domain.words import message, preview
from customer_thread.service.ports import Ports
from customer_thread.service.reading.reader import info_of, reader_of
from customer_thread.service.thread.keep_waiting import reckon
from customer_thread.service.thread.show_change import show_change
from customer_thread.store import attachments, deliveries, entries, notes, notices, sent_to, threads
from customer_thread.store.rows import DeliveryRow, EntryTextRow, ThreadRow

REASON_LIMIT = 500
#: why what waited is not sent
REMOVED = "the message was removed"


def erase_entry(ports: Ports, entry: int, reason: str, by: str | None = None) -> str:
	"""Leave "Message removed on …" of a message and return that; a note says who did it and why.

	What was sent cannot be called back; what waits to be sent is not sent. Raise BadInput, NotFound, or Conflict
	if it was removed already.
	"""
	why = message(reason)
	if len(why) > REASON_LIMIT:
		raise BadInput("The reason is too long: at most {0} characters, please.", REASON_LIMIT)
	words = entries.words_of(ports.database, entry)
	thread = threads.lock(ports.database, words["thread"]) if words else None
	row = entries.lock(ports.database, entry)
	if words is None or thread is None or row is None:
		raise NotFound("This message is not there.")
	if row["kind"] != "Message":
		raise BadInput("Only a message can be removed: cards and calls hold nobody's words.")
	if row["erased_us"]:
		raise Conflict("This message was removed already.")
	left = words_left_behind(ports, thread)
	_erase_files(ports, entry)
	_erase_words(ports, entry, left)
	_erase_answers(ports, words)
	if thread["last_us"] == row["occurred_us"]:
		threads.set_preview(ports.database, thread["name"], preview(left))
	reckon(ports.database, thread["name"])
	show_change(ports, thread["name"])
	for told_of in (thread["name"], *threads.merged_into(ports.database, thread["name"])):
		ports.bell.forget(told_of)
	_ = ports.translate
	log = f"{_('Message {0} was removed.').format(entry)} {why}"
	notes.add(ports.database, thread["name"], log, by, ports.clock.now_us(), f"erase:{entry}")
	return left


def words_left_behind(ports: Ports, thread: ThreadRow) -> str:
	"""Return what stands in the place of a message that is removed today."""
	reader = reader_of(ports, thread, info_of(ports.parties, thread))
	day = reader.local(reader.now_us).date()
	return ports.translate("Message removed on {0}").format(short_date(day, reader, weekday=False, year=True))


def _erase_files(ports: Ports, entry: int) -> None:
	for file in attachments.ready_files(ports.database, entry):
		ports.files.remove(file["file"])
	attachments.remove(ports.database, entry)


def _erase_words(ports: Ports, entry: int, left: str) -> None:
	entries.erase(ports.database, entry, left, ports.clock.now_us())
	for delivery in deliveries.of_entry(ports.database, entry):
		_erase_digest(ports, delivery)
		deliveries.erase(ports.database, delivery["name"])
		deliveries.skip(ports.database, delivery["name"], REMOVED)


def _erase_answers(ports: Ports, words: EntryTextRow) -> None:
	"""Forget what the bot showed of the words; an answer that waits is not sent."""
	known = known_by(words["text"] or words["subject"])
	for answer in sent_to.answers_with(ports.database, known, words["occurred_us"]) if known else ():
		deliveries.erase(ports.database, answer)
		deliveries.skip(ports.database, answer, REMOVED)


def _erase_digest(ports: Ports, delivery: DeliveryRow) -> None:
	"""Forget the words of a notice that told of others, too; one that has not left tells of these without it."""
	if delivery["purpose"] != "Notice":
		return
	carrier = deliveries.lock(ports.database, delivery["carried_by"] or delivery["name"])
	if carrier is None:
		return
	if carrier["state"] in ("Queued", "Held") and not carrier["unsure_since_us"]:
		notices.part_again(ports.database, carrier["name"], ports.clock.now_us())
		ports.queue.run_soon("release")
	else:
		deliveries.erase(ports.database, carrier["name"])
