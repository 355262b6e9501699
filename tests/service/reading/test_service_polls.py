"""What a page asks for again and again: each entry is given once, also one that comes while it asks."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pytest
from support.clock import NOW
from support.world import World

from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.service.reading.read_timeline import Query, TimelineView, read_timeline
from customer_thread.service.thread.post_entry import post_entry
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store import threads

WORDS = NewEntry("Message", "Customer", "SMS", "Is Thursday fine?", NOW, None)


def _post(world: World, thread: str, text: str) -> int:
	return world.do(partial(post_entry, world.ports, thread, replace(WORDS, text=text))).entry


def _texts(answer: TimelineView) -> list[str]:
	return [entry["text"] for entry in answer["entries"]]


def test_a_poll_ends_with_what_the_thread_ended_with_when_it_began(world: World) -> None:
	sarah = world.customer()["name"]
	first = _post(world, sarah, "one")
	second = _post(world, sarah, "two")
	begun = world.thread(sarah)
	third = _post(world, sarah, "three")
	answer = read_timeline(world.ports, begun, Query(after=first))
	assert (_texts(answer), answer["last"]) == (["two"], second)
	answer = read_timeline(world.ports, sarah, Query(after=second))
	assert (_texts(answer), answer["last"]) == (["three"], third)


def test_a_request_sees_all_that_is_there_once_it_knows_how_the_thread_ends(world: World) -> None:
	if isinstance(world.database, SqliteDatabase):
		pytest.skip("on SQLite no other writer can come between")
	sarah = world.customer()["name"]
	first = _post(world, sarah, "one")
	with ThreadPoolExecutor(1) as pool, world.database.transaction():
		# what a request reads first decides what it sees from then on
		begun = threads.require(world.database, sarah)
		second = pool.submit(_post, world, sarah, "two").result()
		assert threads.require(world.database, sarah)["last_entry"] == first
		answer = read_timeline(world.ports, begun, Query())
		assert threads.require(world.database, sarah)["last_entry"] == second
	# the page goes on behind what it surely has; what it has besides is not shown twice, for it has an id
	assert (_texts(answer), answer["last"]) == (["one", "two"], first)


def test_a_poll_without_news_looks_once(world: World) -> None:
	if isinstance(world.database, SqliteDatabase):
		pytest.skip("on SQLite no other writer can come between")
	sarah = world.customer()["name"]
	first = _post(world, sarah, "one")
	with ThreadPoolExecutor(1) as pool, world.database.transaction():
		begun = threads.require(world.database, sarah)
		pool.submit(_post, world, sarah, "two").result()
		assert read_timeline(world.ports, begun, Query(after=first))["entries"] == []
		assert threads.require(world.database, sarah)["last_entry"] == first
