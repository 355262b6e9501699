"""How many notices were written down about when."""

from customer_thread.domain.model import DeliveryChannel
from customer_thread.store.database import Database

#: of an entry a row a reader: what is decided has one a channel, what is not has one without
_SELECT = (
	"SELECT DISTINCT entry, creation_us FROM `tabThread Delivery` "
	"WHERE (channel = %(channel)s OR channel IS NULL) AND purpose = 'Notice' AND"
)


def entries_of_thread(database: Database, thread: str, since_us: int, most: int) -> int:
	"""Return of how many entries of a thread somebody was to be notified since then, at most `most`."""
	rows = database.select(
		"SELECT COUNT(*) AS n FROM (SELECT DISTINCT entry FROM `tabThread Delivery` WHERE thread = %(thread)s "
		"AND creation_us > %(since)s AND purpose = 'Notice' LIMIT %(most)s) counted",
		{"thread": thread, "since": since_us, "most": most},
	)
	return int(rows[0]["n"])


def moments_of_site(
	database: Database, channel: DeliveryChannel, around_us: int, apart_us: int, most: int
) -> list[int]:
	"""Return when the entries of which somebody was to be notified were written nearest to a moment, in their order.

	Less than `apart_us` from it: what was written then and `most` before, and `most` after.
	"""
	params = {"channel": channel, "around": around_us, "limit": most + 1}
	before = database.select(
		f"{_SELECT} creation_us > %(since)s AND creation_us <= %(around)s "
		"ORDER BY creation_us DESC LIMIT %(limit)s",
		{**params, "since": around_us - apart_us},
	)
	after = database.select(
		f"{_SELECT} creation_us > %(around)s AND creation_us < %(until)s "
		"ORDER BY creation_us LIMIT %(limit)s",
		{**params, "until": around_us + apart_us, "limit": most},
	)
	return [int(row["creation_us"]) for row in [*before[::-1], *after]]
