"""What a data folder lacks that an earlier version of the program has written."""

from collections.abc import Callable

from customer_thread.domain.times import DAY, MINUTE
from customer_thread.service.thread.keep_waiting import reckon_all
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store.contact_points import note_domains
from customer_thread.store.failures import note_earlier

_SETTINGS = "Customer Thread Settings"


def _count_life_in_days(database: SqliteDatabase) -> None:
	"""Let a link live as many whole days as the minutes that were set, one at least."""
	given = {"doctype": _SETTINGS, "minutes": "sign_in_link_minutes"}
	for row in database.select(
		"SELECT value FROM `tabSingles` WHERE doctype = %(doctype)s AND field = %(minutes)s", given
	):
		days = -(-int(row["value"] or 0) * MINUTE // DAY)
		database.connection.execute(
			"INSERT OR IGNORE INTO `tabSingles` (doctype, field, value) VALUES (?, ?, ?)",
			(_SETTINGS, "sign_in_link_days", str(days)),
		)


def _keep_links(database: SqliteDatabase) -> None:
	"""Move the links that can still be used to Thread Sign In, whose hashes are the same."""
	there = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'sign_in_link'"
	if not database.select(there):
		return
	columns = {row["name"] for row in database.connection.execute("PRAGMA table_info(sign_in_link)")}
	browser = "l.browser_hash" if "browser_hash" in columns else "NULL"
	database.connection.execute(
		"INSERT OR IGNORE INTO `tabThread Sign In` (name, token_hash, user, thread, purpose, created_us, expires_us, "
		"first_used_us, last_used_us, browser_hash) SELECT substr(l.token_hash, 1, 10), l.token_hash, l.customer, t.name, "
		f"'Office', 0, l.expires_us, COALESCE(l.used_us, 0), COALESCE(l.used_us, 0), {browser} FROM sign_in_link l "
		"JOIN `tabCustomer Thread` t ON t.party_type = 'Customer' AND t.party = l.customer"
	)
	database.connection.execute("DROP TABLE sign_in_link")


#: each done once in a folder, by the name under which `host_state` remembers it
_STEPS: dict[str, Callable[[SqliteDatabase], object]] = {
	"who waits is noted": reckon_all,
	"the life of links is counted in days": _count_life_in_days,
	"links are documents": _keep_links,
	"what failed waits for somebody": note_earlier,
	"addresses know their domain": note_domains,
}


def upgrade(database: SqliteDatabase) -> None:
	"""Do what was not done yet, each step wholly or not at all. Safe to repeat."""
	done = {row["name"] for row in database.select("SELECT name FROM host_state")}
	for name, step in _STEPS.items():
		if name not in done:
			with database.transaction():
				step(database)
				database.connection.execute(
					"INSERT OR REPLACE INTO host_state (name, value) VALUES (?, 'done')", (name,)
				)
