"""A customer wants to cancel, or another time: people are told, and nothing is changed."""

from customer_thread.domain.automations.answer_lines import APPOINTMENT, change_line, when_words
from customer_thread.domain.automations.answers import is_opt_out_too
from customer_thread.domain.automations.questions import PlannedTime
from customer_thread.domain.forwarded import name_in_text
from customer_thread.domain.limits import CHANGE_ALERT_SECONDS
from customer_thread.domain.schedule.agenda import split
from customer_thread.domain.thread.keys import source_key
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.times import SECOND
from customer_thread.domain.wording import Reader
from customer_thread.service.automations.office import office_reader, write_to_office
from customer_thread.service.automations.question import asked_in, what_became_of
from customer_thread.service.automations.quoted import quoted
from customer_thread.service.ports import Ports
from customer_thread.store.rows import ThreadRow
from customer_thread.store.threads import party_of

#: of these the customer knows already that they do not take place
_OFF = ("Cancelled", "Gone")


def alert_change(ports: Ports, thread: ThreadRow, entry: int, new: NewEntry) -> None:
	"""Tell the contractor, by a line and the bell, that a customer wants to cancel or to move what is planned.

	Not where nothing is planned, and nothing was asked of late: then it is a message like any other.
	"""
	about = _about(ports, thread)
	if about is None:
		return
	is_opt_out = new.channel == "SMS" and is_opt_out_too(new.text)
	line = change_line(name_in_text(thread["title"]), quoted(new.text), about, is_opt_out=is_opt_out)
	period = ports.clock.now_us() // (CHANGE_ALERT_SECONDS * SECOND)
	key = source_key("change", f"{thread['name']}:{period}:{'opt-out' if is_opt_out else 'wish'}")
	ports.bell.ring(entry)
	write_to_office(ports, thread, entry, line.worded(ports.translator("")), key)


def _about(ports: Ports, thread: ThreadRow) -> str | None:
	"""Return when what she may mean takes place, in words; None if there is nothing."""
	for row in asked_in(ports, thread):
		question = what_became_of(ports, thread, row)
		is_planned = question.state not in _OFF and (question.state != "Over" or question.is_recent)
		if is_planned:
			reader = office_reader(ports, question.cause.current)
			return when_words(question.place, reader) if question.place else APPOINTMENT
	return _next(ports, thread, office_reader(ports, None))


def _next(ports: Ports, thread: ThreadRow, reader: Reader) -> str | None:
	"""Return when the customer's next appointment or visit is, of those that still are to be."""
	party = party_of(thread)
	coming, _past = split(ports.documents.planned(party, reader.now_us) if party else [], reader)
	planned = next((one for one in coming if one.state == "Open"), None)
	if planned is None:
		return None
	if planned.starts_us is not None:
		return when_words(PlannedTime(planned.starts_us, planned.starts_us), reader)
	return when_words(PlannedTime(reader.now_us, reader.now_us, planned.day), reader)
