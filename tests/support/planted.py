"""Marks in everything of a thread that its customer is not to have, to be looked for in all that they do get.

Each column that holds words gets one, of whatever DocType: what is new is marked too, unless a table here says that
customers have it, or that its value has a meaning by which the program works.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import customer_thread
from support.site import IN_SITE, committed

MARK = "xxmarkxx"
_DOCTYPES = Path(customer_thread.__file__).parent / "customer_thread" / "doctype"
_WORDS = {
	"Autocomplete",
	"Code",
	"Data",
	"Dynamic Link",
	"Link",
	"Long Text",
	"Small Text",
	"Text",
	"Text Editor",
}

#: what a customer has of their own thread
SHOWN = {
	"Customer Thread": {"title", "last_words", "last_preview"},
	"Thread Attachment": {"file_name", "content_type"},
	"Thread Contact Point": {"value", "domain"},
	"Thread Entry": {"label", "subject", "text", "original", "search_text", "client_id", "message_id"},
	"Thread Event": {"title", "event_type", "number", "number_kind", "url"},
}
#: what the program works by: a mark would break it
WORKS = {
	"Customer Thread": {
		"merged_into", "party", "timezone", "code", "unmatched_address", "reply_token", "contractor_token",
	},
	"Thread Attachment": {"file"},
	"Thread Bot Memory": {"mouth", "speaker", "thread", "obeyed"},
	"Thread Calendar": {"thread", "user", "token"},
	"Thread Contact Point": {"thread", "source_doctype", "source_name"},
	"Thread Delivery": {"thread", "fallback_of", "carried_by", "provider_id", "source_key", "claim", "reader"},
	"Thread Entry": {"thread", "event", "source_key", "message_key"},
	"Thread Event": {
		"thread", "currency", "voids", "voided_by", "reference_doctype", "due_date", "source_key",
	},
	"Thread Note": {"thread", "source_key"},
	"Thread Preference": {"thread", "user", "quiet_start", "quiet_end", "timezone"},
	"Thread Preference Change": {"thread", "user", "field"},
	"Thread Push Subscription": {
		"user", "thread", "endpoint", "endpoint_hash", "p256dh", "auth", "public_key", "session_hash",
	},
	"Thread Scheduled Message": {"automation", "thread", "event", "reference_doctype", "source_key", "occurrence"},
	"Thread Sign In": {"user", "thread", "token_hash", "browser_hash"},
	"Thread Text Consent": {"phone", "sender"},
	"Thread Upload": {"thread", "file", "source_key", "content_type"},
}  # fmt: skip
#: rules, which have no customer's words: what they write is in entries
RULES = {"Thread Automation", "Thread Card Rule"}
#: of no thread, of all of them, or without words
NOBODYS = {"Thread History", "Thread Erasure", "Thread Seal", "Thread Words"}

Ask = Callable[[str, Mapping[str, Any]], list[dict[str, Any]]]


def word_columns() -> dict[str, list[str]]:
	"""Return of each of our DocTypes, but Singles, child tables and rules, the columns that hold words."""
	found = {}
	for path in sorted(_DOCTYPES.glob("*/*.json")):
		meta = json.loads(path.read_text("utf-8"))
		if meta.get("issingle") or meta.get("istable") or meta["name"] in RULES | NOBODYS:
			continue
		found[str(meta["name"])] = [
			field["fieldname"] for field in meta["fields"] if field["fieldtype"] in _WORDS
		]
	return found


def plant(folder: Path, threads: set[str]) -> set[tuple[str, str]]:
	"""Mark everything that is there, also what the customers of all threads but these have; return what was marked."""
	marked = set()
	with _Asking(folder) as ask:
		_unseal(ask)
		for doctype, columns in word_columns().items():
			for number, row in enumerate(ask(f"SELECT * FROM `tab{doctype}`", {})):
				is_own = _thread_of(ask, doctype, row) in threads
				kept = WORKS.get(doctype, set()) | (SHOWN.get(doctype, set()) if is_own else set())
				values = {name: f"{MARK}{doctype}-{name}-{number}".replace(" ", "") for name in columns}
				values = {name: mark for name, mark in values.items() if name not in kept}
				if values:
					sets = ", ".join(f"`{name}` = %({name})s" for name in values)
					ask(
						f"UPDATE `tab{doctype}` SET {sets} WHERE name = %(key)s",
						{**values, "key": row["name"]},
					)
				marked |= {(doctype, name) for name in values}
	return marked


def secrets(folder: Path) -> set[str]:
	"""Return what works by its value and no customer is to have: ids, keys and hashes, long ones."""
	with _Asking(folder) as ask:
		found: set[Any] = set()
		for doctype, columns in word_columns().items():
			own = WORKS.get(doctype, set()) & set(columns)
			if doctype == "Customer Thread":
				own = {"contractor_token"}
			own -= {
				"user",
				"thread",
				"automation",
				"token",
				"reader",
				"endpoint",
				"speaker",
				"phone",
				"public_key",
			}
			for row in ask(f"SELECT * FROM `tab{doctype}`", {}):
				found |= {row[name] for name in own} | {row["name"]}
	# a mail's own id stands in the mail
	return {str(value) for value in found if len(str(value or "")) >= 16 and "<" not in str(value)}


def _thread_of(ask: Ask, doctype: str, row: dict[str, Any]) -> object:
	if doctype == "Thread Attachment":
		return ask("SELECT thread FROM `tabThread Entry` WHERE name = %(entry)s", row)[0]["thread"]
	return row.get("thread", row["name"])


def _unseal(ask: Ask) -> None:
	"""Let what is a record be marked, where the database itself forbids it."""
	if not IN_SITE:
		for trigger in ask("SELECT name FROM sqlite_master WHERE type = 'trigger'", {}):
			ask(f"DROP TRIGGER `{trigger['name']}`", {})


class _Asking:
	def __init__(self, folder: Path) -> None:
		self._folder = folder
		self._open: Any = None

	def __enter__(self) -> Ask:
		if IN_SITE:
			self._open = committed()
			frappe = self._open.__enter__()
			return lambda sql, params: frappe.db.sql(sql, params, as_dict=True) or []
		self._open = sqlite3.connect(self._folder / "thread.db", timeout=60)
		self._open.row_factory = sqlite3.Row
		return self._ask

	def _ask(self, sql: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
		named = re.sub(r"%\((\w+)\)s", r":\1", sql)
		return [dict(row) for row in self._open.execute(named, params)]

	def __exit__(self, *error: object) -> None:
		if IN_SITE:
			self._open.__exit__(*error)
			return
		with closing(self._open):
			self._open.commit()


def found_in(*told: str) -> Iterator[str]:
	"""Yield the marks that stand somewhere, whatever their case."""
	for words in told:
		yield from re.findall(rf"{MARK}[\w-]*", words, re.IGNORECASE)
