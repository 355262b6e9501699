"""Times, money and calls as the example of docs/behaviour.md writes them, on every night of the year."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain import wording
from customer_thread.domain.times import DAY, HOUR, MINUTE, to_us, to_utc
from customer_thread.domain.wording import Reader

NEW_YORK = ZoneInfo("America/New_York")


def _at(*when: int, zone: ZoneInfo = NEW_YORK) -> int:
	return to_us(datetime(*when, tzinfo=zone))  # type: ignore[misc,arg-type]


#: Thu May 15 of the example
TODAY = _at(2025, 5, 15, 11, 0)


def _reader(now: int = TODAY, zone: str = "America/New_York", locale: str = "en_US") -> Reader:
	return Reader(ZoneInfo(zone), locale, str, now)


@pytest.mark.parametrize(
	("when", "day", "time"),
	[
		(_at(2025, 5, 13, 8, 2), "2 days ago — Tue May 13", "Tue 8:02am"),
		(_at(2025, 5, 13, 8, 47), "2 days ago — Tue May 13", "Tue 8:47am"),
		(_at(2025, 5, 14, 7, 48), "Yesterday — Wed May 14", "Wed 7:48am"),
		(_at(2025, 5, 15, 10, 15), "Today — Thu May 15", "10:15am"),
		(_at(2025, 5, 15, 0, 0), "Today — Thu May 15", "12:00am"),
		(_at(2025, 5, 12, 23, 59), "3 days ago — Mon May 12", "Mon 11:59pm"),
		(_at(2025, 5, 9, 12, 0), "6 days ago — Fri May 9", "Fri 12:00pm"),
		(_at(2025, 5, 8, 12, 0), "Thu May 8", "Thu 12:00pm"),
		(_at(2024, 12, 31, 23, 59), "Tue Dec 31, 2024", "Tue 11:59pm"),
		(_at(2025, 5, 16, 1, 0), "Fri May 16", "Fri 1:00am"),
	],
)
def test_it_writes_days_and_times_as_the_example_does(when: int, day: str, time: str) -> None:
	assert wording.day_label(when, _reader()) == day
	assert wording.meta_time(when, _reader()) == time


def test_it_counts_days_and_not_hours() -> None:
	assert wording.day_label(_at(2025, 5, 13, 8, 2), _reader(_at(2025, 5, 16, 9, 0))).startswith("3 days ago")


def test_it_writes_a_call_as_the_example_does() -> None:
	when = _at(2025, 5, 13, 16, 12)
	assert wording.call(6 * 60, when, _reader()) == "Phone call — May 13, 4:12pm · 6 min"


@pytest.mark.parametrize(
	("seconds", "minutes"), [(1, 1), (59, 1), (60, 1), (89, 1), (90, 2), (360, 6), (3600, 60), (86_400, 1440)]
)
def test_it_counts_at_least_a_minute(seconds: int, minutes: int) -> None:
	assert wording.call(seconds, TODAY, _reader()).endswith(f" · {minutes} min")


def test_it_gives_a_missed_call_no_length() -> None:
	assert wording.call(0, _at(2024, 5, 13, 16, 12), _reader()) == "Missed call — May 13, 2024, 4:12pm"


def test_it_writes_the_same_moment_in_everybodys_zone() -> None:
	moment = _at(2025, 5, 15, 0, 30)
	assert wording.day_label(moment, _reader()) == "Today — Thu May 15"
	assert wording.day_label(moment, _reader(zone="America/Los_Angeles")) == "Yesterday — Wed May 14"
	assert wording.meta_time(moment, _reader(zone="Asia/Kolkata")) == "10:00am"


@pytest.mark.parametrize("month_day", [(3, 9), (11, 2)])
def test_it_is_not_confused_by_a_night_when_the_clock_changes(month_day: tuple[int, int]) -> None:
	midnight = _at(2025, *month_day)
	reader = _reader(_at(2025, *month_day, 12, 0))
	for minutes in range(0, 8 * 60, 15):
		label = wording.day_label(midnight + minutes * MINUTE, reader)
		assert label.startswith("Today — Sun")
		assert wording.day_label(midnight - minutes * MINUTE - 1, reader).startswith("Yesterday — Sat")


def test_it_shows_both_one_oclocks_of_the_autumn_night() -> None:
	first = _at(2025, 11, 2, 0, 30) + HOUR
	reader = _reader(_at(2025, 11, 2, 12, 0))
	assert wording.meta_time(first, reader) == wording.meta_time(first + HOUR, reader) == "1:30am"
	assert wording.meta_time(_at(2025, 3, 9, 1, 30) + HOUR, _reader(_at(2025, 3, 9, 12, 0))) == "3:30am"


@given(
	st.integers(0, 40 * 365 * 24 * 60),
	st.sampled_from(["America/New_York", "Europe/Berlin", "Australia/Lord_Howe"]),
)
def test_it_counts_days_by_the_calendar(minutes: int, zone: str) -> None:
	when = _at(2000, 1, 1) + minutes * MINUTE
	local = to_utc(when).astimezone(ZoneInfo(zone))
	noon = datetime(local.year, local.month, local.day, 12, tzinfo=ZoneInfo(zone))
	for days, start in ((0, "Today"), (1, "Yesterday"), (2, "2 days ago"), (6, "6 days ago")):
		label = wording.day_label(when, _reader(to_us(noon + timedelta(days=days)), zone))
		assert label.startswith(start)
	assert "ago" not in wording.day_label(when, _reader(to_us(noon + timedelta(days=7)), zone))


@pytest.mark.parametrize(
	("amount", "currency", "locale", "written"),
	[
		(Decimal(4200), "USD", "en_US", "$4,200"),
		("4200.00", "USD", "en_US", "$4,200"),
		(4200.5, "USD", "en_US", "$4,200.50"),
		(Decimal("0.105"), "USD", "en_US", "$0.10"),
		(0, "USD", "en_US", "$0"),
		(-75, "USD", "en_US", "-$75"),
		(1234567, "INR", "en_IN", "₹12,34,567"),
		(4200, "EUR", "de_DE", "4.200\xa0€"),
		(Decimal("4200.5"), "EUR", "de_DE", "4.200,50\xa0€"),
		(1000, "JPY", "en_US", "¥1,000"),
		(1000.4, "JPY", "ja_JP", "￥1,000"),
		(Decimal("1.5"), "KWD", "en_US", "KWD1.500"),
		(4200, "", "en_US", "4,200"),
		(10, "", "en_US", "10"),
		(None, "USD", "en_US", ""),
		("", "USD", "en_US", ""),
		(1, "XYZ", "en_US", "XYZ1"),
	],
)
def test_it_writes_money(amount: Decimal | float | None, currency: str, locale: str, written: str) -> None:
	# whether a space divides a code from its number depends on Babel's version
	assert wording.money(amount, currency, locale).replace("\xa0", "") == written.replace("\xa0", "")


@given(st.decimals(-(10**11), 10**11, places=2), st.sampled_from(["USD", "EUR", "GBP", "JPY"]))
def test_it_drops_decimals_only_from_whole_amounts(amount: Decimal, currency: str) -> None:
	written = wording.money(amount, currency, "en_US")
	whole = currency == "JPY" or amount == amount.to_integral_value()
	assert ("." in written) == (not whole)
	assert not written.endswith(".00")


def test_it_writes_a_card() -> None:
	assert wording.card_line("Invoice #2041 sent", "$4,200") == "Invoice #2041 sent — $4,200"
	assert wording.card_line("Estimate approved", "") == "Estimate approved"


@pytest.mark.parametrize(
	("name", "known"),
	[
		("en_US", "en_US"),
		("de-DE", "de_DE"),
		("de", "de"),
		("xx_YY", "en_US"),
		("", "en_US"),
		("nonsense", "en_US"),
		("../x", "en_US"),
	],
)
def test_it_knows_its_locales(name: str, known: str) -> None:
	assert wording.known_locale(name) == known


@pytest.mark.parametrize(
	"locale", ["de_DE", "fr_FR", "es_MX", "ja_JP", "ar_EG", "he_IL", "en_GB", "en_IN", "pt_BR", "zh_CN"]
)
def test_it_writes_every_locale(locale: str) -> None:
	reader = _reader(locale=locale)
	for when in (TODAY, TODAY - 2 * DAY, TODAY - 400 * DAY):
		assert wording.day_label(when, reader)
		assert wording.meta_time(when, reader)
		assert wording.call(61, when, reader)
	assert wording.money(4200, "USD", locale)


def test_spanish_clocks_are_the_same_by_an_older_babel() -> None:
	said = {
		str(locale): wording.clock_time(datetime(2025, 5, 13, 14, 5), str(locale))  # noqa: DTZ001
		for locale in map(Locale.parse, locale_identifiers())
		if locale.language == "es" and "a" in str(locale.time_formats["short"].pattern)
	}
	assert {"es_US", "es_CO"} <= set(said)
	assert set(said.values()) == {"2:05 pm"}
	for locale, words in (("es_MX", "2:05 pm"), ("es_GT", "2:05 pm"), ("es_ES", "14:05"), ("es_AR", "14:05")):
		assert wording.clock_time(datetime(2025, 5, 13, 14, 5), locale) == words  # noqa: DTZ001


def test_it_writes_german_as_germans_do() -> None:
	reader = _reader(locale="de_DE")
	assert wording.short_date(date(2025, 5, 13), reader, weekday=True, year=True) == "Di., 13. Mai 2025"
	assert wording.time_of_day(_at(2025, 5, 13, 16, 12), reader) == "16:12"


@pytest.mark.parametrize(
	("count", "cards", "words"),
	[
		(1, 0, "1 new message"),
		(3, 0, "3 new messages"),
		(1, 1, "1 new update"),
		(2, 2, "2 new updates"),
		(2, 1, "2 new messages and updates"),
	],
)
def test_it_calls_nothing_a_message_that_is_a_card(count: int, cards: int, words: str) -> None:
	assert wording.how_many_new(count, cards, _reader()) == words
