"""Until when a message waits that is not to ping in somebody's quiet hours."""

from zoneinfo import ZoneInfo

from customer_thread.domain.notices import reasons
from customer_thread.domain.notices.model import Verdict
from customer_thread.domain.notices.promotional import next_day_us
from customer_thread.domain.times import zone
from customer_thread.service.notices.audience import first_reader, sending_window
from customer_thread.service.notices.preferences import preferences_of, wishes_of
from customer_thread.service.ports import Ports
from customer_thread.store import promotional as store_promotional
from customer_thread.store.rows import ThreadRow


def hold_message(ports: Ports, thread: ThreadRow, promotional: bool) -> Verdict | None:
	"""Return until when a message to a thread's customer waits, and why; None if it may leave now."""
	now, user = ports.clock.now_us(), first_reader(ports, thread)
	night = preferences_of(ports, thread, user).quiet_hours
	if night and (ends := night.end_us(now)):
		return Verdict("SMS", "Hold", reasons.held_at_night(ends, night.zone), ends)
	window = sending_window(ports, thread, user) if promotional else None
	if window and (opens := window.end_us(now)):
		return Verdict("SMS", "Hold", reasons.held_by_window(opens, window.zone), opens)
	return None


def hold_new_message(ports: Ports, thread: ThreadRow, promotional: bool) -> Verdict | None:
	"""Return until when a message waits that is yet to be written: of those that are promotional there is one a day."""
	hold = hold_message(ports, thread, promotional)
	if not promotional:
		return hold
	here, window = zone(zone_of(ports, thread)), sending_window(ports, thread, first_reader(ports, thread))
	latest_us = store_promotional.latest_us(ports.database, thread["name"])
	opens = next_day_us(latest_us, hold.until_us if hold else ports.clock.now_us(), here, window)
	return Verdict("SMS", "Hold", reasons.held_for_a_day(opens, here), opens) if opens else hold


def quiet_until(ports: Ports, thread: ThreadRow) -> tuple[int, ZoneInfo] | None:
	"""Return when the quiet hours of a thread's customer end, µs, and in which zone; None if it is none now."""
	night = preferences_of(ports, thread, first_reader(ports, thread)).quiet_hours
	ends = night.end_us(ports.clock.now_us()) if night else None
	return (ends, night.zone) if night and ends else None


def zone_of(ports: Ports, thread: ThreadRow) -> str:
	"""Return the zone, an IANA name, in which a thread's customer lives."""
	return wishes_of(ports, thread, first_reader(ports, thread)).timezone
