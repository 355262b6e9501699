"""Who works with threads is told, once, that a customer waits too long for an answer."""

from collections.abc import Iterable

from customer_thread.domain.forwarded import name_in_text
from customer_thread.domain.limits import ALERT_AFTER_HOURS, ALERTS_AT_ONCE, FAILURE_LINES
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.routing import Route
from customer_thread.domain.thread.keys import source_key
from customer_thread.domain.times import SECOND
from customer_thread.domain.too_long import ASSIGNEE, MANAGERS, next_us, not_before_us, who_is_next
from customer_thread.service.outgoing.forward_to import addresses_of, whose_turn
from customer_thread.service.outgoing.write_to_contractor import write_to_contractor
from customer_thread.service.ports import Ports
from customer_thread.service.team import Member
from customer_thread.service.thread.in_language import in_office_language
from customer_thread.store import deliveries, sent_to, waits
from customer_thread.store.rows import ThreadRow

#: what staff read of such a line
_WAITS = "a line to the team: a customer waits"


def due_waits(ports: Ports) -> list[str]:
	"""Return the threads of which somebody may have to be told now, some at a time."""
	return waits.overdue(ports.database, ports.clock.now_us(), ALERTS_AT_ONCE)


def alert_waiting(ports: Ports, name: str) -> None:
	"""Tell the next one that a thread's customer waits, by bell and phone, or note when to look again.

	Whose turn it is comes first, then the managers; where nobody is left, it is over until the customer waits anew.
	"""
	now_us, hours = ports.clock.now_us(), ports.settings().working_hours
	found = waits.hold(ports.database, name)
	if found is None:
		return
	row, wait = found
	if not row["waiting_us"] or not 0 < wait["alert_us"] <= now_us or row["snoozed_us"] > now_us:
		return
	later_us = not_before_us(hours, now_us, row["waiting_us"], wait["alerted"])
	if later_us > now_us:
		waits.note(ports.database, row["name"], wait["alerted"], later_us)
		return
	member = whose_turn(ports, row)
	if who_is_next(wait["alerted"], is_someones=member is not None) == "assignee" and member:
		_alert(ports, row, wait["alerted"], [member])
		waits.note(ports.database, row["name"], ASSIGNEE, next_us(hours, now_us))
		return
	managers = ports.team.managers(row["name"])
	_alert(ports, row, wait["alerted"], managers)
	if not any(manager.phone for manager in managers):
		write_to_contractor(ports, _line(ports, row), _key(row, wait["alerted"], "contractor"))
	waits.note(ports.database, row["name"], MANAGERS, 0)


def _alert(ports: Ports, row: ThreadRow, alerted: int, members: Iterable[Member]) -> None:
	now_us, (most, seconds) = ports.clock.now_us(), FAILURE_LINES
	said = Phrase(
		"{0} has waited for an answer for more than {1} working hours", row["title"], ALERT_AFTER_HOURS
	)
	for member in members:
		ports.team.alert(member.user, row["name"], said)
		address = addresses_of(ports, member).get("SMS", "")
		since_us = now_us - seconds * SECOND
		if not address or sent_to.answers_since(ports.database, address, since_us, _WAITS) >= most:
			continue
		text, key = _line(ports, row), _key(row, alerted, address)
		if deliveries.queue(
			ports.database, "Answer", Route("SMS", address, _WAITS), now_us, text=text, source_key=key
		):
			ports.queue.run_soon("deliver")


def _line(ports: Ports, row: ThreadRow) -> str:
	said = Phrase(
		"{0} has waited for an answer for more than {1} working hours (#{2})",
		name_in_text(row["title"]),
		ALERT_AFTER_HOURS,
		row["code"],
	)
	return said.worded(in_office_language(ports).translate)


def _key(row: ThreadRow, alerted: int, to: str) -> str:
	return source_key("waits", f"{row['name']}:{row['waiting_us']}:{alerted}:{to}")
