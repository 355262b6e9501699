"""What happened before: documents, mails, calls and texts of the last months become entries, in batches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypedDict

from customer_thread.domain.errors import BadInput
from customer_thread.domain.times import MINUTE, to_us, to_utc
from customer_thread.service.ports import Ports
from customer_thread.store import histories
from customer_thread.store.rows import HistoryRow, HistoryState

BATCH = 25
MOST_MONTHS = 120
#: a run that nobody has touched for so long has lost its worker
STALE = 5 * MINUTE


@dataclass(frozen=True)
class Item:
	"""One document of the past, and where it stands among the others of its kind."""

	name: str
	#: handed back to go on after it
	place: str


class Archive(Protocol):
	"""What the host has of the past."""

	def steps(self) -> Sequence[str]:
		"""Return the kinds of document it has, in the order in which they are brought in."""

	def count(self, step: str, since_us: int) -> int:
		"""Return how many documents of a kind there are since then."""

	def items(self, step: str, since_us: int, place: str, limit: int) -> Sequence[Item]:
		"""Return the next ones after a place, the oldest first; from the start if it is empty."""

	def bring_in(self, step: str, name: str, since_us: int) -> int | None:
		"""Write the entries of one document, each once, and return how many were new; None if it failed."""


class _EveryHistory(TypedDict):
	#: Idle: none was ever started
	state: HistoryState | Literal["Idle"]
	step: str
	#: of documents
	done: int
	total: int
	#: how many were written
	entries: int
	#: of documents
	failed: int
	error: str


class HistoryView(_EveryHistory, total=False):
	"""How far a run has come, as staff see it."""

	#: unless idle
	months: int


def start_history(ports: Ports, months: int, started_by: str | None = None) -> HistoryRow:
	"""Begin to bring in the last months and return the run; one that goes on already is returned instead.

	Raise BadInput.
	"""
	run = ask_for_history(ports, months, started_by)
	ports.queue.run_soon("history")
	return run


def ask_for_history(ports: Ports, months: int, started_by: str | None = None) -> HistoryRow:
	"""Write down that it is to be brought in, for `resume_history` to find; as `start_history` otherwise."""
	if not 1 <= months <= MOST_MONTHS:
		raise BadInput("months must be between 1 and {0}.", MOST_MONTHS)
	# asked before it is held: a batch holds it for as long as it takes
	latest = histories.latest(ports.database)
	running = latest if latest and latest["state"] == "Running" else histories.lock_running(ports.database)
	if running:
		return running
	now_us = ports.clock.now_us()
	return histories.start(ports.database, months, months_before(now_us, months), now_us, started_by)


def advance_history(ports: Ports, archive: Archive) -> HistoryRow | None:
	"""Bring in the next batch of the run that goes on and return how far it has come; None if none does."""
	run = histories.lock_running(ports.database)
	if run is None:
		return None
	steps = archive.steps()
	if not run["touched_us"]:
		run["total"] = sum(archive.count(step, run["since_us"]) for step in steps)
	step = run["step"] if run["step"] in steps else steps[0]
	items = archive.items(step, run["since_us"], run["place"], BATCH)
	written = [archive.bring_in(step, item.name, run["since_us"]) for item in items]
	come: HistoryRow = {
		**run,
		"step": step,
		"done": run["done"] + len(items),
		"entries": run["entries"] + sum(count for count in written if count),
		"failed": run["failed"] + written.count(None),
		"touched_us": ports.clock.now_us(),
	}
	if len(items) == BATCH:
		return histories.advance(ports.database, {**come, "place": items[-1].place})
	if step == steps[-1]:
		return histories.finish(ports.database, come)
	following = steps[steps.index(step) + 1]
	return histories.advance(ports.database, {**come, "step": following, "place": ""})


def fail_history(ports: Ports, error: str) -> HistoryRow | None:
	"""End the run that goes on because something is wrong that trying again will not mend."""
	run = histories.lock_running(ports.database)
	if run is None:
		return None
	return histories.fail(ports.database, run, error, ports.clock.now_us())


def resume_lost_history(ports: Ports) -> bool:
	"""Wake the worker for a run that has none, or has lost its own; return whether there is one."""
	run = histories.latest(ports.database)
	lost = bool(run and run["state"] == "Running" and ports.clock.now_us() - run["touched_us"] > STALE)
	if lost:
		ports.queue.run_soon("history")
	return lost


def history_view(run: HistoryRow | None) -> HistoryView:
	"""Return a run as staff see it."""
	if not run:
		return {"state": "Idle", "step": "", "done": 0, "total": 0, "entries": 0, "failed": 0, "error": ""}
	return {
		"state": run["state"],
		"step": run["step"],
		"months": run["months"],
		"done": run["done"],
		"total": run["total"],
		"entries": run["entries"],
		"failed": run["failed"],
		"error": run["error"],
	}


def months_before(now_us: int, months: int) -> int:
	"""Return the same moment so many months earlier; of a longer month's last days, the shorter one's last."""
	now = to_utc(now_us)
	count = now.year * 12 + now.month - 1 - months
	for day in (now.day, 30, 29, 28):
		try:
			return to_us(datetime.replace(now, year=count // 12, month=count % 12 + 1, day=min(day, now.day)))
		except ValueError:
			continue
	raise AssertionError("every month has 28 days")
