"""What every Database port promises."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from support.clock import NOW
from support.databases import AnyDatabase
from support.rows import add_entry, add_event, add_thread

from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store.database import Duplicate

NOTE = "Thread Note"


def _note(database: AnyDatabase, **values: object) -> str:
	row = {"thread": "t", "text": "gate code 17", "occurred_us": NOW} | values
	return str(database.insert(NOTE, row))


def _texts(database: AnyDatabase) -> list[str]:
	return [row["text"] for row in database.select("SELECT text FROM `tabThread Note` ORDER BY text")]


def test_it_returns_rows_as_dicts(database: AnyDatabase) -> None:
	with database.transaction():
		name = _note(database)
	rows = database.select("SELECT name, text FROM `tabThread Note` WHERE name = %(name)s", {"name": name})
	assert rows == [{"name": name, "text": "gate code 17"}]
	assert database.select("SELECT name FROM `tabThread Note` WHERE name = %(name)s", {"name": "x"}) == []


def test_it_takes_a_parameter_twice_and_every_sign_in_it(database: AnyDatabase) -> None:
	value = "%s %(name)s ' \" \\ ; -- \x1a 🏠\n"
	sql = "SELECT %(a)s AS one, %(b)s AS two, %(a)s AS three"
	assert database.select(sql, {"a": value, "b": None}) == [{"one": value, "two": None, "three": value}]


def test_it_takes_a_percent_sign_for_itself_when_there_is_no_parameter(database: AnyDatabase) -> None:
	assert database.select("SELECT '5%' AS one") == [{"one": "5%"}]


def test_it_names_rows_by_the_kind_of_their_doctype(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
		first, second = add_entry(database, thread), add_entry(database, thread)
		name = database.insert(NOTE, {"thread": thread, "text": "x", "occurred_us": NOW})
	assert isinstance(name, str)
	assert name
	assert 0 < first < second


def test_it_fills_what_is_not_given(database: AnyDatabase) -> None:
	with database.transaction():
		name = add_thread(database)
		rows = database.select("SELECT * FROM `tabCustomer Thread` WHERE name = %(name)s", {"name": name})
	assert rows[0]["creation"]
	assert rows[0]["modified"]
	assert (rows[0]["party"], rows[0]["revision"], rows[0]["contractor_unread"]) == (None, 0, 0)


def test_it_goes_on_after_a_duplicate(database: AnyDatabase) -> None:
	with database.transaction():
		_note(database, source_key="note:1", text="one")
		with pytest.raises(Duplicate):
			_note(database, source_key="note:1", text="two")
		_note(database, source_key="note:2", text="three")
	assert _texts(database) == ["one", "three"]


def test_it_looks_again_at_what_others_have_written(database: AnyDatabase) -> None:
	if isinstance(database, SqliteDatabase):
		database.look_again()
		with database.transaction():
			_note(database)
			database.look_again()
			assert _texts(database) == ["gate code 17"]
		return

	def write(text: str) -> None:
		with database.transaction():
			_note(database, text=text)

	with ThreadPoolExecutor(1) as pool, database.transaction():
		assert _texts(database) == []
		pool.submit(write, "a").result()
		assert _texts(database) == []
		database.look_again()
		assert _texts(database) == ["a"]
		pool.submit(write, "b").result()
		_note(database, text="own")
		# what it has written is not to be lost, nor to hold before its time
		database.look_again()
		assert _texts(database) == ["a", "own"]
		assert pool.submit(_texts, database).result() == ["a", "b"]


def test_it_sees_its_own_writes_and_others_only_once_they_hold(database: AnyDatabase) -> None:
	with ThreadPoolExecutor(1) as pool:
		with database.transaction():
			_note(database)
			assert _texts(database) == ["gate code 17"]
			assert pool.submit(_texts, database).result() == []
		assert pool.submit(_texts, database).result() == ["gate code 17"]


def test_it_undoes_everything_when_something_fails(database: AnyDatabase) -> None:
	with database.transaction():
		name = _note(database, text="first")
	with suppress(ZeroDivisionError), database.transaction():
		_note(database)
		database.update(NOTE, name, {"text": "changed"})
		database.delete(NOTE, {"name": name})
		raise ZeroDivisionError
	assert _texts(database) == ["first"]
	# and the next transaction is a new one
	with database.transaction():
		_note(database, text="second")
	assert _texts(database) == ["first", "second"]


@pytest.mark.embedded("a request or job of Frappe is in a transaction from its beginning")
def test_it_refuses_to_write_outside_of_a_transaction(database: AnyDatabase) -> None:
	with pytest.raises(RuntimeError):
		_note(database)
	with pytest.raises(RuntimeError):
		database.update(NOTE, "x", {"text": "y"})
	with pytest.raises(RuntimeError):
		database.lock(NOTE, {"name": "x"})
	with pytest.raises(RuntimeError):
		database.after_commit(lambda: None)
	with database.transaction(), pytest.raises(RuntimeError), database.transaction():
		pass


def test_it_changes_a_row_only_if_it_is_as_expected(database: AnyDatabase) -> None:
	with database.transaction():
		name = _note(database)
		assert database.update(NOTE, name, {"text": "a"})
		assert database.update(NOTE, name, {"text": "a"}), "no change is a match too"
		assert database.update(NOTE, name, {"text": "b"}, {"text": "a", "author": None})
		assert not database.update(NOTE, name, {"text": "c"}, {"text": "a"})
		assert not database.update(NOTE, name, {"text": "c"}, {"author": "mike"})
		assert not database.update(NOTE, "nobody", {"text": "c"})
	assert _texts(database) == ["b"]


def test_it_writes_null(database: AnyDatabase) -> None:
	with database.transaction():
		name = _note(database, source_key="note:1")
		assert database.update(NOTE, name, {"source_key": None}, {"source_key": "note:1"})
		assert _note(database, source_key="note:1")


def test_it_holds_a_row_until_the_transaction_ends(database: AnyDatabase) -> None:
	with database.transaction():
		name = _note(database, text="0")
	rounds, writers = 6, 3
	start = threading.Barrier(writers)

	def count(_number: int) -> None:
		start.wait()
		for _ in range(rounds):
			with database.transaction():
				row = database.lock(NOTE, {"name": name})
				assert row is not None
				database.update(NOTE, name, {"text": str(int(row["text"]) + 1)})

	with ThreadPoolExecutor(writers) as pool:
		list(pool.map(count, range(writers)))
	assert _texts(database) == [str(rounds * writers)]


def test_it_returns_the_whole_row_it_holds_or_none(database: AnyDatabase) -> None:
	with database.transaction():
		name = _note(database, source_key="note:1")
		row = database.lock(NOTE, {"source_key": "note:1", "thread": "t"})
		assert database.lock(NOTE, {"source_key": "note:1", "thread": "other"}) is None
	assert row is not None
	assert (row["name"], row["text"], row["occurred_us"]) == (name, "gate code 17", NOW)


def test_it_removes_what_matches_and_says_how_many(database: AnyDatabase) -> None:
	with database.transaction():
		for text in ("a", "b", "b"):
			_note(database, text=text)
		assert database.delete(NOTE, {"text": "b", "thread": "t"}) == 2
		assert database.delete(NOTE, {"text": "b"}) == 0
	assert _texts(database) == ["a"]


@pytest.mark.parametrize("doctype", ["Thread Entry", "Thread Event"])
def test_it_never_removes_what_was_said(database: AnyDatabase, doctype: str) -> None:
	with database.transaction():
		thread = add_thread(database)
		name = add_entry(database, thread) if doctype == "Thread Entry" else add_event(database, thread)
	with pytest.raises(Exception, match="record"), database.transaction():
		database.delete(doctype, {"name": name})
	assert len(database.select(f"SELECT name FROM `tab{doctype}`")) == 1


def test_it_acts_after_the_commit_in_order_and_never_after_a_rollback(database: AnyDatabase) -> None:
	done: list[object] = []
	with database.transaction():
		_note(database)
		database.after_commit(lambda: done.append(_texts(database)))
		database.after_commit(lambda: done.append("second"))
		assert done == []
	assert done == [["gate code 17"], "second"]
	with suppress(ZeroDivisionError), database.transaction():
		database.after_commit(lambda: done.append("never"))
		raise ZeroDivisionError
	with database.transaction():
		_note(database)
	assert len(done) == 2


def test_it_keeps_numbers_of_64_bits(database: AnyDatabase) -> None:
	with database.transaction():
		_note(database, occurred_us=2**63 - 1)
	assert database.select("SELECT occurred_us FROM `tabThread Note`") == [{"occurred_us": 2**63 - 1}]
