"""A line from the program itself to the contractor, where they are."""

from customer_thread.domain.limits import FAILURE_LINES
from customer_thread.domain.model import DeliveryChannel
from customer_thread.domain.routing import Route
from customer_thread.domain.times import SECOND
from customer_thread.service.outgoing.forward_to import addresses_of, forward_places
from customer_thread.service.ports import OutgoingChannel, Ports
from customer_thread.store import deliveries, sent_to
from customer_thread.store.rows import ThreadRow

#: what staff read of a line about what a customer answered
_ANSWERED = "a line to the contractor: what a customer answered"
#: what staff read of a line about what went wrong
_WENT_WRONG = "a line to the contractor: a message went wrong, or another way"


def write_to_contractor(ports: Ports, text: str, source_key: str) -> None:
	"""Text the contractor this line, or mail it where they take no texts; the same key again is nothing new."""
	for name, channel in ports.channels.items():
		if address := _address(ports, channel):
			_queue(ports, Route(name, address, "a line to the contractor"), text, source_key)
			return


def write_failure_to_contractor(
	ports: Ports,
	text: str,
	source_key: str,
	wrote_by: DeliveryChannel | None,
	thread: ThreadRow,
	by: str | None = None,
) -> None:
	"""Write the contractor a line about what went wrong, by the channel they wrote by or else as any other line.

	Where the team talks it stands in the thread's own topic.

	`by`: which user wrote it, who is told instead. Once a key, and not more of them than anybody wants to read: a machine may be at the other end.
	"""
	most, seconds = FAILURE_LINES
	own = addresses_of(ports, ports.team.member(by)) if by else {}
	names = sorted(ports.channels, key=lambda name: name != wrote_by)
	for name in names:
		channel = ports.channels[name]
		address = own.get(name, "") or _address(ports, channel)
		if not address:
			continue
		if channel.team_place:
			address = channel.team_place(ports.settings(), thread)
		since = ports.clock.now_us() - seconds * SECOND
		if sent_to.answers_since(ports.database, address, since, _WENT_WRONG) < most:
			of = thread["name"] if channel.team_place else None
			_queue(ports, Route(name, address, _WENT_WRONG), text, source_key, of)
		return


def write_line_of_thread(ports: Ports, thread: ThreadRow, text: str, source_key: str) -> bool:
	"""Write the contractor a line about a thread, and the team where it talks, in the thread's own topic; once a key.

	Return whether any way leads to them.
	"""
	is_told = is_theirs = False
	at = forward_places(ports, thread)
	for name, channel in ports.channels.items():
		address = at.get(name, "") if channel.is_set_up(ports.settings()) else ""
		if not address or (is_theirs and not channel.team_place):
			continue
		of = None
		if channel.team_place:
			address, of = channel.team_place(ports.settings(), thread), thread["name"]
		else:
			is_theirs = True
		_queue(ports, Route(name, address, _ANSWERED), text, f"{source_key}:{name.lower()}", of)
		is_told = True
	return is_told


def _address(ports: Ports, channel: OutgoingChannel) -> str:
	settings = ports.settings()
	return channel.contractor(settings) if channel.is_set_up(settings) else ""


def _queue(ports: Ports, route: Route, text: str, source_key: str, thread: str | None = None) -> None:
	channel = ports.channel(route.channel or "")
	message_id = channel.new_message_id(ports) if channel.new_message_id else ""
	now = ports.clock.now_us()
	if deliveries.queue(
		ports.database,
		"Answer",
		route,
		now,
		thread=thread,
		text=text,
		message_id=message_id,
		source_key=source_key,
	):
		ports.queue.run_soon("deliver")
