"""How long a push service may keep a push for a phone that sleeps (RFC 8030 §5.2)."""

from customer_thread.domain.limits import PUSH_URGENT_SECONDS
from customer_thread.domain.notices.quiet_hours import QuietHours
from customer_thread.domain.times import DAY, SECOND


def lifetime(since_us: int, now_us: int, quiet_hours: QuietHours | None, *, urgent: bool) -> int:
	"""Return the seconds for which it is of use from now on; 0: it is of none any more.

	What is urgent is so from `since_us` on, for a quarter of an hour; anything else until the next night begins, a day
	at most.
	"""
	if urgent:
		until = since_us + PUSH_URGENT_SECONDS * SECOND
	else:
		night = quiet_hours.begin_us(now_us) if quiet_hours else None
		until = min(night or now_us + DAY, now_us + DAY)
	return max(0, -(-(until - now_us) // SECOND))
