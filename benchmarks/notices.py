"""What is due at the end of quiet hours: how many notices are decided in a second, and in how much memory."""

import time
import tracemalloc
from collections.abc import Iterator
from datetime import time as clock_time
from itertools import islice
from zoneinfo import ZoneInfo

from benchmarks.measure import TIMES, Result, Series
from customer_thread.domain.notices import reasons
from customer_thread.domain.notices.decide import decide
from customer_thread.domain.notices.model import Audience, NoticeChannel, Preferences, Subject
from customer_thread.domain.notices.quiet_hours import QuietHours
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.times import HOUR, MINUTE

COUNT = 100_000
#: Thu May 15 2025, 8:00am in New York
_NOW = 1_747_310_400_000_000
_GATHER = 2 * MINUTE
_WANTED = 20_000.0
#: how much more memory ten times as many may take, bytes
_FLAT = 64 * 1024
_ZONES = (
	"America/New_York",
	"America/Chicago",
	"America/Los_Angeles",
	"America/St_Johns",
	"America/Sao_Paulo",
	"Asia/Kathmandu",
	"Asia/Kolkata",
	"Australia/Lord_Howe",
	"Europe/Berlin",
	"Europe/London",
	"Pacific/Chatham",
	"Pacific/Honolulu",
)
_OPEN = clock_time(8)
_UNREACHABLE: tuple[dict[NoticeChannel, Phrase], ...] = ({}, {"Push": reasons.NO_BROWSER})


def measure() -> list[Result]:
	"""Return the row of what is decided at the end of quiet hours."""
	for _notice in islice(_decided(COUNT), 1000):
		pass
	rates = Series.of([_rate() for _time in range(TIMES // 2)])
	small, large = _peak(COUNT // 10), _peak(COUNT)
	what = (
		"deciding 100,000 notices at the end of quiet hours, in 12 zones, of customers who are away, have read it, "
		"have switched it off, or whose night goes on"
	)
	return [
		Result(
			"notices",
			what,
			f"{rates.written('a second', 0)}, {large / 1024:,.0f} kB at most",
			f"10,000: {small / 1024:,.0f} kB at most",
			"–",
			"≥ 20,000 a second, memory flat",
			rates.median >= _WANTED and large < small + _FLAT,
		)
	]


def _rate() -> float:
	begun = time.process_time()
	made = sum(1 for _notice in _decided(COUNT))
	return made / (time.process_time() - begun)


def _peak(count: int) -> int:
	tracemalloc.start()
	try:
		for _notice in _decided(count):
			pass
		return tracemalloc.get_traced_memory()[1]
	finally:
		tracemalloc.stop()


def _decided(count: int) -> Iterator[object]:
	"""Decide each as it is decided at release: from an entry, a reader and the time, each made anew."""
	zones = [ZoneInfo(name) for name in _ZONES]
	for number in range(count):
		subject = Subject(
			kind="Event" if number % 3 else "Message",
			author="Contractor",
			channel=None if number % 3 else "Portal",
			known_us=_NOW - (1 + number % 10) * HOUR,
			notify=True,
			is_read=number % 11 == 0,
		)
		channels: dict[NoticeChannel, bool] = {"Push": number % 2 == 0, "Email": number % 7 > 0, "SMS": True}
		night = QuietHours(clock_time(21), _OPEN, zones[number % len(zones)])
		audience = Audience(
			Preferences(channels, night), _UNREACHABLE[number % 5 == 0], is_present=number % 13 == 0
		)
		yield decide(subject, audience, _NOW, _GATHER)
