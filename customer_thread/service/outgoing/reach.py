"""How the two sides of a thread can be reached at this moment."""

from customer_thread.domain.model import Address, Consent, DeliveryChannel, Purpose
from customer_thread.domain.people.addresses import email, phone
from customer_thread.domain.routing import Business, Reach
from customer_thread.domain.spending import WHY
from customer_thread.service.outgoing.forward_to import forward_places, said_of
from customer_thread.service.outgoing.spending import used_up_in
from customer_thread.service.ports import Ports
from customer_thread.service.settings import Settings
from customer_thread.store import contact_points
from customer_thread.store.rows import DeliveryRow, ThreadRow


def reach_of(ports: Ports, thread: ThreadRow) -> Reach:
	"""Return how a thread's customer can be reached, or whoever waits unmatched in it."""
	known = contact_points.of_thread(ports.database, thread["name"])
	if not known and thread["unmatched_address"]:
		known = [Address.of_key(thread["unmatched_address"])]
	said: dict[tuple[DeliveryChannel, str], Consent] = {}
	for name, channel in ports.channels.items():
		values = [address.value for address in known if address.kind == channel.rule.contact_kind]
		said |= {(name, value): consent for value, consent in said_of(ports, channel, values).items()}
	return Reach(known, said)


def has_opted_out_since(ports: Ports, row: DeliveryRow) -> bool:
	"""Return whether the customer has said since a message or invitation was queued that no more may go there."""
	channel = ports.channels.get(row["channel"]) if row["channel"] else None
	if channel is None or row["purpose"] not in ("Message", "Invitation"):
		return False
	return said_of(ports, channel, [row["address"]]).get(row["address"]) == "Opted Out"


def contractor_mobile(settings: Settings) -> str:
	"""Return the contractor's mobile in E.164, or an empty string."""
	found = phone(settings.contractor_mobile, settings.default_region)
	return found.value if found else ""


def contractor_mailbox(settings: Settings) -> str:
	"""Return the contractor's e-mail address in lower case, or an empty string."""
	found = email(settings.contractor_email)
	return found.value if found else ""


def business_of(
	ports: Ports, thread: ThreadRow, purpose: Purpose, length: int, *, is_reply: bool = False
) -> Business:
	"""Return what the business can send and where it takes what customers write.

	`length` characters are to go that way: what no more may be spent on is left out, with the reason.
	"""
	settings = ports.settings()
	over = used_up_in(ports, thread, purpose, length, is_reply=is_reply)
	return Business(
		sends={name for name, channel in ports.channels.items() if channel.is_set_up(settings)},
		contractor=forward_places(ports, thread) if purpose == "Forward" else {},
		used_up={name: WHY[scope] for name, scope in over.items()},
	)
