"""What an inbox has besides entries: who waits, what nobody has read, notes, and the words by which it is searched."""

from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store import word_blocks

#: after the rows of `rows.py`; MariaDB takes them in its mode PIPES_AS_CONCAT
STATEMENTS = (
	"UPDATE `tabCustomer Thread` SET last_entry = "
	"(SELECT MAX(e.name) FROM `tabThread Entry` e WHERE e.thread = `tabCustomer Thread`.name)",
	"UPDATE `tabCustomer Thread` SET last_us = "
	"(SELECT e.occurred_us FROM `tabThread Entry` e WHERE e.name = last_entry), last_words = 'sounds good', "
	"last_words_by = CASE last_entry % 2 WHEN 1 THEN 'Customer' ELSE 'Contractor' END, "
	"contractor_unread = CASE last_entry % 7 WHEN 3 THEN 2 ELSE 0 END",
	"UPDATE `tabCustomer Thread` SET waiting_us = CASE last_entry % 5 WHEN 1 THEN last_us ELSE 0 END",
	"INSERT INTO `tabThread Note` (name, thread, text, author, occurred_us) "
	"SELECT 'note' || name, thread, 'Likes cedar, ' || name, 'ann@mike.example', occurred_us "
	"FROM `tabThread Entry` WHERE name % 50 = 7",
)


def gather(database: SqliteDatabase) -> None:
	"""Gather all words that can be."""
	while (block := word_blocks.next_block(database)) is not None:
		with database.transaction():
			word_blocks.gather(database, block)
