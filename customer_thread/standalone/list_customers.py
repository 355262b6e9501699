"""The customers of this host, a line each."""

from collections.abc import Sequence
from dataclasses import dataclass

from customer_thread.domain.errors import BadInput
from customer_thread.domain.limits import CUSTOMERS_LISTED, SEARCH_CHARACTERS
from customer_thread.domain.people.addresses import email, phone
from customer_thread.standalone.wiring import Host
from customer_thread.store import contact_points, inbox, threads
from customer_thread.store.inbox_rows import ListedThreadRow

#: unless told otherwise
LISTED = 100
_CUSTOMERS = "party_type = 'Customer'"


@dataclass(frozen=True)
class ListedCustomer:
	"""A customer with what the business knows of them."""

	id: str
	name: str
	phones: Sequence[str]
	emails: Sequence[str]
	#: what a person said last, and when, in µs since 1970 UTC; 0: nobody has said anything
	last_us: int
	last_message: str


def list_customers(host: Host, find: str = "", limit: int = LISTED) -> tuple[list[ListedCustomer], bool]:
	"""Return customers, where something happened last first, and whether there are more. Raise BadInput.

	`find`: a phone number, an e-mail address, or words of the name or of what was said last.
	"""
	if not 1 <= limit <= CUSTOMERS_LISTED:
		raise BadInput("--limit is a number from 1 to {0}.", CUSTOMERS_LISTED)
	found = _at(host, find) or inbox.listing(
		host.database,
		which="all",
		words=find[:SEARCH_CHARACTERS],
		before=None,
		limit=limit + 1,
		visible=_CUSTOMERS,
	)
	return [_listed(host, thread) for thread in found[:limit]], len(found) > limit


def _at(host: Host, find: str) -> list[ListedThreadRow]:
	address = email(find) or phone(find, host.settings().default_region)
	names = contact_points.threads_of(host.database, address) if address else []
	found = [threads.get(host.database, name) for name in names]
	return [thread for thread in found if thread and thread["party_type"] == "Customer"]


def _listed(host: Host, thread: ListedThreadRow) -> ListedCustomer:
	addresses = contact_points.of_thread(host.database, thread["name"])
	return ListedCustomer(
		thread["party"] or "",
		thread["title"],
		[address.value for address in addresses if address.kind == "Phone"],
		[address.value for address in addresses if address.kind == "Email"],
		thread["last_words_us"],
		thread["last_words"],
	)
