"""Write down that someone is to be reached, before anything is sent."""

from customer_thread.domain.forwarded import beginning
from customer_thread.domain.limits import MESSAGE_CHARACTERS, PICTURES_WAIT_SECONDS
from customer_thread.domain.model import Purpose
from customer_thread.domain.notices.model import Verdict
from customer_thread.domain.routing import Route
from customer_thread.domain.thread.keys import fallback_key
from customer_thread.domain.times import SECOND
from customer_thread.service.outgoing.spending import warn
from customer_thread.service.outgoing.words_to_send import words_to_send
from customer_thread.service.ports import Ports
from customer_thread.service.thread.in_language import in_office_language, in_thread_language
from customer_thread.store import deliveries
from customer_thread.store.attachments import has_pending
from customer_thread.store.rows import ThreadRow


def queue_delivery(
	ports: Ports,
	thread: ThreadRow,
	entry: int,
	purpose: Purpose,
	route: Route,
	text: str,
	*,
	attachments: int = 0,
	message_id: str = "",
	urgent: bool = False,
	promotional: bool = False,
	hold: Verdict | None = None,
	fallback_of: str | None = None,
) -> list[str]:
	"""Queue one delivery, or one for each part of a long text, and return their ids.

	A route without a channel leaves a skipped delivery that keeps its reason. `hold`: until when it waits, and why.
	`attachments`: how many the entry has; those that are yet to be fetched are waited for a little.
	"""
	now = ports.clock.now_us()
	waits = bool(attachments) and has_pending(ports.database, entry)
	due_us = now + PICTURES_WAIT_SECONDS * SECOND if waits else now
	speaking = _speaking_to(ports, thread, purpose) if attachments or route.whole else ports
	text = words_to_send(speaking, thread, entry, purpose, route, text, attachments)
	made: list[str] = []
	first = 0
	for way, carried in _ways(speaking, route, text):
		channel = ports.channel(way.channel) if way.channel else None
		bears = message_id
		if channel and channel.new_message_id:
			bears = bears or channel.new_message_id(ports)
		limit = channel.rule.limit if channel else None
		texts = channel.parts(thread, purpose, carried, limit or MESSAGE_CHARACTERS) if channel else [""]
		for part, words in enumerate(texts, first):
			delivery = deliveries.queue(
				ports.database,
				purpose,
				way,
				now,
				thread=thread["name"],
				entry=entry,
				text=words,
				part=part,
				urgent=urgent,
				promotional=promotional,
				hold=hold,
				due_us=due_us,
				message_id=bears,
				fallback_of=fallback_of,
				source_key=fallback_key(entry, purpose, part) if fallback_of else None,
			)
			made += [delivery] if delivery else []
		first += len(texts)
		if channel:
			ports.queue.run_soon("deliver")
		if channel and channel.rule.is_paid:
			warn(ports, thread, channel.rule.name)
	return made


def _speaking_to(ports: Ports, thread: ThreadRow, purpose: Purpose) -> Ports:
	return in_thread_language(ports, thread) if purpose == "Message" else in_office_language(ports)


def _ways(ports: Ports, route: Route, text: str) -> list[tuple[Route, str]]:
	"""Return each way with what it carries."""
	if route.whole is None:
		return [(route, text)]
	return [(route, beginning(text, ports.translate)), (route.whole, text)]
