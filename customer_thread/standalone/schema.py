"""The SQLite tables, built from the DocType files; a new field becomes a new column, data kept."""

import json
import sqlite3
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from customer_thread.store.indexes import INDEXES

DOCTYPES = Path(__file__).parent.parent / "customer_thread" / "doctype"

_LAYOUT = {"Section Break", "Column Break", "Tab Break", "HTML", "Button", "Heading", "Table"}
_AFFINITY = {
	"Int": "INTEGER",
	"Long Int": "INTEGER",
	"Check": "INTEGER",
	"Currency": "NUMERIC",
	"Float": "REAL",
}
_STANDARD = (
	("creation", "TEXT"),
	("modified", "TEXT"),
	("modified_by", "TEXT"),
	("owner", "TEXT"),
	("docstatus", "INTEGER NOT NULL DEFAULT 0"),
	("idx", "INTEGER NOT NULL DEFAULT 0"),
)
_CHILD = (("parent", "TEXT"), ("parentfield", "TEXT"), ("parenttype", "TEXT"))

#: What a Frappe site has of its own: singles, customers, users' sessions and keys.
_HOST_TABLES = """
CREATE TABLE IF NOT EXISTS `tabSingles` (doctype TEXT, field TEXT, value TEXT, PRIMARY KEY (doctype, field));
CREATE TABLE IF NOT EXISTS `tabCustomer` (
	name TEXT PRIMARY KEY, customer_name TEXT NOT NULL, project TEXT NOT NULL DEFAULT '', timezone TEXT NOT NULL DEFAULT '',
	language TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS session (
	token_hash TEXT PRIMARY KEY, customer TEXT NOT NULL, csrf_token TEXT NOT NULL, expires_us INTEGER NOT NULL,
	created_us INTEGER, browser TEXT
);
CREATE TABLE IF NOT EXISTS staff_token (
	api_key TEXT PRIMARY KEY, secret_hash TEXT NOT NULL, created_us INTEGER, label TEXT
);
CREATE TABLE IF NOT EXISTS appointment (
	source_key TEXT PRIMARY KEY, customer TEXT NOT NULL, title TEXT NOT NULL, starts_us INTEGER NOT NULL,
	ends_us INTEGER NOT NULL, state TEXT NOT NULL, cards INTEGER NOT NULL DEFAULT 0, confirmed_us INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS `appointment customer` ON appointment (customer, starts_us);
CREATE TABLE IF NOT EXISTS host_state (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""

#: what came to them later
_HOST_COLUMNS = {
	"tabCustomer": [("language", "TEXT NOT NULL DEFAULT ''")],
	"session": [("created_us", "INTEGER"), ("browser", "TEXT")],
	"staff_token": [("created_us", "INTEGER"), ("label", "TEXT")],
}

#: Whose an unmatched entry is, and that a card was taken back or its document deleted, are found out later.
_MAY_CHANGE = {
	"thread",
	"voided_by",
	"modified",
	"modified_by",
	"source_key",
	"reference_doctype",
	"reference_name",
	"url",
}
#: The thread is a record: whoever opens the database file cannot alter it by accident either.
_IMMUTABLE = """
CREATE TRIGGER IF NOT EXISTS `{table} is never deleted` BEFORE DELETE ON `{table}`
BEGIN SELECT RAISE(ABORT, 'The thread is a record: nothing in it can be deleted'); END;
CREATE TRIGGER IF NOT EXISTS `{table} is never changed` BEFORE UPDATE OF {columns} ON `{table}` {unless}
BEGIN SELECT RAISE(ABORT, 'The thread is a record: nothing in it can be changed'); END;
"""
#: what privacy law has removed is changed together with the time of it
_UNLESS = dict.fromkeys(("Thread Entry", "Thread Event"), "WHEN NOT NEW.erased_us > OLD.erased_us")


@cache
def doctypes() -> dict[str, dict[str, Any]]:
	"""Return every DocType of the app by its name."""
	loaded = (json.loads(path.read_text("utf-8")) for path in sorted(DOCTYPES.glob("*/*.json")))
	return {doctype["name"]: doctype for doctype in loaded}


def is_autoincrement(doctype: str) -> bool:
	"""Return whether the rows of a DocType are numbered."""
	return doctypes()[doctype].get("autoname") == "autoincrement"


def columns(doctype: str) -> list[tuple[str, str]]:
	"""Return (name, SQLite type) of a DocType's columns, `name` left out."""
	meta = doctypes()[doctype]
	own = [
		(field["fieldname"], _AFFINITY.get(field["fieldtype"], "TEXT") + _default(field))
		for field in meta["fields"]
		if field["fieldtype"] not in _LAYOUT
	]
	return [*_STANDARD, *(_CHILD if meta.get("istable") else ()), *own]


def _default(field: dict[str, Any]) -> str:
	if _AFFINITY.get(field["fieldtype"]) == "INTEGER":
		return f" NOT NULL DEFAULT {int(field.get('default') or 0)}"
	return ""


def migrate(connection: sqlite3.Connection) -> None:
	"""Bring the tables up to the DocType files. Safe to repeat."""
	connection.executescript(_HOST_TABLES)
	for table, added in _HOST_COLUMNS.items():
		_add_columns(connection, table, added)
	for doctype, meta in doctypes().items():
		if not meta.get("issingle"):
			_migrate_table(connection, doctype, meta)
	for index in INDEXES:
		_create_index(connection, f"tab{index.doctype}", index.name, index.columns, unique=index.unique)
	for doctype in ("Thread Entry", "Thread Event"):
		fixed = [name for name, _type in columns(doctype) if name not in _MAY_CHANGE]
		listed, unless = ", ".join(fixed), _UNLESS.get(doctype, "")
		_keep_immutable(
			connection,
			f"tab{doctype}",
			_IMMUTABLE.format(table=f"tab{doctype}", columns=listed, unless=unless),
		)


def _keep_immutable(connection: sqlite3.Connection, table: str, wanted: str) -> None:
	"""Make the triggers, anew where what they let pass is another thing."""
	name = f"{table} is never changed"
	there = connection.execute(
		"SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?", (name,)
	).fetchone()
	if there and there["sql"].removeprefix("CREATE TRIGGER ") not in wanted.replace("IF NOT EXISTS ", ""):
		connection.execute(f"DROP TRIGGER `{name}`")
	connection.executescript(wanted)


def _migrate_table(connection: sqlite3.Connection, doctype: str, meta: dict[str, Any]) -> None:
	table = f"tab{doctype}"
	key = "INTEGER PRIMARY KEY AUTOINCREMENT" if is_autoincrement(doctype) else "TEXT PRIMARY KEY"
	wanted = columns(doctype)
	body = ", ".join([f"name {key}", *(f"`{name}` {kind}" for name, kind in wanted)])
	connection.execute(f"CREATE TABLE IF NOT EXISTS `{table}` ({body})")
	if _add_columns(connection, table, wanted):
		connection.execute(f"DROP TRIGGER IF EXISTS `{table} is never changed`")
	for field in meta["fields"]:
		if field.get("unique") or field.get("search_index"):
			unique = bool(field.get("unique"))
			_create_index(connection, table, field["fieldname"], (field["fieldname"],), unique=unique)


def _add_columns(connection: sqlite3.Connection, table: str, wanted: Iterable[tuple[str, str]]) -> bool:
	"""Add what is missing and return whether anything was."""
	there = {row["name"] for row in connection.execute(f"PRAGMA table_info(`{table}`)")}
	missing = [(name, kind) for name, kind in wanted if name not in there]
	for name, kind in missing:
		connection.execute(f"ALTER TABLE `{table}` ADD COLUMN `{name}` {kind}")
	return bool(missing)


def _create_index(
	connection: sqlite3.Connection, table: str, name: str, names: tuple[str, ...], *, unique: bool
) -> None:
	kind = "UNIQUE INDEX" if unique else "INDEX"
	listed = ", ".join(f"`{column}`" for column in names)
	connection.execute(f"CREATE {kind} IF NOT EXISTS `{table} {name}` ON `{table}` ({listed})")
