"""A customer has said yes to what was asked."""

from dataclasses import replace

from customer_thread.domain.automations.answer_lines import (
	APPOINTMENT,
	card_title,
	confirmed_line,
	when_words,
)
from customer_thread.domain.cards.new_event import CONFIRMED, NewEvent
from customer_thread.domain.forwarded import name_in_text
from customer_thread.domain.thread.keys import source_key
from customer_thread.service.automations.office import office_reader, write_to_office
from customer_thread.service.automations.question import Asked
from customer_thread.service.cards.record_event import record_event
from customer_thread.service.ports import Ports
from customer_thread.store import scheduled_messages
from customer_thread.store.rows import ThreadRow


def confirm_question(ports: Ports, thread: ThreadRow, question: Asked, entry: int) -> Asked:
	"""Mark an open question's appointment as confirmed, with its card and a line to the contractor; once.

	Return the question: open as it was, or confirmed where somebody else's yes came first.
	"""
	name, now_us = question.row["name"], ports.clock.now_us()
	if not scheduled_messages.confirm(ports.database, name, now_us):
		return replace(question, state="Confirmed")
	ports.documents.confirm(question.reference, now_us)
	reader = office_reader(ports, question.cause.current)
	when = when_words(question.place, reader) if question.place else ""
	record_event(
		ports,
		thread,
		NewEvent(
			event_type=CONFIRMED,
			title=card_title(when).worded(reader.translate),
			occurred_us=now_us,
			source_key=f"confirmed {name}",
			url=question.url,
			reference_doctype=question.reference.doctype,
			reference_name=question.reference.name,
		),
	)
	line = confirmed_line(name_in_text(thread["title"]), when or APPOINTMENT).worded(reader.translate)
	write_to_office(ports, thread, entry, line, source_key("confirmed", name))
	return question
