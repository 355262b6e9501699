"""A yes to what can not be confirmed any more: the contractor learns of it, and its customer what is true instead."""

from customer_thread.domain.automations.answer_lines import (
	APPOINTMENT,
	asked_words,
	spoken_words,
	truth,
	uncounted_line,
	when_words,
)
from customer_thread.domain.automations.questions import ASKED_AGAIN
from customer_thread.domain.forwarded import name_in_text
from customer_thread.domain.thread.keys import source_key
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.times import DAY
from customer_thread.domain.wording import Reader
from customer_thread.service.automations.office import office_reader, write_to_office
from customer_thread.service.automations.question import Asked
from customer_thread.service.automations.quoted import quoted
from customer_thread.service.outgoing.machines import is_answered_by_machine
from customer_thread.service.outgoing.send_message import send_entry
from customer_thread.service.ports import Ports
from customer_thread.service.reading.reader import info_of, reader_of
from customer_thread.service.thread.in_language import in_thread_language
from customer_thread.store import scheduled_messages
from customer_thread.store.rows import ThreadRow


def write_truth(ports: Ports, thread: ThreadRow, question: Asked, entry: int, new: NewEntry) -> None:
	"""Say to the contractor why a yes counts for nothing, and to its customer what is true; each once a question and day.

	That it is confirmed already the customer hears once. A new time is a question itself.
	"""
	day = ports.clock.now_us() // DAY
	office = office_reader(ports, question.cause.current)
	told = asked_words(question.about_us, office, question.cause.zone) if question.about_us else APPOINTMENT
	now = when_words(question.place, office) if question.place else APPOINTMENT
	line = uncounted_line(question.state, name_in_text(thread["title"]), quoted(new.text), told, now)
	key = source_key("uncounted", f"{question.row['name']}:{question.state.lower()}:{day}")
	write_to_office(ports, thread, entry, line.worded(office.translate), key)
	_answer(ports, thread, question, new, "once" if question.state == "Confirmed" else str(day))


def _answer(ports: Ports, thread: ThreadRow, question: Asked, new: NewEntry, time: str) -> None:
	reader = _customer(ports, thread)
	when = spoken_words(question.place, reader) if question.place else APPOINTMENT
	said = truth(question.state, when)
	if said is None:
		return
	text = said.worded(reader.translate)
	by = next((name for name in ports.channels if name == new.channel), None)
	if by and is_answered_by_machine(ports, thread, "Automated", 0, text, by):
		return
	draft = NewEntry(
		kind="Message",
		author="Automated",
		channel=None,
		text=text,
		occurred_us=reader.now_us,
		source_key=source_key("truth", f"{question.row['name']}:{question.state.lower()}:{time}"),
		# she is there, and what is true now may not be so in the morning
		urgent=True,
	)
	posted = send_entry(ports, thread, draft, wanted=ports.channel(by).rule.asked_as if by else "portal")
	if posted.is_new and question.state == "Moved" and question.place:
		begins_us, key = question.place.begins_us, f"{ASKED_AGAIN}{posted.entry}"
		# the sentence asks about the new time, as a message of its automation would
		scheduled_messages.ask_again(
			ports.database, question.row, posted.entry, begins_us, reader.now_us, key
		)


def _customer(ports: Ports, thread: ThreadRow) -> Reader:
	info = info_of(ports.parties, thread)
	return reader_of(in_thread_language(ports, thread, info), thread, info)
