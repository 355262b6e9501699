"""What a thread's readers want, in a line each, for staff who write to them."""

from dataclasses import replace
from datetime import date, datetime
from typing import TypedDict

from customer_thread.domain.notices.reasons import city
from customer_thread.domain.notices.wishes import Wishes, clock
from customer_thread.domain.times import to_us, zone
from customer_thread.domain.wording import Reader, time_of_day
from customer_thread.service.notices.preferences import wishes_of
from customer_thread.service.ports import Ports
from customer_thread.store.rows import ThreadRow
from customer_thread.store.threads import party_of

#: of which the time of day is written, whichever it is
_DAY = date(2026, 1, 1)


class WishesLine(TypedDict):
	"""What one reader wants."""

	user: str
	#: "Texts, e-mail · quiet 9:00pm–8:00am New York"
	words: str


def wishes_lines(ports: Ports, thread: ThreadRow, reader: Reader) -> list[WishesLine]:
	"""Return what each reader of a thread wants, in the words of `reader`."""
	party = party_of(thread)
	users = [one.user for one in (ports.parties.readers(party) if party else ())]
	return [{"user": user, "words": wishes_words(wishes_of(ports, thread, user), reader)} for user in users]


def wishes_words(wishes: Wishes, reader: Reader) -> str:
	"""Return "Texts, e-mail · quiet 9:00pm–8:00am New York"."""
	_ = reader.translate
	names = {"sms": _("texts"), "email": _("e-mail"), "push": _("push")}
	on = [words for name, words in names.items() if getattr(wishes, name)]
	channels = ", ".join(on) if on else _("no notices")
	channels = channels[:1].upper() + channels[1:]
	if wishes.preferences().quiet_hours is None or wishes.quiet_start == wishes.quiet_end:
		return channels
	local = replace(reader, zone=zone(wishes.timezone))
	start, end = (
		time_of_day(to_us(datetime.combine(_DAY, clock(text), local.zone)), local)
		for text in (wishes.quiet_start, wishes.quiet_end)
	)
	return _("{0} · quiet {1}–{2} {3}").format(channels, start, end, city(local.zone))
