"""The month of the notices in a process of its own, which may be killed at any moment and goes on where it was.

python -m support.notice_child FOLDER SEED CUSTOMERS DAYS DAILY
"""

import mmap
import sys
from dataclasses import replace
from pathlib import Path

from support.clock import FixedClock
from support.notice_month import Month
from support.notice_plan import NOBODY, Plan, Step, make_plan


class SharedClock(FixedClock):
	"""A clock that stands still until it is moved, for all processes that look at the same file."""

	def __init__(self, file: Path, us: int = 0) -> None:
		if not file.exists():
			file.write_bytes(us.to_bytes(8, "little"))
		with file.open("r+b") as opened:
			self._shared = mmap.mmap(opened.fileno(), 8)

	@property
	def us(self) -> int:
		"""Return µs since 1970 UTC."""
		return int.from_bytes(self._shared[:8], "little")

	@us.setter
	def us(self, us: int) -> None:
		self._shared[:8] = us.to_bytes(8, "little")


def plan_of(arguments: list[str]) -> Plan:
	"""Return the plan that the last arguments name; it dies when it is killed, and not by itself.

	No page is open: who is there is known to the process alone, and what it did with that before it died is not.
	"""
	seed, customers, days, daily = arguments
	plan = make_plan(int(seed), int(customers), float(days), float(daily))
	return replace(
		plan, steps=tuple(step for step in plan.steps if step.customer != NOBODY and step.kind != "open")
	)


def main(arguments: list[str]) -> None:
	"""Play what is left of the month."""
	folder, *which = arguments
	plan = plan_of(which)
	progress = Path(folder) / "progress"
	month = Month(Path(folder), SharedClock(Path(folder) / "clock"))
	month.set_up(plan)
	month.restart()

	def done(step: Step) -> None:
		# a step that is done again changes nothing, but only as long as it is the last
		written = progress.with_suffix(".new")
		written.write_text(str(step.number))
		written.replace(progress)

	month.play(plan, int(progress.read_text()) if progress.exists() else 0, done)


if __name__ == "__main__":
	main(sys.argv[1:])
