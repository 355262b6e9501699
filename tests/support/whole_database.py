"""Everything that a database holds, whatever the table."""

from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from customer_thread.standalone.database import SqliteDatabase
from support.clock import FixedClock
from support.databases import AnyDatabase, empty_database
from support.leaving import WORDS
from support.persons import SARAH
from support.site import IN_SITE

Cell = tuple[str, str, str]
_TABLES = {
	True: "SELECT name AS of FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'",
	False: "SELECT table_name AS of FROM information_schema.tables WHERE table_schema = DATABASE() "
	"AND table_type = 'BASE TABLE'",
}


#: in how many cells that say the same the site had it before, in tables that are not emptied for a test
_before: Counter[Cell] = Counter()


@pytest.fixture(scope="module", autouse=True)
def there_before() -> Iterator[None]:
	"""Leave out what a site has of its own, or of other tests: a Sarah Lee among its customers, say."""
	if IN_SITE:
		database = empty_database("site", Path(), FixedClock())
		_before.update(_holding(database, [WORDS, SARAH.name, SARAH.email, SARAH.phone[2:]]))
		database.close()
	yield
	_before.clear()


def cells(database: AnyDatabase) -> Iterator[Cell]:
	"""Yield every value of every column of every table as a text, with the names of both."""
	for table in database.select(_TABLES[isinstance(database, SqliteDatabase)]):
		for row in database.select(f"SELECT * FROM `{table['of']}`"):
			for column, value in row.items():
				if value is not None:
					yield str(table["of"]), column, str(value)


def found_in(database: AnyDatabase, needles: Collection[str]) -> list[Cell]:
	"""Return each cell that holds one of these, in any case, and was not `there_before`."""
	return list((Counter(_holding(database, needles)) - _before).elements())


def _holding(database: AnyDatabase, needles: Collection[str]) -> list[Cell]:
	folded = [needle.casefold() for needle in needles]
	return [cell for cell in cells(database) if any(needle in cell[2].casefold() for needle in folded)]
