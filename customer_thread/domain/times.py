"""Times: µs since 1970 UTC inside, aware datetimes at the edges."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from customer_thread.domain.errors import BadInput
from customer_thread.domain.limits import MAIL_DAYS_LATE, MAIL_MINUTES_EARLY

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_PLAIN_EPOCH = _EPOCH.replace(tzinfo=None)
_MICROSECOND = timedelta(microseconds=1)


def to_us(moment: datetime) -> int:
	"""Return an aware datetime as µs, exactly."""
	return (moment - _EPOCH) // _MICROSECOND


def to_utc(us: int) -> datetime:
	"""Return µs as an aware datetime in UTC."""
	return _EPOCH + timedelta(microseconds=us)


def believed(said_us: int, came_us: int) -> int:
	"""Return when something was sent: what it says of itself where that can be, else when it came."""
	earliest, latest = came_us - MAIL_DAYS_LATE * DAY, came_us + MAIL_MINUTES_EARLY * MINUTE
	return said_us if earliest <= said_us <= latest else came_us


def iso(us: int) -> str:
	"""Return "2026-05-15T14:15:00.000000Z"."""
	return f"{(_PLAIN_EPOCH + timedelta(microseconds=us)).isoformat(timespec='microseconds')}Z"


def stored(us: int) -> str:
	"""Return "2026-05-15 14:15:00.000000" in UTC, as a Datetime column takes it."""
	return to_utc(us).strftime("%Y-%m-%d %H:%M:%S.%f")


def site_moment(us: int, timezone: str) -> str:
	"""Return a time as a site keeps it, naive and in its zone: "2026-05-14 08:00:00"."""
	return to_utc(us).astimezone(zone(timezone)).replace(tzinfo=None).isoformat(" ", "seconds")


def parse(text: str, now_us: int) -> int:
	"""Return an ISO 8601 time with its zone as µs. Raise BadInput if it is none, has no zone or is to come."""
	try:
		moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00").replace("z", "+00:00"))
	except ValueError:
		raise BadInput("“{0}” is no time. Write it like 2026-05-15T14:15:00Z.", text) from None
	if moment.tzinfo is None:
		raise BadInput("“{0}” has no time zone. Write it like 2026-05-15T14:15:00Z.", text)
	us = to_us(moment)
	if us > now_us + DAY or us < 0:
		raise BadInput("“{0}” cannot be right: it is before 1970 or has not come yet.", text)
	return us


def parse_planned(text: str, timezone: str) -> int:
	"""Return an ISO 8601 time, also one to come, as µs; one without a zone is in this one. Raise BadInput."""
	try:
		moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00").replace("z", "+00:00"))
	except ValueError:
		raise BadInput("“{0}” is no time. Write it like 2026-05-15T14:15:00Z.", text) from None
	return to_us(moment if moment.tzinfo else moment.replace(tzinfo=zone(timezone)))


def zone(*names: str) -> ZoneInfo:
	"""Return the first of these IANA names that is one, else UTC."""
	for name in names:
		if name:
			try:
				return ZoneInfo(name)
			except (ZoneInfoNotFoundError, ValueError, OSError):
				continue
	return ZoneInfo("UTC")


def check_zone(name: str) -> str:
	"""Return the name if it is an IANA zone. Raise BadInput."""
	try:
		ZoneInfo(name)
	except (ZoneInfoNotFoundError, ValueError, OSError):
		raise BadInput("“{0}” is no time zone. Write it like America/New_York.", name) from None
	return name
