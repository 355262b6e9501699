"""The one place that knows which concrete thing stands behind each port on this host."""

import fcntl
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from customer_thread.domain.errors import Conflict
from customer_thread.domain.languages import base_of
from customer_thread.domain.push.subscription import decoded
from customer_thread.domain.times import to_utc
from customer_thread.gateways.mail.gateway import SmtpMail
from customer_thread.gateways.system import SystemClock, SystemIds
from customer_thread.gateways.twilio_sms.account import TwilioAccount, account_of
from customer_thread.gateways.twilio_sms.gateway import TwilioSms
from customer_thread.gateways.web_push.gateway import WebPush
from customer_thread.gateways.web_push.keys import new_keys, public_of
from customer_thread.gateways.zulip import account as zulip_account
from customer_thread.gateways.zulip.gateway import ZulipChat
from customer_thread.service.automations.wired import AUTOMATIONS
from customer_thread.service.notices.channels import EVERY_CHANNEL
from customer_thread.service.notices.wired import NOTICES
from customer_thread.service.portal.assets import files
from customer_thread.service.ports import Clock, Mail, Ports, Push, Sms, TeamChat
from customer_thread.service.settings import Settings
from customer_thread.standalone.appointments import SqliteAppointments
from customer_thread.standalone.attempts import Attempts
from customer_thread.standalone.colleagues import MemoryColleagues
from customer_thread.standalone.database import FILE, SqliteDatabase
from customer_thread.standalone.documents import RecordedDocuments
from customer_thread.standalone.files import FolderFiles
from customer_thread.standalone.languages import languages, spoken, translator
from customer_thread.standalone.parties import SqliteParties
from customer_thread.standalone.presence import MemoryPresence
from customer_thread.standalone.seal import sealer
from customer_thread.standalone.sessions import Sessions
from customer_thread.standalone.settings_store import SettingsStore
from customer_thread.standalone.shipped_automations import bring_automations
from customer_thread.standalone.shipped_replies import bring_saved_replies
from customer_thread.standalone.switched_automations import SwitchedAutomations
from customer_thread.standalone.team import NamedTeam
from customer_thread.standalone.traces import SqliteTraces
from customer_thread.standalone.upgrade import upgrade
from customer_thread.store import automations, subscriptions

Wake = Callable[[str], None]


class WakeUp:
	"""The Queue port: the facts are in the tables, a worker only needs to be woken."""

	def __init__(self, database: SqliteDatabase) -> None:
		self._database = database
		self.wake: Wake = _nobody

	def run_soon(self, task: str) -> None:
		"""Wake the worker once the transaction holds."""
		self._database.after_commit(lambda: self.wake(task))


def _nobody(_task: str) -> None:
	"""Nothing to wake: another process works, and looks by itself every second."""


class Polling:
	"""The Live port: pages on this host ask by themselves."""

	def changed(self, thread: str) -> None:
		"""Nobody to notify: the thread's revision says it."""

	def changed_for_staff(self, thread: str) -> None:
		"""Nobody to notify."""

	def list_changed(self) -> None:
		"""Nobody to notify."""

	def colleagues_changed(self, thread: str) -> None:
		"""Nobody to notify."""


class NoDesk:
	"""The Bell port: there is no Desk here. Staff ask for what is unread, by `desk.threads`."""

	def ring(self, entry: int) -> None:
		"""Nobody to tell: the thread counts what is unread."""

	def forget(self, thread: str) -> None:
		"""Nothing was told."""


@dataclass
class Host:
	"""Everything of one data folder."""

	folder: Path
	clock: Clock = field(default_factory=SystemClock)

	def __post_init__(self) -> None:
		os.umask(0o077)
		self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
		self.folder.chmod(0o700)
		self.database = SqliteDatabase(self.folder / FILE, self.clock)
		upgrade(self.database)
		bring_automations(self.database)
		bring_saved_replies(self.database)
		self.settings_store = SettingsStore(self.database)
		self.parties = SqliteParties(self.database)
		self.sessions = Sessions(self.database, self.clock)
		self.queue = WakeUp(self.database)
		self.switched = SwitchedAutomations(self.database)
		self._sms: tuple[TwilioAccount, TwilioSms] | None = None
		self.ports = Ports(
			database=self.database,
			settings=self.settings,
			queue=self.queue,
			live=Polling(),
			bell=NoDesk(),
			files=FolderFiles(self.folder / "files", self.database.after_rollback),
			texting={"SMS": self.sms},
			mail=self.mail,
			push=self.push,
			channels=EVERY_CHANNEL,
			clock=self.clock,
			ids=SystemIds(),
			parties=self.parties,
			presence=MemoryPresence(self.clock),
			colleagues=MemoryColleagues(self.clock),
			team=NamedTeam(self.database, self.settings),
			documents=RecordedDocuments(SqliteAppointments(self.database), self.settings),
			seal=sealer(self.folder),
			traces=SqliteTraces(self.database),
			translate=lambda text: translator(self.language())(text),
			translator=lambda language: translator(language or self.site_language()),
			language=spoken,
			site_language=self.site_language,
			within=Attempts().hit,
			logo=self.logo,
			notices=NOTICES,
			automations=replace(AUTOMATIONS, switch=self.switched.switch),
			automated=lambda: automations.enabled_types(self.database),
			team_chats={"Zulip": self.zulip},
		)

	def settings(self) -> Settings:
		"""Return the settings as they are now."""
		return self.settings_store.values()[0]

	def language(self) -> str:
		"""Return the language of whoever asks, the business's where nobody does."""
		return spoken() or self.site_language()

	def site_language(self) -> str:
		"""Return the business's language, as the setting *Locale* has it; empty where no text is in it."""
		language = base_of(self.settings().locale)
		return language if language in languages() else ""

	def sms(self) -> Sms:
		"""Return the way to send texts, made anew when the account changes."""
		account = account_of(self.settings())
		if self._sms is None or self._sms[0] != account:
			self._sms = (account, TwilioSms(account))
		return self._sms[1]

	def zulip(self) -> TeamChat:
		"""Return the way to write where the team talks."""
		return ZulipChat(zulip_account.account_of(self.settings()))

	def mail(self) -> Mail:
		"""Return the way to send mail."""
		return SmtpMail(self.settings_store.values()[1], now=lambda: to_utc(self.clock.now_us()))

	def push(self) -> Push:
		"""Return the way to push to browsers."""
		return WebPush(self.settings().push_service_base)

	def logo(self) -> bytes:
		"""Return the logo where it stands in its own address, or among the app's files: nothing is fetched."""
		address = self.settings().logo
		kind, _comma, data = address.partition(",")
		if address.startswith("data:") and kind.endswith(";base64"):
			return decoded(data.rstrip("=").replace("+", "-").replace("/", "_"))
		asset = files().get(address.removeprefix("/assets/customer_thread/"))
		return asset.data if asset else b""

	def make_push_keys(self) -> None:
		"""Make the keys for pushes where there are none, or none that belong together, and end what is of others."""
		settings = self.settings()
		public = settings.vapid_public_key
		if not public or public_of(settings.vapid_private_key) != public:
			keys = new_keys()
			public = keys.public
			self.settings_store.save({"vapid_public_key": public, "vapid_private_key": keys.private})
		with self.database.transaction():
			subscriptions.end_of_other_keys(self.database, public, self.clock.now_us())

	def hold_alone(self) -> None:
		"""Keep the folder for this process until it ends. Raise Conflict if another serves it already."""
		self._held = (self.folder / "lock").open("w")
		try:
			fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
		except OSError:
			raise Conflict("Another process serves {0} already.", self.folder) from None
