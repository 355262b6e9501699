"""Send what is due: asked again whether it is true, and whether it may leave now.

A message, its entry and its delivery are one transaction, with the thread held: a worker that dies leaves it as it
was, and a second one finds that it does not wait any more.
"""

from collections.abc import Iterator

from customer_thread.domain.automations import reasons
from customer_thread.domain.automations.model import Automation, Cause, DocumentNow, Wanted
from customer_thread.domain.automations.plan import BY_HAND
from customer_thread.domain.automations.text import render_text
from customer_thread.domain.errors import BadInput
from customer_thread.domain.limits import MESSAGES_DUE
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.service.automations.cause import text_context
from customer_thread.service.automations.is_true import answer_now
from customer_thread.service.automations.opt_out_words import with_opt_out
from customer_thread.service.automations.plan_document import plan_document
from customer_thread.service.outgoing.send_message import send_entry
from customer_thread.service.outgoing.way import way_to
from customer_thread.service.ports import Ports
from customer_thread.service.thread.show_change import show_change
from customer_thread.store import scheduled_messages, threads
from customer_thread.store.rows import ThreadRow
from customer_thread.store.scheduled_rows import ScheduledMessageRow
from customer_thread.store.threads import party_of


def due_messages(ports: Ports) -> Iterator[ScheduledMessageRow]:
	"""Yield what is due, the longest due first; each is to be sent in a transaction of its own."""
	now, place = ports.clock.now_us(), (0, "")
	while rows := scheduled_messages.due(ports.database, now, MESSAGES_DUE, place):
		yield from rows
		place = (rows[-1]["due_us"], rows[-1]["name"])


def send_due(ports: Ports, due: ScheduledMessageRow) -> None:
	"""Send one, hold it until it may leave, or write down why it is not sent."""
	thread = threads.lock(ports.database, due["thread"])
	row = scheduled_messages.lock(ports.database, due["name"])
	now_us = ports.clock.now_us()
	if thread is None or row is None or row["state"] != "Waiting" or row["due_us"] > now_us:
		return
	if row["thread"] != thread["name"]:
		# its thread was joined to another since it was listed: the next round holds that one
		return
	found = answer_now(ports, thread, row)
	if isinstance(found, Phrase):
		scheduled_messages.end(ports.database, row["name"], found)
	elif row["occurrence"] != BY_HAND and (
		found.message.occurrence != row["occurrence"] or found.message.computed_from != row["computed_from"]
	):
		reference = Reference(row["reference_doctype"], row["reference_name"])
		plan_document(ports, reference, only=thread["name"])
	else:
		_send(ports, thread, row, found.automation, found.cause, found.current, found.message)
	show_change(ports, thread["name"])


def _send(
	ports: Ports,
	thread: ThreadRow,
	row: ScheduledMessageRow,
	automation: Automation,
	cause: Cause,
	now: DocumentNow,
	message: Wanted,
) -> None:
	database, now_us = ports.database, ports.clock.now_us()
	if now_us >= row["valid_until_us"]:
		scheduled_messages.skip(database, row["name"], reasons.TOO_LATE)
		return
	hold = ports.notices.hold_new_message(ports, thread, automation.promotional, now_us)
	urgent = message.is_urgent(hold.until_us if hold else 0)
	if hold and (automation.promotional or not urgent):
		if hold.until_us >= row["valid_until_us"]:
			scheduled_messages.skip(database, row["name"], reasons.held_too_long(hold.reason))
		else:
			scheduled_messages.wait(database, row["name"], {"due_us": hold.until_us, "reason": hold.reason})
		return
	try:
		text = render_text(automation, text_context(ports, thread, cause, now, row["minutes"]))
	except BadInput as error:
		scheduled_messages.skip(database, row["name"], reasons.unworkable(error.phrase))
		return
	wanted = automation.channel.lower()
	if automation.promotional:
		text = with_opt_out(ports, thread, text, wanted, now_us)
	why = _why_nobody(ports, thread, len(text), wanted)
	if why:
		scheduled_messages.skip(database, row["name"], reasons.unreachable(why))
		return
	draft = NewEntry(
		kind="Message",
		author="Automated",
		channel=None,
		text=text,
		occurred_us=now_us,
		source_key=row["source_key"],
		urgent=urgent,
		promotional=automation.promotional,
	)
	posted = send_entry(ports, thread, draft, wanted=wanted)
	scheduled_messages.send(database, row["name"], posted.entry, reasons.SENT, message.about_us)


def _why_nobody(ports: Ports, thread: ThreadRow, length: int, wanted: str) -> str:
	"""Return why nobody would get to know of a message, "" if somebody does."""
	party = party_of(thread)
	if party and ports.parties.readers(party):
		return ""
	route = way_to(ports, thread, length, wanted)
	return "" if route.channel else route.reason
