"""Thread Automations: the rules by which the system writes."""

from collections.abc import Mapping

from customer_thread.domain.automations.model import Automation
from customer_thread.store.database import Database, Row

AUTOMATION = "Thread Automation"
#: in quotes: `condition` is a word of SQL's own
listed = ", ".join(f"`{name}`" for name in Automation.__dataclass_fields__)
_ALL = f"SELECT {listed} FROM `tabThread Automation`"


def enabled_for(database: Database, doctype: str) -> list[Automation]:
	"""Return the enabled automations about a document type, in the order in which they were made."""
	rows = database.select(
		f"{_ALL} WHERE enabled = 1 AND document_type = %(doctype)s ORDER BY creation, name",
		{"doctype": doctype},
	)
	return [Automation.from_row(row) for row in rows]


def get(database: Database, name: str) -> Automation | None:
	"""Return one."""
	rows = database.select(f"{_ALL} WHERE name = %(name)s", {"name": name})
	return Automation.from_row(rows[0]) if rows else None


def every(database: Database) -> list[Automation]:
	"""Return all of them, by the documents they are about."""
	rows = database.select(f"{_ALL} ORDER BY document_type, title, name")
	return [Automation.from_row(row) for row in rows]


def enabled_types(database: Database) -> list[str]:
	"""Return the document types that an enabled automation is about."""
	rows = database.select(
		"SELECT DISTINCT document_type FROM `tabThread Automation` WHERE enabled = 1 ORDER BY document_type"
	)
	return [str(row["document_type"]) for row in rows]


def rows(database: Database) -> dict[str, Row]:
	"""Return all there is of each, by its name."""
	return {str(row["name"]): row for row in database.select("SELECT * FROM `tabThread Automation`")}


def save(database: Database, name: str, values: Mapping[str, object]) -> None:
	"""Write one, or what is to be another in it."""
	if not database.update(AUTOMATION, name, values):
		database.insert(AUTOMATION, {**values, "name": name})


def switch(database: Database, name: str, *, enabled: bool, now_us: int) -> None:
	"""Switch one on or off; what it tells happens from now on."""
	since = {"in_force_since_us": now_us} if enabled else {}
	database.update(AUTOMATION, name, {"enabled": int(enabled), **since})
