"""Text messages by Twilio's own library. Never sends anything twice by itself."""

import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlencode

from twilio.base.exceptions import TwilioException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client
from twilio.rest.api.v2010.account.incoming_phone_number import IncomingPhoneNumberInstance
from twilio.rest.api.v2010.account.message import MessageInstance, MessagePage

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.inbound import InboundSms
from customer_thread.domain.limits import (
	TEXT_ATTACHMENTS,
	TWILIO_ANSWER_BYTES,
	TWILIO_LIST_ROWS,
	TWILIO_LIST_SECONDS,
	TWILIO_SECONDS,
)
from customer_thread.domain.model import Attachment, RemoteAttachment
from customer_thread.domain.outbound import OutboundSms, SentSms
from customer_thread.gateways.deadline import BoundedSession
from customer_thread.gateways.twilio_sms import media
from customer_thread.gateways.twilio_sms.account import TwilioAccount
from customer_thread.gateways.twilio_sms.errors import of_library, of_network, refused, undelivered
from customer_thread.gateways.twilio_sms.inbound import STATES, NotAnSms, check_is_sms, keyword_in

log = logging.getLogger("customer_thread.twilio")

#: seconds a text may wait at Twilio (`ValidityPeriod`)
MAX_VALID_SECONDS = 36_000
PAGE_SIZE = 200
#: seconds after which pictures that cannot be listed are no longer waited for
PICTURES_WITHIN = 3600
#: the code of a wrong secret
REFUSED = "20003"
#: how many of the newest texts are looked through without a date, see `find_sent`
NEWEST = 50
#: Twilio's times are whole seconds, and its clock is not ours
CLOCK_SLACK = timedelta(seconds=2)
TRIAL_PREFIX = re.compile(r"^Sent from your Twilio trial account - ")
#: what `SmartEncoded` replaces, as far as people type it
PLAIN = str.maketrans(
	{
		**dict.fromkeys("‘’‚‛′", "'"),
		**dict.fromkeys("“”„‟″«»", '"'),
		**dict.fromkeys("‐‑‒–—―", "-"),
		**dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f", " "),
		"…": "...",
	}
)


class TwilioSms:
	"""The Sms port. Every method may raise GatewayError."""

	def __init__(self, account: TwilioAccount, timeout: float = TWILIO_SECONDS) -> None:
		self.account = account
		self._timeout = timeout
		self._made: Client | None = None

	def send(self, text: OutboundSms) -> SentSms:
		"""Hand one text to Twilio, once. A time-out is ambiguous: ask `find_sent` before another try."""
		options: dict[str, Any] = {
			"to": text.to,
			"body": text.text,
			# a string: the library writes a bool as "True" before version 9
			"smart_encoded": "true",
			**self._from(text),
		}
		if text.picture_urls:
			options["media_url"] = list(text.picture_urls)
		if self.account.status_url:
			options["status_callback"] = f"{self.account.status_url}?{urlencode({'delivery': text.delivery})}"
		if text.valid_seconds is not None:
			options["validity_period"] = max(1, min(text.valid_seconds, MAX_VALID_SECONDS))
		with asking(sending=True):
			return _sent(self.client.messages.create(**options))

	def find_sent(self, text: OutboundSms, since_us: int) -> list[SentSms]:
		"""Return the texts with this receiver, sender and these words that Twilio accepted since then, newest first."""
		since = _time(since_us) - CLOCK_SLACK
		sender = self._from(text)
		found: dict[str, MessageInstance] = {}
		# a text that still waits has no DateSent, which a filter by date leaves out
		for rows, window in ((NEWEST, {}), (TWILIO_LIST_ROWS, {"date_sent_after": since})):
			options: dict[str, Any] = {"to": text.to, **window}
			listed = self._list(rows, **options)
			if len(listed) >= TWILIO_LIST_ROWS:
				# the one asked for may be beyond: that it is not listed says nothing
				raise GatewayError("Twilio has too many texts to this number to find one of them.")
			for message in listed:
				found.setdefault(message.sid, message)
		return [
			_sent(message)
			for message in found.values()
			if message.direction != "inbound"
			and (message.date_created is None or message.date_created >= since)
			and _is_from(message, sender)
			and _plain(message.body) == _plain(text.text)
		]

	def status_of(self, provider_sid: str) -> SentSms:
		"""Return how far a text has come that Twilio accepted."""
		with asking():
			return _sent(self.client.messages(provider_sid).fetch())

	def list_received(
		self, since_us: int, known: Callable[[str], bool] = lambda _sid: False
	) -> list[InboundSms]:
		"""Return the texts the business received since then, oldest first, at Twilio's own times.

		Those to the business number, or to any number of the account if a messaging service chooses; no messages
		by WhatsApp and the like.
		"""
		since = _time(since_us) - CLOCK_SLACK
		options: dict[str, Any] = {"date_sent_after": since}
		if self.account.number and not self.account.messaging_service_sid:
			options["to"] = self.account.number
		received = []
		for message in self._list(TWILIO_LIST_ROWS, partly=True, **options):
			try:
				if message.direction == "inbound" and _at(message) >= since and not known(message.sid):
					received.append((_at(message), message))
			except (TypeError, ValueError, AttributeError) as error:
				log.warning("a text that Twilio lists cannot be read: %s", type(error).__name__)
		received.sort(key=lambda item: item[0])
		found = [self._received(at, message) for at, message in received if _is_sms(message)]
		return [text for text in found if text is not None]

	def fetch_attachment(self, url: str) -> Attachment:
		"""Return a picture's bytes, at most 16 MB; see `media.fetch` for what is never fetched."""
		return media.fetch(url, self.account.credentials, self.account.api_base)

	def check(self) -> None:
		"""Ask Twilio for one text: with what sends, and with the Auth Token, which its own calls are checked by."""
		self._list(1)
		if not (self.account.api_key and self.account.auth_token):
			return
		try:
			TwilioSms(replace(self.account, api_key="", api_secret=""), self._timeout)._list(1)
		except GatewayError as error:
			if error.code != REFUSED:
				raise
			raise GatewayError(
				"Twilio takes the API key, but not the Auth Token, so what customers text would be refused. "
				"Correct the Auth Token in Customer Thread Settings.",
				permanent=True,
				code=REFUSED,
			) from error

	def check_senders(self) -> None:
		"""Ask Twilio whether the number and the messaging service are this account's, and the number takes texts.

		https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource
		https://www.twilio.com/docs/messaging/api/service-resource
		"""
		number, service = self.account.number, self.account.messaging_service_sid
		with asking():
			if number:
				listed = self.client.incoming_phone_numbers.list(phone_number=number, limit=1)
				if not any(_texts_from(row, number) for row in listed):
					raise refused(400, "21606")
			if service:
				self._check_service(service)

	def _check_service(self, service: str) -> None:
		try:
			self.client.messaging.v1.services(service).fetch()
		except TwilioException as error:
			raise (
				refused(404, "21701") if getattr(error, "status", None) == 404 else of_library(error)
			) from error

	@property
	def client(self) -> Client:
		"""Return Twilio's own, within our bounds. Raise GatewayError without an account."""
		if self._made is None:
			user, password = self.account.credentials
			if not (self.account.account_sid and password):
				raise GatewayError(
					"Texting is not set up: enter Twilio's Account SID and Auth Token in Customer Thread Settings.",
					permanent=True,
				)
			http_client = TwilioHttpClient(timeout=self._timeout)
			http_client.session = BoundedSession(self._timeout, TWILIO_ANSWER_BYTES)
			# an environment of its own: TWILIO_EDGE or TWILIO_REGION of the machine would rewrite the address
			client = Client(
				user,
				password,
				self.account.account_sid,
				http_client=http_client,
				environment={"TWILIO": ""},
			)
			if self.account.api_base:
				client.api.base_url = client.messaging.base_url = self.account.api_base.rstrip("/")
			self._made = client
		return self._made

	def _from(self, text: OutboundSms) -> dict[str, str]:
		sender = text.sender or self.account.messaging_service_sid or self.account.number
		return {"messaging_service_sid" if sender.startswith("MG") else "from_": sender}

	def _list(self, rows: int, *, partly: bool = False, **options: object) -> list[MessageInstance]:
		"""Return at most so many messages, the newest first. `partly`: what came in time, without what cannot be read."""
		found: list[MessageInstance] = []
		end = time.monotonic() + TWILIO_LIST_SECONDS
		try:
			with asking():
				page = self.client.messages.page(page_size=min(rows, PAGE_SIZE), **options)
				for left in reversed(range(-(-rows // PAGE_SIZE))):
					found += _records(page, partly)
					if len(found) >= rows or not page.next_page_url:
						break
					if not left or time.monotonic() > end:
						raise GatewayError("Twilio took too long to list its texts.")
					page = page.next_page()
		except GatewayError:
			if not (partly and found):
				raise
		return found[:rows]

	def _received(self, at: datetime, message: MessageInstance) -> InboundSms | None:
		"""Return a text as it came, or None while its pictures cannot be listed."""
		try:
			attachments = self._media(message) if message.num_media not in {None, "", "0"} else ()
		except GatewayError as error:
			age = (datetime.now(timezone.utc) - at).total_seconds()
			if not error.permanent and age < PICTURES_WITHIN:
				log.warning("the pictures of a text cannot be listed yet: %s", error)
				return None
			# its words are not lost with its pictures, which show as such that could not be loaded
			count = min(int(message.num_media), TEXT_ATTACHMENTS) if str(message.num_media).isdigit() else 1
			attachments = (RemoteAttachment("", "application/octet-stream"),) * count
		body = (message.body or "").replace("\0", "")
		return InboundSms(
			provider_sid=message.sid,
			sender=message.from_ or "",
			recipient=message.to or "",
			text=body,
			attachments=attachments,
			occurred_us=int(at.timestamp()) * 1_000_000,
			keyword=keyword_in(body),
		)

	def _media(self, message: MessageInstance) -> tuple[RemoteAttachment, ...]:
		base = self.account.api_base.rstrip("/") or "https://api.twilio.com"
		with asking():
			return tuple(
				RemoteAttachment(
					base + item.uri.removesuffix(".json"), item.content_type or "application/octet-stream"
				)
				for item in self.client.messages(message.sid).media.list(limit=TEXT_ATTACHMENTS)
			)


@contextmanager
def asking(*, sending: bool = False) -> Iterator[None]:
	"""Turn whatever is raised while Twilio is asked into a GatewayError."""
	try:
		yield
	except GatewayError:
		raise
	except TwilioException as error:
		raise of_library(error, sending=sending) from error
	except Exception as error:
		# the library trusts every answer with a good status to be what it expects
		raise of_network(error, sending=sending) from error


def _texts_from(row: IncomingPhoneNumberInstance, number: str) -> bool:
	# Twilio lists what the number is a part of, too
	return bool(row.phone_number == number and (row.capabilities or {}).get("sms", True))


def _sent(message: MessageInstance) -> SentSms:
	if not message.sid:
		raise ValueError("an answer without an id")
	state = STATES.get(message.status, "Sending")
	error = undelivered(message.error_code) if state == "Failed" else None
	return SentSms(provider_sid=message.sid, state=state, error=error)


def _records(page: MessagePage, partly: bool) -> list[MessageInstance]:
	found = []
	while True:
		try:
			found.append(next(page))
		except StopIteration:
			return found
		except (TypeError, ValueError, AttributeError, KeyError) as error:
			if not partly:
				raise
			log.warning("a text that Twilio lists cannot be read: %s", type(error).__name__)


def _is_sms(message: MessageInstance) -> bool:
	try:
		check_is_sms(message.from_ or "", message.to or "")
	except NotAnSms as refusal:
		log.warning("%s", refusal)
		return False
	return True


def _is_from(message: MessageInstance, sender: dict[str, str]) -> bool:
	# a messaging service fills in the number later, so that is compared by the service
	return all(getattr(message, name) == value for name, value in sender.items())


def _plain(text: str | None) -> str:
	return " ".join(TRIAL_PREFIX.sub("", text or "").translate(PLAIN).split())


def _at(message: MessageInstance) -> datetime:
	at: datetime | None = message.date_created or message.date_sent
	return at or datetime.fromtimestamp(0, timezone.utc)


def _time(us: int) -> datetime:
	return datetime.fromtimestamp(0, timezone.utc) + timedelta(microseconds=us)
