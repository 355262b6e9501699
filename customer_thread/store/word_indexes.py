"""Indexes of the words in a column, which a DocType file cannot name, and how each database is asked for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class WordIndex:
	"""An index of the words in a column of a DocType's table."""

	doctype: str
	column: str

	@property
	def name(self) -> str:
		"""Return the name the database knows it by."""
		return "_".join((self.column, "words"))

	@property
	def table(self) -> str:
		"""Return the table that SQLite keeps it in."""
		return " ".join(("tab" + self.doctype, self.name))


class HasWords(NamedTuple):
	"""A condition over a DocType's table, with the value of its parameter `beginnings`."""

	condition: str
	beginnings: str


WORD_INDEXES = (WordIndex("Thread Entry", "search_text"), WordIndex("Thread Note", "text"))
_BY_DOCTYPE = {index.doctype: index for index in WORD_INDEXES}


def in_mariadb(doctype: str, beginnings: Sequence[str]) -> HasWords:
	"""Return the condition for the rows that have, for each of these, a word that begins so.

	They are letters, digits and _ alone, so that none is a sign of the boolean mode.
	"""
	column = _BY_DOCTYPE[doctype].column
	condition = f"MATCH (`tab{doctype}`.`{column}`) AGAINST (%(beginnings)s IN BOOLEAN MODE)"
	return HasWords(condition, " ".join(f"+{value}*" for value in beginnings))


def in_sqlite(doctype: str, beginnings: Sequence[str]) -> HasWords:
	"""Return the same for an FTS5 table."""
	name = _BY_DOCTYPE[doctype].table
	condition = f"`tab{doctype}`.rowid IN (SELECT rowid FROM `{name}` WHERE `{name}` MATCH %(beginnings)s)"
	return HasWords(condition, " ".join(f'"{value}"*' for value in beginnings))


#: On SQLite triggers keep it; the words themselves stand in the DocType's table alone.
SQLITE_DDL = """
CREATE VIRTUAL TABLE IF NOT EXISTS `{table}` USING fts5(
	{column}, content = '', tokenize = "unicode61 remove_diacritics 0 tokenchars '_'"
);
CREATE TRIGGER IF NOT EXISTS `{table} is told` AFTER INSERT ON `{of}`
BEGIN INSERT INTO `{table}` (rowid, {column}) VALUES (NEW.rowid, NEW.{column}); END;
CREATE TRIGGER IF NOT EXISTS `{table} hears of another` AFTER UPDATE OF {column} ON `{of}`
BEGIN
	INSERT INTO `{table}` (`{table}`, rowid, {column}) VALUES ('delete', OLD.rowid, OLD.{column});
	INSERT INTO `{table}` (rowid, {column}) VALUES (NEW.rowid, NEW.{column});
END;
CREATE TRIGGER IF NOT EXISTS `{table} forgets` AFTER DELETE ON `{of}`
BEGIN INSERT INTO `{table}` (`{table}`, rowid, {column}) VALUES ('delete', OLD.rowid, OLD.{column}); END;
"""
#: what was there before it
SQLITE_FILL = "INSERT INTO `{table}` (rowid, {column}) SELECT rowid, {column} FROM `{of}`"
