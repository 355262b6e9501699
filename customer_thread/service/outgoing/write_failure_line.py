"""The contractor learns where they are of what did not arrive as they wrote it; nothing is said of what did."""

from customer_thread.domain.channels import rule_of
from customer_thread.domain.errors import GatewayError
from customer_thread.domain.failure_line import failure_line, other_way_line
from customer_thread.domain.forwarded import name_in_text
from customer_thread.domain.model import DeliveryChannel
from customer_thread.domain.routing import Route
from customer_thread.domain.thread.keys import came_by, source_key
from customer_thread.domain.times import DAY
from customer_thread.service.outgoing.reach import reach_of
from customer_thread.service.outgoing.way import way_to
from customer_thread.service.outgoing.write_to_contractor import write_failure_to_contractor
from customer_thread.service.ports import Ports
from customer_thread.service.thread.in_language import in_office_language
from customer_thread.store import deliveries, entries, threads
from customer_thread.store.rows import DeliveryRow, ThreadRow


def write_failure_line(ports: Ports, row: DeliveryRow, error: GatewayError) -> None:
	"""Say in one line that a message failed for good, and which other way it goes, by the channel it was written by.

	Once for a message, and once more where the other way fails too. What was written in the Desk is seen there.
	"""
	if row["purpose"] != "Message" or row["channel"] is None:
		return
	entry = entries.words_of(ports.database, row["entry"])
	thread = threads.get(ports.database, row["thread"] or "")
	wrote_by = came_by((entry["source_key"] or "") if entry and entry["author"] == "Contractor" else "")
	if thread is None or wrote_by is None:
		return
	by = entry["sent_by"] if entry else None
	instead = None if row["fallback_of"] else _other_way(ports, row)
	line = failure_line(
		name_in_text(thread["title"]),
		rule_of(row["channel"], ports.rules),
		error,
		rule_of(instead, ports.rules) if instead else None,
		in_office_language(ports).translate,
	)
	try_number = 2 if row["fallback_of"] else 1
	write_failure_to_contractor(
		ports, line, source_key("failure", f"{row['entry']}:{try_number}"), wrote_by, thread, by
	)


def _other_way(ports: Ports, row: DeliveryRow) -> DeliveryChannel | None:
	of_entry = deliveries.of_entry(ports.database, row["entry"])
	return next(
		(one["channel"] for one in of_entry if one["purpose"] == "Message" and one["fallback_of"]), None
	)


def write_other_way_line(
	ports: Ports, thread: ThreadRow, route: Route, wrote_by: DeliveryChannel, by: str | None = None
) -> None:
	"""Say, once a day for a thread, that what was written by one channel goes by another, as that reaches nobody."""
	asked = next((rule for rule in ports.rules if rule.name == wrote_by), None)
	if asked is None:
		# written where the team talks: no way was asked for
		return
	said = reach_of(ports, thread).refusal(asked)
	if route.channel is None or route.channel == wrote_by or said is None:
		return
	way = rule_of(route.channel, ports.rules)
	line = other_way_line(
		name_in_text(thread["title"]), asked, said, way, in_office_language(ports).translate
	)
	day = ports.clock.now_us() // DAY
	write_failure_to_contractor(
		ports, line, source_key("other way", f"{thread['name']}:{day}"), wrote_by, thread, by
	)


def write_turned_off_line(ports: Ports, thread: ThreadRow, said_in: str) -> None:
	"""Say that a customer wants no more texts, and how they are reached from now on; `said_in`: what came from them."""
	if not thread["party"]:
		return
	_ = in_office_language(ports).translate
	way = way_to(ports, thread, 1).channel
	goes = (
		_("What you write goes {0} from now on.").format(rule_of(way, ports.rules).words.by.worded(_))
		if way
		else _("What you write stays in the portal from now on.")
	)
	line = _("{0} has turned texts off (STOP). {1}").format(name_in_text(thread["title"]), goes)
	write_failure_to_contractor(ports, line, source_key("turned off", said_in.lower()), None, thread)
