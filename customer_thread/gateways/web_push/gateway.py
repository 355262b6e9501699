"""Pushes by pywebpush (RFC 8030, 8188, 8291, 8292): one request, no redirect, one time for all of it."""

import time
from collections.abc import Mapping
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

import requests
from urllib3.util import parse_url

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.limits import PUSH_ANSWER_BYTES, PUSH_PAYLOAD_BYTES, PUSH_SECONDS
from customer_thread.domain.outbound import OutboundPush, SentPush
from customer_thread.domain.push.subscription import decoded
from customer_thread.gateways.deadline import BoundedSession
from customer_thread.gateways.public_only import Inside, PublicOnly, is_inside

#: how long what a push is signed with holds; a day at most (RFC 8292 §2)
_SIGNED_FOR = 12 * 3600
_GONE = frozenset({404, 410})
_WORDS = {
	400: "The push service does not understand the push.",
	401: "The push service does not know who pushes. The device must open the page again.",
	403: "The push service does not take our key for this device. The device must open the page again.",
	413: "The push is too large.",
}


class WebPush:
	"""The Push port. `own_base`: an origin besides the open internet that may be pushed to, a local stand-in's."""

	def __init__(self, own_base: str = "", seconds: float = PUSH_SECONDS) -> None:
		self._own = _origin(own_base) if own_base else None
		self._seconds = seconds

	def send(self, push: OutboundPush) -> SentPush:
		"""Hand one push to its service. Raise GatewayError."""
		if len(push.payload) > PUSH_PAYLOAD_BYTES:
			raise GatewayError("{0}", _WORDS[413], permanent=True, code="413")
		session = self._session(push.endpoint)
		with session:
			status, headers = self._post(session, push)
		if status in _GONE:
			raise GatewayError(
				"That device takes no notifications any more.", permanent=True, gone=True, code=str(status)
			)
		if not 200 <= status < 300:
			raise _refused(status, headers)
		return SentPush(push.push_id)

	def _session(self, endpoint: str) -> requests.Session:
		origin = _origin(endpoint)
		session = _OneRequest(self._seconds, PUSH_ANSWER_BYTES)
		if origin == self._own:
			return session
		if origin[0] != "https" or is_inside(origin[1]):
			raise _inside()
		session.mount("https://", PublicOnly())
		return session

	def _post(self, session: requests.Session, push: OutboundPush) -> tuple[int, Mapping[str, str]]:
		# loads an HTTP client of its own, which only who pushes needs
		from py_vapid import Vapid
		from pywebpush import WebPushException, webpush

		keys = {"p256dh": push.p256dh, "auth": push.auth}
		try:
			answer = webpush(
				{"endpoint": push.endpoint, "keys": keys},
				push.payload,
				vapid_private_key=Vapid.from_raw(push.private_key.encode()),
				# made anew each time: the library writes the service's address into it
				vapid_claims={"sub": push.contact, "exp": int(time.time()) + _SIGNED_FOR},
				ttl=push.ttl,
				timeout=self._seconds,
				headers={"TTL": str(push.ttl), "Urgency": push.urgency, "Topic": push.topic},
				requests_session=session,
			)
		except WebPushException as error:
			if error.response is None:
				raise GatewayError("That device's keys are none.", permanent=True, gone=True) from error
			answer = error.response
		except Inside:
			raise _inside() from None
		except requests.RequestException as error:
			raise GatewayError("The push service cannot be reached. It is tried again by itself.") from error
		except (ValueError, TypeError) as error:
			if len(decoded(push.private_key)) != 32:
				raise GatewayError(
					"The keys for notifications are none. Make new ones.", permanent=True
				) from error
			raise GatewayError("That device's keys are none.", permanent=True, gone=True) from error
		return answer.status_code, answer.headers


class _OneRequest(BoundedSession):
	"""Follows no redirect, which could lead anywhere, and looks for no password in ~/.netrc."""

	def __init__(self, seconds: float, limit: int) -> None:
		super().__init__(seconds, limit)
		self.auth = _as_it_is

	def send(self, request: requests.PreparedRequest, **options: object) -> requests.Response:
		"""Return the answer. Raise RequestException."""
		return super().send(request, **{**options, "allow_redirects": False})


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
	return request


def _origin(address: str) -> tuple[str, str, int | None]:
	try:
		# read by what connects later: two readers that differ about the host are a way around
		parts = parse_url(address)
		if parts.auth is None and parts.host and parts.scheme:
			return (
				parts.scheme,
				parts.host.lower(),
				parts.port or {"http": 80, "https": 443}.get(parts.scheme),
			)
	except ValueError:
		pass
	raise GatewayError("That device's push service has no web address.", permanent=True, gone=True)


def _inside() -> GatewayError:
	# not gone: it may be our own way out that leads through a private network
	return GatewayError(
		"That device's push service is none of the open internet's.", permanent=True, code="private"
	)


def _refused(status: int, headers: Mapping[str, str]) -> GatewayError:
	if status == 429 or status >= 500:
		return GatewayError(
			"The push service is busy (HTTP {0}). It is tried again by itself.",
			status,
			code=str(status),
			retry_after=_seconds_in(headers.get("Retry-After", "")),
		)
	if status in _WORDS:
		return GatewayError("{0}", _WORDS[status], permanent=True, code=str(status))
	return GatewayError("The push service refused it (HTTP {0}).", status, permanent=True, code=str(status))


def _seconds_in(retry_after: str) -> int:
	"""Return how long a service asks to be left alone: seconds, or a date (RFC 9110 §10.2.3); 0 for neither."""
	if retry_after.isascii() and retry_after.isdigit():
		return min(int(retry_after[:9]), 86_400)
	try:
		until = parsedate_to_datetime(retry_after)
		return max(0, min(int((until - datetime.now(timezone.utc)).total_seconds()), 86_400))
	except (ValueError, TypeError):
		return 0
