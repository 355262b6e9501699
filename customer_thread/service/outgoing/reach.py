"""How the two sides of a thread can be reached at this moment."""

from customer_thread.domain.model import Address
from customer_thread.domain.people.addresses import email, phone
from customer_thread.domain.routing import Business, Reach
from customer_thread.service.ports import Ports
from customer_thread.store import consents, contact_points
from customer_thread.store.rows import ThreadRow


def reach_of(ports: Ports, thread: ThreadRow) -> Reach:
	"""Return how a thread's customer can be reached, or whoever waits unmatched in it."""
	known = contact_points.of_thread(ports.database, thread["name"])
	if not known and thread["unmatched_address"]:
		known = [Address.of_key(thread["unmatched_address"])]
	phones = [address.value for address in known if address.kind == "Phone"]
	return Reach(known, consents.among(ports.database, phones, ports.settings().sender))


def contractor_mobile(ports: Ports) -> str:
	"""Return the contractor's mobile in E.164, or an empty string."""
	settings = ports.settings()
	found = phone(settings.contractor_mobile, settings.default_region)
	return found.value if found else ""


def contractor_mailbox(ports: Ports) -> str:
	"""Return the contractor's e-mail address in lower case, or an empty string."""
	found = email(ports.settings().contractor_email)
	return found.value if found else ""


def business_of(ports: Ports) -> Business:
	"""Return what the business can send and where it takes what customers write."""
	settings = ports.settings()
	mobile = contractor_mobile(ports)
	if mobile and consents.among(ports.database, [mobile], settings.sender).get(mobile) == "Opted Out":
		mobile = ""
	return Business(
		sends_texts=settings.sends_texts,
		sends_mail=settings.sends_mail and bool(settings.from_address),
		mobile=mobile,
		email=contractor_mailbox(ports),
	)
