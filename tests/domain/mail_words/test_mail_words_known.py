"""What is told by what the business knows of its own mails."""

import pytest

from customer_thread.domain.mail_words.known import Known, answer_line, known
from customer_thread.domain.mail_words.rest import rest
from customer_thread.domain.mail_words.split import split

SENT = "Hi Sarah, the crew comes on Thursday at nine.\nThe boards are here.\nMike"
OURS = known(["office@mikes.example", "reply+abc@mikes.example"], "Mike's Contracting", [SENT])
ANSWER = "Yes, please.\n\nSarah"


@pytest.mark.parametrize(
	"attribution",
	[
		"On Tuesday Mike's Contracting wrote:",
		"May 13, 2026 - office@mikes.example:",
		"2026. gada 13. maijs Mike's Contracting <reply+abc@mikes.example> :",
		"13/05/2026 reply+abc@mikes.example",
	],
)
def test_what_names_us_begins_the_history(attribution: str) -> None:
	body = f"{ANSWER}\n\n{attribution}\n\nCould we come a day later?"
	assert split(body, OURS) == (ANSWER, True)


@pytest.mark.parametrize(
	"body",
	[
		"I wrote to office@mikes.example yesterday.\nDid it arrive?",
		"Is office@mikes.example still right?\n\nWe moved to Oak Street.",
		"My neighbour knows Mike's Contracting:\nyou built her deck in 2019.",
		"The boards are here.\nBut they are too short.",
	],
)
def test_what_only_mentions_us_stays(body: str) -> None:
	assert split(body, OURS) == (body, False)


def test_lines_that_we_sent_are_history_without_any_mark() -> None:
	assert split(f"{ANSWER}\n\n{SENT}", OURS) == (ANSWER, True)
	wrapped = SENT.replace("on Thursday", "on Thursday").replace(", the crew", ",  the crew")
	assert split(f"{ANSWER}\n\n13.05.2026 Mike:\n{wrapped}", OURS)[0].startswith(ANSWER)
	assert split(f"{ANSWER}\n\n{SENT}") == (f"{ANSWER}\n\n{SENT}", False)


def test_an_answer_that_repeats_short_words_of_ours_stays() -> None:
	assert split("Mike\n\nat nine.", OURS) == ("Mike\n\nat nine.", False)


@pytest.mark.parametrize(
	"words",
	["Please answer above this line", "Bitte antworten Sie über dieser Zeile", "このラインの上に返信"],
)
@pytest.mark.parametrize(
	"quoted",
	[
		"{line}\n\nCould we come a day later?",
		"Someone said something unheard of\n\n{line}\n\nCould we?",
		"> {line}\n>\n> Could we?",
		"On Tue, May 13, 2026 at 8:02 AM Mike <m@x.example> wrote:\n\n{line}\n\nCould we?",
		"* {line} *\nCould we?",
	],
)
def test_what_stands_above_the_line_is_new(words: str, quoted: str) -> None:
	text, left_out = split(f"{ANSWER}\n\n{quoted.format(line=answer_line(words))}")
	assert text.startswith(ANSWER)
	assert "Could we" not in text
	assert left_out


def test_a_line_that_was_wrapped_is_known_by_its_head() -> None:
	assert split(f"{ANSWER}\n\n##- Please answer\nabove this line -##\n\nOld words") == (ANSWER, True)


def test_an_answer_below_the_quoted_line_is_not_lost() -> None:
	body = f"On Tue, May 13, 2026 Mike wrote:\n> {answer_line('Above')}\n> Could we?\n\n{ANSWER}"
	assert split(body) == (ANSWER, True)


def test_nothing_is_known_of_nobody() -> None:
	assert not Known().names_us("office@mikes.example")
	assert Known().sent_in(SENT, None) is None


@pytest.mark.parametrize(
	("whole", "text", "left"),
	[
		("new\n\nOn x wrote:\n> old", "new", "On x wrote:\n> old"),
		("On x wrote:\n> old\n\nnew", "new", "On x wrote:\n> old"),
		("one\n> old\n\ntwo", "one\n\ntwo", "> old"),
		("a long text", "a long…", " text"),
		("all of it", "all of it", "all of it"),
		("other words", "new", "other words"),
	],
)
def test_the_rest_is_what_is_not_shown(whole: str, text: str, left: str) -> None:
	assert rest(whole, text).split() == left.split()


LONG = "Which stain do you want for the deck?\nAnd which day suits you and the dog?\nMike"
HEADER = "From: Mike <office@mikes.example>\nSent: Tuesday, May 13, 2026 8:02 AM\nTo: Sarah\nSubject: Deck"


@pytest.mark.parametrize("announced", [HEADER, "On Tue, May 13, 2026 Mike <office@mikes.example> wrote:"])
def test_answers_between_the_lines_of_what_we_sent_stay_though_nothing_marks_them(announced: str) -> None:
	known_ = known(["office@mikes.example"], "Mike's Contracting", [SENT, LONG])
	stain, day, name = LONG.split("\n")
	body = f"See in red.\n\n{announced}\n\n{stain}\nOak 17\n{day}\nThursday\n{name}"
	text, cut = split(body, known_)
	assert cut
	assert text.split("\n") == [
		*f"See in red.\n\n{announced}\n".split("\n"),
		f"> {stain}",
		"Oak 17",
		f"> {day}",
		"Thursday",
		name,
	]


def test_a_short_answer_below_a_line_of_ours_that_holds_its_word_stays() -> None:
	asked = "Which day suits you, Thursday or Friday?"
	text, _ = split(f"On Tuesday:\n{asked}\nThursday", known(["office@mikes.example"], "", [asked]))
	assert text.split("\n")[-1] == "Thursday"


@pytest.mark.parametrize(
	"history",
	[LONG, f"{LONG}\n\nFrom: Sarah\nHello\n{SENT}", LONG.replace("?\nAnd", "? <https://x.example/1>\nAnd")],
)
def test_what_we_sent_with_nothing_between_is_left_out(history: str) -> None:
	known_ = known(["office@mikes.example"], "Mike's Contracting", [SENT, LONG])
	assert split(f"{ANSWER}\n\n{HEADER}\n\n{history}", known_) == (ANSWER, True)
