"""What a reader wants, as the notification settings have it: their own choices over the business's defaults."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import time

from customer_thread.domain.errors import BadInput
from customer_thread.domain.notices.model import NoticeChannel, Preferences
from customer_thread.domain.notices.quiet_hours import QuietHours
from customer_thread.domain.times import check_zone, zone

#: what is proposed where the business has no quiet hours
_ANY_NIGHT = ("21:00", "08:00")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::00)?", re.ASCII)


@dataclass(frozen=True)
class Wishes:
	"""What somebody wants; each field is a column of Thread Preference."""

	sms: bool
	email: bool
	push: bool
	quiet: bool
	#: "21:00"
	quiet_start: str
	quiet_end: str
	#: IANA name
	timezone: str

	def preferences(self) -> Preferences:
		"""Return this as notices are decided by it."""
		night = QuietHours(clock(self.quiet_start), clock(self.quiet_end), zone(self.timezone))
		channels: dict[NoticeChannel, bool] = {"Push": self.push, "Email": self.email, "SMS": self.sms}
		return Preferences(channels, night if self.quiet else None)

	def columns(self) -> dict[str, str]:
		"""Return each column with what stands in it."""
		return {name: _written(value) for name, value in asdict(self).items()}


NAMES = tuple(Wishes.__dataclass_fields__)
SWITCHES = ("sms", "email", "push", "quiet")
#: those by which quiet hours begin and end; another zone has all of a thread planned anew
QUIET_HOURS = frozenset({"quiet", "quiet_start", "quiet_end"})


def default_wishes(quiet_start: str, quiet_end: str, timezone: str) -> Wishes:
	"""Return what somebody wants who has chosen nothing: every channel, and the business's quiet hours, if it has any."""
	are_set = is_clock(quiet_start) and is_clock(quiet_end)
	start, end = (checked_clock(quiet_start), checked_clock(quiet_end)) if are_set else _ANY_NIGHT
	quiet = are_set and start != end
	return Wishes(
		sms=True, email=True, push=True, quiet=quiet, quiet_start=start, quiet_end=end, timezone=timezone
	)


def with_chosen(wishes: Wishes, chosen: Mapping[str, object]) -> Wishes:
	"""Return wishes with what was chosen over them; what is empty was not, and what cannot be is left out."""
	found: dict[str, object] = {}
	for name in NAMES:
		value = chosen.get(name) or ""
		if name in SWITCHES and value in ("On", "Off"):
			found[name] = value == "On"
		elif (name == "timezone" and value and zone(str(value)).key == value) or (
			name in ("quiet_start", "quiet_end") and is_clock(str(value))
		):
			found[name] = value
	return replace(wishes, **found)  # type: ignore[arg-type]


def changes(before: Wishes, after: Wishes) -> dict[str, tuple[str, str]]:
	"""Return each column that differs, with what stands there before and after."""
	old, new = before.columns(), after.columns()
	return {name: (old[name], new[name]) for name in NAMES if old[name] != new[name]}


def checked_clock(text: str) -> str:
	"""Return a time of day as it is kept: "21:00" of "21:00:00" and "9:05" alike. Raise BadInput."""
	found = _CLOCK.fullmatch(text.strip())
	if not found:
		raise BadInput("“{0}” is no time of day. Write it like 21:00.", text)
	return f"{int(found[1]):02}:{found[2]}"


def checked_timezone(name: str) -> str:
	"""Return the name of a zone. Raise BadInput."""
	return check_zone(name.strip())


def is_clock(text: str) -> bool:
	"""Return whether a text is a time of day."""
	return bool(_CLOCK.fullmatch(text))


def clock(text: str) -> time:
	"""Return a time of day; midnight for what is none."""
	found = _CLOCK.fullmatch(text)
	return time(int(found[1]), int(found[2])) if found else time()


def _written(value: object) -> str:
	if isinstance(value, bool):
		return "On" if value else "Off"
	return str(value)
