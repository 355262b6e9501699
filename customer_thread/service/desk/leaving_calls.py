"""The calls `customer_thread.api.desk.*` by which a customer leaves: for managers alone."""

from typing import TypedDict

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Party
from customer_thread.domain.times import iso
from customer_thread.service.answers import HttpAnswer
from customer_thread.service.calls import Calls
from customer_thread.service.desk.export_thread import export_thread
from customer_thread.service.desk.visible import visible_thread
from customer_thread.service.leaving.erase_customer import erase_customer
from customer_thread.service.params import Params
from customer_thread.service.ports import Ports
from customer_thread.store import erasures, threads
from customer_thread.store.leaving_rows import ErasureRow
from customer_thread.store.rows import ThreadRow

LEAVING_CALLS = Calls()


class ErasureView(TypedDict):
	"""How far an erasure is."""

	thread: str
	#: running, done
	state: str
	#: how many entries are erased by now
	entries: int
	asked_at: str
	#: null: not yet
	done_at: str | None


def erasure_view(row: ErasureRow) -> ErasureView:
	"""Return how far an erasure is, as staff see it."""
	return {
		"thread": row["thread"],
		"state": row["state"].lower(),
		"entries": row["entries"],
		"asked_at": iso(row["asked_us"]),
		"done_at": iso(row["done_us"]) if row["done_us"] else None,
	}


def leaving_thread(ports: Ports, params: Params) -> ThreadRow:
	"""Return the thread that is named, or the customer's, which is not opened for it. Raise NotFound."""
	name = params.text("thread", "")
	if not name:
		name = threads.require_of(ports.database, Party("Customer", params.text("customer")))["name"]
	return visible_thread(ports, name)


@LEAVING_CALLS.post_call("erase", "customer thread name")
def erase(ports: Ports, params: Params) -> ErasureView:
	"""Begin to erase a conversation; `name`: its title, typed to confirm it."""
	thread = leaving_thread(ports, params)
	return erasure_view(erase_customer(ports, thread, params.text("name"), params.asked_by))


@LEAVING_CALLS.get_call("erasure", "thread")
def erasure(ports: Ports, params: Params) -> ErasureView:
	"""Return how far the erasure of a conversation is."""
	found = erasures.of_thread(ports.database, params.text("thread"))
	# nobody's from then on, so that by its thread only they see it who see everything
	if found is None or (ports.visible() and found["asked_by"] != params.asked_by):
		raise NotFound("Nobody has asked to erase this conversation.")
	return erasure_view(found)


@LEAVING_CALLS.get_call("export", "customer thread kind format")
def export(ports: Ports, params: Params) -> HttpAnswer:
	"""Return a copy of a conversation as a file."""
	thread = leaving_thread(ports, params)
	return export_thread(ports, thread, params.text("kind", "customer"), params.text("format", "json"))
