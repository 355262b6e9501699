"""A document in a thread, as far as messages are made from it."""

from collections.abc import Iterable, Sequence

from customer_thread.domain.automations.model import Automation, Cause, CauseEvent, DocumentNow
from customer_thread.domain.automations.plan import Holds
from customer_thread.domain.automations.text import TextContext, holds
from customer_thread.domain.cards.numbers import Numbered, Numbering
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.times import zone
from customer_thread.service.cards.number_documents import number_documents
from customer_thread.service.ports import Ports
from customer_thread.service.reading.reader import info_of
from customer_thread.service.thread.in_language import speech_to
from customer_thread.store import entries, scheduled_messages
from customer_thread.store.rows import ThreadRow
from customer_thread.store.scheduled_rows import ScheduledMessageRow
from customer_thread.store.threads import party_of


def cause_of(
	ports: Ports,
	thread: ThreadRow,
	reference: Reference,
	now: DocumentNow | None,
	events: Sequence[CauseEvent],
	messages: Iterable[ScheduledMessageRow] | None = None,
) -> Cause:
	"""Return what is known of a document in a thread.

	`now`: the document, None if it is gone. `messages`: all that were written about it in this thread; None: they
	are looked up.
	"""
	party = party_of(thread)
	if messages is None:
		messages = scheduled_messages.of_document(
			ports.database, thread["name"], reference.doctype, reference.name
		)
	told = (row for row in messages if row["state"] == "Sent" and row["about_us"])
	announced = max(told, key=lambda row: row["entry"], default=None)
	is_lead = party is not None and party.party_type == "Lead"
	return Cause(
		reference=reference,
		thread=thread["name"],
		party=party,
		current=now,
		events=tuple(events),
		zone=zone(ports.notices.zone_of(ports, thread)),
		announced_us=announced["about_us"] if announced else 0,
		is_silent_lead=is_lead and not entries.last_of_customer(ports.database, thread["name"], 0),
	)


def text_context(
	ports: Ports, thread: ThreadRow, cause: Cause, now: DocumentNow, minutes: int = 0
) -> TextContext:
	"""Return what the words to this customer are filled with."""
	settings, info = ports.settings(), info_of(ports.parties, thread)
	return TextContext(
		document=now.document,
		site_zone=now.zone,
		zone=cause.zone,
		customer_name=info.name,
		business_name=settings.business_name,
		business_phone=settings.business_phone,
		now_us=ports.clock.now_us(),
		minutes=minutes,
		numbering=_numbering(ports, cause, now),
		speech=speech_to(ports, info),
	)


def _numbering(ports: Ports, cause: Cause, now: DocumentNow) -> Numbering | None:
	document = now.document
	if cause.party is None or not document.get("name"):
		return None
	own = Numbered(
		str(document.get("doctype") or ""),
		str(document["name"]),
		str(document.get("amended_from") or ""),
		bool(document.get("is_return")),
	)
	return Numbering(number_documents(ports, lambda party: party), cause.party, own)


def holding(ports: Ports, thread: ThreadRow, cause: Cause) -> Holds:
	"""Return what tells whether an automation's condition holds. It raises BadInput if that cannot be worked out."""
	known: list[TextContext] = []

	def holds_now(automation: Automation, now: DocumentNow) -> bool:
		if not automation.condition.strip():
			return True
		if not known:
			known.append(text_context(ports, thread, cause, now))
		return holds(automation, known[0])

	return holds_now
