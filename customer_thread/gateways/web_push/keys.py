"""The key pair by which push services know a business (VAPID, RFC 8292): P-256, base64url."""

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from customer_thread.domain.push.subscription import decoded, encoded

_PRIVATE_BYTES = 32


@dataclass(frozen=True)
class Keys:
	"""What a browser is given, and what never leaves the server."""

	public: str
	private: str = field(repr=False)


def new_keys() -> Keys:
	"""Return a new pair."""
	private = ec.generate_private_key(ec.SECP256R1())
	number = private.private_numbers().private_value.to_bytes(_PRIVATE_BYTES, "big")
	return Keys(_public(private), encoded(number))


def public_of(private: str) -> str:
	"""Return the public key of a private one, an empty string if it is none."""
	number = decoded(private)
	if len(number) != _PRIVATE_BYTES:
		return ""
	try:
		return _public(ec.derive_private_key(int.from_bytes(number, "big"), ec.SECP256R1()))
	except ValueError:
		return ""


def _public(private: ec.EllipticCurvePrivateKey) -> str:
	return encoded(private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
