"""What was refused at the door: deliveries to the contractor that were never made, a row a sender and day."""

from customer_thread.domain.limits import REFUSALS_LISTED
from customer_thread.domain.routing import Route
from customer_thread.domain.thread.keys import source_key
from customer_thread.domain.times import DAY
from customer_thread.store import deliveries
from customer_thread.store.database import Database
from customer_thread.store.refusal_rows import RefusalRow
from customer_thread.store.rows import columns, typed

#: how long staff are shown one
SHOWN = 7 * DAY
#: characters of a column for words
_ADDRESS = 140


def add(database: Database, sender: str, reason: str, now_us: int) -> None:
	"""Note that a message of this sender was refused, once a day."""
	address = sender[:_ADDRESS]
	key = source_key(_of_day(now_us), address.lower())
	deliveries.queue(database, "Forward", Route(None, address, reason), now_us, source_key=key)


def _of_day(us: int) -> str:
	return "refused:" + str(us // DAY).zfill(6)


def latest(database: Database, now_us: int) -> list[RefusalRow]:
	"""Return what was refused lately, the latest first."""
	# days are digits, which every collation sorts alike
	rows = database.select(
		f"SELECT {columns(RefusalRow)} FROM `tabThread Delivery` WHERE source_key > %(first)s "
		"AND source_key < 'refused:999999' ORDER BY creation_us DESC LIMIT %(limit)s",
		{"first": _of_day(now_us - SHOWN), "limit": REFUSALS_LISTED},
	)
	return typed(RefusalRow, rows)
