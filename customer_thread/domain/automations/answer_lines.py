"""What the contractor reads of an answer, and the one sentence that its customer gets where it counts for nothing."""

from collections.abc import Mapping
from datetime import date, time
from zoneinfo import ZoneInfo

from customer_thread.domain.automations.questions import PlannedTime, QuestionState
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.times import to_utc
from customer_thread.domain.wording import Reader, long_date, short_date, time_of_day

#: where no time is known
APPOINTMENT = Phrase("the appointment")


def when_words(place: PlannedTime, reader: Reader) -> str:
	"""Return "Thu May 14, 10:00am", "Thu May 14" for what takes place some time on a day."""
	if place.day:
		return _date(place.day, reader)
	return f"{_date(reader.local(place.begins_us).date(), reader)}, {time_of_day(place.begins_us, reader)}"


def spoken_words(place: PlannedTime, reader: Reader) -> str:
	"""Return "Thursday, May 14 at 10:00am", as the system writes times to customers."""
	day = place.day or reader.local(place.begins_us).date()
	date = long_date(day, reader.locale)
	if place.day:
		return date
	return reader.translate("{0} at {1}").format(date, time_of_day(place.begins_us, reader))


def asked_words(about_us: int, reader: Reader, zone: ZoneInfo) -> str:
	"""Return the same of a time as it was asked about; `zone`: the customer's, in which days begin."""
	there = to_utc(about_us).astimezone(zone)
	day = there.date() if there.time() == time() else None
	return when_words(PlannedTime(about_us, about_us, day), reader)


def _date(day: date, reader: Reader) -> str:
	return short_date(day, reader, weekday=True, year=day.year != reader.local(reader.now_us).year)


def card_title(when: str) -> Phrase:
	"""Return what the card says, for ever."""
	return Phrase("Appointment confirmed — {0}", when) if when else Phrase("Appointment confirmed")


def confirmed_line(name: str, when: str | Phrase) -> Phrase:
	"""Return what the contractor reads of a yes that counts."""
	return Phrase("{0} confirmed {1}", name, when)


def uncounted_line(
	state: QuestionState, name: str, words: str, asked: str | Phrase, when: str | Phrase
) -> Phrase:
	"""Return what the contractor reads of a yes that counts for nothing, and why; `when`: when it is now."""
	if state == "Moved":
		return Phrase(
			"{0} wrote “{1}” about {2}. It was moved to {3} since, so nothing was confirmed.",
			name,
			words,
			asked,
			when,
		)
	if state == "Cancelled":
		return Phrase(
			"{0} wrote “{1}” about {2}. It was cancelled, so nothing was confirmed.", name, words, asked
		)
	if state == "Over":
		return Phrase(
			"{0} wrote “{1}” about {2}. Its time is over, so nothing was confirmed.", name, words, asked
		)
	if state == "Changed":
		return Phrase(
			"{0} wrote “{1}” about {2}. It is not as it was, so nothing was confirmed.", name, words, asked
		)
	if state == "Confirmed":
		return Phrase("{0} wrote “{1}” about {2} again. It is confirmed already.", name, words, asked)
	return Phrase(
		"{0} wrote “{1}” about {2}. It is not planned any more, so nothing was confirmed.", name, words, asked
	)


def truth(state: QuestionState, when: str | Phrase) -> Phrase | None:
	"""Return the one sentence that a customer gets whose yes counts for nothing; None: she gets none."""
	if state == "Moved":
		return Phrase("That visit was moved. It is now {0}. Reply YES to confirm.", when)
	if state == "Confirmed":
		return Phrase("You have confirmed already. See you {0}!", when)
	return _TRUTHS.get(state)


def change_line(name: str, words: str, when: str | Phrase, *, is_opt_out: bool) -> Phrase:
	"""Return what the contractor reads of a wish to cancel or to move."""
	if is_opt_out:
		return Phrase(
			"{0} wrote “{1}” about {2}. Nothing was changed, and their phone takes no more texts from you: "
			"CANCEL is also an opt-out word.",
			name,
			words,
			when,
		)
	return Phrase("{0} wrote “{1}” about {2}. Nothing was changed.", name, words, when)


_TRUTHS: Mapping[QuestionState, Phrase] = {
	"Cancelled": Phrase("That visit was cancelled."),
	"Gone": Phrase("That visit is not planned any more."),
}
