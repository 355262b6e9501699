"""Why a scheduled message waits, left, or did not: sentences of a fixed list, translated where they are shown."""

import re
from functools import cache
from re import Pattern

from customer_thread.domain.notices.reasons import worded as worded_notice
from customer_thread.domain.phrase import Phrase, Translate

PLANNED = Phrase("waits for its time")
SETTLING = Phrase("waits a moment for what else changes")
SENT = Phrase("sent when it was due")
PRESSED = Phrase("goes when somebody presses the button")

SWITCHED_OFF = Phrase("ended: the automation is switched off")
NO_AUTOMATION = Phrase("ended: the automation is not there any more")
NO_DOCUMENT = Phrase("ended: the document is not there any more")
DRAFT = Phrase("ended: the document is a draft")
CANCELLED = Phrase("ended: the document is cancelled")
OTHER_CUSTOMER = Phrase("ended: the document is another customer's now")
SILENT_LEAD = Phrase("ended: to somebody who has not written yet")
NO_DATE = Phrase("ended: the document has no such date")
NO_EVENT = Phrase("ended: what it tells is not so any more")
OVER = Phrase("ended: a later event says it is settled")
NOT_SO = Phrase("ended: its condition does not hold")
MOVED = Phrase("ended: the time has changed")
SAID = Phrase("ended: another one says the same")

TOO_MANY = Phrase("skipped: it changed too often")
MADE_LATE = Phrase("skipped: it was known only after its time")
TOO_LATE = Phrase("skipped: too late for it")
GIVES_WAY = Phrase("skipped: the message about it had not left yet and says it")
NEVER_SAID = Phrase("skipped: nothing of it had been told yet")


def unreachable(why: Phrase | str) -> Phrase:
	"""Return the reason of a message to somebody whom nothing reaches."""
	return Phrase("skipped: nobody is reached ({0})", why)


def unworkable(why: Phrase | str) -> Phrase:
	"""Return the reason of a message whose text or condition cannot be worked out."""
	return Phrase("skipped: {0}", why)


def held_too_long(hold: Phrase | str) -> Phrase:
	"""Return the reason of a message that may leave only once it is of no use."""
	return Phrase("{0} · {1}", TOO_LATE, hold)


def templates() -> list[str]:
	"""Return every reason as it is before anything is filled in."""
	own = [value.template for value in globals().values() if isinstance(value, Phrase)]
	return [*own, *(made("").template for made in (unreachable, unworkable, held_too_long))]


def worded(reason: str, translate: Translate) -> str:
	"""Return a stored reason in the language of `translate`; one that is none of ours as it is."""
	for template, pattern in _patterns().items():
		if found := pattern.fullmatch(reason):
			return translate(template).format(*(worded(part, translate) for part in found.groups()))
	return worded_notice(reason, translate)


@cache
def _patterns() -> dict[str, Pattern[str]]:
	"""Return what each reason looks like: one of two first, then the longest, for some begin alike."""
	return {
		template: re.compile(re.sub(r"\\\{\d\\\}", "(.+)", re.escape(template)))
		for template in sorted(templates(), key=lambda one: (not one.startswith("{"), -len(one)))
	}
