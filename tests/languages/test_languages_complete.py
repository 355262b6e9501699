"""Each language has every text, whole: nothing missing, nothing left over, with the same blanks to fill in."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import customer_thread
from customer_thread.domain.automations.stop_words import stop_word_asked_for
from customer_thread.standalone.languages import FOLDER, languages, texts_in

POT = Path(customer_thread.__file__).parent / "locale" / "main.pot"
LANGUAGES = [language for language in languages() if language != "en"]
#: what is filled in, and Jinja's own
_BLANKS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{[^{}]*\}")
#: what is typed or opened as it stands: an address, an option, a field, an example, a word to text
_LITERAL = re.compile(
	r"https?://[\w.?=/-]+\w|mailto:\S+\w|(?<!\w)--\w+|\b[a-z]+_[a-z_]+\b|#\d+|\b\d\d:\d\d\b|\bST(?:OP|ART)\b|\bsmtps?\b"
)
_TAG = re.compile(r"</?\w+[^>]*>")
#: behind a text's last sign
_CLOSING = '”»" '
#: where English ends so each language does, and nowhere else but for a time: "9:00 a. m."
_ENDS = set(".?!:…")


def _english() -> list[str]:
	with POT.open("rb") as file:
		return [str(message.id) for message in read_po(file, charset="utf-8") if message.id]


def _rows(language: str) -> list[list[str]]:
	with (FOLDER / f"{language}.csv").open(encoding="utf-8", newline="") as file:
		return list(csv.reader(file))


def test_there_are_spanish_and_french() -> None:
	assert {"es", "fr"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_missing_and_none_is_left_over(language: str) -> None:
	there, wanted = set(texts_in(language)), set(_english())

	assert sorted(wanted - there) == [], f"translate them in customer_thread/translations/{language}.csv"
	assert sorted(there - wanted) == [], f"take them out of customer_thread/translations/{language}.csv"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_is_as_both_hosts_read_it(language: str) -> None:
	rows = _rows(language)

	assert all(len(row) == 2 for row in rows)
	assert [row[0] for row in rows] == sorted({row[0] for row in rows}), "sorted, each once"
	# Frappe cuts blanks off, and makes new lines of these two characters
	assert [row for row in rows if row[1] != row[1].strip() or not row[1] or "\\n" in row[1]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_is_filled_in(language: str) -> None:
	for english, text in texts_in(language).items():
		assert Counter(_BLANKS.findall(text)) == Counter(_BLANKS.findall(english)), text
		assert Counter(_TAG.findall(text)) == Counter(_TAG.findall(english)), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_typed_as_it_stands_stands_there(language: str) -> None:
	for english, text in texts_in(language).items():
		assert set(_LITERAL.findall(english)) <= set(_LITERAL.findall(text)), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_ends_as_it_ends_in_english(language: str) -> None:
	for english, text in texts_in(language).items():
		ends, said = english.rstrip(_CLOSING)[-1], text.rstrip(_CLOSING)[-1]
		assert said == ends or not {ends, said} & _ENDS or (said == "." and ends not in _ENDS), (
			english,
			text,
		)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_customer_is_told_to_answer_with_a_word_that_ends_all_texts(language: str) -> None:
	for english, text in texts_in(language).items():
		assert stop_word_asked_for(text) in ("", stop_word_asked_for(english)), text
