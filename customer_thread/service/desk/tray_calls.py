"""The calls of `customer_thread.api.desk.*` that are about whose an unmatched thread is."""

from customer_thread.domain.errors import BadInput
from customer_thread.domain.model import Party
from customer_thread.domain.words import clean
from customer_thread.service.calls import Calls
from customer_thread.service.desk.block_thread import block_thread, unblock_thread
from customer_thread.service.desk.give_thread import give_thread, hold_unmatched
from customer_thread.service.desk.likely import LikelyPage, likely
from customer_thread.service.desk.read_inbox import InboxLine, inbox_line
from customer_thread.service.desk.visible import visible_party, visible_thread
from customer_thread.service.params import Params
from customer_thread.service.ports import Ports

TRAY_CALLS = Calls()


@TRAY_CALLS.get_call("likely", "thread")
def list_likely(ports: Ports, params: Params) -> LikelyPage:
	"""Return who may have written an unmatched thread, and why."""
	return likely(ports, visible_thread(ports, params.text("thread")))


@TRAY_CALLS.post_call("assign", "thread customer lead")
def assign(ports: Ports, params: Params) -> InboxLine:
	"""Give an unmatched thread to a customer or lead, whose its address is from now on."""
	lead = params.text("lead", "")
	party = Party("Lead", lead) if lead else Party("Customer", params.text("customer"))
	target = visible_party(ports, party)
	unmatched = visible_thread(ports, params.text("thread"))
	return inbox_line(give_thread(ports, unmatched, target, params.asked_by))


@TRAY_CALLS.post_call("make", "thread what name customer")
def make(ports: Ports, params: Params) -> InboxLine:
	"""Write a document of whoever waits in an unmatched thread, and give it to them."""
	unmatched = visible_thread(ports, params.text("thread"))
	what, name = params.text("what"), " ".join(clean(params.text("name")).split())
	if what not in ports.parties.makes():
		raise BadInput("what must be one of {0}.", ", ".join(ports.parties.makes()))
	if not name:
		raise BadInput("{0} is missing.", "name")
	customer = params.text("customer", "")
	if what == "Contact":
		visible_party(ports, Party("Customer", params.text("customer")))
	# held, so that of two who do it at once only one writes a document
	address = hold_unmatched(ports, unmatched)
	party = ports.parties.make(what, name, address, customer)
	return inbox_line(give_thread(ports, unmatched, visible_party(ports, party), params.asked_by))


@TRAY_CALLS.post_call("block", "thread")
def block(ports: Ports, params: Params) -> InboxLine:
	"""Tell nobody any more of what comes from an unmatched thread's number or address."""
	unmatched = visible_thread(ports, params.text("thread"))
	block_thread(ports, unmatched, params.asked_by)
	return inbox_line(visible_thread(ports, unmatched["name"]))


@TRAY_CALLS.post_call("unblock", "thread")
def unblock(ports: Ports, params: Params) -> InboxLine:
	"""Take that back."""
	unmatched = visible_thread(ports, params.text("thread"))
	unblock_thread(ports, unmatched)
	return inbox_line(visible_thread(ports, unmatched["name"]))
