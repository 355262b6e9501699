"""The nights of the model against those of the program: two ways to say the same, over every zone of the month and more."""

from datetime import datetime, time, timezone
from random import Random
from zoneinfo import ZoneInfo

import pytest
from support.notice_nights import NIGHTS, ZONES, quiet_until

from customer_thread.domain.notices.quiet_hours import QuietHours
from customer_thread.domain.times import DAY, MINUTE

#: Jan 1 2025
YEAR = 1_735_689_600_000_000
ODD = (
	"Africa/Casablanca",
	"Africa/Cairo",
	"America/Asuncion",
	"Antarctica/Troll",
	"Asia/Beirut",
	"Pacific/Apia",
)


def minutes(clock: str) -> int:
	return int(clock[:2]) * 60 + int(clock[3:])


@pytest.mark.parametrize("zone", [*ZONES, *ODD])
def test_a_night_ends_when_the_clock_on_the_wall_says_so(zone: str) -> None:
	random = Random(zone)
	for start, end in (*NIGHTS, ("23:00", "22:30"), ("03:00", "02:00"), ("02:00", "03:00")):
		hours = QuietHours(time.fromisoformat(start), time.fromisoformat(end), ZoneInfo(zone))
		for _moment in range(30):
			now = YEAR + random.randrange(366 * 24 * 60) * MINUTE + random.choice((0, 1, 59_999_999))
			expected = quiet_until(now, minutes(start), minutes(end), zone)
			assert (hours.end_us(now) or 0) == expected, (zone, start, end, now)


@pytest.mark.parametrize("zone", [*ZONES, *ODD])
def test_so_it_does_around_each_change_of_the_clocks(zone: str) -> None:
	offsets = [_at(YEAR + day * DAY, zone).utcoffset() for day in range(366)]
	changes = [day for day in range(1, 366) if offsets[day] != offsets[day - 1]]
	for start, end in NIGHTS:
		hours = QuietHours(time.fromisoformat(start), time.fromisoformat(end), ZoneInfo(zone))
		for day in changes:
			for step in range(-80, 30):
				now = YEAR + day * DAY + step * 30 * MINUTE + MINUTE
				expected = quiet_until(now, minutes(start), minutes(end), zone)
				assert (hours.end_us(now) or 0) == expected, (zone, start, end, now)


def _at(us: int, zone: str) -> datetime:
	return datetime.fromtimestamp(us // 1_000_000, timezone.utc).astimezone(ZoneInfo(zone))
