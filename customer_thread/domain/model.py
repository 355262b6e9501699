"""The words of the glossary as types. Values are what the database holds."""

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["Message", "Event", "Call"]
Author = Literal["Contractor", "Automated", "Customer"]
PartyType = Literal["Customer", "Lead"]
ContactKind = Literal["Phone", "Email"]
Purpose = Literal["Message", "Forward", "Team", "Answer", "Invitation", "Sign In", "Notice"]
#: by what a message goes out
MessageChannel = Literal["SMS", "Email"]
#: by what somebody is reached; a push carries no message to a customer, only word of one, and Zulip is the team's own
DeliveryChannel = Literal[MessageChannel, "Push", "Zulip"]
#: how an entry travelled
Channel = Literal[MessageChannel, "Portal", "Phone"]
#: why a browser is pushed to no more
PushEnd = Literal["Turned Off", "Signed Out", "Gone", "Refused", "Keys Replaced", "Too Many"]
DeliveryState = Literal["Held", "Queued", "Sending", "Sent", "Delivered", "Failed", "Skipped"]
#: why a fresh mail from an address is its owner's words, or that a person took that back
Trust = Literal["Answered", "Signed In", "Said By Staff", "Taken Back"]
Consent = Literal["Allowed", "Opted Out", "Not Textable"]
OnOff = Literal["On", "Off"]
#: by which way somebody changed what they want
PreferenceWay = Literal["Page", "Mail", "STOP"]
#: why a link was made that signs somebody in
SignInPurpose = Literal["Notice", "Asked For", "Invitation", "Office"]

#: A Data column holds this many characters.
DATA_LIMIT = 140
#: A card's event type may hold this many, as its column does.
EVENT_TYPE_LIMIT = 60


@dataclass(frozen=True)
class Address:
	"""Where one can be reached: a phone in E.164 or an e-mail address in lower case."""

	kind: ContactKind
	value: str

	@property
	def key(self) -> str:
		"""Return the address as one ASCII string, unique over both kinds.

		MariaDB's collation takes josé@ for jose@, so letters beyond ASCII are escaped.
		"""
		return f"{self.kind.lower()}:{self.value.encode('unicode_escape').decode('ascii')}"

	@classmethod
	def of_key(cls, key: str) -> "Address":
		"""Return the address that `key` was made of."""
		kind, _colon, value = key.partition(":")
		return cls(_KINDS[kind], value.encode("ascii").decode("unicode_escape"))


_KINDS = {kind.lower(): kind for kind in get_args(ContactKind)}


@dataclass(frozen=True)
class Party:
	"""Whose thread it is: a Customer, or a Lead that may become one."""

	party_type: PartyType
	party: str


@dataclass(frozen=True)
class Attachment:
	"""Bytes of a picture or file."""

	name: str
	content_type: str
	data: bytes


@dataclass(frozen=True)
class KeptAttachment:
	"""A picture or file whose bytes the host keeps already."""

	name: str
	content_type: str
	#: where the host keeps the bytes
	file: str
	#: in bytes
	size: int
	#: of a picture in pixels, upright; 0: not known
	width: int
	height: int


@dataclass(frozen=True)
class RemoteAttachment:
	"""A picture that a provider keeps for us until it is fetched."""

	url: str
	content_type: str
