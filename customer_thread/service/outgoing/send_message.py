"""The contractor, or the system in their name, writes to a customer."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from customer_thread.domain import words
from customer_thread.domain.errors import BadInput, NotFound
from customer_thread.domain.model import DeliveryChannel, KeptAttachment, MessageChannel
from customer_thread.domain.notices.model import Verdict
from customer_thread.domain.notices.reasons import both
from customer_thread.domain.routing import Route
from customer_thread.domain.thread import keys
from customer_thread.domain.thread.carried import why_as_link
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.service.outgoing.attach_uploads import attach_uploads
from customer_thread.service.outgoing.check_awake import check_awake
from customer_thread.service.outgoing.check_unanswered import check_unanswered
from customer_thread.service.outgoing.machines import LOOP, is_answered_by_machine
from customer_thread.service.outgoing.queue_delivery import queue_delivery
from customer_thread.service.outgoing.way import check_channel, check_somebody_reads, way_to
from customer_thread.service.outgoing.write_failure_line import write_other_way_line
from customer_thread.service.ports import Ports
from customer_thread.service.thread.conceal import conceal
from customer_thread.service.thread.post_entry import Posted, post_entry, written_before
from customer_thread.store import entries
from customer_thread.store.rows import ThreadRow

#: when a message may ping
WHEN = ("now", "quiet", "day")


def send_message(
	ports: Ports,
	thread: ThreadRow,
	text: str,
	*,
	channel: str = "auto",
	urgent: bool = False,
	automated: bool = False,
	promotional: bool = False,
	when: str = "now",
	client_id: str = "",
	sent_by: str | None = None,
	asked_in: str = "",
	upto: int | None = None,
	uploads: Sequence[str] = (),
) -> Posted:
	"""Store the message, send it the way `channel` asks and return it.

	The same `client_id` again is the same message. `when`: now; quiet, for once the customer's quiet hours are over; or day,
	for now by who takes it for none of these. `promotional`: within the business's sending window only. `asked_in`: the thread
	it was written in, if that has been joined to this one since. `upto`: the last entry that its writer had read. `uploads`:
	the pictures and files that go with it, which may be without words. Raise BadInput, TooLarge, NotFound for an upload that
	is gone, or Conflict if somebody else has answered since, or it is night and was taken for day.
	"""
	check_channel(ports, channel)
	client_id = keys.client_id(client_id) if client_id else ""
	source_key = keys.source_key("desk", f"{asked_in or thread['name']}:{client_id}") if client_id else None
	if when not in WHEN:
		raise BadInput("when must be one of {0}.", ", ".join(WHEN))
	text = words.message(text) if words.clean(text) or not uploads else ""
	check_somebody_reads(ports, thread, words.text_length(text), channel)
	if upto is not None:
		check_unanswered(ports, thread["name"], upto, sent_by or "", source_key)
	if when == "day":
		check_awake(ports, thread, source_key)
	is_repeat = bool(uploads and source_key and entries.thread_of_source(ports.database, source_key))
	try:
		# a repeat needs none: they are with the first
		files = attach_uploads(ports, thread["name"], () if is_repeat else uploads, sent_by)
	except NotFound:
		# the same may have been sent at this moment, with them
		if source_key and (known := written_before(ports.database, source_key)):
			return known
		raise
	draft = NewEntry(
		kind="Message",
		author="Automated" if automated else "Contractor",
		channel=None,
		text=text,
		occurred_us=ports.clock.now_us(),
		source_key=source_key,
		client_id=client_id,
		sent_by=sent_by,
		urgent=urgent and when == "now",
		promotional=promotional,
		is_patient=when == "quiet",
		attachments=files,
	)
	return send_entry(ports, thread, draft, wanted=channel)


def send_entry(
	ports: Ports,
	thread: ThreadRow,
	draft: NewEntry,
	*,
	wanted: str = "auto",
	came_by: DeliveryChannel | None = None,
) -> Posted:
	"""Choose the channel of an entry addressed to the customer, write it and queue its delivery.

	`came_by`: the contractor said it from afar, by this channel, and it may have been their machine.
	"""
	draft = replace(draft, text=conceal(ports, draft.text, keeps_links=True)[0])
	route = way_to(ports, thread, words.text_length(draft.text), wanted)
	if came_by and is_answered_by_machine(ports, thread, "Contractor", 0, draft.text, came_by):
		route = Route(None, "", LOOP)
	taken = ports.channel(route.channel) if route.channel else None
	if (
		taken
		and taken.rule.limit
		and (why := why_as_link(taken.rule, ports.settings().sender, route.address, _kept(draft)))
	):
		route = replace(route, reason=both(route.reason, why))
	message_id = taken.new_message_id(ports) if taken and taken.new_message_id else ""
	# a push carries no message, and the team's chat none to a customer
	carries = taken is not None and taken.rule.carries_messages
	channel = cast("MessageChannel", route.channel) if carries else "Portal"
	entry = replace(draft, channel=channel, message_id=message_id)
	posted = post_entry(ports, thread["name"], entry)
	if posted.is_new:
		queue_delivery(
			ports,
			thread,
			posted.entry,
			"Message",
			route,
			entry.text,
			attachments=len(entry.attachments),
			message_id=message_id,
			urgent=entry.urgent,
			promotional=entry.promotional,
			hold=_hold(ports, thread, entry) if route.channel else None,
		)
		if came_by:
			write_other_way_line(ports, thread, route, came_by, draft.sent_by)
	return posted


def _kept(draft: NewEntry) -> list[KeptAttachment]:
	return [item for item in draft.attachments if isinstance(item, KeptAttachment)]


def _hold(ports: Ports, thread: ThreadRow, entry: NewEntry) -> Verdict | None:
	"""Return until when a message waits because its receiver may not be pinged now, if it does."""
	is_by_machine = entry.author == "Automated" and not entry.urgent
	if not (entry.is_patient or is_by_machine or entry.promotional):
		return None
	return ports.notices.hold_new_message(ports, thread, entry.promotional, ports.clock.now_us())
