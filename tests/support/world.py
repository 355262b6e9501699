"""Everything a service verb needs, around a database of either kind, with providers on real sockets."""

import hashlib
import hmac
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from customer_thread.domain.automations.model import DocumentNow
from customer_thread.domain.model import Address, Party
from customer_thread.domain.people.likely import Sign
from customer_thread.domain.portal.documents import Contract, Payment, PaymentRequest
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.schedule.agenda import Planned
from customer_thread.gateways.mail.gateway import SmtpMail
from customer_thread.gateways.twilio_sms.account import TwilioAccount
from customer_thread.gateways.twilio_sms.gateway import TwilioSms
from customer_thread.gateways.web_push.gateway import WebPush
from customer_thread.gateways.zulip.account import ZulipAccount
from customer_thread.gateways.zulip.gateway import ZulipChat
from customer_thread.service.automations.wired import AUTOMATIONS
from customer_thread.service.notices.channels import EVERY_CHANNEL
from customer_thread.service.notices.wired import NOTICES
from customer_thread.service.ports import PartyInfo, PortalReader, Ports, Push, Sms, TeamChat
from customer_thread.service.settings import Settings
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.standalone.colleagues import MemoryColleagues
from customer_thread.standalone.demo.mailbox_stand_in import Mailbox
from customer_thread.standalone.demo.push_stand_in import PushStandIn
from customer_thread.standalone.demo.twilio_stand_in import TwilioStandIn
from customer_thread.standalone.demo.zulip_stand_in import ZulipStandIn
from customer_thread.standalone.documents import NoDocuments
from customer_thread.standalone.files import FolderFiles
from customer_thread.standalone.presence import MemoryPresence
from customer_thread.standalone.team import NamedTeam
from customer_thread.store import automations, contact_points, threads
from customer_thread.store.rows import ThreadRow
from support.clock import FixedClock, SeededIds
from support.databases import AnyDatabase, persist
from support.persons import BUSINESS, MIKE, SARAH, Person

T = TypeVar("T")

PATIENCE = 20.0

ACCOUNT, TOKEN = "AC" + "0" * 32, "0" * 32

SETTINGS = Settings(
	business_name=BUSINESS.name,
	twilio_account_sid=ACCOUNT,
	twilio_auth_token=TOKEN,
	twilio_from_number=BUSINESS.phone,
	contractor_mobile=MIKE.phone,
	contractor_email=MIKE.email,
	reply_domain="mikes.example",
	sends_mail=True,
)


def _sealed(text: str) -> str:
	return hmac.new(b"a key", text.encode(), hashlib.sha256).hexdigest()


class KnownParties:
	"""The Parties port over a dict."""

	def __init__(self) -> None:
		self.known: dict[Party, PartyInfo] = {}
		#: the address that a customer's user has of their own
		self.own_addresses: dict[Party, str] = {}
		#: what a customer reads, if not the site's language
		self.languages: dict[Party, str] = {}

	def find(self, party: Party) -> PartyInfo | None:
		"""Return what is known, or None."""
		info = self.known.get(party)
		return replace(info, language=info.language or self.languages.get(party, "")) if info else None

	def readers(self, party: Party) -> Sequence[PortalReader]:
		"""Return the customer."""
		if not self.find(party) or party.party_type != "Customer":
			return []
		own = self.own_addresses.get(party, "")
		return [PortalReader(party.party, own, self.languages.get(party, ""))]

	def parties_of(self, user: str) -> Sequence[Party]:
		"""Return the customer themselves."""
		return [party for party in self.known if party == Party("Customer", user)]

	def users_at(self, email: str) -> Sequence[str]:
		"""Return whose own address this is."""
		return [party.party for party, own in self.own_addresses.items() if own == email]

	def invitee(self, party: Party, emails: Sequence[str]) -> PortalReader | None:
		"""Return the customer."""
		return next(iter(self.readers(party)), None)

	def signs(self, names: Sequence[str], address: Address, now_us: int) -> Sequence[Sign]:
		"""Return whoever has one of these names."""
		return [
			Sign(party.party_type, party.party, info.name, "Name", info.name)
			for party, info in self.known.items()
			if info.name in names
		]

	def makes(self) -> Sequence[str]:
		"""Return what there is."""
		return ["Customer"]

	def make(self, what: str, name: str, address: Address, customer: str) -> Party:
		"""Make a customer."""
		made = Party("Customer", f"CUST-{len(self.known) + 1:05}")
		self.known[made] = PartyInfo(name)
		return made

	def let_in(
		self, party: Party, name: str, reader: PortalReader | None, emails: Sequence[str]
	) -> PortalReader:
		"""Return the customer."""
		assert reader
		return reader


class KnownDocuments(NoDocuments):
	"""The Documents port over what a test puts into it, with the pages it closes."""

	def __init__(self) -> None:
		self.known: dict[tuple[Party, Reference | None], Planned | Contract | Payment | PaymentRequest] = {}
		self.closed: set[Reference] = set()
		self.asked: list[tuple[Party, set[Reference]]] = []
		self.of_now: dict[Reference, DocumentNow] = {}
		#: what a customer said yes to, and when
		self.confirmed: list[tuple[Reference, int]] = []

	def openable(self, party: Party, references: Collection[Reference]) -> set[Reference]:
		"""Return all but the closed ones."""
		self.asked.append((party, set(references)))
		return set(references) - self.closed

	def planned(self, party: Party, now_us: int) -> list[Planned]:
		"""Return this party's."""
		return [one for (owner, _), one in self.known.items() if owner == party and isinstance(one, Planned)]

	def planned_one(self, party: Party, reference: Reference) -> Planned | None:
		"""Return it if it is this party's."""
		found = self.known.get((party, reference))
		return found if isinstance(found, Planned) else None

	def current(self, reference: Reference, names: frozenset[str] | None = None) -> DocumentNow | None:
		"""Return it as it was put here."""
		return self.of_now.get(reference)

	def confirm(self, reference: Reference, now_us: int) -> None:
		"""Note it."""
		self.confirmed.append((reference, now_us))

	def contract(self, party: Party, name: str) -> Contract | None:
		"""Return it if it is this party's."""
		found = self.known.get((party, Reference("Contract", name)))
		return found if isinstance(found, Contract) else None

	def payment(self, party: Party, name: str) -> Payment | None:
		"""Return it if it is this party's."""
		found = self.known.get((party, Reference("Payment Entry", name)))
		return found if isinstance(found, Payment) else None

	def payment_request(self, party: Party, name: str) -> PaymentRequest | None:
		"""Return it if it is this party's."""
		found = self.known.get((party, Reference("Payment Request", name)))
		return found if isinstance(found, PaymentRequest) else None


class Bell:
	"""The Queue and Live ports: note what was woken or told once the transaction holds."""

	def __init__(self, database: AnyDatabase) -> None:
		self._database = database
		self.rung: list[str] = []

	def run_soon(self, task: str) -> None:
		"""Wake the worker."""
		self._database.after_commit(lambda: self.rung.append(task))

	def changed(self, thread: str) -> None:
		"""Tell the pages."""
		self._database.after_commit(lambda: self.rung.append(thread))

	def list_changed(self) -> None:
		"""Tell the lists."""
		self._database.after_commit(lambda: self.rung.append("list"))

	def colleagues_changed(self, thread: str) -> None:
		"""Take it."""

	def changed_for_staff(self, thread: str) -> None:
		"""Tell the forms."""
		self._database.after_commit(lambda: self.rung.append(f"staff: {thread}"))


class HeardBell:
	"""The Bell port: note for which entries it was rung, once the transaction holds."""

	def __init__(self, database: AnyDatabase) -> None:
		self._database = database
		self.rung: list[int] = []
		self.forgotten: list[str] = []

	def ring(self, entry: int) -> None:
		"""Tell who works with threads."""
		self._database.after_commit(lambda: self.rung.append(entry))

	def forget(self, thread: str) -> None:
		"""Take it back."""
		self.forgotten.append(thread)


class World:
	"""One business: its settings, its customers, its database, and the providers on this machine."""

	def __init__(self, database: AnyDatabase, clock: FixedClock, folder: Path) -> None:
		self.database = database
		self.clock = clock
		self.settings = SETTINGS
		self.parties = KnownParties()
		self.documents = KnownDocuments()
		self.bell = Bell(database)
		self.pages = Bell(database)
		self.desk_bell = HeardBell(database)
		self.team = NamedTeam(database, lambda: self.settings)
		self._twilio: TwilioStandIn | None = None
		self._mailbox: tuple[Mailbox, int] | None = None
		self._push_service: PushStandIn | None = None
		self._sms: dict[float, Sms] = {}
		self._zulip: ZulipStandIn | None = None
		#: seconds after which a question to Twilio is given up
		self.patience = PATIENCE
		self.ports = Ports(
			database=database,
			settings=lambda: self.settings,
			queue=self.bell,
			live=self.pages,
			bell=self.desk_bell,
			files=FolderFiles(folder / "files"),
			texting={"SMS": self.sms},
			mail=lambda: SmtpMail(f"smtp://127.0.0.1:{self.mail_port}"),
			push=self.push,
			channels=EVERY_CHANNEL,
			clock=clock,
			ids=SeededIds(),
			parties=self.parties,
			presence=MemoryPresence(clock),
			colleagues=MemoryColleagues(clock),
			team=self.team,
			documents=self.documents,
			seal=_sealed,
			translate=str,
			notices=NOTICES,
			automations=AUTOMATIONS,
			automated=lambda: automations.enabled_types(database),
			team_chats={"Zulip": self.team_chat},
		)

	@property
	def twilio(self) -> TwilioStandIn:
		"""Return the stand-in for Twilio, served on a socket."""
		if self._twilio is None:
			self._twilio = TwilioStandIn(
				ACCOUNT, TOKEN, [BUSINESS.phone], self.clock.now_us, callback_delay=0.0
			)
			self._twilio.start()
		return self._twilio

	@property
	def mailbox(self) -> Mailbox:
		"""Return the mail server that takes what is sent."""
		if self._mailbox is None:
			box = Mailbox()
			self._mailbox = (box, box.start())
		return self._mailbox[0]

	@property
	def mail_port(self) -> int:
		"""Return where it listens."""
		_ = self.mailbox
		assert self._mailbox
		return self._mailbox[1]

	def sms(self) -> Sms:
		"""Return the gateway to it."""
		if self.patience not in self._sms:
			account = TwilioAccount(ACCOUNT, TOKEN, number=BUSINESS.phone, api_base=self.twilio.url)
			self._sms[self.patience] = TwilioSms(account, self.patience)
		return self._sms[self.patience]

	@property
	def zulip(self) -> ZulipStandIn:
		"""Return the stand-in for Zulip, served on a socket."""
		if self._zulip is None:
			self._zulip = ZulipStandIn(clock=self.clock.now_us)
			self._zulip.start()
		return self._zulip

	def talk_in_zulip(self) -> ZulipStandIn:
		"""Let the team talk in Zulip, and return it."""
		zulip = self.zulip
		account = {
			"zulip_site": zulip.url,
			"zulip_bot_email": zulip.bot.email,
			"zulip_api_key": zulip.api_key,
		}
		self.set(**account, zulip_webhook_token=zulip.token, zulip_channel="customers")
		return zulip

	def team_chat(self) -> TeamChat:
		"""Return the gateway to it."""
		settings = self.settings
		account = ZulipAccount(settings.zulip_site, settings.zulip_bot_email, settings.zulip_api_key)
		return ZulipChat(account, self.patience)

	@property
	def push_service(self) -> PushStandIn:
		"""Return the push service that browsers are reached by."""
		if self._push_service is None:
			self._push_service = PushStandIn()
			self._push_service.start()
		return self._push_service

	def push(self) -> Push:
		"""Return the gateway to it."""
		return WebPush(self.push_service.url, self.patience)

	def close(self) -> None:
		"""End the providers."""
		if self._push_service:
			self._push_service.stop()
		if self._zulip:
			self._zulip.stop()
		if self._twilio:
			self._twilio.stop()
		if self._mailbox:
			self._mailbox[0].stop()

	def set(self, **changes: object) -> None:
		"""Change settings."""
		self.settings = replace(self.settings, **changes)  # type: ignore[arg-type]

	def do(self, verb: Callable[[], T]) -> T:
		"""Run a verb in a transaction of its own, as a host does."""
		return persist(self.database, verb)

	def customer(
		self, person: Person = SARAH, *, phone: str | None = None, email: str | None = None
	) -> ThreadRow:
		"""Return the thread of a new customer, with the person's own phone and address unless told otherwise."""
		phone = person.phone if phone is None else phone
		email = person.email if email is None else email
		party = Party("Customer", f"CUST-{len(self.parties.known) + 1:05}")
		self.parties.known[party] = PartyInfo(person.name)
		thread = self.do(lambda: open_thread(self.ports, party))
		addresses = [Address("Email", email)] * bool(email) + [Address("Phone", phone)] * bool(phone)
		for address in addresses:
			self.clock.move(1)
			self.do(
				partial(contact_points.add, self.database, thread["name"], address, "Contact", person.name)
			)
		return thread

	def thread(self, name: str) -> ThreadRow:
		"""Return a thread as it is now."""
		return threads.require(self.database, name)
