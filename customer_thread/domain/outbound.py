"""What leaves the house, complete: a gateway needs nothing else to send it."""

from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.model import Attachment, DeliveryChannel, DeliveryState

Outbound = TypeVar("Outbound")


@dataclass(frozen=True)
class OutboundSms:
	"""One text message."""

	to: str
	#: the business number; empty when a messaging service chooses
	sender: str
	text: str
	#: our own id, which the provider hands back when it reports what became of it
	delivery: str = ""
	#: where the provider fetches the pictures that go along
	picture_urls: tuple[str, ...] = ()
	#: seconds after which it is of no use any more; None for the provider's own limit
	valid_seconds: int | None = None


@dataclass(frozen=True)
class SentSms:
	"""A text message, or one where the team talks, as the provider has it."""

	provider_sid: str
	state: DeliveryState
	#: why it is Failed
	error: GatewayError | None = None


@dataclass(frozen=True)
class OutboundMail:
	"""One e-mail."""

	#: chosen before sending and the same in every try, angle brackets included
	message_id: str
	to: str
	from_name: str
	from_address: str
	reply_to: str
	subject: str
	text: str
	html: str
	in_reply_to: str = ""
	references: tuple[str, ...] = ()
	#: written by the system, not by a person: marked so that no machine answers it (RFC 3834)
	automated: bool = False
	#: an https address that ends such mails when it is posted to; empty for a mail that cannot be ended (RFC 8058)
	unsubscribe: str = ""
	attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class SentMail:
	"""A mail that was handed over; a bounce says if it does not arrive."""

	message_id: str


@dataclass(frozen=True)
class OutboundPush:
	"""One push to one browser (RFC 8030)."""

	#: the subscription's name
	subscription: str
	endpoint: str
	#: the browser's keys, base64url (RFC 8291)
	p256dh: str = field(repr=False)
	auth: str = field(repr=False)
	payload: bytes
	#: seconds for which a phone that sleeps may still get it
	ttl: int
	urgency: Literal["normal", "high"]
	#: what replaces one with the same that still waits
	topic: str
	#: of the business, base64url (RFC 8292)
	private_key: str = field(repr=False)
	#: whom the push service may write to
	contact: str
	#: our own id, the same in every try
	push_id: str


@dataclass(frozen=True)
class SentPush:
	"""A push that its service took; whether the phone is on nobody says."""

	push_id: str


@dataclass(frozen=True)
class OutboundPost:
	"""One message where the team talks."""

	#: the key of its `TeamPlace`
	to: str
	#: plain words: none of them is a mark of the provider's
	text: str
	#: who said it and by what; empty: the program itself, or more of what stands above
	heading: str = ""
	#: whether they are a customer's words
	is_quoted: bool = False
	#: the one before it of the same thread: the provider's id, and the key of the place it was sent to
	previous: str = ""
	previous_to: str = ""


@dataclass(frozen=True)
class NotLeft:
	"""Nothing was sent: it was looked up, and no earlier try had left."""


Sent = SentSms | SentMail | SentPush
Outcome = Sent | NotLeft | GatewayError


@dataclass(frozen=True)
class Claimed(Generic[Outbound]):
	"""A delivery that is this worker's to send."""

	delivery: str
	channel: DeliveryChannel
	outbound: Outbound
	#: when an earlier try began that may have been accepted all the same, µs; None if there was none
	unsure_since_us: int | None
	#: whose claim it is: what comes of it counts for nothing else
	claim: str = ""
	#: whether an earlier try is looked up and nothing is sent
	only_look: bool = False
