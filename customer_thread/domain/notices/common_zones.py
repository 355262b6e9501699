"""The zones that the notification settings offer where the browser cannot say its own."""

from zoneinfo import ZoneInfo

from customer_thread.domain.notices.reasons import city

#: from west to east
COMMON = (
	*("Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Phoenix", "America/Denver"),
	*("America/Chicago", "America/Mexico_City", "America/New_York", "America/Toronto", "America/Puerto_Rico"),
	*("America/Halifax", "America/St_Johns", "America/Sao_Paulo", "Atlantic/Reykjavik", "Europe/London"),
	*("Europe/Dublin", "Europe/Lisbon", "Europe/Paris", "Europe/Berlin", "Europe/Rome", "Europe/Athens"),
	*(
		"Europe/Istanbul",
		"Africa/Lagos",
		"Africa/Johannesburg",
		"Asia/Jerusalem",
		"Asia/Riyadh",
		"Asia/Dubai",
	),
	*("Asia/Karachi", "Asia/Kolkata", "Asia/Dhaka", "Asia/Bangkok", "Asia/Manila", "Asia/Singapore"),
	*("Asia/Tokyo", "Australia/Perth", "Australia/Brisbane", "Australia/Sydney", "Pacific/Auckland"),
)


def offered(current: str) -> list[tuple[str, str]]:
	"""Return (IANA name, "New York") of each zone to choose from, the current one among them."""
	names = COMMON if current in COMMON else (current, *COMMON)
	return [(name, city(ZoneInfo(name))) for name in names]
