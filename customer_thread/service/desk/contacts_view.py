"""Whose address it could be, and why an address is trusted, as staff see it."""

from collections.abc import Callable
from typing import TypedDict

from customer_thread.domain.model import Address, ContactKind, PartyType, Trust
from customer_thread.domain.times import iso
from customer_thread.service.ports import Ports
from customer_thread.store import contact_points, threads
from customer_thread.store.rows import ThreadRow


class AddressView(TypedDict):
	"""A phone or e-mail address on file."""

	kind: ContactKind
	address: str
	#: whether a new mail from it stands in the thread by itself
	trusted: bool
	#: why, or that it was taken back; None: nothing speaks for it
	why: str | None
	#: the user who said so, if one did
	by: str | None
	#: ISO 8601 in UTC
	since: str | None


class LikelyView(TypedDict):
	"""A customer or lead whose unmatched words these may be."""

	thread: str
	customer: str
	party_type: PartyType
	title: str
	why: str


def addresses_of(ports: Ports, thread: str) -> list[AddressView]:
	"""Return a thread's phones and e-mail addresses, each once."""
	rows = contact_points.in_thread(ports.database, thread)
	views: dict[Address, AddressView] = {}
	for row in sorted(rows, key=lambda row: (row["kind"], row["value"], not row["trust"])):
		trust = row["trust"]
		view: AddressView = {
			"kind": row["kind"],
			"address": row["value"],
			"trusted": trust is not None and trust != "Taken Back",
			"why": _why(ports.translate, trust) if trust else None,
			"by": row["trust_by"],
			"since": iso(row["trust_us"]) if row["trust_us"] else None,
		}
		views.setdefault(Address(row["kind"], row["value"]), view)
	return list(views.values())


def likely(ports: Ports, thread: ThreadRow) -> list[LikelyView]:
	"""Return who is on file with the address that waits, of those whom staff may see, by their names."""
	_ = ports.translate
	if not thread["unmatched_address"]:
		return []
	address = Address.of_key(thread["unmatched_address"])
	why = (
		_("This address is on file with them")
		if address.kind == "Email"
		else _("This number is on file with them")
	)
	found: list[LikelyView] = []
	for name in contact_points.threads_of(ports.database, address):
		row = threads.get(ports.database, name)
		party = threads.party_of(row) if row else None
		if row and party and threads.is_visible(ports.database, row["name"], ports.visible()):
			found.append(
				{
					"thread": row["name"],
					"customer": party.party,
					"party_type": party.party_type,
					"title": row["title"],
					"why": why,
				}
			)
	return sorted(found, key=lambda view: (view["title"].lower(), view["thread"]))


def _why(translate: Callable[[str], str], trust: Trust) -> str:
	_ = translate
	return {
		"Answered": _("a mail from it answered one of ours"),
		"Signed In": _("its owner signed in by a link sent there"),
		"Said By Staff": _("one of us said whose it is"),
		"Taken Back": _("one of us took that back"),
	}[trust]
