"""Whom an Event of a site is with: one that names a Contact is with the customer whose contact it is."""

from collections.abc import Collection, Mapping
from typing import Any

from customer_thread.domain.model import Party
from customer_thread.domain.schedule.agenda import through_contacts
from customer_thread.store.database import Database, one_of


def with_parties(database: Database, document: Mapping[str, Any]) -> dict[str, Any]:
	"""Return an Event as the card rules see it: its Contacts' customers are among its participants.

	They come after those whom it names itself. Any other document is returned as it is.
	"""
	rows = document.get("event_participants") or []
	if document.get("doctype") != "Event" or not rows:
		return dict(document)
	found = [
		(str(row.get("reference_doctype") or ""), str(row.get("reference_docname") or "")) for row in rows
	]
	contacts = parties_of_contacts(database, [name for doctype, name in found if doctype == "Contact"])
	resolved = [
		{**rows[at], "reference_doctype": doctype, "reference_docname": name}
		for at, (doctype, name) in through_contacts(found, contacts)
	]
	return {**document, "event_participants": resolved}


def parties_of_contacts(database: Database, contacts: Collection[str]) -> dict[str, Party]:
	"""Return whose contact each is: its one Customer's or, if it has none, its one Lead's. Others are left out."""
	params: dict[str, Any] = {}
	listed = one_of("contact", sorted(set(contacts)), params)
	if not listed:
		return {}
	rows = database.select(
		"SELECT DISTINCT l.parent, l.link_doctype, l.link_name FROM `tabDynamic Link` l "
		f"WHERE l.parenttype = 'Contact' AND l.parent IN ({listed}) "
		"AND l.link_doctype IN ('Customer', 'Lead') AND l.link_name <> ''",
		params,
	)
	found: dict[str, Party] = {}
	for contact in {row["parent"] for row in rows}:
		for kind in ("Customer", "Lead"):
			names = [
				row["link_name"] for row in rows if row["parent"] == contact and row["link_doctype"] == kind
			]
			if names:
				if len(names) == 1:
					found[contact] = Party(kind, names[0])
				break
	return found


def contacts_of(database: Database, customer: str) -> list[str]:
	"""Return the names of a customer's Contacts."""
	rows = database.select(
		"SELECT DISTINCT l.parent FROM `tabDynamic Link` l WHERE l.parenttype = 'Contact' "
		"AND l.link_doctype = 'Customer' AND l.link_name = %(customer)s",
		{"customer": customer},
	)
	return [row["parent"] for row in rows]
