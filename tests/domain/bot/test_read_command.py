"""How the contractor's words can be read."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from customer_thread.domain.bot.read_command import Command, mentioned, read_command


@pytest.mark.parametrize(
	("text", "number", "verb", "words"),
	[
		("#174 on my way", "174", "say", "on my way"),
		(" # 174: on\nmy way ", "174", "say", "on\nmy way"),
		("#174 - on my way", "174", "say", "on my way"),
		("＃174 on my way", "174", "say", "on my way"),
		("#١٧٤ on my way", "174", "say", "on my way"),
		("#174", "174", "say", ""),
		("#174.", "174", "say", ""),
		("#️⃣1️⃣7️⃣4️⃣ on my way", "174", "say", "on my way"),
		("#174 note gate code 17", "174", "note", "gate code 17"),
		("#174 NOTE: gate", "174", "note", "gate"),
		("note #174 gate", "174", "note", "gate"),
		("Note: #174 gate", "174", "note", "gate"),
		("#174 note", "174", "note", ""),
		("#174 notebook is here", "174", "say", "notebook is here"),
		("#174 noted, thanks", "174", "say", "noted, thanks"),
		("#174 ?", "174", "lines", ""),
		("#174?", "174", "lines", ""),
		("#174 HELP!", "174", "lines", ""),
		("#174 list", "174", "lines", ""),
		("#17a4 hello", "17a4", "say", "hello"),
		("\u200f#174 on my way", "174", "say", "on my way"),
		("\ufeff#\u2060174 on my way", "174", "say", "on my way"),
		("\u2068#174\u2069 note gate", "174", "note", "gate"),
		("\u200fnote \u200e#174 gate", "174", "note", "gate"),
		("#174 \u200fnote gate", "174", "note", "gate"),
		("#174 \u200f?", "174", "lines", ""),
		("#1 hello", "1", "say", "hello"),
		("#1234567890 hello", "1234567890", "say", "hello"),
	],
)
def test_it_reads_a_number_that_is_marked(text: str, number: str, verb: str, words: str) -> None:
	command = read_command(text)
	assert (command.number, command.verb, command.text, command.is_marked) == (number, verb, words, True)


@pytest.mark.parametrize(
	("text", "number", "verb", "words"),
	[
		("174 on my way", "174", "say", "on my way"),
		("174: on my way", "174", "say", "on my way"),
		("174", "174", "say", ""),
		("1.", "1", "say", ""),
		("1️⃣", "1", "say", ""),
		("174 ?", "174", "lines", ""),
		("174 note gate", "174", "note", "gate"),
		("note 174 gate", "174", "note", "gate"),
		("on my way", "", "say", "on my way"),
		("note gate", "", "note", "gate"),
		("invoice #174 is paid", "", "say", "invoice #174 is paid"),
		("5pm works", "", "say", "5pm works"),
		("10:30 works", "10", "say", "30 works"),
		("1234567890 hello", "", "say", "1234567890 hello"),
		("555-1234 is my number", "", "say", "555-1234 is my number"),
		("5035550142", "5035550142", "say", ""),
		("👍", "", "say", "👍"),
		("👍?", "", "say", "👍?"),
		("help me with this", "", "say", "help me with this"),
		("", "", "say", ""),
	],
)
def test_it_reads_what_is_not_marked(text: str, number: str, verb: str, words: str) -> None:
	command = read_command(text)
	assert (command.number, command.verb, command.text, command.is_marked) == (number, verb, words, False)


@pytest.mark.parametrize(
	("text", "verb", "whole"),
	[
		("174 on my way", "say", "174 on my way"),
		("174 note gate", "say", "174 note gate"),
		("note 4711 is the gate", "note", "4711 is the gate"),
		("note the gate", "note", "the gate"),
	],
)
def test_it_knows_how_to_read_it_if_there_is_no_such_number(text: str, verb: str, whole: str) -> None:
	command = read_command(text)
	assert (command.whole_verb, command.whole) == (verb, whole)


@pytest.mark.parametrize(
	"text",
	[
		*(
			"?",
			"??",
			"?!",
			"¿?",
			"？",
			"help",
			"Help",
			"HELP!",
			"help.",
			"(help)",
			"“list”",
			"list?",
			"LIST 🙏",
		),
		*("/help", "#help", "#", "# ?", "\u200f؟", "?\u200f", "\u200bhelp"),
	],
)
def test_it_knows_words_that_no_customer_gets(text: str) -> None:
	assert read_command(text).verb == "help"


@pytest.mark.parametrize(
	("text", "numbers"),
	[
		("Liked “Sarah Lee: when? (#174)”", ["174"]),
		("on my way #174", ["174"]),
		("(＃１７４) and # 957, #174", ["174", "957"]),
		("#\u2060174", ["174"]),
		("#1 fan, 174, no.174, #1234567890", []),
		("#100" + " #101 #102 #103 #104 #105", ["100", "101", "102", "103", "104"]),
	],
)
def test_it_finds_the_numbers_that_are_mentioned(text: str, numbers: list[str]) -> None:
	assert mentioned(text) == numbers


def test_it_leaves_what_joins_an_emoji() -> None:
	family = "\U0001f468\u200d\U0001f469\u200d\U0001f467 hi"
	assert read_command(family).text == family
	assert read_command(f"#174 {family}").text == family


@example("\xad\r0")
@given(st.text(max_size=50))
def test_it_survives_any_text(text: str) -> None:
	command = read_command(text)
	assert isinstance(command, Command)
	assert command.text == command.text.strip()
	assert not command.is_marked or command.number
