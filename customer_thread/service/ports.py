"""What the program needs from its surroundings. Both hosts give it; contract tests in `tests/ports/` say how.

A service verb is called inside one transaction of the host and never ends it. What must happen only if
that transaction holds (notifying a page, waking a worker) goes through `Database.after_commit`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from customer_thread.domain.channels import ChannelRule, unknown_channel
from customer_thread.domain.inbound import InboundSms
from customer_thread.domain.model import Address, Attachment, DeliveryChannel, Party, Purpose
from customer_thread.domain.notices.model import Verdict
from customer_thread.domain.outbound import (
	Claimed,
	NotLeft,
	OutboundMail,
	OutboundPost,
	OutboundPush,
	OutboundSms,
	Outcome,
	Sent,
	SentPush,
	SentSms,
)
from customer_thread.domain.people.likely import Sign
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.service.colleagues import Colleagues
from customer_thread.service.documents import Documents
from customer_thread.service.settings import Settings
from customer_thread.service.team import Team
from customer_thread.service.traces import NoTraces, Traces
from customer_thread.store.database import Database
from customer_thread.store.rows import DeliveryRow, ThreadRow


class Queue(Protocol):
	"""Work for later, whose facts are in the tables already."""

	def run_soon(self, task: str) -> None:
		"""Wake the worker for `deliver`, `release` or `fetch_attachments` once the transaction holds."""


class Live(Protocol):
	"""The pages that are open now."""

	def changed(self, thread: str) -> None:
		"""Notify this thread's readers that it changed, once the transaction holds."""

	def changed_for_staff(self, thread: str) -> None:
		"""Notify the staff alone who read it: of what no customer sees they are not to hear either."""

	def list_changed(self) -> None:
		"""Notify the staff who have the list of threads open, once however often it is asked for, and not of which."""

	def colleagues_changed(self, thread: str) -> None:
		"""Notify the staff who have it open that others of them came, left, write or write no more."""


class Bell(Protocol):
	"""Where those who work with threads are told of one, besides texts and mails."""

	def ring(self, entry: int) -> None:
		"""Tell who may see its thread that a customer wrote this, once the transaction holds.

		Once an entry, however often it is asked for. What somebody has not looked at yet is renewed, not doubled.
		"""

	def forget(self, thread: str) -> None:
		"""Take back what was told of a thread: words in it were removed."""


class Files(Protocol):
	"""Private bytes."""

	def save(self, attachment: Attachment) -> str:
		"""Keep the bytes and return a file id."""

	def read(self, file: str) -> bytes:
		"""Return the bytes. Raise NotFound."""

	def remove(self, file: str) -> None:
		"""Forget the bytes for good; a file that is not there is no error."""


class Sms(Protocol):
	"""Text messages. Every method may raise GatewayError."""

	def send(self, text: OutboundSms) -> SentSms:
		"""Hand one text to the provider."""

	def find_sent(self, text: OutboundSms, since_us: int) -> list[SentSms]:
		"""Return the texts with this receiver and these words that the provider accepted since then."""

	def status_of(self, provider_sid: str) -> SentSms:
		"""Return how far a text has come that the provider accepted."""

	def list_received(self, since_us: int, known: Callable[[str], bool] = ...) -> list[InboundSms]:
		"""Return the texts the business received since then, oldest first, at their own times.

		Those with an id that is `known` may be left out. What cannot be had of one text keeps back that one alone.
		"""

	def fetch_attachment(self, url: str) -> Attachment:
		"""Return a picture's bytes."""


class TeamChat(Protocol):
	"""Where the team talks. Every method may raise GatewayError."""

	def send(self, post: OutboundPost) -> SentSms:
		"""Hand one message to the provider, in the topic in which its thread stands by now."""

	def find_sent(self, post: OutboundPost, since_us: int) -> list[SentSms]:
		"""Return our messages in its channel with these words that the provider accepted since then."""


class Mail(Protocol):
	"""E-mail."""

	def send(self, mail: OutboundMail) -> None:
		"""Hand over one e-mail. Raise GatewayError."""


class Push(Protocol):
	"""Pushes to browsers."""

	def send(self, push: OutboundPush) -> SentPush:
		"""Hand one push to its service. Raise GatewayError, `gone` if that browser takes none any more."""


class Clock(Protocol):
	"""Time."""

	def now_us(self) -> int:
		"""Return µs since 1970 UTC."""


class Ids(Protocol):
	"""Randomness."""

	def token(self) -> str:
		"""Return at least 128 random bits as lower-case letters and digits."""

	def below(self, limit: int) -> int:
		"""Return a random whole number from 0 up to, not including, `limit`."""


@dataclass(frozen=True)
class PartyInfo:
	"""What the host knows of a customer beyond their contact points."""

	name: str
	#: "Deck Replacement Project · Active", the newest open project with its state; empty for none
	project: str = ""
	#: IANA name of their own address's zone; empty if unknown
	timezone: str = ""
	#: their own language, else that of their first reader, as the host knows it ("es"); empty if unknown
	language: str = ""


@dataclass(frozen=True)
class PortalReader:
	"""Somebody who can sign in and read a customer's thread."""

	#: by which the host knows them: a user of the site, on the embedded host the customer
	user: str
	#: where mails reach them, in lower case; empty if the user has only a made-up address, or none of their own
	email: str = ""
	#: a language they read, as the host knows it ("es"); empty: the site's
	language: str = ""


class Parties(Protocol):
	"""The host's customers and leads."""

	def find(self, party: Party) -> PartyInfo | None:
		"""Return what is known, or None if there is no such party."""

	def readers(self, party: Party) -> Sequence[PortalReader]:
		"""Return who reads the party's thread, in the order of the host's own list; nobody reads a lead's."""

	def parties_of(self, user: str) -> Sequence[Party]:
		"""Return whose threads a user reads."""

	def users_at(self, email: str) -> Sequence[str]:
		"""Return the users who can be signed in by a link and whose own address this is, in lower case; a few at most."""

	def invitee(self, party: Party, emails: Sequence[str]) -> PortalReader | None:
		"""Return who is signed in by an invitation of this customer: who reads already, else who has one of these addresses.

		None if nobody is there yet. Raise Conflict if it is somebody who may not be signed in by a link.
		"""

	def signs(self, names: Sequence[str], address: Address, now_us: int) -> Sequence[Sign]:
		"""Return whom the host's documents speak for: of one of these names, with an appointment about now or today.

		Of those whom the member of staff who asks may see, a few of each.
		"""

	def makes(self) -> Sequence[str]:
		"""Return what `make` can make, the commonest first."""

	def make(self, what: str, name: str, address: Address, customer: str) -> Party:
		"""Write a document of whoever has this address, and return whose thread is theirs from then on.

		`customer`: of a Contact, whose it is. Raise BadInput, or NotAllowed for who may write none.
		"""

	def let_in(
		self, party: Party, name: str, reader: PortalReader | None, emails: Sequence[str]
	) -> PortalReader:
		"""Let this reader, or one who is made for it, read the customer's thread, and return them; again is no change.

		Raise Conflict with what stands against it; then nothing was written.
		"""


class Presence(Protocol):
	"""Who has the page open and touched it lately; how long that counts, `PRESENT_SECONDS` says."""

	def note(self, thread: str, user: str) -> None:
		"""Note that somebody is there now. Cheap: it is kept at most once in `PRESENCE_SECONDS`, and never in a table."""

	def leave(self, thread: str, user: str) -> None:
		"""Note that they are not there any more."""

	def is_present(self, thread: str, user: str) -> bool:
		"""Return whether they are there."""


def _nobody() -> Collection[str]:
	return ()


def _as_configured(_party: Party) -> Mapping[str, str]:
	return {}


def _always(_what: str, _most: tuple[int, int]) -> bool:
	return True


@dataclass(frozen=True)
class OutgoingChannel:
	"""How somebody is reached by one channel. `service/notices/channels.py` has them all."""

	rule: ChannelRule
	#: whether the business can send by it
	is_set_up: Callable[[Settings], bool]
	#: where the contractor takes by it what customers write; empty for nowhere
	contractor: Callable[[Settings], str]
	#: gives the words of each delivery that these words need, none of more characters than that
	parts: Callable[[ThreadRow, Purpose, str, int], list[str]]
	#: makes of a delivery what its gateway sends; raises GatewayError
	compose: Callable[["Ports", DeliveryRow], Any]
	#: sends that, outside of any transaction; raises GatewayError
	hand_over: Callable[["Ports", Claimed[Any]], Sent | NotLeft]
	#: makes the id that a delivery bears in every try; None where the provider gives one
	new_message_id: Callable[["Ports"], str] | None = None
	#: notes what an outcome says of the address itself, whatever becomes of the delivery; None where it says nothing
	heard: Callable[["Ports", Claimed[Any], Outcome], None] | None = None
	#: gives where the team sees what a thread's customer writes, the key of a `TeamPlace`; None: nowhere by it
	team_place: Callable[[Settings, ThreadRow], str] | None = None
	#: the sender whom people allow to write to them, or refuse it; None where nobody is asked
	consent_to: Callable[[Settings], str] | None = None


def _at_once(*_asked: object) -> None:
	"""Do nothing, and hold nothing."""


def _never(*_asked: object) -> bool:
	return False


def _nowhere_else(_ports: "Ports", _delivery: str) -> None:
	"""Tell it by no other way."""


@dataclass(frozen=True)
class Notices:
	"""How customers are notified: `service/notices/` has it, which stands above those who ask. Else nobody is."""

	#: notifies whoever reads a thread of an entry that was written just now
	notify: Callable[["Ports", ThreadRow, int, NewEntry], None] = _at_once
	#: gives until when a message waits that may not ping now, if it may not; `promotional`
	hold_message: Callable[["Ports", ThreadRow, bool], Verdict | None] = _at_once
	#: does so for one that is yet to be written, and would leave at a moment, µs: of those that are promotional there is one a day
	hold_new_message: Callable[["Ports", ThreadRow, bool, int], Verdict | None] = _at_once
	#: gives what else becomes of a delivery that is about to be sent; None: it is sent
	decide_again: Callable[["Ports", DeliveryRow], Verdict | None] = _at_once
	#: lets another way tell what a delivery does not, now that it is not sent after all
	resort: Callable[["Ports", str], None] = _nowhere_else
	#: gives the zone, an IANA name, in which a thread's customer lives
	zone_of: Callable[["Ports", ThreadRow], str] = lambda _ports, _thread: "UTC"
	#: makes of a notice what its gateway sends, where that is another than of a message
	compose: Mapping[DeliveryChannel, Callable[["Ports", DeliveryRow], Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Automations:
	"""What the system writes by itself: `service/automations/` has it, which stands above those who ask. Else nothing."""

	#: brings scheduled messages about a document up to what it is, in one thread alone if its name is given, else in all
	plan: Callable[["Ports", Reference, str], None] = _at_once
	#: does so for all that waits in a thread, whose customer's zone may be another now
	plan_thread: Callable[["Ports", str], None] = _at_once
	#: lets what is held in a thread until it may ping be looked at again: its customer's quiet hours may be others now
	look_at_held: Callable[["Ports", str], None] = _at_once
	#: gives why an automated message that is about to be sent is not true any more, or None
	why_not: Callable[["Ports", DeliveryRow], Phrase | None] = _at_once
	#: gives what becomes of the notices of the card of this entry as a message of its own tells it, or None
	instead_of_notice: Callable[["Ports", int], Verdict | None] = _at_once
	#: takes what a customer wrote just now in a thread, which is held, for the answer to the open question, if it is one
	answered: Callable[["Ports", ThreadRow, int, NewEntry], None] = _at_once
	#: switches an automation on or off as the host keeps it; raises NotFound, and BadInput if it cannot work
	switch: Callable[["Ports", str, bool], object] = _never


def _as_written(_language: str) -> Callable[[str], str]:
	return str


@dataclass(frozen=True)
class Ports:
	"""Everything a service verb may reach. Settings and gateways are asked for anew each time: they can change."""

	database: Database
	settings: Callable[[], Settings]
	queue: Queue
	live: Live
	bell: Bell
	files: Files
	#: the provider's gateway of each channel for texts
	texting: Mapping[DeliveryChannel, Callable[[], Sms]]
	mail: Callable[[], Mail]
	push: Callable[[], Push]
	#: those the host has, the preferred first
	channels: Mapping[DeliveryChannel, OutgoingChannel]
	clock: Clock
	ids: Ids
	parties: Parties
	presence: Presence
	colleagues: Colleagues
	team: Team
	documents: Documents
	#: digests what somebody is known by, with a key that is in no table: of who was erased that alone is kept
	seal: Callable[[str], str]
	#: into the language of whoever asks
	translate: Callable[[str], str]
	#: gives what translates into a language, the site's if it is empty
	translator: Callable[[str], Callable[[str], str]] = _as_written
	#: gives the language of whoever asks, as the host knows it ("es"); empty: the site's
	language: Callable[[], str] = str
	#: gives the site's own language; empty: the one of the setting *Locale*
	site_language: Callable[[], str] = str
	#: where the host's own pages lead for the signed-in user of this customer; "" for a page closed to them
	page_links: Callable[[Party], Mapping[str, str]] = _as_configured
	#: the bytes of the business's logo, as far as the host has them; none for no logo
	logo: Callable[[], bytes] = bytes
	#: the phone numbers of the people of the business, E.164
	staff_numbers: Callable[[], Collection[str]] = _nobody
	#: the SQL condition, over `tabCustomer Thread`, for the threads that the member of staff who asks may see
	visible: Callable[[], str] = str
	#: whether a mail address is that of a user who works with threads
	is_staff: Callable[[str], bool] = _never
	#: counts one more of what may be done so often in so many seconds, and returns whether that still is allowed
	within: Callable[[str, tuple[int, int]], bool] = _always
	#: where the host signs in who has a password; "" if it does not
	login: str = ""
	traces: Traces = field(default_factory=NoTraces)
	notices: Notices = field(default_factory=Notices)
	automations: Automations = field(default_factory=Automations)
	#: the document types that an enabled automation is about; asked at every card and every save of a document
	automated: Callable[[], Collection[str]] = _nobody
	#: the gateway of each channel where the team talks
	team_chats: Mapping[DeliveryChannel, Callable[[], TeamChat]] = field(default_factory=dict)

	def notify(self, thread: ThreadRow, entry: int, new: NewEntry) -> None:
		"""Notify whoever reads a thread, which is held, of an entry that was written just now."""
		self.notices.notify(self, thread, entry, new)

	@property
	def rules(self) -> Sequence[ChannelRule]:
		"""Return what is decided about each channel that a message may take, the preferred first."""
		rules = (channel.rule for channel in self.channels.values())
		return [rule for rule in rules if rule.carries_messages]

	def channel(self, name: str) -> OutgoingChannel:
		"""Return how somebody is reached by a channel. Raise GatewayError for one that is none."""
		for known, channel in self.channels.items():
			if known == name:
				return channel
		raise unknown_channel(name)
