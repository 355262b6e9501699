"""What a search asks for: words, amounts however they are written, days as one says them, pictures."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from babel.dates import get_day_names, get_month_names

from customer_thread.domain.limits import SEARCH_TERMS, SEARCH_YEARS
from customer_thread.domain.times import to_us
from customer_thread.domain.wording import Reader
from customer_thread.domain.words import fold

_ENGLISH_PICTURES = "photo, photos, picture, pictures, image, images"
_SEPARATORS = (",", ".", "'", "’", " ")
#: "4,200", "4.200,50", "4200.00"; and as India writes lakhs
_AMOUNT = re.compile(
	r"(?P<whole>\d+|\d{1,3}(?:(?P<group>[,.'’])\d{3})(?:(?P=group)\d{3})*|\d{1,2}(?:,\d{2})*,\d{3})(?:[.,](?P<cents>\d{2}))?"
)
#: signs behind a year, a month and a day in the east of Asia, folded
_YEARS, _MONTHS, _DAYS = (f"(?:{fold(signs)})" for signs in ("年|년", "月|월", "日|일"))
#: no amount has more, and each way to write it costs a look at every text
_DIGITS = 12
_DAY = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th|er|o|\.|{_DAYS})?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_EAST_ASIAN = re.compile(rf"(?:(\d{{4}}){_YEARS})?(\d{{1,2}}){_MONTHS}(\d{{1,2}}){_DAYS}")
#: "13th of May", "13 de mayo"
_BETWEEN = {"of", "de", "the"}


@dataclass(frozen=True)
class Wanted:
	"""What an entry must have: one of these."""

	#: folded, all of one of them
	words: tuple[tuple[str, ...], ...]
	#: when it happened: from, and before; µs
	days: tuple[tuple[int, int], ...] = ()
	#: a picture
	is_picture: bool = False


class Excerpt(NamedTuple):
	"""What of an entry shows why it was found."""

	before: str
	hit: str
	after: str


def wanted(query: str, reader: Reader) -> tuple[Wanted, ...]:
	"""Return what an entry must have, all of it, at most ten; nothing for a query without words."""
	tokens = fold(query).split()
	found: dict[Wanted, None] = {}
	place = 0
	while place < len(tokens) and len(found) < SEARCH_TERMS:
		one, used = _said_day(tokens[place:], reader) or (_one(tokens[place], reader), 1)
		found[one] = None
		place += used
	return tuple(found)


def _one(token: str, reader: Reader) -> Wanted:
	if token in _picture_words(reader):
		return Wanted(((token,),), is_picture=True)
	return Wanted(tuple((form,) for form in _amounts(token)))


def _picture_words(reader: Reader) -> set[str]:
	_ = reader.translate
	#: by which words one looks for pictures, commas between them
	words = _("photo, photos, picture, pictures, image, images")
	return {fold(word) for word in f"{words},{_ENGLISH_PICTURES}".split(",")}


# Amounts


def _amounts(token: str) -> list[str]:
	"""Return how an amount may be written, the way it is asked first; what is none has one way."""
	bare = "".join(char for char in token if unicodedata.category(char) != "Sc").rstrip(".,;:!?") or token
	match = _AMOUNT.fullmatch(bare)
	whole = re.sub(r"\D", "", match["whole"]) if match else ""
	if match is None or len(whole) > _DIGITS:
		return [token]
	cents = match["cents"] or "00"
	if len(whole) < 3:
		# "$42" is not to find each 42
		return list(dict.fromkeys([token, token.replace(bare, whole)] if cents == "00" else [token]))
	return list(dict.fromkeys([token, *_written(whole, cents)]))


def _written(whole: str, cents: str) -> Iterator[str]:
	"""Yield a number as the world writes it; without cents it is found with them, too."""
	forms = [(whole, "."), (whole, ",")]
	if len(whole) > 3:
		forms += [(_grouped(whole, sign), "," if sign in ". " else ".") for sign in _SEPARATORS]
	if len(whole) > 5:
		forms.append((f"{_grouped(whole[:-3], ',', 2)},{whole[-3:]}", "."))
	for form, point in forms:
		yield form if cents == "00" else f"{form}{point}{cents}"


def _grouped(digits: str, sign: str, size: int = 3) -> str:
	head = len(digits) % size
	groups = [digits[:head]] if head else []
	return sign.join([*groups, *(digits[at : at + size] for at in range(head, len(digits), size))])


# Days


class _Calendar(NamedTuple):
	months: Mapping[str, int]
	weekdays: frozenset[str]


@lru_cache(maxsize=64)
def _calendar(locale: str) -> _Calendar:
	"""Return how months and weekdays are called, in English too."""
	months: dict[str, int] = {}
	weekdays = set()
	for language in ("en", locale):
		for width in ("wide", "abbreviated"):
			for context in ("format", "stand-alone"):
				named = get_month_names(width, context, language)
				called = {fold(str(name)).rstrip("."): number for number, name in named.items()}
				months |= {name: number for name, number in called.items() if not name.isdigit()}
				days = get_day_names(width, context, language)
				weekdays |= {fold(str(name)).rstrip(".") for name in days.values()}
	return _Calendar(months, frozenset(weekdays))


def _said_day(tokens: Sequence[str], reader: Reader) -> tuple[Wanted, int] | None:
	"""Return the day or month with which these words begin, and how many they are."""
	today = reader.local(reader.now_us).date()
	_ = reader.translate
	for ago, names in ((0, ("today", _("Today"))), (1, ("yesterday", _("Yesterday")))):
		for name in names:
			said = fold(name).split()
			if list(tokens[: len(said)]) == said:
				return _of_days(said, [today - timedelta(days=ago)], reader), len(said)
	found = _date(tokens, reader)
	if found is None:
		return None
	spans, used = found
	said = [token.strip(",.") or token for token in tokens[:used]]
	# "May 13th", which others write without "th"
	plain = [
		match[1] if (match := _DAY.fullmatch(token)) else token for token in said if token not in _BETWEEN
	]
	words = dict.fromkeys((tuple(dict.fromkeys(said)), tuple(dict.fromkeys(plain))))
	return Wanted(tuple(words), tuple(_span(*span, reader) for span in spans)), used


def _of_days(said: Sequence[str], days: Sequence[date], reader: Reader) -> Wanted:
	return Wanted((tuple(said),), tuple(_span(day, day, reader) for day in days))


def _date(tokens: Sequence[str], reader: Reader) -> tuple[list[tuple[date, date]], int] | None:
	"""Return from which to which days are meant, a span a year, and how many words say so."""
	numbers = _ISO.fullmatch(tokens[0].strip(",.")) or _EAST_ASIAN.fullmatch(tokens[0])
	if numbers:
		year, month, day = (int(part) if part else 0 for part in numbers.groups())
		return _spans(year, month, day, reader), 1
	year, month, day, used = _read(tokens, _calendar(reader.locale))
	return (_spans(year, month, day, reader), used) if month and (day or year) else None


def _read(tokens: Sequence[str], calendar: _Calendar) -> tuple[int, int, int, int]:
	"""Return year, month and day as far as they are said, and how many words that took."""
	year = month = day = used = 0
	for number, token in enumerate(tokens[:8], 1):
		name = token.strip(",.")
		if not month and name in calendar.months:
			month = calendar.months[name]
		elif not day and (match := _DAY.fullmatch(token.rstrip(","))) and 1 <= int(match[1]) <= 31:
			day = int(match[1])
		elif month and not year and _YEAR.fullmatch(name):
			year = int(name)
		elif name in calendar.weekdays or name in _BETWEEN:
			continue
		else:
			break
		used = number
	return year, month, day, used


def _spans(year: int, month: int, day: int, reader: Reader) -> list[tuple[date, date]]:
	newest = reader.local(reader.now_us).year
	years = [year] if year else range(newest, newest - SEARCH_YEARS, -1)
	found = []
	for each in years:
		try:
			first = date(each, month, day or 1)
		except ValueError:
			# there is a February 29 in some years only
			continue
		last = first if day else (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
		found.append((first, last))
	return found


def _span(first: date, last: date, reader: Reader) -> tuple[int, int]:
	return _midnight(first, reader), _midnight(last + timedelta(days=1), reader)


def _midnight(day: date, reader: Reader) -> int:
	return to_us(datetime(day.year, day.month, day.day, tzinfo=reader.zone))


# What was found


def excerpt(text: str, asked: Sequence[Wanted], around: int = 60, most: int = 140) -> Excerpt:
	"""Return the first of the words that were asked for, with what is around it."""
	folded, places = _folded(text)
	hits = (_hit(folded, form) for one in asked for forms in one.words for form in [" ".join(forms), *forms])
	start, end = next((hit for hit in hits if hit), (0, 0))
	if not end:
		return Excerpt(_cut(text, 200), "", "")
	start, end = places[start], places[end - 1] + 1
	before = text[max(start - around, 0) : start]
	return Excerpt(f"…{before}" if start > around else before, text[start:end], _cut(text[end:], most))


def _hit(folded: str, form: str) -> tuple[int, int] | None:
	at = folded.find(form)
	return (at, at + len(form)) if at >= 0 else None


def _cut(text: str, most: int) -> str:
	return text if len(text) <= most else f"{text[:most]}…"


def _folded(text: str) -> tuple[str, Sequence[int]]:
	"""Return a text as search compares it, but for its blanks, and of each of its signs from which it comes."""
	if text.isascii():
		return re.sub(r"\s", " ", text).casefold(), range(len(text))
	folded: list[str] = []
	places: list[int] = []
	for place, char in enumerate(text):
		for part in _folded_char(char):
			folded.append(part)
			places.append(place)
	return "".join(folded), places


@lru_cache(maxsize=4096)
def _folded_char(char: str) -> str:
	return " " if char.isspace() else fold(char)
