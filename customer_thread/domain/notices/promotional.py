"""What is promotional: one such message a day a customer, which says now and then how to get no more."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from customer_thread.domain.notices.quiet_hours import QuietHours
from customer_thread.domain.phrase import Translate
from customer_thread.domain.times import DAY, to_us, to_utc

#: in which the words must have been said once (CTIA, Messaging Principles and Best Practices, 5.1.3: at regular intervals)
OPT_OUT_EVERY = 30 * DAY


def next_day_us(latest_us: int, at_us: int, zone: ZoneInfo, window: QuietHours | None) -> int | None:
	"""Return when the next one may leave that is to leave at `at_us`, µs; None: then.

	`latest_us`: when the latest one left or is to leave, 0 for never. `window`: when the business writes none.
	"""
	latest = to_utc(latest_us).astimezone(zone).date()
	if not latest_us or latest < to_utc(at_us).astimezone(zone).date():
		return None
	begins_us = to_us(datetime.combine(latest + timedelta(days=1), time(), zone))
	return (window.end_us(begins_us) if window else None) or begins_us


def opt_out_words(translate: Translate) -> str:
	"""Return how to get no more texts."""
	return translate("Reply STOP to opt out.")
