"""What one client's time depends on what others do: connections that do nothing, searches of a thread of one letter."""

import http.client
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.measure import Result, Series, times_over
from benchmarks.rows import Place, entry
from benchmarks.served import served, session_cookie
from benchmarks.serving import TIMELINE
from benchmarks.site import LARGE, SMALL, scratch, site
from benchmarks.words import RARE_WORD
from customer_thread.gateways.system import SystemClock
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.standalone.demo.twilio_stand_in import now_us

_IDLE = 2000
_SEARCHERS = 16
_LETTERS, _MESSAGES = 20_000, 100
_ROUNDS, _TIMES = 4, 20


def measure() -> list[Result]:
	"""Return the rows of this file."""
	return [_beside_idle(), _beside_searches()]


def _beside_idle() -> Result:
	folder = site(SMALL)
	cookie = session_cookie(folder)
	alone: list[float] = []
	beside: list[float] = []
	with served(folder) as port:
		for _round in range(_ROUNDS):
			alone += _asked(port, TIMELINE, cookie)
			with _idle(port):
				beside += _asked(port, TIMELINE, cookie)
	what = f"a healthy client beside {_IDLE:,} idle connections, each time over a new one; against the same without them"
	return _times("idle", what, beside, alone, 2)


def _beside_searches() -> Result:
	folder = scratch(LARGE, "searches")
	_fill(folder)
	sarah, eve = session_cookie(folder), session_cookie(folder, 1)
	search = f"{TIMELINE}?{urlencode({'q': RARE_WORD})}"
	alone: list[float] = []
	beside: list[float] = []
	with served(folder) as port:
		for _round in range(_ROUNDS):
			alone += _asked(port, search, sarah)
			with _searching(port, eve):
				beside += _asked(port, search, sarah)
	what = f"one search, while another customer searches a thread of one letter {_SEARCHERS} times at once; against alone"
	return _times("searches", what, beside, alone, 3)


def _times(key: str, what: str, ours: list[float], others: list[float], goal: int) -> Result:
	first, second = Series.of(ours), Series.of(others)
	ratio = times_over(first, second)
	return Result(key, what, first.ms, second.ms, f"{ratio:.2f} ×", f"≤ {goal} ×", ratio <= goal)


def _asked(port: int, path: str, cookie: str) -> list[float]:
	taken = []
	for number in range(-3, _TIMES):
		begun = time.perf_counter()
		status = _status(port, path, cookie)
		if number >= 0:
			taken.append(time.perf_counter() - begun)
		if status != 200:
			raise ConnectionError(f"{path}: {status}")
	return taken


def _status(port: int, path: str, cookie: str) -> int:
	with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as line:
		line.request("GET", path, headers={"Cookie": f"sid={cookie}"})
		answer = line.getresponse()
		answer.read()
		return answer.status


@contextmanager
def _idle(port: int) -> Iterator[None]:
	callers = [socket.create_connection(("127.0.0.1", port), timeout=30) for _number in range(_IDLE)]
	# until the last of them is accepted
	time.sleep(1)
	try:
		yield
	finally:
		for caller in callers:
			caller.close()


@contextmanager
def _searching(port: int, cookie: str) -> Iterator[None]:
	ending = threading.Event()

	def search(number: int) -> None:
		path = f"{TIMELINE}?{urlencode({'q': 'a' * (180 + number) + 'b'})}"
		while not ending.is_set():
			# who is turned away does not ask again at once
			if _status(port, path, cookie) == 429:
				ending.wait(0.05)

	threads = [threading.Thread(target=search, args=(number,), daemon=True) for number in range(_SEARCHERS)]
	for thread in threads:
		thread.start()
	try:
		yield
	finally:
		ending.set()
		for thread in threads:
			thread.join()


def _fill(folder: Path) -> None:
	"""Give the second thread messages of one letter."""
	database = SqliteDatabase(folder / "thread.db", SystemClock())
	try:
		_insert(database.connection)
	finally:
		database.close()


def _insert(connection: sqlite3.Connection) -> None:
	for number in range(_MESSAGES):
		values = next(entry(Place(2_000_000 + number, 1, 0, now_us() + number, False)))
		values |= {"text": "a" * _LETTERS, "search_text": "a" * _LETTERS}
		names, marks = ", ".join(f"`{name}`" for name in values), ", ".join(f":{name}" for name in values)
		connection.execute(f"INSERT INTO `tabThread Entry` ({names}) VALUES ({marks})", values)
