"""What the system writes by itself, as it is shipped, in each language: short, true, and to be answered."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from customer_thread.domain.automations.answers import read_answer
from customer_thread.domain.automations.check import check_text
from customer_thread.domain.automations.model import Automation
from customer_thread.domain.automations.text import TextContext, render_text
from customer_thread.domain.notices.texts import segments, without_gsm
from customer_thread.domain.speech import Speech
from customer_thread.domain.times import to_us
from customer_thread.domain.wording import clock_time, long_date
from customer_thread.standalone.languages import languages, translator
from customer_thread.standalone.shipped_automations import FIXTURE

ROWS: list[dict[str, Any]] = json.loads(FIXTURE.read_text("utf-8"))
LOCALES = {"es": "es_US", "fr": "fr_CA"}
ZONE = ZoneInfo("America/Chicago")
IN_EACH = pytest.mark.parametrize("language", [one for one in languages() if one != "en"])
MAY = datetime(2026, 5, 14, 13)  # noqa: DTZ001 - as a document has it
#: letters of month and day names that make a text of 16 bits: "sábado", "août"
_OF_DATES = set("áû")


def context(language: str, at: datetime = MAY) -> TextContext:
	"""Return what a customer is told in a language of a document of that time."""
	document = {
		# as a thread numbers it
		"name": "12",
		"scheduled_time": at,
		"starts_on": at,
		"mntc_date": at.date(),
		"due_date": at.date(),
		"all_day": 0,
	}
	return TextContext(
		document=document,
		site_zone=ZONE,
		zone=ZONE,
		customer_name="José Muñoz",
		business_name="Mike's Contracting",
		business_phone="(555) 010-2000",
		now_us=to_us(datetime(2026, 5, 13, 9, tzinfo=ZONE)),
		minutes=20,
		speech=Speech(their_locale=LOCALES[language], translate=translator(language)),
	)


def texts(language: str, at: datetime = MAY) -> dict[str, str]:
	"""Return what each says."""
	return {row["name"]: render_text(Automation.from_row(row), context(language, at)) for row in ROWS}


@IN_EACH
def test_each_says_it_in_two_segments_and_with_few_letters_whatever_the_day(language: str) -> None:
	# each weekday and each month, by a clock of four digits
	for at in (datetime(2026, month, day, 10, 30) for month in range(1, 13) for day in range(21, 28)):  # noqa: DTZ001
		for row in ROWS:
			automation = Automation.from_row(row)
			text = render_text(automation, context(language, at))
			check_text(automation, text)
			assert segments(text) <= 2, text
			assert set(without_gsm(text)) <= _OF_DATES, text


@IN_EACH
def test_none_says_it_in_english(language: str) -> None:
	english = {
		row["name"]: render_text(Automation.from_row(row), replace(context(language), speech=Speech()))
		for row in ROWS
	}

	assert [
		name for name, text in texts(language).items() if text == english[name] or text.startswith("Hi ")
	] == []


def test_dates_are_said_as_people_say_them() -> None:
	assert "el jueves 14 de mayo, 1:00 pm" in texts("es")["appointment-reminder"]
	assert "le jeudi 14 mai à 13 h 00" in texts("fr")["appointment-reminder"]


@IN_EACH
def test_the_word_it_asks_for_is_a_yes(language: str) -> None:
	asked = {"es": "SI", "fr": "OUI"}[language]
	for row in ROWS:
		if row["expects_confirmation"]:
			assert f" {asked} " in texts(language)[row["name"]]
	assert read_answer(asked) == "Confirm"


def test_an_admins_own_words_stay_with_dates_as_the_business_writes_them() -> None:
	own = Automation.from_row({**ROWS[0], "text": "Hey! {{ doc.scheduled_time | day }}"})
	spoken = replace(context("es").speech, locale="fr_CA", translate_here=translator("fr"))
	theirs = replace(context("es"), speech=spoken)

	assert render_text(own, theirs) == "Hey! jeudi 14 mai"


def test_one_who_reads_english_has_it_in_english_where_the_business_does_not() -> None:
	spoken = Speech(locale="es_US", their_locale="en_US", translate_here=translator("es"))
	reader = replace(context("es"), speech=spoken)

	assert render_text(Automation.from_row(ROWS[0]), reader).startswith(
		"Hi José, you're booked with Mike's Contracting on Thursday, May 14 at 1:00pm."
	)


@pytest.mark.parametrize(
	("locale", "clock", "day"),
	[
		("es_US", "9:05 am", "sábado 1 de agosto"),
		("es_MX", "9:05 am", "sábado 1 de agosto"),
		("es_ES", "9:05", "sábado 1 de agosto"),
		("fr_CA", "9 h 05", "samedi 1 août"),
		("fr_FR", "09:05", "samedi 1 août"),
		("en_US", "9:05am", "Saturday, August 1"),
	],
)
def test_times_and_days_in_a_sentence(locale: str, clock: str, day: str) -> None:
	at = datetime(2026, 8, 1, 9, 5)  # noqa: DTZ001

	assert clock_time(at, locale) == clock
	assert long_date(at.date(), locale) == day
