"""A new field in a DocType file becomes a new column; what is there is kept."""

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import requests
from support.host import EmbeddedHost, new_phone
from support.people import Browser, message_of

import customer_thread

PACKAGE = Path(customer_thread.__file__).parent


@pytest.fixture
def newer(tmp_path: Path) -> Path:
	"""Return a folder with a copy of the package in which Thread Entry has three fields more."""
	folder = tmp_path / "newer"
	shutil.copytree(PACKAGE, folder / "customer_thread", ignore=shutil.ignore_patterns("__pycache__"))
	path = folder / "customer_thread/customer_thread/doctype/thread_entry/thread_entry.json"
	doctype = json.loads(path.read_text("utf-8"))
	doctype["fields"] += [
		{"fieldname": "mood", "fieldtype": "Data", "label": "Mood", "search_index": 1},
		{"fieldname": "stars", "fieldtype": "Int", "label": "Stars", "default": "3"},
		{"fieldname": "section_more", "fieldtype": "Section Break"},
	]
	path.write_text(json.dumps(doctype), "utf-8")
	return folder


def columns(host: EmbeddedHost) -> set[str]:
	with sqlite3.connect(host.folder / "thread.db") as connection:
		return {row[1] for row in connection.execute("PRAGMA table_info(`tabThread Entry`)")}


def test_it_adds_a_column_and_keeps_the_data(own_host: EmbeddedHost, newer: Path) -> None:
	phone = new_phone()
	browser = own_host.sign_in(own_host.add_customer("Sarah Lee", phone=phone))
	own_host.text(phone, "said before")
	own_host.staff.do("record_event", customer=browser.customer, event_type="x", title="A card")
	before = browser.entries()
	assert "mood" not in columns(own_host)

	own_host.stop()
	own_host.package = newer
	own_host.restart()

	assert {"mood", "stars"} <= columns(own_host)
	assert "section_more" not in columns(own_host)
	assert browser.entries() == before
	own_host.text(phone, "said after")
	assert browser.texts() == ["said before", "A card", "said after"]
	with sqlite3.connect(own_host.folder / "thread.db") as connection:
		assert connection.execute("SELECT DISTINCT mood, stars FROM `tabThread Entry`").fetchall() == [
			(None, 3)
		]
		# the new column is part of the record like every other
		with pytest.raises(sqlite3.IntegrityError, match="record"):
			connection.execute("UPDATE `tabThread Entry` SET mood = 'glad'")


def test_it_still_serves_a_newer_folder(own_host: EmbeddedHost, newer: Path) -> None:
	browser = own_host.sign_in(own_host.add_customer("Sarah Lee"))
	own_host.stop()
	own_host.package = newer
	own_host.restart()
	browser.reply("written by the newer one")
	own_host.stop()
	assert "mood" in columns(own_host)

	own_host.package = None
	own_host.restart()

	browser.reply("and by the older one")
	assert browser.texts() == ["written by the newer one", "and by the older one"]


def test_it_starts_twice_without_changing_anything(own_host: EmbeddedHost) -> None:
	own_host.add_customer("Sarah Lee")

	def schema() -> list[tuple[str, str]]:
		with sqlite3.connect(own_host.folder / "thread.db") as connection:
			return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()

	before = schema()
	own_host.restart()

	assert schema() == before


@pytest.mark.parametrize(
	"sql",
	[
		"DELETE FROM `tabThread Entry`",
		"UPDATE `tabThread Entry` SET text = 'other words'",
		"UPDATE `tabThread Entry` SET occurred_us = 0",
		"UPDATE `tabThread Event` SET title = 'other words'",
		"DELETE FROM `tabThread Event`",
	],
)
def test_it_lets_nobody_change_the_record(own_host: EmbeddedHost, sql: str) -> None:
	browser = own_host.sign_in(own_host.add_customer("Sarah Lee"))
	browser.reply("said")
	own_host.staff.do("record_event", customer=browser.customer, event_type="x", title="A card")

	with (
		sqlite3.connect(own_host.folder / "thread.db") as connection,
		pytest.raises(sqlite3.IntegrityError, match="record"),
	):
		connection.execute(sql)
	assert browser.texts() == ["said", "A card"]


def test_it_notes_once_who_waits_in_a_folder_of_before(own_host: EmbeddedHost) -> None:
	phone = new_phone()
	own_host.add_customer("Sarah Lee", phone=phone)
	own_host.text(phone, "anybody there?")
	[line] = _threads(own_host)
	assert line["waiting_since"] == line["last_at"]
	own_host.stop()
	_forget(own_host)
	own_host.restart()
	assert _threads(own_host) == [line]

	own_host.stop()
	_forget(own_host, is_noted=True)
	own_host.restart()
	[again] = _threads(own_host)
	assert again["waiting_since"] is None


def _threads(host: EmbeddedHost) -> list[dict[str, Any]]:
	found: list[dict[str, Any]] = message_of(host.staff.get("threads"))["threads"]
	return found


def _forget(host: EmbeddedHost, *, is_noted: bool = False) -> None:
	"""Leave the folder as an earlier version did."""
	with sqlite3.connect(host.folder / "thread.db") as connection:
		connection.execute(
			"UPDATE `tabCustomer Thread` SET last_words = NULL, waiting_us = 0, answered_us = 0"
		)
		if not is_noted:
			connection.execute("DELETE FROM host_state WHERE name = 'who waits is noted'")


def test_it_keeps_the_links_of_a_folder_of_before(own_host: EmbeddedHost) -> None:
	customer = own_host.add_customer("Sarah Lee")
	link = own_host.sign_in_path(customer)
	own_host.stop()
	with sqlite3.connect(own_host.folder / "thread.db") as connection:
		connection.execute(
			"CREATE TABLE sign_in_link (token_hash TEXT PRIMARY KEY, customer TEXT NOT NULL, "
			"expires_us INTEGER NOT NULL, used_us INTEGER, browser_hash TEXT)"
		)
		connection.execute(
			"INSERT INTO sign_in_link SELECT token_hash, user, expires_us, NULL, NULL FROM `tabThread Sign In`"
		)
		connection.execute("DELETE FROM `tabThread Sign In`")
		connection.execute("DELETE FROM host_state WHERE name = 'links are documents'")
		connection.execute(
			"INSERT INTO `tabSingles` (doctype, field, value) VALUES "
			"('Customer Thread Settings', 'sign_in_link_minutes', '1500')"
		)
		connection.execute("DELETE FROM host_state WHERE name = 'the life of links is counted in days'")
	own_host.restart()

	with sqlite3.connect(own_host.folder / "thread.db") as connection:
		assert connection.execute(
			"SELECT value FROM `tabSingles` WHERE field = 'sign_in_link_days'"
		).fetchall() == [("2",)]
	browser = Browser(own_host.url, customer)
	assert (
		browser.sign_in(link.replace("/messages/in?t=", "/sign-in?token=")).url == f"{own_host.url}/messages"
	)
	assert requests.get(own_host.url + link, timeout=20).status_code == 403
