"""The command line by a clock that a test sets: how far it is ahead stands in a file beside the data folder."""

import time
from pathlib import Path

from customer_thread.standalone import __main__ as program
from customer_thread.standalone.wiring import Host


class FileClock:
	"""Ticks like any other, so far ahead of it as a file says, in µs."""

	def __init__(self, file: Path) -> None:
		self._file = file

	def now_us(self) -> int:
		"""Return µs since 1970 UTC."""
		return time.time_ns() // 1000 + int(self._file.read_text() or 0)


def clock_file(folder: Path) -> Path:
	"""Return which file belongs to a data folder."""
	return folder.with_name(f"{folder.name}.clock")


def main(argv: list[str]) -> int:
	"""Run one command."""
	setattr(program, "Host", lambda folder: Host(folder, FileClock(clock_file(folder))))  # noqa: B010
	return program.main(argv)
