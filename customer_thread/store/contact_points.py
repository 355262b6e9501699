"""Thread Contact Points: whose phone, whose e-mail."""

from collections.abc import Iterable
from typing import Any

from customer_thread.domain.model import Address, Trust
from customer_thread.domain.people.mail_domain import mail_domain
from customer_thread.store.database import Database, Duplicate, one_of
from customer_thread.store.rows import ContactPointRow, columns, typed

CONTACT_POINT = "Thread Contact Point"
_ALL = f"SELECT {columns(ContactPointRow)} FROM `tabThread Contact Point`"


def threads_of(database: Database, address: Address) -> list[str]:
	"""Return the threads that have this phone or e-mail."""
	rows = database.select(
		"SELECT DISTINCT thread, value FROM `tabThread Contact Point` WHERE kind = %(kind)s AND value = %(value)s",
		{"kind": address.kind, "value": address.value},
	)
	# MariaDB takes josé@… for jose@…, who is somebody else
	return [row["thread"] for row in rows if row["value"] == address.value]


def of_address(database: Database, address: Address) -> list[ContactPointRow]:
	"""Return what is known of a phone or e-mail, in all threads."""
	rows = database.select(
		f"{_ALL} WHERE kind = %(kind)s AND value = %(value)s", {"kind": address.kind, "value": address.value}
	)
	# MariaDB takes josé@… for jose@…, who is somebody else
	return [row for row in typed(ContactPointRow, rows) if row["value"] == address.value]


def of_thread(database: Database, thread: str) -> list[Address]:
	"""Return a thread's addresses, the newest first, and last those that others have too."""
	rows = database.select(
		"SELECT kind, value FROM `tabThread Contact Point` WHERE thread = %(thread)s "
		"ORDER BY creation DESC, name DESC",
		{"thread": thread},
	)
	found = list(dict.fromkeys(Address(row["kind"], row["value"]) for row in rows))
	return sorted(found, key=lambda address: len(threads_of(database, address)) > 1)


def at_domain(database: Database, domain: str, limit: int) -> list[str]:
	"""Return threads that have a mail address of this domain, some of them."""
	rows = database.select(
		"SELECT DISTINCT thread FROM `tabThread Contact Point` WHERE domain = %(domain)s LIMIT %(limit)s",
		{"domain": domain, "limit": limit},
	)
	return [row["thread"] for row in rows]


def of_any(database: Database, numbers: Iterable[str], limit: int) -> list[str]:
	"""Return threads that have one of these phone numbers, some of them."""
	params: dict[str, Any] = {"limit": limit}
	listed = one_of("number", numbers, params)
	if not listed:
		return []
	rows = database.select(
		"SELECT DISTINCT thread FROM `tabThread Contact Point` WHERE kind = 'Phone' "
		f"AND value IN ({listed}) LIMIT %(limit)s",
		params,
	)
	return [row["thread"] for row in rows]


def note_domains(database: Database) -> None:
	"""Note of each mail address that has none the domain it is at."""
	rows = database.select(
		"SELECT name, value FROM `tabThread Contact Point` WHERE kind = 'Email' AND domain IS NULL"
	)
	for row in rows:
		database.update(CONTACT_POINT, row["name"], {"domain": mail_domain(row["value"])})


def add(database: Database, thread: str, address: Address, source_doctype: str, source_name: str) -> bool:
	"""Note that this address is this thread's; return whether that is new."""
	values: dict[str, object] = {"thread": thread, "kind": address.kind, "value": address.value}
	values["domain"] = mail_domain(address.value) if address.kind == "Email" else None
	same = next((row for row in of_address(database, address) if row["thread"] == thread), None)
	trust = (
		{"trust": same["trust"], "trust_by": same["trust_by"], "trust_us": same["trust_us"]} if same else {}
	)
	try:
		database.insert(
			CONTACT_POINT, {**values, **trust, "source_doctype": source_doctype, "source_name": source_name}
		)
	except Duplicate:
		return False
	return True


def set_trust(database: Database, contact_point: str, trust: Trust, by: str | None, now_us: int) -> None:
	"""Note why an address is trusted, or is not."""
	database.update(CONTACT_POINT, contact_point, {"trust": trust, "trust_by": by, "trust_us": now_us})


def of_source(database: Database, source_doctype: str, source_name: str) -> list[ContactPointRow]:
	"""Return what a document of the host has given."""
	rows = database.select(
		f"{_ALL} WHERE source_doctype = %(source_doctype)s AND source_name = %(source_name)s",
		{"source_doctype": source_doctype, "source_name": source_name},
	)
	return typed(ContactPointRow, rows)


def of_sources(database: Database, source_doctype: str) -> list[ContactPointRow]:
	"""Return what all documents of one type have given."""
	rows = database.select(
		f"{_ALL} WHERE source_doctype = %(source_doctype)s", {"source_doctype": source_doctype}
	)
	return typed(ContactPointRow, rows)


def in_thread(database: Database, thread: str) -> list[ContactPointRow]:
	"""Return a thread's contact points."""
	rows = database.select(f"{_ALL} WHERE thread = %(thread)s", {"thread": thread})
	return typed(ContactPointRow, rows)


def remove(database: Database, contact_point: str) -> None:
	"""Forget one contact point."""
	database.delete(CONTACT_POINT, {"name": contact_point})


def remove_of_thread(database: Database, thread: str) -> None:
	"""Forget a thread's contact points."""
	database.delete(CONTACT_POINT, {"thread": thread})
