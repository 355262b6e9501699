"""What counts as unread is one rule, whether Python or the database is asked."""

from itertools import product
from typing import get_args

from support.databases import AnyDatabase
from support.rows import add_entry, add_thread

from customer_thread.domain.model import Author, Kind
from customer_thread.domain.thread import unread
from customer_thread.store import entries

EVERY = [
	(kind, author, from_history)
	for kind, author, from_history in product(get_args(Kind), get_args(Author), (False, True))
]


def test_it_counts_the_same_in_python_and_in_sql(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
		written = {
			add_entry(database, thread, kind=kind, author=author, from_history=int(from_history)): (
				kind,
				author,
				from_history,
			)
			for kind, author, from_history in EVERY
		}
	for condition, rule in (
		(unread.FOR_CUSTOMER_SQL, unread.for_customer),
		(unread.FOR_STAFF_SQL, unread.for_staff),
	):
		rows = database.select(
			f"SELECT name FROM `tabThread Entry` WHERE thread = %(thread)s AND {condition}",
			{"thread": thread},
		)
		found = {written[row["name"]] for row in rows}
		assert found == {
			(kind, author, past) for kind, author, past in EVERY if rule(kind, author, from_history=past)
		}
		assert found


def test_it_counts_what_a_thread_holds_by_that_rule(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
		for kind, author, from_history in EVERY:
			last = add_entry(database, thread, kind=kind, author=author, from_history=int(from_history))
	by_customer = entries.unread_by_customer_between(database, thread, 0, last)
	assert by_customer == sum(
		unread.for_customer(kind, author, from_history=past) for kind, author, past in EVERY
	)
	assert by_customer == 4
	by_staff = entries.unread_by_staff_between(database, thread, 0, last)
	assert by_staff == sum(unread.for_staff(kind, author, from_history=past) for kind, author, past in EVERY)
	assert by_staff == 1
