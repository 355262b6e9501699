"""Times as the contractor reads them, and as the system writes them to customers."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from customer_thread.domain.automations.answer_lines import asked_words, spoken_words, when_words
from customer_thread.domain.automations.questions import PlannedTime
from customer_thread.domain.times import DAY, HOUR, to_us
from customer_thread.domain.wording import Reader

HERE, KOLKATA = ZoneInfo("America/New_York"), ZoneInfo("Asia/Kolkata")
TEN_US = to_us(datetime(2026, 5, 14, 10, tzinfo=HERE))
TEN, SOME_TIME = PlannedTime(TEN_US, TEN_US), PlannedTime(TEN_US - 10 * HOUR, TEN_US, date(2026, 5, 14))


def _reader(locale: str = "en_US", now_us: int = TEN_US - DAY) -> Reader:
	return Reader(HERE, locale, str, now_us)


def test_the_contractor_reads_it_short() -> None:
	assert when_words(TEN, _reader()) == "Thu May 14, 10:00am"
	assert when_words(SOME_TIME, _reader()) == "Thu May 14"
	assert when_words(TEN, _reader(now_us=TEN_US - 200 * DAY)) == "Thu May 14, 2026, 10:00am"


@pytest.mark.parametrize(
	("locale", "place", "words"),
	[
		("en_US", TEN, "Thursday, May 14 at 10:00am"),
		("en_US", SOME_TIME, "Thursday, May 14"),
		("de_DE", TEN, "Do., 14. Mai at 10:00"),
		("es_US", SOME_TIME, "jueves 14 de mayo"),
	],
)
def test_customers_read_it_as_it_is_said(locale: str, place: PlannedTime, words: str) -> None:
	assert spoken_words(place, _reader(locale)) == words


def test_a_day_that_was_asked_about_has_no_time() -> None:
	midnight = to_us(datetime(2026, 5, 14, tzinfo=KOLKATA))
	assert asked_words(midnight, _reader(), KOLKATA) == "Thu May 14"
	assert asked_words(midnight, _reader(), HERE) == "Wed May 13, 2:30pm"
