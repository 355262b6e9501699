"""Customer Thread Settings in the table where Frappe keeps singles."""

import json
import re
import threading
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from customer_thread.domain.errors import BadInput
from customer_thread.service.desk.check_setting import as_kept, check_address, check_setting, check_team
from customer_thread.service.settings import NAMES, Settings
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.standalone.schema import doctypes

DOCTYPE = "Customer Thread Settings"
#: what only this host has: smtp://user:password@host:port, where outgoing mail is handed over
SMTP_URL = "smtp_url"
#: every name that can be set here
SETTINGS = (*NAMES, SMTP_URL)
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


class SettingsStore:
	"""Reads them anew whenever another process has changed the database."""

	def __init__(self, database: SqliteDatabase) -> None:
		self._database = database
		self._local = threading.local()

	def values(self) -> tuple[Settings, str]:
		"""Return the settings and the SMTP address."""
		version = self._database.connection.execute("PRAGMA data_version").fetchone()["data_version"]
		cached: tuple[int, Settings, str] | None = getattr(self._local, "cached", None)
		if cached is None or cached[0] != version:
			cached = (version, *self._load())
			self._local.cached = cached
		return cached[1], cached[2]

	def _load(self) -> tuple[Settings, str]:
		rows = self._database.select(
			"SELECT field, value FROM `tabSingles` WHERE doctype = %(doctype)s", {"doctype": DOCTYPE}
		)
		kept = {row["field"]: row["value"] for row in rows}
		smtp_url = kept.pop(SMTP_URL, "") or ""
		values = {name: _typed(name, kept[name]) for name in NAMES if kept.get(name) is not None}
		return Settings(**values, sends_mail=bool(smtp_url)), smtp_url

	def secrets(self) -> set[str]:
		"""Return the names of the settings that are shown to nobody."""
		return {name for name, kind in _fieldtypes().items() if kind == "Password"}

	def save(self, changes: Mapping[str, str]) -> None:
		"""Write settings given as text. Raise BadInput, and write none, if one is wrong."""
		region = as_kept("default_region", changes.get("default_region", self.values()[0].default_region))
		checked = {name: _checked(name, value, region) for name, value in changes.items()}
		with self._database.transaction():
			for name, value in checked.items():
				self._database.connection.execute(
					"INSERT INTO `tabSingles` (doctype, field, value) VALUES (?, ?, ?) "
					"ON CONFLICT (doctype, field) DO UPDATE SET value = excluded.value",
					(DOCTYPE, name, value),
				)
		self._local.cached = None


def _fieldtypes() -> dict[str, str]:
	fields = doctypes()[DOCTYPE]["fields"]
	return {str(field["fieldname"]): str(field["fieldtype"]) for field in fields}


def _typed(name: str, value: str) -> Any:  # noqa: ANN401 - each field has its own type
	kind = _fieldtypes()[name]
	if kind == "Check":
		return value == "1"
	if kind == "Int":
		return int(value or 0)
	if kind == "Table":
		return tuple(tuple(row) for row in json.loads(value))
	return value


def _checked(name: str, value: str, region: str) -> str:
	if name == SMTP_URL:
		if value:
			check_address(name, value, ("smtp", "smtp+starttls", "smtps"))
		return value
	if name not in NAMES:
		raise _unknown(name)
	value = as_kept(name, value)
	kind = _fieldtypes()[name]
	if kind == "Check":
		if value.lower() not in _TRUE | _FALSE:
			raise BadInput("{0} is on or off: write 1 or 0.", name)
		return str(int(value.lower() in _TRUE))
	if kind == "Int" and not re.fullmatch(r"\d{1,9}", value):
		raise BadInput("{0} must be a whole number.", name)
	if kind == "Color" and value and not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
		raise BadInput("{0} must be a colour such as #1f5fbf.", name)
	if kind == "Table":
		return json.dumps(_tabs(value) if name == "tabs" else _team(value, region))
	check_setting(name, value, region=region)
	return value


def _unknown(name: str) -> BadInput:
	near = get_close_matches(name.lower().replace("-", "_"), SETTINGS, 1, 0.5)
	if near:
		return BadInput("There is no setting “{0}”. Did you mean {1}?", name, near[0])
	return BadInput("There is no setting “{0}”. customer-thread show lists them.", name)


def _team(value: str, region: str) -> list[tuple[str, str, str]]:
	"""Return people written as "Ann=+15551234567 ann@mikes.example, Bob=+15551234568"."""
	rows = []
	for item in (part for part in value.split(",") if part.strip()):
		name, _is, ways = item.partition("=")
		mailbox = [way for way in ways.split() if "@" in way]
		number = " ".join(way for way in ways.split() if "@" not in way)
		rows.append((" ".join(name.split()), number, " ".join(mailbox)))
	check_team(rows, "", region)
	return rows


def _tabs(value: str) -> list[tuple[str, str]]:
	"""Return tabs written as "My Project=/project, Messages=/messages"."""
	pairs = [tuple(part.strip() for part in item.split("=", 1)) for item in value.split(",") if item.strip()]
	if any(len(pair) != 2 or not re.match(r"/(?!/)|https?://", pair[1]) for pair in pairs):
		raise BadInput("tabs are written like: My Project=/project, Messages=/messages")
	return [(pair[0], pair[1]) for pair in pairs]
