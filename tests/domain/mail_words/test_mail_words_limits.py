"""What a made-up mail may cost where its words are told from its history."""

import pytest

from customer_thread.domain.limits import MAIL_ATTRIBUTIONS
from customer_thread.domain.mail_words import attribution, split
from customer_thread.domain.mail_words.known import NOTHING, Known


def test_so_many_lines_are_asked_whether_they_announce_history(monkeypatch: pytest.MonkeyPatch) -> None:
	asked = 0
	ask = attribution.lines_above

	def counted(lines: list[str], end: int, *, marked: bool, known: Known = NOTHING) -> int:
		nonlocal asked
		asked += 1
		return ask(lines, end, marked=marked, known=known)

	monkeypatch.setattr(attribution, "lines_above", counted)
	words = "\n".join(f"{number} boards of oak:\nand nails" for number in range(5000))
	assert split.split(words) == (words, False)
	assert asked <= MAIL_ATTRIBUTIONS


def test_history_with_marks_is_found_below_however_much() -> None:
	words = "\n".join(f"{number} boards of oak:" for number in range(300))
	assert split.split(f"{words}\n\nOn Tue, May 13, 2026 at 8:02 AM Mike wrote:\n> When?") == (words, True)
