"""Everything that plays in the demo: the real host, and around it what stands in for the world."""

import secrets
import threading
from pathlib import Path

from customer_thread.domain.model import Party
from customer_thread.domain.schedule.appointment import Appointment
from customer_thread.domain.times import zone
from customer_thread.domain.wording import Reader
from customer_thread.service.notices.subscribe import subscribe
from customer_thread.standalone.add_customer import add_customer
from customer_thread.standalone.demo import cast
from customer_thread.standalone.demo.cast import BOB, SARAH, Business, Person
from customer_thread.standalone.demo.clients import API, Desk
from customer_thread.standalone.demo.days import Days
from customer_thread.standalone.demo.mailbox_stand_in import Mailbox
from customer_thread.standalone.demo.office import Office
from customer_thread.standalone.demo.phone import Phone
from customer_thread.standalone.demo.post_office import PostOffice
from customer_thread.standalone.demo.push_stand_in import PushedBrowser, PushStandIn
from customer_thread.standalone.demo.set_clock import SetClock
from customer_thread.standalone.demo.team import Team, can_talk
from customer_thread.standalone.demo.twilio_stand_in import TwilioStandIn
from customer_thread.standalone.demo.zulip_stand_in import ZulipStandIn
from customer_thread.standalone.server import Server
from customer_thread.standalone.sign_in_url import sign_in_url
from customer_thread.standalone.wiring import Host
from customer_thread.store import threads


class Stage:
	"""Started from the inside out, stopped the other way round."""

	def __init__(self, folder: Path, port: int, page_url: str, business: Business) -> None:
		self.page_url = page_url
		self.business = business
		self.clock = SetClock()
		self.clock.set_to(cast.on_may(12, 8, 30))
		self.twilio = TwilioStandIn(
			"AC" + secrets.token_hex(16),
			secrets.token_hex(16),
			[cast.BUSINESS_NUMBER],
			self.clock.now_us,
		)
		self.mailbox = Mailbox()
		self.push = PushStandIn()
		self.zulip = ZulipStandIn(clock=self.clock.now_us)
		#: None: the host has no way to Zulip here
		self.team = Team(self.zulip) if can_talk() else None
		self.host = Host(folder, self.clock)
		self.server = Server(self.host, port, 0, frame_ancestors=page_url)
		self.url = self.server.url
		self._lock = threading.Lock()
		self._call_began: int | None = None

	def start(self) -> None:
		"""Start the stand-ins, set the host up as an admin would, and start what else it has."""
		self.twilio.start()
		smtp_port = self.mailbox.start()
		self.push.start()
		self.zulip.start()
		self.twilio.message_url = f"{self.url}{API}webhooks.twilio_message"
		self.twilio.voice_url = f"{self.url}{API}webhooks.twilio_voice"
		self.host.settings_store.save(self._settings(smtp_port))
		self.customers = {
			person: add_customer(
				self.host,
				person.name,
				phones=[person.phone],
				emails=[person.email],
				timezone=cast.ZONE,
				project=cast.PROJECT if person == SARAH else "",
			)
			for person in (SARAH, BOB)
		}
		self.host.make_push_keys()
		self.sarahs_browser = self._subscribed(SARAH)
		self.desk = Desk(self.url, self.host.sessions.make_staff_token())
		self.office = Office(self.desk, self.customers[SARAH], self.page_url)
		self.days = Days(self.desk, self.customers[SARAH], self.clock, self._wake, lambda: self.reader)
		self.phones = {person.key: Phone(self.twilio, person) for person in self.phone_owners}
		self.server.start()
		mail_port = int(self.server.mail_url.rpartition(":")[2])
		self.post_office = PostOffice(self.mailbox, mail_port, self.clock)

	def stop(self) -> None:
		"""Stop the stand-ins. The host stops itself."""
		self.twilio.stop()
		self.mailbox.stop()
		self.push.stop()
		self.zulip.stop()

	def let_team_in(self) -> None:
		"""Let the team have its channel, in which appears what is written from now on."""
		if self.team:
			self.zulip.webhook_url = f"{self.url}{API}webhooks.zulip_message"
			self.host.settings_store.save(self.team.settings)

	def _wake(self, task: str) -> None:
		self.host.queue.wake(task)

	@property
	def phone_owners(self) -> tuple[Person, Person]:
		"""Return who has a phone and a mailbox on the page."""
		return SARAH, self.business.contractor

	def keep_appointment(self, starts_us: int, ends_us: int) -> None:
		"""Keep an appointment of Sarah’s as it is by now; its cards are written otherwise."""
		kept = Appointment("APT-1", self.customers[SARAH], "Deck replacement", starts_us, ends_us, "Done", 1)
		with self.host.database.transaction():
			self.host.ports.documents.keep_appointment(kept)

	def look_away(self) -> None:
		"""Let Sarah have left her portal for a moment, so that her phone tells her of what comes."""
		customer = self.customers[SARAH]
		thread = threads.require_of(self.host.database, Party("Customer", customer))
		self.host.ports.presence.leave(thread["name"], customer)

	def begin_or_end_call(self) -> int | None:
		"""Begin a call from Sarah, or end the one that is on and return when it began, in µs."""
		with self._lock:
			began, self._call_began = self._call_began, None
			if began is None:
				self._call_began = self.clock.now_us()
		return began

	@property
	def is_calling(self) -> bool:
		"""Return whether Sarah is on the phone."""
		return self._call_began is not None

	def sign_in_link(self, person: Person) -> str:
		"""Return a fresh link that signs this customer in, once."""
		return sign_in_url(self.host, self.customers[person])

	@property
	def reader(self) -> Reader:
		"""Return for whom the demo page words times."""
		return Reader(zone=zone(cast.ZONE), locale="en_US", translate=str, now_us=self.clock.now_us())

	def _subscribed(self, person: Person) -> PushedBrowser:
		"""Return the browser of somebody's phone, which takes notifications as the installed page does."""
		browser = self.push.browser(self.host.settings().vapid_public_key)
		customer, ports = self.customers[person], self.host.ports
		with self.host.database.transaction():
			thread = threads.require_of(ports.database, Party("Customer", customer))
			subscribe(ports, thread, customer, "", browser.subscription, f"{person.name}'s phone")
		return browser

	def _settings(self, smtp_port: int) -> dict[str, str]:
		tabs = {
			"My Project": f"{self.page_url}/project",
			"Invoices": f"{self.page_url}/invoices",
			"Messages": "/messages",
			"Schedule": "/schedule",
		}
		return {
			"business_name": self.business.name,
			"logo": self.business.logo,
			"accent_color": self.business.accent,
			"business_phone": cast.BUSINESS_NUMBER,
			"public_url": self.url,
			"default_region": "US",
			"default_timezone": cast.ZONE,
			"tabs": ", ".join(f"{title}={route}" for title, route in tabs.items()),
			"twilio_account_sid": self.twilio.account_sid,
			"twilio_auth_token": self.twilio.auth_token,
			"twilio_from_number": cast.BUSINESS_NUMBER,
			"twilio_api_base": self.twilio.url,
			"contractor_mobile": self.business.contractor.phone,
			"contractor_email": self.business.contractor.email,
			"mail_from": self.business.mail_from,
			"reply_domain": self.business.reply_domain,
			"push_service_base": self.push.url,
			"smtp_url": f"smtp://127.0.0.1:{smtp_port}",
		}
