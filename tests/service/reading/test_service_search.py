"""A search goes through a thread step by step, and says where it stopped."""

from dataclasses import replace

from support.rows import add_entry
from support.world import World

from customer_thread.domain.limits import SEARCH_SECONDS
from customer_thread.domain.times import MINUTE, SECOND
from customer_thread.service.reading.read_timeline import Query, read_timeline
from customer_thread.store.rows import ThreadRow


class Hurried:
	"""A clock by which every look at it takes a while."""

	def __init__(self, now_us: int, step_us: int) -> None:
		self._now_us, self._step_us = now_us, step_us

	def now_us(self) -> int:
		"""Return the time."""
		self._now_us += self._step_us
		return self._now_us


def talk(world: World, count: int, *, same_time: bool = False) -> ThreadRow:
	"""Return a thread of so many entries, of which every 400th is about a deck, the first one too."""
	thread = world.customer()
	with world.database.transaction():
		for number in range(count):
			at = world.clock.now_us() + (0 if same_time else number * MINUTE)
			text = f"deck {number}" if number % 400 == 0 else f"other {number}"
			add_entry(world.database, thread["name"], text=text, occurred_us=at)
	return thread


def pages(world: World, thread: ThreadRow, limit: int, step_us: int) -> list[list[str]]:
	"""Return what each answer has until there is no more."""
	ports = replace(world.ports, clock=Hurried(world.clock.now_us(), step_us))
	found, before = [], ""
	while True:
		answer = read_timeline(ports, thread["name"], Query(limit=limit, q="deck", before=before))
		found.append([entry["text"] for entry in reversed(answer["entries"])])
		if not answer["before"]:
			return found
		before = answer["before"]


EVERY = [f"deck {number}" for number in range(800, -1, -400)]


def test_it_finds_all_in_one_answer_while_there_is_time(world: World) -> None:
	assert pages(world, talk(world, 900), 50, 1) == [EVERY]


def test_it_answers_with_what_it_has_when_its_time_is_over_and_goes_on_from_there(world: World) -> None:
	found = pages(world, talk(world, 900), 50, int(SEARCH_SECONDS * SECOND) + 1)

	assert len(found) > 4
	assert [] in found
	assert [text for page in found for text in page] == EVERY


def test_it_gives_a_page_at_a_time(world: World) -> None:
	found = pages(world, talk(world, 900), 1, 1)

	assert [len(page) for page in found] == [1, 1, 1]
	assert [text for page in found for text in page] == EVERY


def test_it_leaves_none_out_of_many_at_the_same_time(world: World) -> None:
	thread = talk(world, 900, same_time=True)
	for limit, step_us in ((50, 1), (3, 1), (2, SECOND)):
		found = pages(world, thread, limit, step_us)
		assert sorted(text for page in found for text in page) == ["deck 0", "deck 400", "deck 800"]
