"""Thread Text Consents: what a number said to a sender."""

from collections.abc import Iterable
from typing import Any

from customer_thread.domain.model import Consent
from customer_thread.store.database import Database, Duplicate, one_of
from customer_thread.store.rows import ConsentRow, columns, held, typed

CONSENT = "Thread Text Consent"
_ALL = f"SELECT {columns(ConsentRow)} FROM `tabThread Text Consent`"


def among(database: Database, phones: Iterable[str], sender: str) -> dict[str, Consent]:
	"""Return what these numbers said to this sender; a number that said nothing is left out."""
	return {row["phone"]: row["state"] for row in of_phones(database, phones, sender)}


def of_phones(database: Database, phones: Iterable[str], sender: str) -> list[ConsentRow]:
	"""Return what these numbers said to this sender, and when and how."""
	params: dict[str, Any] = {"sender": sender}
	listed = one_of("phone", phones, params)
	if not listed:
		return []
	rows = database.select(f"{_ALL} WHERE sender = %(sender)s AND phone IN ({listed})", params)
	return typed(ConsentRow, rows)


def record(database: Database, phone: str, sender: str, state: Consent, now_us: int, how: str) -> None:
	"""Note what a number says from now on; a word older than the one noted changes nothing."""
	values = {"state": state, "changed_us": now_us, "how": how}
	unique = {"phone": phone, "sender": sender}
	# looked for before it is held: holding what is not there holds up every other new number on MariaDB
	if not among(database, [phone], sender):
		try:
			database.insert(CONSENT, {**unique, **values})
		except Duplicate:
			pass
		else:
			return
	known = held(ConsentRow, database.lock(CONSENT, unique))
	if known and known["changed_us"] <= now_us:
		database.update(CONSENT, known["name"], values)
