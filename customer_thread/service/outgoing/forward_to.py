"""Where the business takes what a thread's customer writes: with whoever's turn it is, else with the contractor."""

from collections.abc import Mapping

from customer_thread.domain.model import Consent, DeliveryChannel
from customer_thread.domain.routing import Business
from customer_thread.service.ports import OutgoingChannel, Ports
from customer_thread.service.team import Member
from customer_thread.store import consents
from customer_thread.store.rows import ThreadRow


def forward_places(ports: Ports, thread: ThreadRow) -> Mapping[DeliveryChannel, str]:
	"""Return the number or address for each channel, or an empty string; where it said STOP there is none."""
	settings, member = ports.settings(), whose_turn(ports, thread)
	theirs = addresses_of(ports, member) if member else {}
	if not any(theirs.values()):
		theirs = {}
	contractors = {
		name: _allowed(ports, channel, channel.contractor(settings))
		for name, channel in ports.channels.items()
		if name not in theirs
	}
	return {**contractors, **theirs}


def whose_turn(ports: Ports, thread: ThreadRow) -> Member | None:
	"""Return whose turn it is; None for everybody's, and where they may not see the thread any more."""
	user = thread["assigned_to"]
	return ports.team.member(user) if user and ports.team.may_see(user, thread["name"]) else None


def is_forwarded_to_member(ports: Ports, thread: ThreadRow, business: Business) -> bool:
	"""Return whether what the customer writes reaches the one whose turn it is, and not the contractor."""
	member = whose_turn(ports, thread)
	places = {place for place in (member.phone, member.email) if place} if member else set()
	return bool(places & set(business.contractor.values()))


def addresses_of(ports: Ports, member: Member) -> Mapping[DeliveryChannel, str]:
	"""Return where somebody of the team is reached by each channel that carries messages and is set up."""
	return {
		name: _allowed(ports, channel, member.at(channel.rule.contact_kind))
		for name, channel in ports.channels.items()
		if channel.rule.carries_messages and channel.is_set_up(ports.settings())
	}


def said_of(ports: Ports, channel: OutgoingChannel, addresses: list[str]) -> Mapping[str, Consent]:
	"""Return what these addresses said to our sender; one that said nothing is left out."""
	if channel.consent_to is None:
		return {}
	return consents.among(ports.database, addresses, channel.consent_to(ports.settings()))


def _allowed(ports: Ports, channel: OutgoingChannel, address: str) -> str:
	said = said_of(ports, channel, [address] if address else [])
	return "" if said.get(address) == "Opted Out" else address
