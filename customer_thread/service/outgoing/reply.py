"""The customer replies from the page."""

from customer_thread.domain import words
from customer_thread.domain.limits import REPLIES_PER_HOUR
from customer_thread.domain.thread import keys
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.times import HOUR
from customer_thread.service.outgoing.forward import route_of_reply, too_many
from customer_thread.service.outgoing.queue_delivery import queue_delivery
from customer_thread.service.outgoing.retry_delivery import requeue
from customer_thread.service.outgoing.show_team import show_team
from customer_thread.service.ports import Ports
from customer_thread.service.thread.conceal import conceal
from customer_thread.service.thread.post_entry import post_entry, written_before
from customer_thread.store import deliveries, entries, threads
from customer_thread.store.rows import ThreadRow


def reply(ports: Ports, thread: str, text: str, client_id: str) -> int:
	"""Store the reply, send it on, and return its entry id.

	The same `client_id` again is the same entry; if that one could not be sent, it is tried again.
	Raise BadInput, TooLarge, TooMany or NotFound.
	"""
	[text] = conceal(ports, words.message(text))
	client_id = keys.client_id(client_id)
	row = threads.require(ports.database, thread)
	source_key = keys.source_key("portal", f"{row['name']}:{client_id}")
	# asked without a lock: one on a row that is not there keeps every other writer of such a row out (InnoDB)
	seen = entries.thread_of_source(ports.database, source_key)
	known = written_before(ports.database, source_key) if seen else None
	if known:
		_try_again(ports, known.entry)
		return known.entry
	_check_rate(ports, row)
	route = route_of_reply(ports, row, text)
	entry = NewEntry(
		kind="Message",
		author="Customer",
		channel="Portal",
		text=text,
		occurred_us=ports.clock.now_us(),
		source_key=source_key,
		client_id=client_id,
	)
	posted = post_entry(ports, row["name"], entry)
	if posted.is_new:
		queue_delivery(ports, row, posted.entry, "Forward", route, text)
		show_team(ports, row, posted.entry, text)
		if route.channel is None:
			ports.bell.ring(posted.entry)
	return posted.entry


def _check_rate(ports: Ports, thread: ThreadRow) -> None:
	since = ports.clock.now_us() - HOUR
	if entries.replies_since(ports.database, thread["name"], since, REPLIES_PER_HOUR) >= REPLIES_PER_HOUR:
		raise too_many(ports)


def _try_again(ports: Ports, entry: int) -> None:
	states = deliveries.states_of(ports.database, [entry], "Forward")
	if any(row["state"] == "Failed" for row in states):
		for row in deliveries.of_entry(ports.database, entry):
			if row["state"] == "Failed" and not deliveries.went_otherwise(ports.database, row):
				requeue(ports, row)
