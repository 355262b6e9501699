"""Why an address is trusted, as staff see it."""

from collections.abc import Callable
from typing import TypedDict

from customer_thread.domain.model import Address, ContactKind, Trust
from customer_thread.domain.times import iso
from customer_thread.service.ports import Ports
from customer_thread.store import contact_points


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


def _why(translate: Callable[[str], str], trust: Trust) -> str:
	_ = translate
	return {
		"Answered": _("a mail from it answered one of ours"),
		"Signed In": _("its owner signed in by a link sent there"),
		"Said By Staff": _("one of us said whose it is"),
		"Taken Back": _("one of us took that back"),
	}[trust]
