"""Appointments and visits in words, in the reader's zone and language."""

from datetime import date

from customer_thread.domain.schedule.agenda import Planned
from customer_thread.domain.wording import Reader, short_date, time_of_day


def kind_words(planned: Planned, reader: Reader) -> str:
	"""Return "Appointment" or "Visit"."""
	_ = reader.translate
	return _("Appointment") if planned.kind == "Appointment" else _("Visit")


def state_words(planned: Planned, reader: Reader, *, is_coming: bool) -> str:
	"""Return "Scheduled", "Done", "Cancelled" …; what nobody has closed yet only "was scheduled"."""
	_ = reader.translate
	if planned.state == "Open":
		return _("Scheduled") if is_coming else _("Was scheduled")
	words = {
		"Done": _("Done"),
		"Partly Done": _("Partly done"),
		"Closed": _("Closed"),
		"Cancelled": _("Cancelled"),
	}
	return words[planned.state]


def first_day(planned: Planned, reader: Reader) -> date:
	"""Return the day on which it begins, as the reader's calendar has it."""
	return planned.day if planned.starts_us is None else reader.local(planned.starts_us).date()


def day_words(planned: Planned, reader: Reader) -> str:
	"""Return "Today — Thu May 15", "Tomorrow — Fri May 16", "Mon May 18" or "Thu Jan 7, 2027"."""
	_ = reader.translate
	day, today = first_day(planned, reader), reader.local(reader.now_us).date()
	written = _date(day, reader)
	if planned.starts_us is None and planned.last_day and planned.last_day > day:
		written = f"{written} – {_date(planned.last_day, reader)}"
	named = {-1: _("Yesterday"), 0: _("Today"), 1: _("Tomorrow")}.get((day - today).days)
	return f"{named} — {written}" if named else written


def time_words(planned: Planned, reader: Reader) -> str:
	"""Return "8:00am – 9:00am", with the day if it ends on another, or an empty string if no time is set."""
	if planned.starts_us is None:
		return ""
	starts = time_of_day(planned.starts_us, reader)
	if not planned.ends_us or planned.ends_us <= planned.starts_us:
		return starts
	ends = time_of_day(planned.ends_us, reader)
	last = reader.local(planned.ends_us).date()
	return (
		f"{starts} – {ends}"
		if last == first_day(planned, reader)
		else f"{starts} – {_date(last, reader)}, {ends}"
	)


def _date(day: date, reader: Reader) -> str:
	return short_date(day, reader, weekday=True, year=day.year != reader.local(reader.now_us).year)
