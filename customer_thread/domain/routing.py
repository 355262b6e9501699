"""Which channel a message takes, decided at the moment of sending, with the reason."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from customer_thread.domain.channels import CHANNELS, ChannelRule, rule_of, unknown_channel
from customer_thread.domain.limits import FORWARDED_TEXTS
from customer_thread.domain.model import Address, Consent, DeliveryChannel

Rules = Sequence[ChannelRule]
#: how the reason begins of what goes nowhere
PORTAL_ONLY = "portal only: "
#: why what a customer wrote goes where it goes
SOMEONES = "to whose turn it is"


@dataclass(frozen=True)
class Reach:
	"""How someone can be reached: their addresses, the likeliest first, and what these said to our sender on a channel."""

	addresses: Sequence[Address]
	consents: Mapping[tuple[DeliveryChannel, str], Consent]

	def address(self, rule: ChannelRule) -> str:
		"""Return where a message by this channel goes, or an empty string."""
		return next((value for value, said in self._said(rule) if said == "Allowed"), "")

	def has(self, rule: ChannelRule) -> bool:
		"""Return whether an address of the channel's kind is on file."""
		return any(address.kind == rule.contact_kind for address in self.addresses)

	def refusal(self, rule: ChannelRule) -> Consent | None:
		"""Return what stands against every address of the channel's kind, if there are any."""
		said = {consent for _value, consent in self._said(rule)}
		return None if "Allowed" in said else next((one for one in rule.words.refused if one in said), None)

	def why_not(self, rule: ChannelRule) -> str:
		"""Return why there is no such address."""
		refusal = self.refusal(rule)
		return rule.words.refused[refusal] if refusal else rule.words.no_address

	def _said(self, rule: ChannelRule) -> list[tuple[str, Consent]]:
		return [
			(address.value, self._consent(rule, address))
			for address in self.addresses
			if address.kind == rule.contact_kind
		]

	def _consent(self, rule: ChannelRule, address: Address) -> Consent:
		said = self.consents.get((rule.name, address.value), "Allowed")
		return "Not Textable" if said == "Allowed" and not rule.can_reach(address) else said


@dataclass(frozen=True)
class Business:
	"""What the business can do at this moment."""

	#: the channels it can send by
	sends: Collection[DeliveryChannel]
	#: where the contractor takes by each channel what customers write; empty for nowhere
	contractor: Mapping[DeliveryChannel, str]
	#: the channels of which no more may be spent, with the reason
	used_up: Mapping[DeliveryChannel, str] = field(default_factory=dict)

	def can_send(self, rule: ChannelRule) -> bool:
		"""Return whether a message may leave by this channel."""
		return rule.name in self.sends and rule.name not in self.used_up

	def contractor_at(self, rule: ChannelRule) -> str:
		"""Return where a message by this channel reaches the contractor, or an empty string."""
		return self.contractor.get(rule.name, "") if self.can_send(rule) else ""

	def why_not(self, rule: ChannelRule, otherwise: str) -> str:
		"""Return why nothing leaves by this channel: it is used up, or what the caller says."""
		return self.used_up.get(rule.name, otherwise)


@dataclass(frozen=True)
class Route:
	"""A way to someone; `channel` None: it stays in the portal."""

	channel: DeliveryChannel | None
	address: str
	reason: str
	#: by which the whole goes, where this one holds no more than its beginning
	whole: "Route | None" = None


@dataclass(frozen=True)
class _Offer:
	"""A channel that could be taken: to which address, or why not."""

	rule: ChannelRule
	address: str
	why_not: str


def forward(
	customer: Reach,
	business: Business,
	messages: Mapping[DeliveryChannel, int] = MappingProxyType({}),
	rules: Rules = CHANNELS,
	*,
	is_someones: bool = False,
) -> Route:
	"""Return how a customer's reply reaches the contractor; `messages`: how many of each channel it needs.

	`is_someones`: it is somebody's turn, whom it reaches by whatever way they have.
	"""
	offers = []
	for rule in rules:
		# whether they can be reached there decides what goes to them, never what reaches the contractor
		on_file = is_someones or customer.has(rule)
		why_not = business.why_not(rule, rule.words.no_contractor) if on_file else rule.words.no_address
		offers.append(_Offer(rule, business.contractor_at(rule) if on_file else "", why_not))
	offer, whys = _choose(offers)
	route = _route(offer, whys, _first(offer, is_someones=is_someones))
	if offer and messages.get(offer.rule.name, 1) > FORWARDED_TEXTS:
		return replace(route, whole=_whole(offer.rule, business, rules))
	return route


def _first(offer: _Offer | None, *, is_someones: bool) -> str:
	if is_someones:
		return SOMEONES
	return offer.rule.words.forward_first if offer else ""


def _whole(short: ChannelRule, business: Business, rules: Rules) -> Route | None:
	"""Return the way of what is too long for this channel, or None where the contractor has no other."""
	for rule in rules:
		if rule.limit is None and (address := business.contractor_at(rule)):
			why = f"{rule.words.by}, the beginning {short.words.by}: more than {FORWARDED_TEXTS} messages"
			return Route(rule.name, address, why)
	return None


def forward_received(
	channel: DeliveryChannel, business: Business, rules: Rules = CHANNELS, *, is_someones: bool = False
) -> Route | None:
	"""Return how what a customer wrote by this channel reaches the contractor, or None if that is not wanted.

	`is_someones`: it is somebody's turn, whom it reaches by whatever way they have.
	"""
	came_by = rule_of(channel, rules)
	others = [rule for rule in rules if rule != came_by]
	ways = [came_by, *(others if is_someones else [rule_of(name, rules) for name in came_by.else_by])]
	offer, whys = _choose(
		[
			_Offer(rule, business.contractor_at(rule), business.why_not(rule, rule.words.no_contractor))
			for rule in ways
		]
	)
	return _route(offer, whys, SOMEONES if is_someones else came_by.words.forwarded) if offer else None


def outward(customer: Reach, business: Business, length: int, wanted: str, rules: Rules = CHANNELS) -> Route:
	"""Return how a message reaches the customer; `wanted` is auto, portal, or by what name a channel is asked for."""
	if wanted == "portal":
		return Route(None, "", f"{PORTAL_ONLY}asked for")
	asked = [rule for rule in rules if wanted in ("auto", rule.asked_as)]
	if not asked:
		raise unknown_channel(wanted)
	offers = []
	for rule in asked:
		can_send = business.can_send(rule)
		why_not = customer.why_not(rule) if can_send else business.why_not(rule, rule.words.not_set_up)
		offers.append(_Offer(rule, customer.address(rule) if can_send else "", why_not))
	offer, whys = _choose(offers, length)
	first = offer.rule.words.comes_first if offer and wanted == "auto" else "asked for"
	return _route(offer, whys, first)


def fallback(
	route: Route, customer: Reach, business: Business, purpose: str, rules: Rules = CHANNELS
) -> Route | None:
	"""Return the other way once the first has failed for good, or None if there is none."""
	if route.channel is None:
		return None
	failed = rule_of(route.channel, rules)
	for rule in rules:
		address = business.contractor.get(rule.name, "") if purpose == "Forward" else customer.address(rule)
		if rule.name != failed.name and business.can_send(rule) and address:
			return Route(rule.name, address, f"{rule.words.by}: {failed.words.undelivered}")
	return None


def _choose(offers: Sequence[_Offer], length: int = 0) -> tuple[_Offer | None, list[str]]:
	"""Return the first offer that stands, and why none before it did.

	What is too long for one message goes another way if it can, else in several.
	"""
	whys = []
	for place, offer in enumerate(offers, 1):
		if not offer.address:
			whys.append(offer.why_not)
		elif offer.rule.is_too_long(length) and _holds(offers[place:], length):
			whys.append(offer.rule.why_too_long)
		else:
			return offer, whys
	return None, whys


def _holds(offers: Iterable[_Offer], length: int) -> bool:
	return any(offer.address and not offer.rule.is_too_long(length) for offer in offers)


def _route(offer: _Offer | None, whys: Sequence[str], first: str) -> Route:
	"""Return the way that was chosen, with what speaks for it: `first`, or why it is not another."""
	why = ", ".join(whys)
	if offer is None:
		return Route(None, "", PORTAL_ONLY + why)
	return Route(offer.rule.name, offer.address, f"{offer.rule.words.by}: {why}" if why else first)
