"""A customer of the embedded host's own: a site has its customers already."""

from collections.abc import Iterator, Sequence

from customer_thread.domain.errors import BadInput
from customer_thread.domain.languages import base_of
from customer_thread.domain.model import Address, Party
from customer_thread.domain.people.addresses import email, phone, readable_phone
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.times import check_zone
from customer_thread.domain.words import clean
from customer_thread.service.thread.add_contact_point import add_contact_point
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.standalone.languages import languages
from customer_thread.standalone.wiring import Host
from customer_thread.store import contact_points, threads

#: of those who have the same number
_NAMED = 3


def add_customer(
	host: Host,
	name: str,
	*,
	phones: Sequence[str] = (),
	emails: Sequence[str] = (),
	timezone: str = "",
	project: str = "",
	language: str = "",
) -> str:
	"""Write a customer with their contact points and return their id. Raise BadInput."""
	name = " ".join(clean(name).split())
	if not name:
		raise BadInput("The customer needs a name.")
	timezone = check_zone(timezone) if timezone else ""
	if language and base_of(language) not in languages():
		raise BadInput("{0} must be one of {1}.", "language", ", ".join(languages()))
	region = host.settings().default_region
	addresses = [_address(phone(text, region), text, Phrase("phone number")) for text in phones]
	addresses += [_address(email(text), text, Phrase("e-mail address")) for text in emails]
	with host.database.transaction():
		party = host.parties.add(name, clean(project), timezone, base_of(language))
		thread = open_thread(host.ports, party)
		for address in addresses:
			add_contact_point(host.ports, thread, address, "Customer", party.party)
	return party.party


def shared_addresses(host: Host, customer: str) -> Iterator[str]:
	"""Return of each number and address of a customer that is somebody else's too whose, and what comes of it."""
	thread = threads.require_of(host.database, Party("Customer", customer))
	settings = host.settings()
	own = {phone(settings.contractor_mobile, settings.default_region), email(settings.contractor_email)}
	for address in contact_points.of_thread(host.database, thread["name"]):
		shown = readable_phone(address.value)
		if address in own:
			yield f"{shown} is the contractor’s too: what comes from it is the contractor’s, never {customer}’s."
		names = [name for name in contact_points.threads_of(host.database, address) if name != thread["name"]]
		others = [other for other in (threads.get(host.database, name) for name in names) if other]
		if others:
			known = ", ".join(f"{other['title']} ({other['party']})" for other in others[:_NAMED])
			more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
			yield (
				f"{shown} is also that of {known}{more}. What comes from it goes to whoever was written to "
				"last; where that is unclear, it waits unmatched."
			)


def _address(found: Address | None, text: str, what: Phrase) -> Address:
	if found is None:
		raise BadInput("“{0}” is no {1}.", text, what)
	return found
