"""What is around a host in the tests: stand-ins for Twilio and a mail server, and what they say to it."""

import os
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from itertools import count
from pathlib import Path

import requests
from twilio.request_validator import RequestValidator

from customer_thread.domain.model import Attachment
from customer_thread.standalone.demo.mailbox_stand_in import Letter, Mailbox
from customer_thread.standalone.demo.twilio_message import TwilioMessage, make_sid
from customer_thread.standalone.demo.twilio_stand_in import TwilioStandIn
from support import persons
from support.mails import MAIL_SERVER
from support.people import API, TIMEOUT, Staff

ACCOUNT = "AC" + "0" * 31 + "1"
TOKEN = "the-auth-token-of-these-tests"
NUMBER, OFFICE, BUSINESS = persons.BUSINESS.phone, persons.BUSINESS.email, persons.BUSINESS.name
MOBILE, CONTRACTOR = persons.MIKE.phone, persons.MIKE.email
DOMAIN = OFFICE.partition("@")[2]

_numbers = count(1)


def new_phone() -> str:
	"""Return a phone number that no other test has."""
	return f"+1555{os.getpid() % 100:02}{next(_numbers):05}"


def new_email(name: str = "sarah") -> str:
	"""Return an e-mail address that no other test has."""
	return f"{name}.{os.getpid()}.{next(_numbers)}@customers.example"


class Surroundings(ABC):
	"""A business that is set up, whatever host it runs on."""

	#: the status for whoever is not signed in, for a call that is none, and for a method that is not the call's
	not_signed_in = 401
	no_such_call = 404
	wrong_method = 405
	#: whether it is known who of the staff has written something, where they have tokens
	knows_authors = False

	def __init__(self, folder: Path) -> None:
		self.folder = folder
		self.url = ""
		self.twilio = TwilioStandIn(ACCOUNT, TOKEN, [NUMBER], callback_delay=0.01)
		self.twilio.start()
		self.mailbox = Mailbox()
		self.smtp_url = f"smtp://127.0.0.1:{self.mailbox.start()}"

	@abstractmethod
	def start(self) -> None:
		"""Serve."""

	@abstractmethod
	def set(self, **settings: object) -> None:
		"""Change settings."""

	@abstractmethod
	def new_staff(self) -> Staff:
		"""Return one more of the business."""

	@abstractmethod
	def save_reply(self, shortcut: str, text: str, *, enabled: bool = True) -> None:
		"""Add a saved reply to those that are shipped."""

	@abstractmethod
	def let_in(self, http: requests.Session, customer: str) -> None:
		"""Sign a customer in, in a browser that may have somebody else's session."""

	@abstractmethod
	def mail(self, message: EmailMessage | bytes, sender: str, to: str) -> tuple[int, str]:
		"""Hand in a mail and return the last word about it."""

	def set_up(self) -> None:
		"""Make all the settings a business makes."""
		self.set(
			business_name=BUSINESS,
			business_phone="+15550003000",
			public_url=self.url,
			default_timezone="America/New_York",
			twilio_account_sid=ACCOUNT,
			twilio_auth_token=TOKEN,
			twilio_from_number=NUMBER,
			twilio_api_base=self.twilio.url,
			contractor_mobile=MOBILE,
			contractor_email=CONTRACTOR,
			mail_from=OFFICE,
			reply_domain=DOMAIN,
			authserv_id=MAIL_SERVER,
			smtp_url=self.smtp_url,
			# nobody's night, whatever the clock of this machine says
			quiet_start="08:00",
			quiet_end="08:00",
		)

	def check_refused(self, answer: requests.Response) -> None:
		"""Fail unless this is how somebody without a token is turned away."""
		assert answer.status_code == self.not_signed_in
		assert set(answer.json()) == {"exc_type", "message"}

	def close(self) -> None:
		"""End the stand-ins."""
		self.twilio.stop()
		self.mailbox.stop()

	# The providers

	def webhook_url(self, call: str) -> str:
		"""Return the address of a webhook."""
		return f"{self.url}{API}.webhooks.{call}"

	def webhook(
		self,
		call: str,
		params: Mapping[str, str],
		*,
		query: str = "",
		token: str = TOKEN,
		signed_url: str = "",
		signature: str | None = None,
		headers: Mapping[str, str] | None = None,
	) -> requests.Response:
		"""Post what Twilio posts, signed as Twilio signs it unless told otherwise."""
		url = self.webhook_url(call) + query
		if signature is None:
			signature = RequestValidator(token).compute_signature(signed_url or url, dict(params))
		sent = {"X-Twilio-Signature": signature} if signature else {}
		return requests.post(url, data=params, headers={**sent, **(headers or {})}, timeout=TIMEOUT)

	def text(self, sender: str, body: str, *, sid: str = "", media: Sequence[str] = ()) -> requests.Response:
		"""Hand in a text as its webhook does, which takes it."""
		answer = self.webhook("twilio_message", text_params(sender, body, sid=sid, media=media))
		assert answer.status_code == 200, answer.text
		return answer

	def receive(self, sender: str, body: str, media: Sequence[Attachment] = ()) -> None:
		"""Let Twilio take in a text, and its webhook take it from there."""
		answer = self.twilio.receive(sender, NUMBER, body, media)
		assert answer is not None, "nobody listens"
		assert answer.status_code == 200, answer.text

	def take(self, message: EmailMessage, to: str) -> None:
		"""Hand in a mail, which is taken."""
		answer = self.mail(message, str(message["From"]), to)
		assert answer[0] == 250, answer

	def texts_to(self, phone: str, holding: str = "") -> list[TwilioMessage]:
		"""Return the texts Twilio took for a phone, oldest first."""
		return [text for text in self.twilio.sent if text.to == phone and holding in text.body]

	def mailbox_of(self, customer: str, on_file: str) -> str:
		"""Return where notices reach a customer by mail: at the address on file."""
		assert customer
		return on_file

	def mails_to(self, address: str, holding: str = "") -> list[Letter]:
		"""Return the mails the mail server took for an address, oldest first."""
		return [
			letter
			for letter in list(self.mailbox.messages)
			if address in letter.receivers and holding in letter.message.as_string()
		]


def text_params(
	sender: str, body: str, *, sid: str = "", media: Sequence[str] = (), **more: str
) -> dict[str, str]:
	"""Return the parameters of a text's webhook."""
	sid = sid or make_sid("SM")
	params = {
		"AccountSid": ACCOUNT,
		"ApiVersion": "2010-04-01",
		"Body": body,
		"From": sender,
		"MessageSid": sid,
		"NumMedia": str(len(media)),
		"NumSegments": "1",
		"SmsMessageSid": sid,
		"SmsSid": sid,
		"SmsStatus": "received",
		"To": NUMBER,
	}
	for index, url in enumerate(media):
		params |= {f"MediaUrl{index}": url, f"MediaContentType{index}": "image/png"}
	return params | more


def reply_token(letter: Letter) -> str:
	"""Return the address to which a mail asks to be answered."""
	found = re.search(r"reply\+[0-9a-z]+@[^\s>]+", str(letter.message["Reply-To"]))
	assert found, letter.message["Reply-To"]
	return found[0]
