"""Times of a site: naive, in the zone of its System Settings."""

from datetime import datetime, timezone

from frappe.utils import get_datetime
from frappe.utils.data import get_system_timezone

from customer_thread.domain.times import to_us, to_utc, zone


def site_us(value: str | datetime) -> int:
	"""Return a naive time of the site as µs since 1970 UTC."""
	local = get_datetime(value).replace(tzinfo=zone(get_system_timezone()))
	return to_us(local.astimezone(timezone.utc))


def site_now() -> datetime:
	"""Return the time in the site's zone, whichever the server's is."""
	return datetime.now(zone(get_system_timezone()))


def site_time(us: int) -> datetime:
	"""Return µs since 1970 UTC as a naive time of the site."""
	return to_utc(us).astimezone(zone(get_system_timezone())).replace(tzinfo=None)
