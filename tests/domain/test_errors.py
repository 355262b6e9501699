"""A refusal is English wherever it is kept, and in the reader's language wherever it is shown."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from customer_thread.domain.errors import BadInput, GatewayError
from customer_thread.domain.phrase import Phrase

GERMAN = {
	"at most {0:,} {1}, please": "bitte höchstens {0} {1}",
	"characters": "Zeichen",
	"{0} is missing.": "Es fehlt {0}.",
}


def _german(text: str) -> str:
	return GERMAN.get(text, text)


def _pickled(what: object) -> object:
	return pickle.loads(pickle.dumps(what))


def test_it_is_english_and_the_readers_own() -> None:
	error = BadInput("at most {0:,} {1}, please", 20_000, Phrase("characters"))

	assert str(error) == "at most 20,000 characters, please"
	assert f"{error}" == "at most 20,000 characters, please"
	assert error.worded(_german) == "bitte höchstens 20000 Zeichen"


def test_it_translates_no_word_that_was_given() -> None:
	assert BadInput("{0} is missing.", "characters").worded(_german) == "Es fehlt characters."


def test_it_leaves_what_has_nothing_to_fill_in_as_it_is() -> None:
	assert str(BadInput("Write {{ doc.name }} or {0}.")) == "Write {{ doc.name }} or {0}."


def test_it_leaves_braces_in_what_was_given() -> None:
	assert str(BadInput("{0} is missing.", "{1}")) == "{1} is missing."


@pytest.mark.parametrize("wrong", ["{1} fehlt", "{0", "{0.none} fehlt", "{0:d} fehlt", "{name} fehlt"])
def test_it_is_english_where_a_translation_is_broken(wrong: str) -> None:
	assert BadInput("{0} is missing.", "text").worded(lambda _text: wrong) == "text is missing."


def test_it_passes_on_a_phrase_that_was_put_together_elsewhere() -> None:
	said = Phrase("{0} is missing.", "text")

	assert BadInput(said).phrase is said
	assert BadInput(said).worded(_german) == "Es fehlt text."


@pytest.mark.parametrize("again", [copy.deepcopy, _pickled])
def test_it_is_the_same_after_a_copy(again: Callable[[Any], Any]) -> None:
	error = GatewayError("{0} is missing.", "text", permanent=True, code="7")
	copied = again(error)

	assert (str(copied), copied.worded(_german)) == (str(error), "Es fehlt text.")
	assert (copied.permanent, copied.ambiguous, copied.code) == (True, False, "7")
	phrase = again(error.phrase)
	assert (phrase, phrase.worded(_german)) == ("text is missing.", "Es fehlt text.")
