"""Until when that waits which may not ping at a moment, now or to come."""

from zoneinfo import ZoneInfo

from customer_thread.domain.notices import reasons
from customer_thread.domain.notices.model import NoticeChannel, Verdict
from customer_thread.domain.notices.promotional import next_day_us
from customer_thread.domain.notices.quiet_hours import QuietHours


def hold_at(
	at_us: int, night: QuietHours | None, window: QuietHours | None, channel: NoticeChannel = "SMS"
) -> Verdict | None:
	"""Return until when it waits, and why; None if it may leave at that moment, µs.

	`night`: the quiet hours that hold it; `window`: when the business writes nothing of its kind.
	"""
	if night and (ends := night.end_us(at_us)):
		return Verdict(channel, "Hold", reasons.held_at_night(ends, night.zone), ends)
	if window and (opens := window.end_us(at_us)):
		return Verdict(channel, "Hold", reasons.held_by_window(opens, window.zone), opens)
	return None


def hold_promotional_at(
	at_us: int, night: QuietHours | None, window: QuietHours | None, latest_us: int, here: ZoneInfo
) -> Verdict | None:
	"""Return that of what is promotional and yet to be written: of that there is one a day `here`.

	`latest_us`: when the latest one left or is to leave, 0 for never.
	"""
	hold = hold_at(at_us, night, window)
	opens = next_day_us(latest_us, hold.until_us if hold else at_us, here, window)
	return Verdict("SMS", "Hold", reasons.held_for_a_day(opens, here), opens) if opens else hold
