"""The past is brought in batch by batch, once, and goes on where it stopped."""

from collections.abc import Sequence
from datetime import datetime, timezone

import pytest
from support.clock import NOW
from support.world import World

from customer_thread.domain.errors import BadInput
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.times import DAY, HOUR, MINUTE, to_us, to_utc
from customer_thread.service.cards.bring_in_history import (
	BATCH,
	Item,
	advance_history,
	ask_for_history,
	fail_history,
	history_view,
	months_before,
	resume_lost_history,
	start_history,
)
from customer_thread.service.reading.read_timeline import Query, read_timeline
from customer_thread.service.thread.post_entry import post_entry
from customer_thread.store import histories
from customer_thread.store.rows import HistoryRow


class ShelfArchive:
	"""An Archive over lists of names; what is called broken fails."""

	def __init__(self, world: World, shelves: dict[str, list[str]]) -> None:
		self.world, self.shelves = world, shelves
		self.thread = world.customer()["name"]

	def steps(self) -> Sequence[str]:
		return list(self.shelves)

	def count(self, step: str, since_us: int) -> int:
		return len(self.shelves[step])

	def items(self, step: str, since_us: int, place: str, limit: int) -> Sequence[Item]:
		later = [name for name in sorted(self.shelves[step]) if name > place]
		return [Item(name, name) for name in later[:limit]]

	def bring_in(self, step: str, name: str, since_us: int) -> int | None:
		if name.startswith("broken"):
			return None
		entry = NewEntry(
			"Message", "Contractor", "Email", name, NOW - 30 * DAY, f"{step}:{name}", from_history=True
		)
		return int(post_entry(self.world.ports, self.thread, entry).is_new)


def run_of(world: World, archive: ShelfArchive, months: int = 12) -> HistoryRow:
	return world.do(lambda: start_history(world.ports, months))


def finish(world: World, archive: ShelfArchive) -> HistoryRow:
	run = world.do(lambda: advance_history(world.ports, archive))
	while run and run["state"] == "Running":
		run = world.do(lambda: advance_history(world.ports, archive))
	assert run is not None
	return run


@pytest.fixture
def archive(world: World) -> ShelfArchive:
	mails = [f"mail-{number:03}" for number in range(2 * BATCH)]
	return ShelfArchive(world, {"Invoice": ["invoice-1", "broken-2"], "Empty": [], "Mail": mails})


def test_it_brings_everything_in_once_and_tells_nobody(world: World, archive: ShelfArchive) -> None:
	run = run_of(world, archive)
	assert history_view(run) == {
		"state": "Running", "step": "", "months": 12, "done": 0, "total": 0, "entries": 0,
		"failed": 0, "error": "",
	}  # fmt: skip
	world.pages.rung.clear()
	done = finish(world, archive)
	assert done["total"] == 2 + 2 * BATCH
	assert [done[key] for key in ("state", "done", "entries", "failed")] == [
		"Done",
		2 + 2 * BATCH,
		1 + 2 * BATCH,
		1,
	]
	page = read_timeline(world.ports, archive.thread, Query())
	assert (page["unread"], len(page["entries"])) == (0, 50)
	assert world.pages.rung == []
	run_of(world, archive)
	assert finish(world, archive)["entries"] == 0


def test_it_leaves_what_is_unread_unread(world: World, archive: ShelfArchive) -> None:
	news = NewEntry("Message", "Contractor", "Portal", "news", NOW, "news")
	first = world.do(lambda: post_entry(world.ports, archive.thread, news))
	run_of(world, archive)
	finish(world, archive)
	thread = world.thread(archive.thread)
	assert (thread["customer_unread"], thread["last_preview"]) == (1, "news")
	assert thread["last_entry"] > first.entry


def test_it_goes_on_with_the_run_that_goes_on(world: World, archive: ShelfArchive) -> None:
	first = run_of(world, archive)
	assert run_of(world, archive, 3)["name"] == first["name"]
	finish(world, archive)
	world.clock.move(HOUR)
	assert run_of(world, archive, 3)["name"] != first["name"]


def test_it_wakes_a_worker_for_a_run_that_has_none_or_has_lost_its_own(
	world: World, archive: ShelfArchive
) -> None:
	assert not world.do(lambda: resume_lost_history(world.ports))
	world.do(lambda: ask_for_history(world.ports, 12))
	assert world.bell.rung == []
	assert world.do(lambda: resume_lost_history(world.ports))
	assert world.bell.rung == ["history"]
	world.do(lambda: advance_history(world.ports, archive))
	assert not world.do(lambda: resume_lost_history(world.ports))
	world.clock.move(6 * MINUTE)
	assert world.do(lambda: resume_lost_history(world.ports))
	finish(world, archive)
	world.clock.move(HOUR)
	assert not world.do(lambda: resume_lost_history(world.ports))


def test_it_ends_with_a_sentence_when_it_cannot_go_on(world: World, archive: ShelfArchive) -> None:
	assert world.do(lambda: fail_history(world.ports, "x")) is None
	run_of(world, archive)
	world.do(lambda: fail_history(world.ports, "The table is gone."))
	shown = history_view(histories.latest(world.database))
	assert (shown["state"], shown["error"]) == ("Failed", "The table is gone.")
	assert world.do(lambda: advance_history(world.ports, archive)) is None
	assert run_of(world, archive)["state"] == "Running"


def test_it_goes_on_when_a_kind_of_document_is_captured_no_more(world: World, archive: ShelfArchive) -> None:
	run_of(world, archive)
	del archive.shelves["Invoice"]
	assert finish(world, archive)["entries"] == 2 * BATCH


@pytest.mark.parametrize("months", [0, -1, 121])
def test_it_refuses_a_time_that_makes_no_sense(world: World, archive: ShelfArchive, months: int) -> None:
	with pytest.raises(BadInput, match="months"):
		run_of(world, archive, months)


@pytest.mark.parametrize(
	("now", "months", "before"),
	[
		("2026-03-31", 1, "2026-02-28"),
		("2028-03-30", 1, "2028-02-29"),
		("2026-01-15", 13, "2024-12-15"),
		("2026-12-31", 12, "2025-12-31"),
	],
)
def test_it_counts_in_months_of_the_calendar(now: str, months: int, before: str) -> None:
	moment = datetime.fromisoformat(now).replace(hour=10, tzinfo=timezone.utc)
	assert to_utc(months_before(to_us(moment), months)).isoformat() == f"{before}T10:00:00+00:00"
