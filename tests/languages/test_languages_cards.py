"""The titles of the cards that the app ships, in each language: none in English, short, with few letters beyond GSM-7."""

import json
from pathlib import Path
from typing import Any

import pytest

import customer_thread
from customer_thread.domain.notices.texts import without_gsm
from customer_thread.domain.speech import Speech
from customer_thread.standalone.languages import languages, translator

RULES: list[dict[str, Any]] = json.loads(
	(Path(customer_thread.__file__).parent / "fixtures" / "thread_card_rule.json").read_text("utf-8")
)
IN_EACH = pytest.mark.parametrize("language", [one for one in languages() if one != "en"])


@IN_EACH
def test_each_title_has_its_words_outside_of_what_is_filled_in(language: str) -> None:
	speech = Speech(translate=translator(language), their_locale=language)

	for rule in RULES:
		words, locale = speech.said(rule["title"])
		assert (words != rule["title"], locale) == (True, language), rule["name"]


@IN_EACH
def test_a_text_that_tells_one_stays_as_long(language: str) -> None:
	for rule in RULES:
		assert set(without_gsm(translator(language)(rule["title"]))) <= {"—"}, rule["name"]


def test_an_admins_own_title_stays_as_it_is_written() -> None:
	speech = Speech(
		locale="fr_CA", translate=translator("es"), their_locale="es_US", translate_here=translator("fr")
	)

	assert speech.said("Your deck {{ doc.name }}") == ("Your deck {{ doc.name }}", "fr_CA")


def test_who_reads_english_has_it_in_english_where_the_business_does_not() -> None:
	speech = Speech(locale="es_US", their_locale="en_US", translate_here=translator("es"))

	assert speech.said("Payment received") == ("Payment received", "en_US")
