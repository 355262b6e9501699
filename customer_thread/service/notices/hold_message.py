"""Until when a message waits that is not to ping in somebody's quiet hours."""

from zoneinfo import ZoneInfo

from customer_thread.domain.notices.hold import hold_at, hold_promotional_at
from customer_thread.domain.notices.model import Verdict
from customer_thread.domain.times import zone
from customer_thread.service.notices.audience import first_reader, sending_window
from customer_thread.service.notices.preferences import preferences_of, wishes_of
from customer_thread.service.ports import Ports
from customer_thread.store import promotional as store_promotional
from customer_thread.store.rows import ThreadRow


def hold_message(ports: Ports, thread: ThreadRow, promotional: bool) -> Verdict | None:
	"""Return until when a message to a thread's customer waits, and why; None if it may leave now."""
	user = first_reader(ports, thread)
	window = sending_window(ports, thread, user) if promotional else None
	return hold_at(ports.clock.now_us(), preferences_of(ports, thread, user).quiet_hours, window)


def hold_new_message(ports: Ports, thread: ThreadRow, promotional: bool, at_us: int) -> Verdict | None:
	"""Return until when a message waits that is yet to be written and would leave at this moment.

	Of those that are promotional there is one a day; of a moment that has gone by it is not asked what left since.
	"""
	user, now_us = first_reader(ports, thread), ports.clock.now_us()
	night = preferences_of(ports, thread, user).quiet_hours
	if not promotional:
		return hold_at(at_us, night, None)
	window, here = sending_window(ports, thread, user), zone(zone_of(ports, thread))
	latest_us = store_promotional.latest_us(ports.database, thread["name"]) if at_us >= now_us else 0
	return hold_promotional_at(at_us, night, window, latest_us, here)


def quiet_until(ports: Ports, thread: ThreadRow) -> tuple[int, ZoneInfo] | None:
	"""Return when the quiet hours of a thread's customer end, µs, and in which zone; None if it is none now."""
	night = preferences_of(ports, thread, first_reader(ports, thread)).quiet_hours
	ends = night.end_us(ports.clock.now_us()) if night else None
	return (ends, night.zone) if night and ends else None


def zone_of(ports: Ports, thread: ThreadRow) -> str:
	"""Return the zone, an IANA name, in which a thread's customer lives."""
	return wishes_of(ports, thread, first_reader(ports, thread)).timezone
