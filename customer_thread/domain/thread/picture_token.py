"""The token in the address of a message's pictures: bound to the message and to an end, and kept nowhere.

It opens the pictures and files of that one message to whoever has it, without signing in, until then.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass

from customer_thread.domain.times import MINUTE

#: 128 bits in base 32, lower case: a phone that finds the end of a link takes all of it
_MAC_BYTES, _MAC_CHARACTERS = 16, 26
_TOKEN = re.compile(rf"(\d{{1,12}})-(\d{{1,15}})-(\d{{1,10}})-([a-z2-7]{{{_MAC_CHARACTERS}}})", re.ASCII)


@dataclass(frozen=True)
class PictureToken:
	"""What a token says, which is proven only by another that is made of the same."""

	#: of the thread that the message was in when it was made
	number: str
	entry: int
	#: minutes since 1970 UTC
	until: int
	mac: str

	@property
	def value(self) -> str:
		"""Return it as it stands in an address."""
		return f"{self.number}-{self.entry}-{self.until}-{self.mac}"

	def has_ended(self, now_us: int) -> bool:
		"""Return whether it opens nothing any more."""
		return now_us >= self.until * MINUTE

	def is_signed_with(self, secret: str) -> bool:
		"""Return whether it was made with this secret, in a time that says nothing of where it differs."""
		return hmac.compare_digest(self.mac, _mac(secret, self.number, self.entry, self.until))


def picture_token(number: str, secret: str, entry: int, until_us: int) -> PictureToken:
	"""Return the token of a message's pictures; `secret`: of the thread of this number, ≥ 128 bits."""
	until = -(-until_us // MINUTE)
	return PictureToken(number, entry, until, _mac(secret, number, entry, until))


def read_token(value: str) -> PictureToken | None:
	"""Return what a token says, or None if it is none."""
	found = _TOKEN.fullmatch(value)
	return PictureToken(found[1], int(found[2]), int(found[3]), found[4]) if found else None


def _mac(secret: str, number: str, entry: int, until: int) -> str:
	words = f"pictures {number} {entry} {until}".encode()
	made = hmac.new(secret.encode(), words, hashlib.sha256).digest()[:_MAC_BYTES]
	return base64.b32encode(made).decode().rstrip("=").lower()
