"""The inbox of a copied site: many threads, and as many Communications, made of those of one customer in SQL."""

from dataclasses import dataclass
from typing import Any

import frappe
from support.site import committed

from customer_thread.domain.limits import INBOX_LATEST, WORDS_BLOCK
from customer_thread.domain.thread.said_words import kept_words

_STEP_US = 60_000_000


@dataclass(frozen=True)
class Size:
	"""So many threads of so many entries each, and that many Communications."""

	threads: int
	entries: int
	#: by which its rows are told from those of another
	mark: str

	@property
	def total(self) -> int:
		"""Return how many entries it has."""
		return self.threads * self.entries


SMALL = Size(200, 100, "s")
#: with the other one 2,000 and 300,000
LARGE = Size(1800, 156, "l")
#: entries that are left of each thread, to be 20,000 in all
TENTH = 10


def grow(customer: str, size: Size) -> None:
	"""Add threads, whose entries come in turn, and Communications, like those of this customer."""
	with committed():
		[source] = frappe.get_all("Customer Thread", {"party": customer}, pluck="name")
		first = frappe.db.sql("SELECT MIN(name) FROM `tabThread Entry` WHERE thread = %s", source)[0][0]
		base = frappe.db.sql("SELECT NEXTVAL(thread_entry_id_seq)")[0][0]
		frappe.db.sql("SELECT SETVAL(thread_entry_id_seq, %s)", base + size.total)
		given = {"source": source, "first": first, "base": base, "step": _STEP_US, "customer": customer}
		given |= {"threads": size.threads, "entries": size.entries, "mark": size.mark, "total": size.total}
		_threads(size, given)
		_entries(size, given)
		_communications(size, given)
	with committed():
		for table in ("Customer Thread", "Thread Entry", "Thread Event", "Thread Delivery", "Communication"):
			frappe.db.sql(f"ANALYZE TABLE `tab{table}`")
	with committed():
		_gather_words()


def thin_out(left: int) -> None:
	"""Leave of each of these threads that many entries, the last."""
	with committed():
		frappe.db.sql(
			"""DELETE e FROM `tabThread Entry` e JOIN (
				SELECT name, ROW_NUMBER() OVER (PARTITION BY thread ORDER BY name DESC) AS place
				FROM `tabThread Entry` WHERE thread LIKE 'bench%%') AS numbered ON numbered.name = e.name
			WHERE numbered.place > %(left)s""",
			{"left": left},
		)
		frappe.db.sql("DELETE FROM `tabThread Words`")
	with committed():
		frappe.db.sql("ANALYZE TABLE `tabThread Entry`")
		frappe.db.sql("ANALYZE TABLE `tabThread Words`")
	with committed():
		_gather_words()


def _copy(table: str, source: str, changed: dict[str, str], given: dict[str, Any]) -> None:
	"""Insert rows that are like those of `source` (aliased o), but for these columns."""
	names = [name for name in frappe.db.get_table_columns(table) if name not in changed]
	listed = ", ".join(f"`{name}`" for name in (*changed, *names))
	values = ", ".join([*changed.values(), *(f"o.`{name}`" for name in names)])
	frappe.db.sql(f"INSERT INTO `tab{table}` ({listed}) SELECT {values} FROM {source}", given)


def _threads(size: Size, given: dict[str, Any]) -> None:
	number = "(n.seq + 1)"
	last = "(%(base)s + %(total)s - %(threads)s + n.seq)"
	last_us = "(SELECT MAX(e.occurred_us) FROM `tabThread Entry` e) + n.seq * %(step)s"
	_copy(
		"Customer Thread",
		f"`tabCustomer Thread` o JOIN seq_0_to_{size.threads - 1} n WHERE o.name = %(source)s",
		{
			"name": "CONCAT('bench', %(mark)s, LPAD(n.seq, 6, '0'))",
			"title": f"CONCAT('Bench ', %(mark)s, ' ', {number})",
			"party": f"CONCAT('BENCH-', %(mark)s, '-', {number})",
			"code": f"CONCAT(UPPER(%(mark)s), 'B', {number})",
			"reply_token": "MD5(CONCAT('reply', %(mark)s, n.seq))",
			"contractor_token": "MD5(CONCAT('contractor', %(mark)s, n.seq))",
			"last_entry": last,
			"last_us": last_us,
			"last_words": "'sounds good'",
			"contractor_unread": "IF(n.seq %% 7 = 3, 2, 0)",
			"waiting_us": "IF(n.seq %% 5 = 1, o.last_us, 0)",
		},
		given,
	)


def _entries(size: Size, given: dict[str, Any]) -> None:
	position = "(o.{name} - %(first)s)"
	entry = "(%(base)s + " + position + " * %(threads)s + n.seq)"
	of_entry, of_delivery = entry.format(name="name"), entry.format(name="entry")
	thread = "CONCAT('bench', %(mark)s, LPAD(n.seq, 6, '0'))"
	said = f"IF(COALESCE(o.text, '') = '', '', CONCAT(o.text, ' ', {of_entry}))"
	spread = f"JOIN seq_0_to_{size.threads - 1} n"
	at_us = "(o.occurred_us + n.seq * %(step)s)"
	_copy(
		"Thread Entry",
		f"`tabThread Entry` o {spread} WHERE o.thread = %(source)s AND o.name < %(first)s + %(entries)s",
		{
			"name": of_entry,
			"thread": thread,
			"text": said,
			"search_text": f"LOWER({said})",
			"occurred_us": at_us,
			"source_key": f"CONCAT('bench:', %(mark)s, {of_entry})",
			"client_id": "NULL",
			"event": "IF(o.event IS NULL, NULL, CONCAT(o.event, %(mark)s, n.seq))",
		},
		given,
	)
	_copy(
		"Thread Event",
		f"`tabThread Event` o JOIN `tabThread Entry` e ON e.event = o.name {spread} "
		"WHERE e.thread = %(source)s AND e.name < %(first)s + %(entries)s",
		{
			"name": "CONCAT(o.name, %(mark)s, n.seq)",
			"thread": thread,
			"reference_name": "CONCAT(o.reference_name, %(mark)s, n.seq)",
			"source_key": "CONCAT(o.source_key, %(mark)s, n.seq)",
		},
		given,
	)
	_copy(
		"Thread Delivery",
		f"`tabThread Delivery` o {spread} WHERE o.thread = %(source)s AND o.entry < %(first)s + %(entries)s "
		"AND o.entry >= %(first)s",
		{
			"name": "CONCAT(o.name, %(mark)s, n.seq)",
			"thread": thread,
			"entry": of_delivery,
			"provider_id": "CONCAT(o.provider_id, %(mark)s, n.seq)",
		},
		given,
	)


def _communications(size: Size, given: dict[str, Any]) -> None:
	number = "(RIGHT(o.name, 6) * %(threads)s + n.seq)"
	_copy(
		"Communication",
		f"`tabCommunication` o JOIN seq_0_to_{size.threads - 1} n WHERE o.reference_name = %(customer)s "
		"AND o.name < CONCAT('bench', LPAD(%(entries)s, 6, '0'))",
		{
			"name": f"CONCAT('bench', %(mark)s, {number})",
			"content": f"CONCAT(o.content, ' ', %(base)s + {number})",
			"reference_name": "CONCAT('BENCH-', %(mark)s, '-', n.seq + 1)",
		},
		given,
	)


def _gather_words() -> None:
	"""Gather the words as the program does, but a block by one query: nobody takes any away here."""
	gathered = set(frappe.get_all("Thread Words", {"beginning": 0}, pluck="block"))
	last = frappe.db.sql("SELECT MAX(name) FROM `tabThread Entry`")[0][0] // WORDS_BLOCK
	for block in range(last + 1 - INBOX_LATEST // WORDS_BLOCK):
		if block in gathered:
			continue
		ends = (block * WORDS_BLOCK, block * WORDS_BLOCK + WORDS_BLOCK - 1)
		rows = frappe.db.sql("SELECT search_text FROM `tabThread Entry` WHERE name BETWEEN %s AND %s", ends)
		kept = {0: "", **kept_words(row[0] or "" for row in rows)}
		values = [[f"w{block}-{beginning}", block, beginning, words] for beginning, words in kept.items()]
		frappe.db.bulk_insert("Thread Words", ["name", "block", "beginning", "words"], values)
