"""Times, money and calls as the customer reads them: in their zone, by their locale."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_skeleton, format_time
from babel.numbers import NumberPattern, format_currency, get_currency_precision, parse_pattern

from customer_thread.domain.languages import base_of
from customer_thread.domain.phrase import Translate
from customer_thread.domain.times import to_utc

#: a date in a sentence, in the languages of our texts
_IN_A_SENTENCE = {"en": "EEEE, MMMM d", "es": "EEEE d 'de' MMMM", "fr": "EEEE d MMMM"}
#: where clocks have twelve hours, by CLDR 48; the Babel of a bench may be older, and know no more than half of them
_TWELVE_HOURS_IN_SPANISH = frozenset(
	("es_419", "es_BO", "es_CO", "es_CR", "es_CU", "es_DO", "es_EC", "es_GT", "es_HN", "es_MX", "es_NI", "es_PA",
	"es_PE", "es_PH", "es_PR", "es_SV", "es_US", "es_VE")
)  # fmt: skip


@dataclass(frozen=True)
class Reader:
	"""For whom something is worded."""

	zone: ZoneInfo
	locale: str
	translate: Translate
	now_us: int
	#: where phone numbers without a country are, "US"
	region: str = ""

	def local(self, us: int) -> datetime:
		"""Return µs as the reader's own time."""
		return to_utc(us).astimezone(self.zone)

	@property
	def is_english(self) -> bool:
		"""Return whether the locale writes "Tue May 13" and "8:02am"."""
		return _is_english(self.locale)


def _is_english(locale: str) -> bool:
	return locale.startswith("en")


@lru_cache(maxsize=64)
def known_locale(name: str) -> str:
	"""Return the locale if Babel knows it, else en_US."""
	try:
		return str(Locale.parse(name.replace("-", "_")))
	except (UnknownLocaleError, ValueError):
		return "en_US"


def time_of_day(us: int, reader: Reader) -> str:
	"""Return "8:02am"."""
	return clock_time(reader.local(us), reader.locale)


def clock_time(local: datetime, locale: str) -> str:
	"""Return "8:02am" of what the clocks show there."""
	if locale in ("en", "en_US", "en_CA", "en_AU"):
		return f"{local.hour % 12 or 12}:{local.minute:02}{'am' if local.hour < 12 else 'pm'}"
	if locale == "fr_CA":
		return f"{local.hour} h {local.minute:02}"
	if locale in _TWELVE_HOURS_IN_SPANISH:
		# without the full stops of "p. m.": a sentence that ends in them would have two
		return f"{local.hour % 12 or 12}:{local.minute:02} {'am' if local.hour < 12 else 'pm'}"
	return format_time(local.time(), "short", locale=locale)


def long_date(day: date, locale: str) -> str:
	"""Return "Thursday, May 14", "jueves 14 de mayo", "jeudi 14 mai"."""
	if pattern := _IN_A_SENTENCE.get(base_of(locale)):
		return format_date(day, pattern, locale=locale)
	return format_skeleton("MMMMEEEEd", datetime(day.year, day.month, day.day), locale=locale)  # noqa: DTZ001


def meta_time(us: int, reader: Reader) -> str:
	"""Return "10:15am" today and "Tue 8:02am" on any other day."""
	clock = time_of_day(us, reader)
	local = reader.local(us)
	if local.date() == reader.local(reader.now_us).date():
		return clock
	return f"{format_datetime(local, 'EEE', tzinfo=reader.zone, locale=reader.locale)} {clock}"


def short_date(day: date, reader: Reader, *, weekday: bool, year: bool) -> str:
	"""Return "May 13", "Tue May 13" or "Tue May 13, 2024"."""
	return date_in(day, reader.locale, weekday=weekday, year=year)


# a page has the same few again and again, and Babel takes its time
@lru_cache(maxsize=4096)
def date_in(day: date, locale: str, *, weekday: bool, year: bool) -> str:
	"""Return the same as a locale writes it."""
	moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001
	if _is_english(locale):
		pattern = ("EEE MMM d" if weekday else "MMM d") + (", y" if year else "")
		return format_datetime(moment, pattern, locale=locale)
	if locale.startswith("es"):
		# here a form with commas and "de" comes of it, and another in each version
		pattern = ("EEE " if weekday else "") + "d MMM" + (" y" if year else "")
		return format_datetime(moment, pattern, locale=locale)
	skeleton = ("y" if year else "") + "MMM" + ("E" if weekday else "") + "d"
	return format_skeleton(skeleton, moment, locale=locale)


def day_label(us: int, reader: Reader) -> str:
	"""Return "Today — Thu May 15", "2 days ago — Tue May 13", and only the date after six days."""
	day = reader.local(us).date()
	today = reader.local(reader.now_us).date()
	written = short_date(day, reader, weekday=True, year=day.year != today.year)
	ago = (today - day).days
	_ = reader.translate
	if ago == 0:
		return f"{_('Today')} — {written}"
	if ago == 1:
		return f"{_('Yesterday')} — {written}"
	if 2 <= ago <= 6:
		return f"{_('{0} days ago').format(ago)} — {written}"
	return written


def call(seconds: int, occurred_us: int, reader: Reader) -> str:
	"""Return "Phone call — May 13, 4:12pm · 6 min"; a missed call has no length."""
	_ = reader.translate
	local = reader.local(occurred_us)
	year = local.year != reader.local(reader.now_us).year
	when = f"{short_date(local.date(), reader, weekday=False, year=year)}, {time_of_day(occurred_us, reader)}"
	if seconds <= 0:
		return f"{_('Missed call')} — {when}"
	minutes = max(1, (seconds + 30) // 60)
	return f"{_('Phone call')} — {when} · {_('{0} min').format(minutes)}"


def money(amount: Decimal | float | str | None, currency: str, locale: str) -> str:
	"""Return "$4,200", or "$4,200.50" where there are cents; an empty string for no amount."""
	if amount is None or amount == "":
		return ""
	value = Decimal(str(amount))
	if not currency:
		return f"{value.normalize():,f}"
	value = value.quantize(Decimal(1).scaleb(-get_currency_precision(currency)))
	if value == value.to_integral_value():
		whole = format_currency(value, currency, locale=locale, currency_digits=False, format=_whole(locale))
		return whole
	return format_currency(value, currency, locale=locale)


@cache
def _whole(locale: str) -> NumberPattern:
	"""Return the locale's currency pattern without decimals; there are few locales."""
	pattern = str(Locale.parse(locale).currency_formats["standard"].pattern)
	return parse_pattern(pattern.replace(".00", ""))


def how_many_new(count: int, cards: int, reader: Reader) -> str:
	"""Return "3 new messages", or "1 new update" where all are cards; `count`: with the cards."""
	_ = reader.translate
	if cards == 0:
		return _("1 new message") if count == 1 else _("{0} new messages").format(count)
	if cards == count:
		return _("1 new update") if count == 1 else _("{0} new updates").format(count)
	return _("{0} new messages and updates").format(count)


def card_line(title: str, amount: str) -> str:
	"""Return "Invoice #2041 sent — $4,200"."""
	return f"{title} — {amount}" if amount else title


def amount_in(line: str, title: str) -> str:
	"""Return the amount of a card's line as it was written then: a card's words never change."""
	return line[len(title) + len(" — ") :] if line.startswith(f"{title} — ") else ""
