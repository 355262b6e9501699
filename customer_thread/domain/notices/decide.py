"""Whether someone is notified of an entry, by which channels, and when."""

from customer_thread.domain.notices import reasons
from customer_thread.domain.notices.hold import hold_at
from customer_thread.domain.notices.model import (
	NOTICE_CHANNELS,
	Action,
	Audience,
	NoticeChannel,
	Subject,
	Verdict,
)
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.times import DAY, MINUTE

#: after which a notice is of no use any more
TOO_OLD = 2 * DAY
#: how long what comes at once is gathered
CROWD_FOR = MINUTE
#: a person's answer within this time of the customer's own message breaks quiet hours
ANSWERS_WITHIN = 30 * MINUTE
#: wait for what else comes, so that it is one mail or text
_GATHERED: frozenset[NoticeChannel] = frozenset({"Email", "SMS"})


def decide(subject: Subject, audience: Audience, now_us: int, gather_us: int) -> list[Verdict]:
	"""Return what happens on each channel, one verdict a channel.

	`gather_us`: how long after an entry its mail or text waits for others, µs; at release the time is over.
	"""
	no_one = why_nobody(subject, audience, now_us)
	if no_one:
		return [Verdict(channel, "Skip", no_one) for channel in NOTICE_CHANNELS]
	whys = {channel: _why_not(channel, audience) for channel in NOTICE_CHANNELS}
	if not all(whys[channel] for channel in NOTICE_CHANNELS if channel != "SMS"):
		whys["SMS"] = whys["SMS"] or reasons.LAST_RESORT
	return [
		Verdict(channel, "Skip", why) if why else _when(channel, subject, audience, now_us, gather_us)
		for channel, why in whys.items()
	]


def why_nobody(subject: Subject, audience: Audience, now_us: int) -> Phrase | None:
	"""Return why nobody is notified of it by any channel, or None."""
	return _why_no_news(subject) or _why_no_more(subject, audience, now_us)


def is_for_nobody(subject: Subject) -> bool:
	"""Return whether an entry is no question of notices at all, whoever reads it, whatever they want."""
	return _why_no_news(subject) is not None


def is_urgent_answer(subject: Subject, last_heard_us: int) -> bool:
	"""Return whether a person answers what the customer said just before; `last_heard_us`: when, 0 for never."""
	is_answer = subject.kind == "Message" and subject.author == "Contractor"
	return is_answer and 0 < last_heard_us <= subject.known_us < last_heard_us + ANSWERS_WITHIN


def _why_no_news(subject: Subject) -> Phrase | None:
	if subject.from_history:
		return reasons.FROM_HISTORY
	if subject.author == "Customer":
		return reasons.OWN_WORDS
	if subject.kind == "Call":
		return reasons.A_CALL
	if subject.kind == "Event":
		return None if subject.notify else reasons.NO_NOTICE
	if subject.channel in (None, "Portal"):
		return None
	return reasons.OWN_NOTICE_MAIL if subject.channel == "Email" else reasons.OWN_NOTICE_TEXT


def _why_no_more(subject: Subject, audience: Audience, now_us: int) -> Phrase | None:
	if subject.is_read:
		return reasons.READ
	if subject.is_void:
		return reasons.VOID
	if subject.is_announced:
		return reasons.ANNOUNCED
	if now_us >= subject.known_us + TOO_OLD:
		return reasons.TOO_OLD
	if subject.crowd == "Site" and not subject.urgent:
		return reasons.MANY_ON_SITE
	return reasons.PRESENT if audience.is_present else None


def _why_not(channel: NoticeChannel, audience: Audience) -> Phrase | None:
	if not audience.preferences.channels.get(channel, False):
		return reasons.SWITCHED_OFF
	return audience.unreachable.get(channel)


def _when(
	channel: NoticeChannel, subject: Subject, audience: Audience, now_us: int, gather_us: int
) -> Verdict:
	night = None if subject.urgent else audience.preferences.quiet_hours
	hold = hold_at(now_us, night, audience.window if subject.promotional else None, channel)
	if hold and now_us < subject.send_before_us <= hold.until_us and not subject.promotional:
		return Verdict(channel, "Send", reasons.SENT_URGENT)
	if hold:
		return hold
	if subject.urgent:
		return Verdict(channel, "Send", reasons.SENT_URGENT)
	return _gathered(channel, subject, now_us, gather_us)


def _gathered(channel: NoticeChannel, subject: Subject, now_us: int, gather_us: int) -> Verdict:
	# by a clock that has been set back since, it comes only later
	known_us = min(subject.known_us, now_us)
	together = known_us + gather_us if channel in _GATHERED else 0
	if subject.crowd == "Thread":
		together = max(together, known_us + CROWD_FOR)
	if together <= now_us:
		return Verdict(channel, "Send", reasons.SENT)
	action: Action = "Hold"
	why = reasons.MANY_IN_THREAD if subject.crowd == "Thread" else reasons.GATHERING
	return Verdict(channel, action, why, together)
