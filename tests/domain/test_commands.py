"""What the contractor texts is read as a command, or as words for whoever wrote last."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.commands import Command, read_command


@pytest.mark.parametrize(
	("text", "read"),
	[
		("#174 on my way", ("174", False, "on my way")),
		(" # 174: on\nmy way ", ("174", False, "on\nmy way")),
		("#174 - on my way", ("174", False, "on my way")),
		("#174", ("174", False, "")),
		("#174 note gate code 17", ("174", True, "gate code 17")),
		("#174 NOTE: gate", ("174", True, "gate")),
		("#174 note", ("174", True, "")),
		("#174 notebook is here", ("174", False, "notebook is here")),
		("#174 noted, thanks", ("174", False, "noted, thanks")),
		("on my way", ("", False, "on my way")),
		("note gate", ("", False, "note gate")),
		("invoice #174 is paid", ("", False, "invoice #174 is paid")),
		("#17a4 hello", ("", False, "#17a4 hello")),
		("#1 hello", ("", False, "#1 hello")),
		("#1234567890 hello", ("", False, "#1234567890 hello")),
		("", ("", False, "")),
	],
)
def test_it_reads_the_contractors_commands(text: str, read: tuple[str, bool, str]) -> None:
	number, is_note, words = read
	assert read_command(text) == Command(number, words, is_note)


@given(st.text(max_size=50))
def test_it_survives_any_text(text: str) -> None:
	command = read_command(text)
	assert command.number or not command.is_note
	assert command.text == command.text.strip()
