"""Thread Seals: since when nothing of before is taken in from an address, or of a customer."""

from customer_thread.store.database import Database, Duplicate

SEAL = "Thread Seal"


def add(database: Database, seal: str, since_us: int) -> None:
	"""Keep a seal; of two moments the later one holds."""
	try:
		database.insert(SEAL, {"seal": seal, "since_us": since_us})
	except Duplicate:
		known = database.lock(SEAL, {"seal": seal})
		if known and known["since_us"] < since_us:
			database.update(SEAL, known["name"], {"since_us": since_us})


def since(database: Database, seal: str) -> int:
	"""Return when who has this seal was erased last, µs; 0: never."""
	rows = database.select("SELECT since_us FROM `tabThread Seal` WHERE seal = %(seal)s", {"seal": seal})
	return int(rows[0]["since_us"]) if rows else 0
