"""Whether a message of its own tells what a card says: then nobody is notified of the card besides."""

from collections.abc import Sequence
from dataclasses import dataclass

from customer_thread.domain.automations import reasons
from customer_thread.domain.automations.model import ScheduledState
from customer_thread.domain.notices.model import Verdict
from customer_thread.domain.notices.reasons import ANNOUNCED, TO_BE_ANNOUNCED
from customer_thread.domain.times import MINUTE


@dataclass(frozen=True)
class Announcing:
	"""A scheduled message about the document of a card."""

	state: ScheduledState
	reason: str
	due_us: int
	#: 0: none was written
	entry: int
	#: whether it follows what this very card tells
	is_own: bool


def verdict_of(messages: Sequence[Announcing], entry: int, now_us: int) -> Verdict | None:
	"""Return what becomes of the notices of the card `entry` because of these; None: they are its own business.

	While a message waits that tells it, so do they: one that never leaves has told nothing.
	"""
	own = [message for message in messages if message.is_own]
	if any(message.state == "Sent" or message.reason == reasons.NEVER_SAID for message in own):
		return Verdict("SMS", "Skip", ANNOUNCED)
	gives_way = any(message.reason == reasons.GIVES_WAY for message in own)
	announcing = messages if gives_way else own
	waiting = [message.due_us for message in announcing if message.state == "Waiting"]
	if waiting:
		return Verdict("SMS", "Hold", TO_BE_ANNOUNCED, max(min(waiting), now_us) + MINUTE)
	is_announced = any(message.state == "Sent" and message.entry > entry for message in announcing)
	return Verdict("SMS", "Skip", ANNOUNCED) if is_announced else None
