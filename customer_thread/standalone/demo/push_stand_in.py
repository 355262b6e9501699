"""A push service on this machine, for the demo and the tests: it checks what it is sent, decrypts it, and tells nobody.

It refuses what Apple's and Mozilla's refuse (RFC 8030, 8291, 8292;
https://mozilla-services.github.io/autopush-rs/errors.html).
"""

import base64
import json
import re
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import http_ece
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from werkzeug.wrappers import Request, Response

from customer_thread.standalone.demo.twilio_stand_in import serve

if TYPE_CHECKING:
	from _typeshed.wsgi import StartResponse, WSGIEnvironment
	from werkzeug.serving import BaseWSGIServer

#: bytes of a push with its encryption
MOST_BYTES = 4096
DAY = 86_400
_TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}", re.ASCII)
_URGENCIES = ("very-low", "low", "normal", "high")
_TOKEN = re.compile(r"vapid t=([\w.-]+),\s*k=([\w-]+)", re.ASCII)
#: contacts with which Apple answers BadJwtToken
_NOBODY = re.compile(
	r"(?:mailto:.*@|https://)(?:localhost|[^/]*\.(?:localhost|local|invalid|test))(?:[:/]|$)"
)


@dataclass(frozen=True)
class Received:
	"""A push that was accepted, as its browser reads it."""

	endpoint: str
	payload: dict[str, Any]
	ttl: int
	urgency: str
	topic: str
	claims: dict[str, Any]
	#: of the whole, encrypted
	size: int


@dataclass
class PushedBrowser:
	"""A browser with a subscription: only it can read what is pushed to it."""

	endpoint: str
	#: the business's, which it was subscribed with; empty: any
	application_server_key: str = ""
	private: ec.EllipticCurvePrivateKey = field(
		default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
	)
	auth: bytes = field(default_factory=lambda: secrets.token_bytes(16))
	is_gone: bool = False
	received: list[Received] = field(default_factory=list)

	@property
	def subscription(self) -> dict[str, Any]:
		"""Return it as PushSubscription.toJSON does."""
		point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
		keys = {"p256dh": _encoded(point), "auth": _encoded(self.auth)}
		return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}


class _Refused(Exception):
	def __init__(self, status: int, reason: str) -> None:
		super().__init__(reason)
		self.status = status


class PushStandIn:
	"""One push service. Safe to use from several threads."""

	def __init__(self) -> None:
		self.url = ""
		self.browsers: dict[str, PushedBrowser] = {}
		#: why each push was refused that was
		self.refusals: list[str] = []
		self._answers: list[tuple[int, Mapping[str, str]]] = []
		self._lock = threading.Lock()
		self._server: BaseWSGIServer | None = None

	def start(self, port: int = 0) -> str:
		"""Serve on 127.0.0.1 and return the address."""
		self._server, self.url = serve(self, port)
		return self.url

	def stop(self) -> None:
		"""Stop serving."""
		if self._server is not None:
			self._server.shutdown()
			self._server.server_close()

	def browser(self, application_server_key: str = "") -> PushedBrowser:
		"""Return a new browser that is subscribed here."""
		path = f"/push/{secrets.token_urlsafe(24)}"
		made = PushedBrowser(self.url + path, application_server_key)
		with self._lock:
			self.browsers[path] = made
		return made

	def answer_next(self, status: int, headers: Mapping[str, str] | None = None) -> None:
		"""Answer the next push with this, whatever it is."""
		with self._lock:
			self._answers.append((status, headers or {}))

	@property
	def received(self) -> list[Received]:
		"""Return what all its browsers received, each in its order."""
		return [push for browser in list(self.browsers.values()) for push in browser.received]

	def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterator[bytes]:
		"""Answer one push."""
		request = Request(environ)
		with self._lock:
			ordered = self._answers.pop(0) if self._answers else None
		if ordered:
			response = Response(status=ordered[0], headers=dict(ordered[1]))
		else:
			try:
				self._receive(request)
				response = Response(
					status=201, headers={"Location": f"{self.url}/message/{secrets.token_hex(8)}"}
				)
			except _Refused as refused:
				with self._lock:
					self.refusals.append(str(refused))
				response = Response(json.dumps({"reason": str(refused)}), refused.status)
		yield from response(environ, start_response)

	def _receive(self, request: Request) -> None:
		browser = self.browsers.get(request.path)
		if browser is None:
			raise _Refused(404, "no such subscription")
		if browser.is_gone:
			raise _Refused(410, "unsubscribed")
		if request.method != "POST":
			raise _Refused(405, "POST only")
		claims = self._checked_claims(request, browser)
		ttl, data = request.headers.get("TTL", ""), request.get_data()
		if not ttl.isdigit():
			raise _Refused(400, "no TTL")
		urgency = request.headers.get("Urgency", "normal")
		if urgency not in _URGENCIES:
			raise _Refused(400, "no such urgency")
		topic = request.headers.get("Topic", "")
		if topic and not _TOPIC.fullmatch(topic):
			raise _Refused(400, "no such topic")
		if len(data) > MOST_BYTES:
			raise _Refused(413, "too large")
		if request.headers.get("Content-Encoding") != "aes128gcm":
			raise _Refused(400, "not aes128gcm")
		try:
			text = http_ece.decrypt(data, private_key=browser.private, auth_secret=browser.auth)
			payload = json.loads(text)
		except Exception as error:
			# the service itself could not know: its browser shows nothing
			raise _Refused(400, f"cannot be decrypted: {error!r}") from error
		with self._lock:
			browser.received.append(
				Received(browser.endpoint, payload, int(ttl), urgency, topic, claims, len(data))
			)

	def _checked_claims(self, request: Request, browser: PushedBrowser) -> dict[str, Any]:
		found = _TOKEN.fullmatch(request.headers.get("Authorization", ""))
		if found is None:
			raise _Refused(401, "no vapid token")
		token, key = found.groups()
		if browser.application_server_key and key != browser.application_server_key:
			raise _Refused(403, "VapidPkHashMismatch")
		try:
			public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decoded(key))
			claims: dict[str, Any] = jwt.decode(token, public, algorithms=["ES256"], audience=self.url)
		except (jwt.PyJWTError, ValueError) as error:
			raise _Refused(403, f"BadJwtToken: {error}") from error
		if not time.time() < claims.get("exp", 0) <= time.time() + DAY:
			raise _Refused(403, "BadJwtToken: exp")
		contact = str(claims.get("sub", ""))
		is_address = contact.startswith("mailto:") or (
			contact.startswith("https://") and bool(urlsplit(contact).hostname)
		)
		if not is_address or _NOBODY.match(contact):
			raise _Refused(403, "BadJwtToken: sub")
		return claims


def _encoded(data: bytes) -> str:
	return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _decoded(text: str) -> bytes:
	return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
