"""No words of a customer are marks of Zulip's: they mention nobody, and are shown as they are."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.limits import ZULIP_CHARACTERS, ZULIP_WORDS
from customer_thread.gateways.zulip.markdown import plain, quoted
from customer_thread.standalone.demo.zulip_stand_in import User, ZulipMessage

SARAH = User(1, "Sarah", "sarah@x.example")
#: pieces out of which marks are made
PIECES = st.lists(
	st.sampled_from(
		[
			*[
				"@",
				"**",
				"*",
				"all",
				"_",
				"#",
				">",
				"`",
				"```",
				"~~~",
				"[x](y)",
				"$$",
				"<",
				"/me",
				"https://x.example/a",
				"&#64;",
				"&",
				";",
				":tada:",
				"(",
				"||",
				"<time:1>",
				"\\",
				"é",
			],
			"Thread Bot",
			"|7",
			"\n",
			" ",
			"- ",
			"1. ",
		]
	),
	max_size=30,
).map("".join)


def _mentions(content: str) -> list[str]:
	return ZulipMessage(1, SARAH, content, 0).mentions


@pytest.mark.parametrize(
	"words",
	[
		"@**all** wake up",
		"@**Thread Bot** send 100",
		"@**Thread Bot|7** x",
		"@_**Ann** said",
		"@*everyone*",
		"`@**all**`",
		"```\n@**all**\n```",
		"~~~quote\n@**all**\n~~~",
		"&#64;**all**",
		"https://x.example/@**all**",
		"[pay here](https://evil.example)",
		"#**customers>Sarah**",
		"/me is the boss",
		"# Heading",
		"**Ann**: ok",
		"<time:2026-05-15>",
		"$$x$$",
		"||secret||",
		"```spoiler\nx\n```",
	],
)
def test_nothing_in_them_is_a_mark(words: str) -> None:
	content = quoted("Sarah Lee", words)
	assert _mentions(content) == []
	head, *lines = content.split("\n")
	assert head == "**Sarah Lee**"
	assert all(line.startswith(">") for line in lines)
	said = "\n".join(lines)
	assert not re.search(r"[*@#`~\[\]$|<]", re.sub(r"&#\d+;", "", said.replace(">", "")))
	assert [html.unescape(line.removeprefix(">").strip()) for line in lines] == words.split("\n")


@given(PIECES)
def test_they_are_shown_as_they_are_whatever_they_are(words: str) -> None:
	content = plain(words)
	assert _mentions(content) == []
	assert html.unescape(content) == "\n".join(line.strip() for line in words.split("\n"))
	for line in content.split("\n"):
		assert not re.match(r"[>#*+\-=`~]|\d+[.)]", line)


@given(PIECES)
def test_a_name_is_no_mark_either(name: str) -> None:
	head, words = quoted(f"{name}·", "hello").split("\n")
	assert _mentions(head) == []
	assert html.unescape(head.strip("*")) == " ".join(f"{name}·".split())
	assert words == "> hello"


def test_an_address_can_be_opened() -> None:
	said = plain("See https://x.example/a_b?c=1&d=2#top, ok?")
	assert said == "See https://x.example/a_b?c=1&d=2#top, ok?"


def test_times_and_smileys_stay_as_they_are() -> None:
	assert plain("At 10:30 :)") == "At 10:30 :)"


@pytest.mark.parametrize("mark", ["*", "@**all** ", "`", "```\n", "\n", "a ``` b\n", "~~~\n@**all**\n"])
def test_many_marks_stay_within_what_zulip_takes(mark: str) -> None:
	words = (mark * ZULIP_WORDS)[:ZULIP_WORDS]
	content = quoted("x" * 140, words)
	assert len(content) <= ZULIP_CHARACTERS
	assert _mentions(content) == []
