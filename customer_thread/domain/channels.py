"""The channels, those a message can take in the order they are preferred. What is different about one stands in its line."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.limits import ZULIP_WORDS
from customer_thread.domain.model import Address, Consent, ContactKind, DeliveryChannel
from customer_thread.domain.people.addresses import can_get_pictures, is_textable
from customer_thread.domain.phrase import Phrase


@dataclass(frozen=True)
class Words:
	"""What staff read as the reason for a way, or against it, and the contractor of a message that failed."""

	by: Phrase
	#: what goes by it: "your text"
	message: Phrase
	not_set_up: str
	no_address: str
	undelivered: str
	#: why a message takes it, and why a customer's reply does, where it is preferred to all others
	comes_first: str = ""
	forward_first: str = ""
	#: why the contractor gets by it what came by it
	forwarded: str = ""
	#: the contractor cannot be reached by it
	no_contractor: str = ""
	#: what each kind of refusal means here
	refused: Mapping[Consent, str] = field(default_factory=dict)
	too_long: str = ""
	#: what each kind of refusal is to the contractor: "Sarah did not get your text (…)"
	why_lost: Mapping[Consent, Phrase] = field(default_factory=dict)
	#: what to do where the provider's own words say nothing of it
	mend: Phrase | None = None


@dataclass(frozen=True)
class ChannelRule:
	"""What is decided about a channel."""

	name: DeliveryChannel
	#: of the contact points it reaches; None: it reaches no contact point
	contact_kind: ContactKind | None
	words: Words
	#: whether a message may take it; else it only gives word of one
	carries_messages: bool = True
	#: whether an address of this kind could be reached at all
	can_reach: Callable[[Address], bool] = lambda _address: True
	#: characters that one message may hold; None for any number
	limit: int | None = None
	#: whether pictures can go along from this sender, a number or a service, to this address
	carries_pictures: Callable[[str, str], bool] = lambda _sender, _address: False
	#: whether the business pays for each message
	is_paid: bool = False
	#: how else the contractor gets what came by it, where that is not by the same
	else_by: tuple[DeliveryChannel, ...] = ()

	@property
	def asked_as(self) -> str:
		"""Return by what name a caller asks for it, and an entry says that it went this way."""
		return self.name.lower()

	def is_too_long(self, length: int) -> bool:
		"""Return whether so many characters are more than one message may hold."""
		return self.limit is not None and length > self.limit

	@property
	def why_too_long(self) -> str:
		"""Return the reason why something longer goes another way."""
		return f"{self.words.too_long} ({self.limit:,} characters)"


SMS = ChannelRule(
	name="SMS",
	contact_kind="Phone",
	can_reach=is_textable,
	# Twilio error 21617
	limit=1600,
	carries_pictures=lambda sender, address: (
		can_get_pictures(address) and (sender.startswith("MG") or can_get_pictures(sender))
	),
	is_paid=True,
	words=Words(
		by=Phrase("by text"),
		message=Phrase("text"),
		comes_first="texts come first",
		forward_first="customer has a phone, the contractor takes texts",
		forwarded="the contractor has texts passed on",
		not_set_up="texts are not set up",
		no_contractor="the contractor takes no texts",
		no_address="no phone number on file",
		undelivered="the text could not be delivered",
		refused={
			"Opted Out": "texts are off: the number answered STOP",
			"Not Textable": "the number cannot receive texts",
		},
		too_long="longer than a text may be",
		why_lost={
			"Opted Out": Phrase("they have turned texts off"),
			"Not Textable": Phrase("their phone does not take texts"),
		},
	),
)
EMAIL = ChannelRule(
	name="Email",
	contact_kind="Email",
	else_by=("SMS",),
	words=Words(
		by=Phrase("by e-mail"),
		message=Phrase("e-mail"),
		comes_first="e-mail comes first",
		forward_first="customer has an e-mail address, the contractor takes e-mail",
		forwarded="the customer wrote by e-mail",
		not_set_up="e-mail is not set up",
		no_contractor="the contractor takes no e-mail",
		no_address="no e-mail on file",
		undelivered="the e-mail could not be delivered",
		mend=Phrase("Ask them for another address, or call."),
	),
)
PUSH = ChannelRule(
	name="Push",
	contact_kind=None,
	carries_messages=False,
	words=Words(
		by=Phrase("by notification"),
		message=Phrase("notification"),
		not_set_up="notifications on devices are not set up",
		no_address="no device takes notifications",
		undelivered="the notification could not be delivered",
	),
)
ZULIP = ChannelRule(
	name="Zulip",
	contact_kind=None,
	carries_messages=False,
	# with the marks that make every character of it a plain one: see gateways/zulip/markdown.py
	limit=ZULIP_WORDS,
	words=Words(
		by=Phrase("in Zulip"),
		message=Phrase("message in Zulip"),
		not_set_up="Zulip is not set up",
		no_address="Zulip has no channel for it",
		undelivered="the message in Zulip could not be delivered",
	),
)
CHANNELS = (SMS, EMAIL)


def rule_of(name: str, rules: Iterable[ChannelRule]) -> ChannelRule:
	"""Return the rule of a channel. Raise GatewayError for one that is none."""
	for rule in rules:
		if rule.name == name:
			return rule
	raise unknown_channel(name)


def unknown_channel(name: str) -> GatewayError:
	"""Return the error for a channel that nobody knows."""
	return GatewayError("There is no channel “{0}”.", name, permanent=True)
