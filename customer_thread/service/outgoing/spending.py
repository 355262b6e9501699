"""What may still be spent on texts, and a word to the contractor before it is used up."""

from collections.abc import Mapping
from functools import partial

from customer_thread.domain.forwarded import name_in_text
from customer_thread.domain.limits import REPLY_TEXTS_PER_MINUTE, STRANGERS_TEXTS_PER_HOUR
from customer_thread.domain.model import DeliveryChannel, Purpose
from customer_thread.domain.spending import Allowance, Scope, is_nearly_used_up, scopes, used_up
from customer_thread.domain.times import DAY, HOUR, MINUTE
from customer_thread.service.outgoing.write_to_contractor import write_to_contractor
from customer_thread.service.ports import Ports
from customer_thread.service.settings import Settings
from customer_thread.service.thread.in_language import in_office_language
from customer_thread.store import spending
from customer_thread.store.rows import ThreadRow

#: µs in which the texts of a scope are counted
_WITHIN: Mapping[Scope, int] = {
	"reply": MINUTE,
	"sender": HOUR,
	"strangers": HOUR,
	"thread": DAY,
	"site": DAY,
}


def used_up_in(
	ports: Ports, thread: ThreadRow, purpose: Purpose, length: int, *, is_reply: bool = False
) -> Mapping[DeliveryChannel, Scope]:
	"""Return the paid channels by which `length` characters more would be too many, with the scope it is of."""
	counted = scopes(is_forward=purpose == "Forward", is_reply=is_reply, is_stranger=not thread["party"])
	found: dict[DeliveryChannel, Scope] = {}
	for name, channel in ports.channels.items():
		if channel.rule.is_paid and channel.is_set_up(ports.settings()):
			texts = -(-length // channel.rule.limit) if channel.rule.limit and length else 1
			spent = partial(_spent, ports, name, thread)
			if scope := used_up(counted, allowance(ports.settings()), spent, texts):
				found[name] = scope
	return found


def allowance(settings: Settings) -> Allowance:
	"""Return how many texts may leave."""
	return Allowance(
		reply=REPLY_TEXTS_PER_MINUTE,
		sender=settings.texts_per_sender,
		strangers=STRANGERS_TEXTS_PER_HOUR,
		thread=settings.texts_per_thread,
		site=settings.texts_per_day,
	)


def _spent(ports: Ports, channel: DeliveryChannel, thread: ThreadRow, scope: Scope) -> int:
	"""Return how many texts count towards a scope, at most as many as are allowed."""
	database, most = ports.database, allowance(ports.settings()).of(scope)
	since = ports.clock.now_us() - _WITHIN[scope]
	if scope == "site":
		return spending.by_site(database, channel, since, most)
	if scope == "strangers":
		return spending.by_strangers(database, channel, since, most)
	forwards = scope in ("reply", "sender")
	return spending.by_thread(database, channel, since, most, thread["name"], forwards=forwards)


def warn(ports: Ports, thread: ThreadRow, channel: DeliveryChannel) -> None:
	"""Tell the contractor, once a day each, that 80 % of the site's or a thread's texts are used."""
	_ = in_office_language(ports).translate
	allowed = allowance(ports.settings())
	day = ports.clock.now_us() // DAY
	spent = _spent(ports, channel, thread, "site")
	if is_nearly_used_up(spent, allowed.site):
		text = _("{0} of {1} texts of the last 24 hours are used. What comes then waits in the Desk.")
		write_to_contractor(ports, text.format(spent, allowed.site), f"spending:site:{day}")
	spent = _spent(ports, channel, thread, "thread")
	if is_nearly_used_up(spent, allowed.thread):
		text = _("{0}: {1} of {2} texts of the last 24 hours are used. What comes then waits in the Desk.")
		words = text.format(name_in_text(thread["title"]), spent, allowed.thread)
		write_to_contractor(ports, words, f"spending:{thread['name']}:{day}")


def warn_of_strangers(ports: Ports) -> None:
	"""Tell the contractor, once an hour, that more people wrote than are passed on."""
	text = in_office_language(ports).translate(
		"More people you do not know have written. You find them in the Desk, under Unmatched."
	)
	write_to_contractor(ports, text, f"spending:strangers:{ports.clock.now_us() // HOUR}")
