"""When an automation sends its message, in words: “1 day before scheduled time, at 9:00am”."""

from dataclasses import replace
from datetime import date, datetime, time, timezone
from zoneinfo import ZoneInfo

from customer_thread.domain.automations.model import Automation
from customer_thread.domain.cards.values import names
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.times import to_us
from customer_thread.domain.wording import Reader, time_of_day

_HOUR = 60
_DAY = 24 * _HOUR


def moment_words(automation: Automation, reader: Reader) -> str:
	"""Return when it is sent, as its reader says it; a time of the day is by the customer's clock."""
	return _moment(automation, reader).worded(reader.translate)


def _moment(automation: Automation, reader: Reader) -> Phrase:
	if automation.moment == "By Hand":
		return Phrase("when somebody presses its button")
	minutes, clock = automation.offset_minutes, _clock(automation.at_time, reader)
	if automation.moment == "Date Field":
		begins = automation.date_field.replace("_", " ")
	else:
		begins = ", ".join(f"“{name}”" for name in names(automation.after_event))
	if minutes:
		away = span(abs(minutes))
		moved = (
			Phrase("{0} before {1}", away, begins) if minutes < 0 else Phrase("{0} after {1}", away, begins)
		)
		return Phrase("{0}, at {1}", moved, clock) if clock else moved
	if clock:
		return Phrase("on the day of {0}, at {1}", begins, clock)
	return Phrase("at {0}", begins) if automation.moment == "Date Field" else Phrase("after {0}", begins)


def span(minutes: int) -> Phrase:
	"""Return "1 day", "2 hours" or "90 minutes"."""
	if minutes % _DAY == 0:
		days = minutes // _DAY
		return Phrase("1 day") if days == 1 else Phrase("{0} days", days)
	if minutes % _HOUR == 0:
		hours = minutes // _HOUR
		return Phrase("1 hour") if hours == 1 else Phrase("{0} hours", hours)
	return Phrase("1 minute") if minutes == 1 else Phrase("{0} minutes", minutes)


def _clock(at_time: str, reader: Reader) -> str:
	"""Return "9:00am" for "09:00"; empty for none."""
	if not at_time:
		return ""
	shown = datetime.combine(date(2000, 1, 1), time.fromisoformat(at_time), timezone.utc)
	return time_of_day(to_us(shown), replace(reader, zone=ZoneInfo("UTC")))
