"""What becomes of one scheduled message, in a line: “Appointment reminder goes Wed 9:00am”."""

from customer_thread.domain.automations.model import ScheduledState
from customer_thread.domain.notices.reasons import after
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.wording import Reader, meta_time, short_date, time_of_day

#: a weekday alone says which day as long as no other bears its name
_WEEK = 7


def scheduled_line(title: str, state: ScheduledState, us: int, reader: Reader) -> str:
	"""Return the line; `us`: when it is due, or when it went."""
	if state == "Waiting":
		return Phrase("{0} goes {1}", title, when_words(us, reader)).worded(reader.translate)
	if state == "Sent":
		return Phrase("{0} went {1}", title, when_words(us, reader)).worded(reader.translate)
	return Phrase("{0} does not go", title).worded(reader.translate)


def goes_words(us: int, why: Phrase, reader: Reader) -> str:
	"""Return "Thu 8:00am, after quiet hours": when a message goes, and what has held it until then, if anything has."""
	return after(when_words(us, reader), why).worded(reader.translate)


def when_words(us: int, reader: Reader) -> str:
	"""Return "today 9:00am", "Wed 9:00am" within a week, else "Thu May 14, 9:00am"."""
	day, today = reader.local(us).date(), reader.local(reader.now_us).date()
	if day == today:
		return Phrase("today {0}", time_of_day(us, reader)).worded(reader.translate)
	if abs((day - today).days) < _WEEK:
		return meta_time(us, reader)
	written = short_date(day, reader, weekday=True, year=day.year != today.year)
	return f"{written}, {time_of_day(us, reader)}"
