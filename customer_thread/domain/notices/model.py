"""What a notice is decided from, and what is decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from customer_thread.domain.model import Author, Channel, Kind
from customer_thread.domain.notices.quiet_hours import QuietHours
from customer_thread.domain.phrase import Phrase

NoticeChannel = Literal["Push", "Email", "SMS"]
Action = Literal["Send", "Hold", "Skip"]
#: of more entries than are told one by one: those of a thread, or of the whole site
Crowd = Literal["Thread", "Site"]

NOTICE_CHANNELS: tuple[NoticeChannel, ...] = get_args(NoticeChannel)


def is_of_browser(channel: str | None) -> bool:
	"""Return whether a channel reaches one browser at a time, each by an address of its own."""
	return channel == "Push"


@dataclass(frozen=True)
class Subject:
	"""An entry, as far as the customer may be notified of it."""

	kind: Kind
	author: Author
	#: by which it went to them
	channel: Channel | None
	#: when it was written down, µs
	known_us: int
	#: whether a card is to be told: its rule says so, or whoever recorded it
	notify: bool = False
	#: whether it breaks quiet hours
	urgent: bool = False
	#: the moment, µs, before which it is to be told, whatever hours it is; 0: it is told when it may be
	send_before_us: int = 0
	#: whether it belongs to the business's sending window, whatever the customer set
	promotional: bool = False
	from_history: bool = False
	is_read: bool = False
	#: whether a later card has made this one void
	is_void: bool = False
	crowd: Crowd | None = None
	#: whether a message that the system writes says what this card says
	is_announced: bool = False


@dataclass(frozen=True)
class Preferences:
	"""What someone wants."""

	channels: Mapping[NoticeChannel, bool]
	quiet_hours: QuietHours | None = None


@dataclass(frozen=True)
class Audience:
	"""Someone who reads the thread."""

	preferences: Preferences
	#: why a channel does not reach them; those that do are left out
	unreachable: Mapping[NoticeChannel, Phrase] = field(default_factory=dict)
	#: whether they have the page open and touched it lately
	is_present: bool = False
	#: when the business may write what is promotional: outside of these hours it may
	window: QuietHours | None = None


@dataclass(frozen=True)
class Verdict:
	"""What happens on a channel, and why."""

	channel: NoticeChannel
	action: Action
	reason: Phrase
	#: of Hold: until when, µs
	until_us: int = 0
