"""A small Twilio on this machine, for the demo and the tests: real sockets, real signatures, no texts.

It checks what it is sent as Twilio documents it, keeps what it accepted, and calls back. The HTTP side is
in `twilio_stand_in_api.py`, what both know of the account in `twilio_account.py`.
https://www.twilio.com/docs/messaging/api/message-resource
"""

import socket
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

import requests
from twilio.request_validator import RequestValidator
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from customer_thread.domain.model import Attachment
from customer_thread.standalone.demo.twilio_account import Account
from customer_thread.standalone.demo.twilio_fetch import fetched
from customer_thread.standalone.demo.twilio_message import (
	TwilioMessage,
	make_sid,
	rfc2822,
	segments,
)
from customer_thread.standalone.demo.twilio_stand_in_api import TwilioApi

if TYPE_CHECKING:
	from _typeshed.wsgi import WSGIApplication

WEBHOOK_SECONDS = 15
#: how often a server looks whether it is to stop
POLL_SECONDS = 0.05
STOP_WORDS = frozenset({"stop", "stopall", "unsubscribe", "end", "quit", "cancel", "revoke", "optout"})
START_WORDS = frozenset({"start", "yes", "unstop"})


def now_us() -> int:
	"""Return µs since 1970 UTC by this machine's clock."""
	return time.time_ns() // 1000


class TwilioStandIn(Account):
	"""One Twilio account with the phones around it and its webhooks. Safe to use from several threads."""

	def __init__(
		self,
		account_sid: str,
		auth_token: str,
		numbers: Iterable[str],
		clock: Callable[[], int] = now_us,
		*,
		api_keys: Mapping[str, str] | None = None,
		services: Iterable[str] = (),
		callback_delay: float = 0.02,
	) -> None:
		super().__init__(account_sid, auth_token, numbers, clock, api_keys or {}, services)
		self.callback_delay = callback_delay
		#: where this stand-in is reached; set by `start`
		self.url = ""
		#: where inbound texts and ended calls are posted, whatever is set at a number; empty: where that says
		self.message_url = ""
		self.voice_url = ""
		#: public addresses, and where each is really reached from this machine
		self.reached_at: dict[str, str] = {}
		#: accepted, and undelivered (30006) afterwards
		self.landlines: set[str] = set()
		#: receiver → error code with which its texts end up undelivered
		self.undeliverable: dict[str, int] = {}
		#: the same for texts with pictures only
		self.unshown: dict[str, int] = {}
		#: the same for the next text only
		self.doomed: dict[str, int] = {}
		#: whether status callbacks arrive last state first
		self.reverse_callbacks = False
		self._hangs: list[float] = []
		self._callbacks: list[threading.Thread] = []
		self._stopped = threading.Event()
		self._server: BaseWSGIServer | None = None

	@property
	def wsgi(self) -> "WSGIApplication":
		"""Return the API as a WSGI application."""
		return TwilioApi(self, self.accept)

	def start(self, port: int = 0) -> str:
		"""Serve the API on 127.0.0.1 and return its address."""
		self._server, self.url = serve(self.wsgi, port)
		return self.url

	def stop(self) -> None:
		"""Stop serving, and let go of whoever hangs."""
		self._stopped.set()
		if self._server is not None:
			self._server.shutdown()
			self._server.server_close()

	# What the world does

	def receive(
		self, from_: str, to: str, body: str, media: Sequence[Attachment] = ()
	) -> requests.Response | None:
		"""Take in a text from a phone and post it to `message_url`; return the answer, None if there was none."""
		word = body.strip().lower()
		now = self.clock()
		pictures = {make_sid("ME"): item for item in media}
		sid = make_sid("MM" if pictures else "SM")
		message = TwilioMessage(sid, "inbound", from_, to, body, "received", now, now, media=pictures)
		with self.lock:
			if word in STOP_WORDS:
				self.opted_out |= {(sender, from_) for sender in {to, *self.services}}
			elif word in START_WORDS:
				self.opted_out -= {(sender, from_) for sender in {to, *self.services}}
			self.messages.append(message)
		return self.post_message(message)

	def post_message(self, message: TwilioMessage) -> requests.Response | None:
		"""Post a text that was received, once more if need be: every repeat is signed anew and says the same."""
		return self._post(
			self.message_url or self.webhook_of(message.to, "sms_url"), self.message_params(message)
		)

	def message_params(self, message: TwilioMessage) -> dict[str, str]:
		"""Return the parameters of the webhook for a text that was received."""
		base = f"{self.url}/2010-04-01/Accounts/{self.account_sid}/Messages/{message.sid}/Media"
		params = {
			"AccountSid": self.account_sid,
			"ApiVersion": "2010-04-01",
			"Body": message.body,
			"From": message.from_,
			"FromCountry": "US",
			"MessageSid": message.sid,
			"NumMedia": str(len(message.media)),
			"NumSegments": str(segments(message.body)),
			"SmsMessageSid": message.sid,
			"SmsSid": message.sid,
			"SmsStatus": "received",
			"To": message.to,
			"ToCountry": "US",
		}
		for index, (sid, item) in enumerate(message.media.items()):
			params[f"MediaUrl{index}"] = f"{base}/{sid}"
			params[f"MediaContentType{index}"] = item.content_type
		return params

	def call(self, from_: str, to: str, seconds: int, status: str = "completed") -> requests.Response | None:
		"""Post the status callback of a call that has just ended to `voice_url`; return the answer."""
		params = {
			"AccountSid": self.account_sid,
			"ApiVersion": "2010-04-01",
			"CallDuration": str(seconds),
			"CallSid": make_sid("CA"),
			"CallStatus": status,
			"Called": to,
			"Caller": from_,
			"Direction": "inbound",
			"From": from_,
			"SequenceNumber": "0",
			"Timestamp": rfc2822(self.clock()),
			"To": to,
		}
		return self._post(self.voice_url or self.webhook_of(to, "status_callback"), params)

	def sign(self, url: str, params: Mapping[str, str]) -> str:
		"""Return the X-Twilio-Signature of a webhook."""
		return str(RequestValidator(self.auth_token).compute_signature(url, dict(params)))

	# How it can misbehave

	def hang_next(self, seconds: float) -> None:
		"""Take the next text, and answer only after so many seconds."""
		with self.lock:
			self._hangs.append(seconds)

	def settle(self, timeout: float = 10) -> None:
		"""Wait until every status callback has been posted. Raise TimeoutError."""
		deadline = time.monotonic() + timeout
		with self.lock:
			waiting = list(self._callbacks)
		for thread in waiting:
			thread.join(max(0.0, deadline - time.monotonic()))
			if thread.is_alive():
				raise TimeoutError("a status callback is still on its way")

	# What the API asks of it

	def accept(self, message: TwilioMessage) -> None:
		"""Keep a text that was accepted, hang if ordered to, and start its callbacks."""
		with self.lock:
			lasting = 30006 if message.to in self.landlines else self.undeliverable.get(message.to)
			code = self.doomed.pop(message.to, lasting)
			thread = threading.Thread(target=self._carry, args=(message, code), daemon=True)
			self.messages.append(message)
			self._callbacks.append(thread)
			hang = self._hangs.pop(0) if self._hangs else 0.0
		thread.start()
		if hang:
			self._stopped.wait(hang)

	def _carry(self, message: TwilioMessage, code: int | None) -> None:
		if code is None and message.media_urls:
			message.media, code = fetched(message.media_urls)
			code = code or self.unshown.get(message.to)
		states = ["sent", "delivered" if code is None else "undelivered"]
		for status in reversed(states) if self.reverse_callbacks else states:
			if self._stopped.wait(self.callback_delay):
				return
			failed = status == "undelivered"
			with self.lock:
				message.status = states[-1] if self.reverse_callbacks else status
				message.sent_us = message.sent_us or self.clock()
				message.from_ = message.from_ or self.numbers[0]
				message.error_code = code if failed else message.error_code
			params = {
				"AccountSid": self.account_sid,
				"ApiVersion": "2010-04-01",
				"From": message.from_,
				"MessageSid": message.sid,
				"MessageStatus": status,
				"SmsSid": message.sid,
				"SmsStatus": status,
				"To": message.to,
			}
			if failed:
				params["ErrorCode"] = str(code)
			if message.service:
				params["MessagingServiceSid"] = message.service
			self._post(message.status_callback, params)

	def _post(self, url: str, params: Mapping[str, str]) -> requests.Response | None:
		if not url:
			return None
		url = urldefrag(url).url
		headers = {"X-Twilio-Signature": self.sign(url, params), "I-Twilio-Idempotency-Token": make_sid("")}
		here = next(
			(at + url.removeprefix(own) for own, at in self.reached_at.items() if url.startswith(own)), url
		)
		try:
			return requests.post(here, data=params, headers=headers, timeout=WEBHOOK_SECONDS)
		except requests.RequestException:
			return None


class _Quiet(WSGIRequestHandler):
	def log(self, type: str, message: str, *args: object) -> None:
		"""Say nothing."""


def serve(
	app: "WSGIApplication", port: int = 0, held: socket.socket | None = None
) -> tuple[BaseWSGIServer, str]:
	"""Serve a WSGI application on 127.0.0.1 in a daemon thread; return its server and its address.

	`held`: a bound socket to serve on, whose port nobody else can take meanwhile.
	"""
	if held:
		held.listen()
	fd = held.fileno() if held else None
	server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet, fd=fd)
	threading.Thread(target=server.serve_forever, args=(POLL_SECONDS,), daemon=True).start()
	return server, f"http://127.0.0.1:{server.server_address[1]}"
