"""Texts in other languages, from the files that a Frappe site reads too; and which language a request speaks."""

import csv
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from werkzeug.wrappers import Request

from customer_thread.domain.languages import ENGLISH, base_of

#: a file a language, "es.csv": a text in English, and the same in that language
FOLDER = Path(__file__).parent.parent / "translations"

_SPOKEN: ContextVar[str] = ContextVar("the language of whoever asks", default="")


@cache
def languages() -> tuple[str, ...]:
	"""Return the languages there are, English first."""
	return (ENGLISH, *sorted(path.stem for path in FOLDER.glob("*.csv")))


@cache
def texts_in(language: str) -> Mapping[str, str]:
	"""Return every text of a language by what it is in English; none of one that is not there, nor of English."""
	if language not in languages() or language == ENGLISH:
		return {}
	with (FOLDER / f"{language}.csv").open(encoding="utf-8", newline="") as file:
		return dict(row for row in csv.reader(file))


def translator(language: str) -> Callable[[str], str]:
	"""Return what gives a text in a language, or in English where there is none."""
	texts = texts_in(base_of(language))
	return lambda text: texts.get(text, text)


def spoken() -> str:
	"""Return the language of whoever asks; empty where nobody does, or in none that is there."""
	return _SPOKEN.get()


def asked_in(request: Request) -> str:
	"""Return which of the languages that are there a browser likes best; empty for none."""
	return request.accept_languages.best_match(languages()) or ""


def speak(language: str) -> None:
	"""Speak another language from now on, until what is spoken is over."""
	_SPOKEN.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
	"""Speak a language until it is over."""
	before = _SPOKEN.set(language)
	try:
		yield
	finally:
		_SPOKEN.reset(before)
