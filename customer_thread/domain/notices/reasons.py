"""Why a notice left, waits, or was not sent, as staff read it: a fixed list, translated where it is shown."""

import re
from functools import cache
from re import Pattern
from zoneinfo import ZoneInfo

from customer_thread.domain.phrase import Phrase, Translate
from customer_thread.domain.times import to_utc

_ANY = ZoneInfo("UTC")
#: between why something goes its way and why it waits
_AND = " · "
#: how the reason of everything begins that waits until it may ping
HELD = "held: "
SENT = Phrase("sent: something new")
SENT_URGENT = Phrase("sent: urgent")
TEST = Phrase("sent: a test that the customer asked for")
UNDECIDED = Phrase("held: is decided in a moment")
GATHERING = Phrase("held: waits a moment for what else comes")
MANY_IN_THREAD = Phrase("held: many at once become one")
OWN_NOTICE_TEXT = Phrase("skipped: the text itself was the notice")
OWN_NOTICE_MAIL = Phrase("skipped: the mail itself was the notice")
NO_NOTICE = Phrase("skipped: no notice was asked for")
OWN_WORDS = Phrase("skipped: the customer's own words")
A_CALL = Phrase("skipped: a call is its own notice")
FROM_HISTORY = Phrase("skipped: brought in from before")
VOID = Phrase("skipped: a later card says otherwise")
READ = Phrase("skipped: it was read")
PRESENT = Phrase("skipped: the page was open")
SWITCHED_OFF = Phrase("skipped: switched off in the notification settings")
TOO_OLD = Phrase("skipped: too old to ping")
MANY_ON_SITE = Phrase("skipped: one of many at once")
LAST_RESORT = Phrase("skipped: a text is the last resort")
NO_BROWSER = Phrase("skipped: no browser takes notifications")
NO_EMAIL = Phrase("skipped: no e-mail address on file")
NO_PHONE = Phrase("skipped: no phone that takes texts")
NOT_SET_UP = Phrase("skipped: the channel is not set up")
USED_UP = Phrase("skipped: no more texts may leave today")
NO_READER = Phrase("skipped: they do not read this thread any more")
ANNOUNCED = Phrase("skipped: a message of its own tells it")
TO_BE_ANNOUNCED = Phrase("held: a message of its own is to tell it")
IN_DIGEST = Phrase("skipped: told together with the others")
SIGNED_OUT = Phrase("skipped: signed out on that device")
NO_PICTURES_THERE = Phrase("sent as a link: this number takes no pictures")
NO_FILES_BY_TEXT = Phrase("sent as a link: a text carries pictures alone")
TOO_LARGE_FOR_TEXT = Phrase("sent as a link: a picture is too large for a text")
#: why one way is out of the question, and no other
OF_THE_WAY = frozenset({SWITCHED_OFF, NO_BROWSER, NO_EMAIL, NO_PHONE, NOT_SET_UP, SIGNED_OUT})


def held_at_night(until_us: int, zone: ZoneInfo) -> Phrase:
	"""Return "held: quiet hours until 8:00am in New York"."""
	return Phrase("held: quiet hours until {0} in {1}", _clock(until_us, zone), city(zone))


def held_by_window(until_us: int, zone: ZoneInfo) -> Phrase:
	"""Return "held: the business writes such things from 8:00am in New York"."""
	return Phrase("held: the business writes such things from {0} in {1}", _clock(until_us, zone), city(zone))


def held_for_a_day(until_us: int, zone: ZoneInfo) -> Phrase:
	"""Return "held: one such message a day, the next from 8:00am in New York"."""
	return Phrase(
		"held: one such message a day, the next from {0} in {1}", _clock(until_us, zone), city(zone)
	)


def after(when: str, why: Phrase) -> Phrase:
	"""Return "Thu 8:00am, after quiet hours" of what a hold has made wait until then; of all else `when` alone."""
	if why.template == held_at_night(0, _ANY).template:
		return Phrase("{0}, after quiet hours", when)
	if why.template == held_by_window(0, _ANY).template:
		return Phrase("{0}, when the business writes such things", when)
	if why.template == held_for_a_day(0, _ANY).template:
		return Phrase("{0}, for there is one such message a day", when)
	return Phrase("{0}", when)


def both(reason: str, hold: str) -> str:
	"""Return why something goes its way, and why it waits."""
	return f"{reason}{_AND}{hold}" if reason else hold


def without_hold(reason: str) -> str:
	"""Return why something goes its way, without why it waited."""
	return reason.partition(_AND)[0]


def city(zone: ZoneInfo) -> str:
	"""Return by what name a zone is told: "New York" of America/New_York."""
	return zone.key.rpartition("/")[2].replace("_", " ")


def _clock(us: int, zone: ZoneInfo) -> str:
	local = to_utc(us).astimezone(zone)
	return f"{local.hour % 12 or 12}:{local.minute:02}{'am' if local.hour < 12 else 'pm'}"


def worded(reason: str, translate: Translate) -> str:
	"""Return a stored reason in the language of `translate`; one that is none of these as it is."""
	if _AND in reason:
		return _AND.join(worded(part, translate) for part in reason.split(_AND))
	for template, pattern in _patterns().items():
		if found := pattern.fullmatch(reason):
			return translate(template).format(*found.groups())
	return reason


@cache
def templates() -> tuple[str, ...]:
	"""Return every reason, with places for what fills it."""
	always = [value.template for value in globals().values() if isinstance(value, Phrase)]
	made = (held_at_night, held_by_window, held_for_a_day)
	return (*(each(0, _ANY).template for each in made), *always)


@cache
def _patterns() -> dict[str, Pattern[str]]:
	return {
		template: re.compile(re.sub(r"\\\{\d\\\}", "(.{1,40})", re.escape(template)))
		for template in templates()
	}
