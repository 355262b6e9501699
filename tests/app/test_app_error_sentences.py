"""Every error is a sentence that can be translated: a constant template and what fills it, and main.pot has it."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from support.error_sentences import ROOTS, Sentence, sentences, sentences_of, takers

import customer_thread

PACKAGE = Path(customer_thread.__file__).parent
SENTENCES = sentences_of(sorted(PACKAGE.rglob("*.py")))


def _found(source: str) -> list[Sentence]:
	tree = ast.parse(source)
	return list(sentences(tree, takers([tree])))


def test_it_finds_the_errors() -> None:
	templates = [found.template for found in SENTENCES]
	assert len(templates) > 150
	assert {"“{0}” is no phone number.", "This page is not there.", "the {0} is empty. Fill it in."} <= {
		*templates
	}


@pytest.mark.parametrize(
	"made",
	[
		'BadInput(f"{name} is missing.")',
		'BadInput("%s is missing." % name)',
		'BadInput("{0} is missing.".format(name))',
		'BadInput("a" + name)',
		"errors.BadInput(words)",
		"BadInput(words())",
		"BadInput()",
		"fault(rule, words)",
		'BadInput(_("There is none."))',
		"Phrase(str(error))",
	],
)
def test_it_would_notice_a_sentence_made_while_running(made: str) -> None:
	assert [found.template for found in _found(f"class BadInput(ThreadError): ...\nraise {made}")] == [None]


def test_it_takes_a_constant_of_the_same_file() -> None:
	source = (
		'GONE = Phrase("Gone.")\nAWAY = "Away."\ndef f():\n\traise ThreadError(GONE) from ThreadError(AWAY)\n'
	)
	assert {found.template for found in _found(source)} == {"Gone.", "Away."}


def test_it_knows_the_errors_of_errors() -> None:
	tree = ast.parse(
		"class Worse(Bad): ...\nclass Bad(errors.ThreadError): ...\nclass Other(Exception): ...\n"
	)
	assert takers([tree]) == {**ROOTS, "Bad": 0, "Worse": 0}


@pytest.mark.parametrize(
	("made", "fits"),
	[
		('ThreadError("{0} of {1:,}", a, b)', True),
		('ThreadError("{0} and {0}", a)', True),
		('ThreadError("{{ doc.name }}")', True),
		('ThreadError("{0}", a, b)', False),
		('ThreadError("{0} of {1}", a)', False),
		('ThreadError("all", a)', False),
		('ThreadError("{name}", a)', False),
	],
)
def test_it_counts_what_fills_a_sentence(made: str, *, fits: bool) -> None:
	assert [found.fits for found in _found(made)] == [fits]


def test_it_makes_no_sentence_while_running() -> None:
	assert [found.where for found in SENTENCES if found.template is None] == []


def test_it_fills_each_place_of_each_sentence() -> None:
	assert [found.where for found in SENTENCES if not found.fits] == []


def test_it_gives_each_sentence_to_the_translators() -> None:
	with (PACKAGE / "locale" / "main.pot").open("rb") as file:
		known = {str(message.id) for message in read_po(file, charset="utf-8")}
	# the demo speaks English only
	shown = {str(found.template) for found in SENTENCES if f"{PACKAGE}/standalone/demo/" not in found.where}
	assert {text for text in shown if re.search("[A-Za-z]{2}", text)} - known == set(), "run `make pot`"
