"""The customer replies from the page."""

from customer_thread.domain import words
from customer_thread.domain.delivery_states import shown
from customer_thread.domain.thread import keys
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.service.outgoing.forward import forward_reply
from customer_thread.service.outgoing.retry_delivery import requeue
from customer_thread.service.ports import Ports
from customer_thread.service.thread.post_entry import post_entry
from customer_thread.store import deliveries, threads


def reply(ports: Ports, thread: str, text: str, client_id: str) -> int:
	"""Store the reply, send it on, and return its entry id.

	The same `client_id` again is the same entry; if that one could not be sent, it is tried again.
	Raise BadInput, TooLarge or NotFound.
	"""
	text = words.message(text)
	client_id = keys.client_id(client_id)
	row = threads.require(ports.database, thread)
	entry = NewEntry(
		kind="Message",
		author="Customer",
		channel="Portal",
		text=text,
		occurred_us=ports.clock.now_us(),
		source_key=keys.source_key("portal", f"{row['name']}:{client_id}"),
		client_id=client_id,
	)
	posted = post_entry(ports, row["name"], entry)
	if posted.is_new:
		forward_reply(ports, row, posted.entry, text)
	else:
		_try_again(ports, posted.entry)
	return posted.entry


def _try_again(ports: Ports, entry: int) -> None:
	states = deliveries.states_of(ports.database, [entry], "Forward")
	if shown(row["state"] for row in states) == "failed":
		for row in deliveries.of_entry(ports.database, entry):
			if row["state"] == "Failed":
				requeue(ports, row)
