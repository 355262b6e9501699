"""What arrives from outside, in our own words. Nothing past a gateway's `inbound.py` knows the provider's."""

from dataclasses import dataclass
from typing import Literal

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.model import (
	Attachment,
	DeliveryChannel,
	DeliveryState,
	MessageChannel,
	RemoteAttachment,
)
from customer_thread.domain.team_place import TeamPlace

Keyword = Literal["STOP", "START", "HELP"]


class InboundMessage:
	"""What reached one of the business's numbers: a text, or what is none and refused."""


@dataclass(frozen=True)
class InboundSms(InboundMessage):
	"""A text message that reached one of the business's numbers."""

	#: the provider's own id, the same for every repeat
	provider_sid: str
	#: E.164, or what the provider gave (a short code)
	sender: str
	#: the business number it was sent to, E.164
	recipient: str
	text: str
	attachments: tuple[RemoteAttachment, ...]
	#: when it was sent, µs since 1970 UTC
	occurred_us: int
	#: an opt-out word the provider has acted upon
	keyword: Keyword | None = None
	#: by which of the channels for texts it came
	channel: MessageChannel = "SMS"

	@property
	def is_for_provider(self) -> bool:
		"""Return whether it says nothing to anybody but the provider; YES, CANCEL or HELP may well."""
		return self.keyword is not None and self.text.strip().casefold() in _FOR_PROVIDER


@dataclass(frozen=True)
class RefusedMessage(InboundMessage):
	"""A message by a channel that is none of ours. Its words are not kept."""

	#: as the provider gave it, such as "whatsapp:+15551234567"
	sender: str
	#: why, in words
	reason: str
	#: when it came, µs since 1970 UTC
	occurred_us: int


_FOR_PROVIDER = frozenset({"stop", "stopall", "unsubscribe", "optout", "revoke", "start", "unstop"})


@dataclass(frozen=True)
class TeamMessage:
	"""What somebody of the business wrote to the bot, where the team talks."""

	#: by which of the channels where teams talk it came
	channel: DeliveryChannel
	#: the provider's own id, the same for every repeat
	provider_id: str
	place: TeamPlace
	#: whoever wrote it: the provider's id, their name and their mail address there
	user: str
	name: str
	email: str
	#: without the mention of the bot
	text: str
	#: when it was written, µs since 1970 UTC
	occurred_us: int
	#: whether it speaks to the bot, not of it
	is_addressed: bool = True
	#: whether pictures or files are with it
	has_files: bool = False


@dataclass(frozen=True)
class Bounce:
	"""Word that one of our mails could not be delivered: a report (RFC 3464), or the host's own."""

	#: Message-ID of our mail, with its angle brackets; empty where the report does not have it
	message_id: str
	#: enhanced status code, "5.1.1", or the host's own word for it
	status: str
	diagnostic: str
	#: who will not get it, lower case, as far as that is said
	addresses: tuple[str, ...] = ()


@dataclass(frozen=True)
class InboundMail:
	"""An e-mail that reached the business."""

	#: with its angle brackets, or made from the mail's bytes when it came without
	message_id: str
	from_address: str
	from_name: str
	#: every address it was sent to, lower case: envelope, To, Cc, Delivered-To, X-Original-To
	recipients: tuple[str, ...]
	#: Message-IDs it answers, nearest first: In-Reply-To, then References backwards
	references: tuple[str, ...]
	subject: str
	#: the new words only; the whole text when there is nothing else
	text: str
	#: the whole mail as text
	original: str
	#: whether `text` leaves out some of `original`
	quoted: bool
	attachments: tuple[Attachment, ...]
	#: the Date header, or when it came if that is missing or in the future; µs since 1970 UTC
	occurred_us: int
	#: an out-of-office note or other machine's answer (RFC 3834)
	automatic: bool = False
	bounce: Bounce | None = None
	#: of what it says, the same however it was fetched; empty: its Message-ID alone tells it from others
	digest: str = ""
	#: the address of the mailbox it was fetched from, where the host knows
	mailbox: str = ""
	#: authserv-ids whose Authentication-Results say dmarc=pass for the From domain (RFC 8601), topmost first
	dmarc_passed_by: tuple[str, ...] = ()
	#: those that say anything else of it
	dmarc_failed_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class StatusReport:
	"""What a provider says became of a text of ours."""

	provider_sid: str
	state: DeliveryState
	#: our own delivery id when the provider hands it back
	delivery: str = ""
	#: why it is Failed
	error: GatewayError | None = None


@dataclass(frozen=True)
class CallReport:
	"""A phone call that has ended."""

	provider_sid: str
	#: the two ends, E.164 where they are numbers, "" where the number is withheld
	caller: str
	called: str
	#: whether somebody called the business, not the business somebody
	incoming: bool
	seconds: int
	answered: bool
	#: when it began, µs since 1970 UTC
	occurred_us: int
