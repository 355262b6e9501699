"""Write down that someone is to be reached, before anything is sent."""

from customer_thread.domain.model import TEXT_LIMIT, Purpose
from customer_thread.domain.routing import Route
from customer_thread.domain.words import split
from customer_thread.service.ports import Ports
from customer_thread.store import deliveries
from customer_thread.store.rows import ThreadRow

#: room for "(12/34) " and the like
_ROOM = 20


def new_message_id(ports: Ports) -> str:
	"""Return a Message-ID nobody can guess, angle brackets included (RFC 5322 §3.6.4)."""
	domain = ports.settings().from_address.rpartition("@")[2] or "customer-thread.invalid"
	return f"<{ports.ids.token()}@{domain}>"


def queue_delivery(
	ports: Ports,
	thread: ThreadRow,
	entry: int,
	purpose: Purpose,
	route: Route,
	text: str,
	*,
	message_id: str = "",
	urgent: bool = False,
	fallback_of: str | None = None,
) -> list[str]:
	"""Queue one delivery, or one for each part of a long text, and return their ids.

	A route without a channel leaves a skipped delivery that keeps its reason.
	"""
	now = ports.clock.now_us()
	message_id = message_id or new_message_id(ports) if route.channel == "Email" else ""
	made = []
	for part, words in enumerate(texts_of(thread, purpose, text) if route.channel == "SMS" else [""]):
		delivery = deliveries.queue(
			ports.database,
			purpose,
			route,
			now,
			thread=thread["name"],
			entry=entry,
			text=words,
			part=part,
			urgent=urgent,
			message_id=message_id,
			fallback_of=fallback_of,
			# an entry falls back once, however many of its parts fail and whatever is reported how often
			source_key=f"fallback:{entry}:{purpose.lower()}:{part}" if fallback_of else None,
		)
		made += [delivery] if delivery else []
	if route.channel:
		ports.queue.run_soon("deliver")
	return made


def texts_of(thread: ThreadRow, purpose: Purpose, text: str) -> list[str]:
	"""Return the texts that carry these words; what is forwarded says whose they are and how to answer."""
	if purpose != "Forward":
		return split(text, TEXT_LIMIT)
	before, after = f"{thread['title']}: ", f" (#{thread['code']})"
	parts = split(text, TEXT_LIMIT - len(before) - len(after) - _ROOM)
	if len(parts) == 1:
		return [f"{before}{parts[0]}{after}"]
	return [f"{before}({n}/{len(parts)}) {part}{after}" for n, part in enumerate(parts, 1)]
