"""What a browser gives to whoever may push to it (Push API, PushSubscription.toJSON)."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from customer_thread.domain.errors import BadInput
from customer_thread.domain.limits import PUSH_ENDPOINT_CHARACTERS

#: bytes of a point on P-256 that is not compressed, and of the secret beside it (RFC 8291 §3)
POINT_BYTES = 65
_AUTH_BYTES = 16


@dataclass(frozen=True)
class Subscription:
	"""Where a browser is pushed to, and the keys only it can read with."""

	endpoint: str
	p256dh: str = field(repr=False)
	auth: str = field(repr=False)


def subscription_in(given: Mapping[str, object]) -> Subscription:
	"""Return what a browser gave. Raise BadInput for what no browser gives."""
	keys = given.get("keys")
	endpoint = given.get("endpoint")
	if not isinstance(keys, Mapping) or not isinstance(endpoint, str):
		raise BadInput("subscription must be as the browser gives it, with endpoint and keys.")
	p256dh, auth = str(keys.get("p256dh", "")), str(keys.get("auth", ""))
	point = decoded(p256dh)
	if len(point) != POINT_BYTES or point[0] != 4 or len(decoded(auth)) != _AUTH_BYTES:
		raise BadInput("subscription has keys that are none.")
	if not is_endpoint(endpoint):
		raise BadInput("subscription has an endpoint that is no web address.")
	return Subscription(endpoint, p256dh, auth)


def is_endpoint(endpoint: str) -> bool:
	"""Return whether this can be a browser's endpoint; whether it may be reached, its gateway decides."""
	try:
		parts = urlsplit(endpoint)
		usable = parts.scheme in ("https", "http") and bool(parts.hostname) and (parts.port or 1) > 0
	except ValueError:
		return False
	return (
		usable and endpoint.isascii() and endpoint.isprintable() and len(endpoint) <= PUSH_ENDPOINT_CHARACTERS
	)


def decoded(text: str) -> bytes:
	"""Return the bytes that base64url without padding stands for; none if it is none."""
	try:
		return base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
	except (UnicodeEncodeError, binascii.Error, ValueError):
		return b""


def encoded(data: bytes) -> str:
	"""Return bytes as base64url without padding."""
	return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
