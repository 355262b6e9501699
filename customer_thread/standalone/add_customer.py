"""A customer of the embedded host's own: a site has its customers already."""

from collections.abc import Sequence

from customer_thread.domain.errors import BadInput
from customer_thread.domain.model import Address
from customer_thread.domain.people.addresses import email, phone
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.times import check_zone
from customer_thread.domain.words import clean
from customer_thread.service.thread.add_contact_point import add_contact_point
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.standalone.wiring import Host


def add_customer(
	host: Host,
	name: str,
	*,
	phones: Sequence[str] = (),
	emails: Sequence[str] = (),
	timezone: str = "",
	project: str = "",
) -> str:
	"""Write a customer with their contact points and return their id. Raise BadInput."""
	name = " ".join(clean(name).split())
	if not name:
		raise BadInput("The customer needs a name.")
	timezone = check_zone(timezone) if timezone else ""
	region = host.settings().default_region
	addresses = [_address(phone(text, region), text, Phrase("phone number")) for text in phones]
	addresses += [_address(email(text), text, Phrase("e-mail address")) for text in emails]
	with host.database.transaction():
		party = host.parties.add(name, clean(project), timezone)
		thread = open_thread(host.ports, party)
		for address in addresses:
			add_contact_point(host.ports, thread, address, "Customer", party.party)
	return party.party


def _address(found: Address | None, text: str, what: Phrase) -> Address:
	if found is None:
		raise BadInput("“{0}” is no {1}.", text, what)
	return found
