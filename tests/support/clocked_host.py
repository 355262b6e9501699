"""The embedded host as a process of its own, whose clock a test sets."""

import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from customer_thread.domain.times import to_us
from support.cli import WarmCli
from support.clocked_main import FileClock, clock_file
from support.host import EmbeddedHost


class ClockedHost(EmbeddedHost):
	"""One data folder, its server, and what is around it, all by one clock."""

	def __init__(self, folder: Path) -> None:
		self._file = clock_file(folder)
		self._file.write_text("0")
		super().__init__(folder, WarmCli("clocked_main"))
		self.clock = FileClock(self._file)
		self.twilio.clock = self.clock.now_us

	def set_up(self) -> None:
		"""Make all the settings a business makes, with the nights that it has by itself."""
		super().set_up()
		self.set(quiet_start="21:00", quiet_end="08:00")

	def set_clock(self, us: int) -> None:
		"""Let it be this moment now, µs; it ticks on from there."""
		ahead = self._file.with_suffix(".new")
		ahead.write_text(str(us - time.time_ns() // 1000))
		ahead.replace(self._file)

	def close(self) -> None:
		"""End everything."""
		super().close()
		self.cli.close()


def local(zone: str, text: str, days: int = 0) -> int:
	"""Return when the clocks in a zone show "2025-05-15 21:30", µs; or so many days later."""
	shown = datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo(zone))
	return to_us(shown + timedelta(days=days))
