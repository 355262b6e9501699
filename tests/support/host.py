"""The embedded host as a process of its own, and the world around it."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import requests
from twilio.request_validator import RequestValidator

from customer_thread.standalone.demo.mailbox_stand_in import Letter, Mailbox
from customer_thread.standalone.demo.twilio_message import TwilioMessage, make_sid
from customer_thread.standalone.demo.twilio_stand_in import TwilioStandIn
from support.cli import COMMAND, Ended, WarmCli
from support.mails import MAIL_SERVER, hand_in
from support.people import API, TIMEOUT, Browser, Staff
from support.waiting import wait_until

ACCOUNT = "AC" + "0" * 31 + "1"
TOKEN = "the-auth-token-of-these-tests"
NUMBER = "+15550001000"
MOBILE = "+15550002000"
CONTRACTOR = "mike@mikescontracting.example"
DOMAIN = "reply.mikescontracting.example"
OFFICE = f"messages@{DOMAIN}"
BUSINESS = "Mike's Contracting"

_numbers = count(1)


def new_phone() -> str:
	"""Return a phone number that no other test has."""
	return f"+1555{os.getpid() % 100:02}{next(_numbers):05}"


def new_email(name: str = "sarah") -> str:
	"""Return an e-mail address that no other test has."""
	return f"{name}.{os.getpid()}.{next(_numbers)}@customers.example"


class EmbeddedHost:
	"""One data folder, its server, and the stand-ins for Twilio and a mail server."""

	def __init__(self, folder: Path, cli: WarmCli) -> None:
		self.folder = folder
		self.cli = cli
		self.url = ""
		self.mail_url = ""
		self.twilio = TwilioStandIn(ACCOUNT, TOKEN, [NUMBER], callback_delay=0.01)
		self.twilio.start()
		self.mailbox = Mailbox()
		self.smtp_url = f"smtp://127.0.0.1:{self.mailbox.start()}"
		self.log = folder.with_name("serve.log")
		#: where another copy of the package lies that the server is to run
		self.package: Path | None = None
		self._process = 0
		self._copy: subprocess.Popen[bytes] | None = None
		self._staff: Staff | None = None

	# The process

	def start(self, port: int = 0) -> None:
		"""Serve, and read the addresses it prints."""
		arguments = ["serve", "--data", self.folder, "--port", str(port), "--mail-port", "0"]
		printed = self.log.with_suffix(".out")
		printed.write_text("")
		if self.package:
			self._process = self._start_copy(arguments, printed)
		else:
			self._process = self.cli.start(*arguments, out=printed, err=self.log)
		wait_until(lambda: printed.read_text().count("\n") == 2, what=f"addresses; see {self.log}")
		self.url, self.mail_url = printed.read_text().splitlines()
		self.twilio.message_url = self.webhook_url("twilio_message")
		self.twilio.voice_url = self.webhook_url("twilio_voice")

	def _start_copy(self, arguments: Sequence[str | Path], printed: Path) -> int:
		with self.log.open("a") as log, printed.open("a") as out:
			self._copy = subprocess.Popen(
				[*COMMAND, *arguments],
				stdout=out,
				stderr=log,
				env={**os.environ, "PYTHONPATH": str(self.package)},
				cwd=self.package,
			)
		return self._copy.pid

	def stop(self) -> int:
		"""End it as an init system does, and return its exit status."""
		return self._end(signal.SIGTERM)

	def kill(self) -> None:
		"""End it as a power cut does."""
		self._end(signal.SIGKILL)

	def restart(self) -> None:
		"""Serve the same folder at the same address again."""
		if self._process:
			self.stop()
		self.start(urlsplit(self.url).port or 0)

	def _end(self, how: signal.Signals) -> int:
		assert self._process
		process, self._process = self._process, 0
		os.kill(process, how)
		if self._copy and self._copy.pid == process:
			return self._copy.wait(30)
		return self.cli.wait(process)

	def close(self) -> None:
		"""End everything."""
		if self._process:
			self.kill()
		self.twilio.stop()
		self.mailbox.stop()

	def logged(self) -> str:
		"""Return what it wrote on standard error."""
		return self.log.read_text("utf-8")

	# The command line

	def run(self, name: str, *arguments: str | Path) -> Ended:
		"""Run a command on this folder."""
		return self.cli(name, "--data", self.folder, *arguments)

	def set(self, **settings: object) -> None:
		"""Change settings."""
		ended = self.run("set", *(f"{name}={value}" for name, value in settings.items()))
		assert ended.status == 0, ended.err

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
		)

	def add_customer(self, name: str, *, phone: str = "", email: str = "", project: str = "") -> str:
		"""Add a customer and return his id."""
		options = {"--phone": phone, "--email": email, "--project": project}
		given = [word for option, value in options.items() if value for word in (option, value)]
		return self.run("customer", "--name", name, *given).line

	def sign_in_path(self, customer: str) -> str:
		"""Return a one-time sign-in link without its scheme and host."""
		link = urlsplit(self.run("sign-in", "--customer", customer).line)
		return f"{link.path}?{link.query}"

	def sign_in(self, customer: str) -> Browser:
		"""Return a customer who has just signed in and sees his messages."""
		browser = Browser(self.url, customer)
		page = browser.open(self.sign_in_path(customer))
		assert page.status_code == 200, page.text
		assert browser.csrf
		return browser

	@property
	def staff(self) -> Staff:
		"""Return somebody of the business."""
		if self._staff is None:
			self._staff = Staff(self.url, self.run("token").line)
		return self._staff

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
		"""Hand in a text as its webhook does."""
		return self.webhook("twilio_message", text_params(sender, body, sid=sid, media=media))

	def mail(self, message: EmailMessage | bytes, sender: str, to: str) -> tuple[int, str]:
		"""Hand in a mail and return the server's last word."""
		return hand_in(self.mail_url, message, sender, to)

	def refuse_next_text(self, status: int, code: int) -> None:
		"""Let Twilio refuse the next text, once those on their way are through."""
		seen = -1
		while seen != self.twilio.requests["create"]:
			seen = self.twilio.requests["create"]
			time.sleep(0.3)
		self.twilio.fail_next(status, code)

	def take(self, message: EmailMessage, to: str) -> None:
		"""Hand in a mail, which is taken."""
		answer = self.mail(message, str(message["From"]), to)
		assert answer[0] == 250, answer

	def texts_to(self, phone: str, holding: str = "") -> list[TwilioMessage]:
		"""Return the texts Twilio took for a phone, oldest first."""
		return [text for text in self.twilio.sent if text.to == phone and holding in text.body]

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
