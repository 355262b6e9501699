"""Everything that a database holds, whatever the table."""

from collections.abc import Collection, Iterator

from customer_thread.standalone.database import SqliteDatabase
from support.databases import AnyDatabase

_TABLES = {
	True: "SELECT name AS of FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'",
	False: "SELECT table_name AS of FROM information_schema.tables WHERE table_schema = DATABASE() "
	"AND table_type = 'BASE TABLE'",
}


def cells(database: AnyDatabase) -> Iterator[tuple[str, str, str]]:
	"""Yield every value of every column of every table as a text, with the names of both."""
	for table in database.select(_TABLES[isinstance(database, SqliteDatabase)]):
		for row in database.select(f"SELECT * FROM `{table['of']}`"):
			for column, value in row.items():
				if value is not None:
					yield str(table["of"]), column, str(value)


def found_in(database: AnyDatabase, needles: Collection[str]) -> list[tuple[str, str, str]]:
	"""Return each cell that holds one of these, in any case."""
	folded = [needle.casefold() for needle in needles]
	return [cell for cell in cells(database) if any(needle in cell[2].casefold() for needle in folded)]
