"""Customer Thread Settings as a frozen value; its fields are those of the DocType that something reads."""

from dataclasses import dataclass, field, fields

from customer_thread.domain.notices.wishes import clock, is_clock
from customer_thread.domain.people.addresses import email
from customer_thread.domain.push.subject import contact_of
from customer_thread.domain.times import zone
from customer_thread.domain.working_time import WORKING_DAYS, WorkingHours

#: those that say when something may ping
HOURS = frozenset({"quiet_start", "quiet_end", "window_start", "window_end", "default_timezone"})


@dataclass(frozen=True)
class Settings:
	"""What the admin configured. Secrets stay out of `repr` and so out of logs."""

	business_name: str = "Your contractor"
	logo: str = ""
	accent_color: str = "#1f5fbf"
	business_phone: str = ""
	public_url: str = ""
	default_region: str = "US"
	default_timezone: str = "America/New_York"
	locale: str = "en_US"
	#: between which the business works, by its own clocks; the same twice: around the clock
	work_start: str = "08:00"
	work_end: str = "17:00"
	#: one of `WORKING_DAYS`
	working_days: str = "Monday to Friday"
	#: (title, route) of each tab
	tabs: tuple[tuple[str, str], ...] = (("Messages", "/messages"),)
	twilio_account_sid: str = ""
	twilio_auth_token: str = field(default="", repr=False)
	twilio_previous_auth_token: str = field(default="", repr=False)
	twilio_api_key: str = ""
	twilio_api_secret: str = field(default="", repr=False)
	twilio_from_number: str = ""
	twilio_messaging_service_sid: str = ""
	contractor_mobile: str = ""
	forward_texts: bool = True
	#: (user, phone, e-mail address) of each of the team who has another phone or mailbox than their user does
	team: tuple[tuple[str, str, str], ...] = ()
	#: how many texts may leave because of one sender within an hour; 0: any number
	texts_per_sender: int = 300
	#: for one thread, and of the whole site, within 24 hours; 0: any number
	texts_per_thread: int = 500
	texts_per_day: int = 2000
	twilio_api_base: str = ""
	zulip_site: str = ""
	zulip_bot_email: str = ""
	zulip_api_key: str = field(default="", repr=False)
	zulip_webhook_token: str = field(default="", repr=False)
	#: where the team talks about customers
	zulip_channel: str = ""
	contractor_email: str = ""
	mail_from: str = ""
	reply_domain: str = ""
	authserv_id: str = ""
	#: whether every address on file is trusted
	trust_addresses: bool = False
	#: whether links sign customers in
	sign_in_links: bool = True
	sign_in_link_days: int = 7
	#: how long a notice by mail or text waits for others
	notice_delay_minutes: int = 2
	#: after which messages lose their words and files; 0: never
	keep_months: int = 0
	#: between which follow-ups and offers leave, in the customer's zone; the same twice: at any time
	window_start: str = "08:00"
	window_end: str = "20:00"
	#: what an invitation says; empty: the program's own words
	invitation_text: str = ""
	capture_documents: bool = True
	#: whether cards leave out the prefix and the zeros of a document's number
	short_numbers: bool = True
	capture_emails: bool = True
	capture_texts: bool = True
	capture_calls: bool = True
	show_missed_calls: bool = False
	#: between which nobody is pinged who has not set other hours, in their own zone; the same twice: never
	quiet_start: str = "21:00"
	quiet_end: str = "08:00"
	#: whether a push may say how much
	push_amounts: bool = False
	vapid_subject: str = ""
	vapid_public_key: str = ""
	vapid_private_key: str = field(default="", repr=False)
	push_service_base: str = ""
	#: how far back the history button reaches
	history_months: int = 12
	#: whether the host has a way to send e-mail; the host says so, nobody sets it
	sends_mail: bool = False

	@property
	def sender(self) -> str:
		"""Return what consent is given to: the messaging service if there is one, else the number."""
		return self.twilio_messaging_service_sid or self.twilio_from_number

	@property
	def sends_texts(self) -> bool:
		"""Return whether the business can send texts."""
		has_key = bool(self.twilio_auth_token or (self.twilio_api_key and self.twilio_api_secret))
		return bool(self.twilio_account_sid and self.sender and has_key)

	@property
	def talks_in_zulip(self) -> bool:
		"""Return whether the team has a channel of Zulip in which customers' words can appear."""
		return bool(self.zulip_site and self.zulip_bot_email and self.zulip_api_key and self.zulip_channel)

	@property
	def working_hours(self) -> WorkingHours:
		"""Return when the business works; what cannot be read is as it is by default."""
		usual = WorkingHours(zone(self.default_timezone))
		return WorkingHours(
			usual.zone,
			clock(self.work_start) if is_clock(self.work_start) else usual.start,
			clock(self.work_end) if is_clock(self.work_end) else usual.end,
			WORKING_DAYS.get(self.working_days, usual.days),
		)

	@property
	def from_address(self) -> str:
		"""Return the address mails are sent from, or an empty string."""
		named = self.mail_from or self.contractor_email
		return named or (f"messages@{self.reply_domain}" if self.reply_domain else "")

	@property
	def push_contact(self) -> str:
		"""Return whom push services may write to, or an empty string."""
		return contact_of(self.vapid_subject, self.public_email, self.public_url)

	@property
	def sends_pushes(self) -> bool:
		"""Return whether the business can push to browsers."""
		return bool(self.vapid_public_key and self.vapid_private_key and self.push_contact)

	@property
	def public_email(self) -> str:
		"""Return where the business can be written to, as every mail of it says, or an empty string."""
		found = email(self.mail_from) or email(self.contractor_email)
		return found.value if found else ""


#: every name that can be set
NAMES = tuple(item.name for item in fields(Settings) if item.name != "sends_mail")
