"""The token in a mail's unsubscribe address: bound to a thread and to who reads it, and kept nowhere.

It opens nothing: all that it does is to turn off their e-mail notices (RFC 8058 §3.1).
"""

import hashlib
import hmac
import re

#: 128 bits
_DIGITS = 32
_TOKEN = re.compile(rf"(\d{{1,12}})-([0-9a-f]{{{_DIGITS}}})", re.ASCII)


def mail_token(number: str, secret: str, user: str) -> str:
	"""Return the token of somebody who reads the thread of this number; `secret`: of that thread, ≥ 128 bits."""
	made = hmac.new(secret.encode(), f"unsubscribe {user}".encode(), hashlib.sha256)
	return f"{number}-{made.hexdigest()[:_DIGITS]}"


def number_in(token: str) -> str:
	"""Return the number of the thread that a token is of; empty if it is none."""
	found = _TOKEN.fullmatch(token)
	return found[1] if found else ""


def is_same(token: str, other: str) -> bool:
	"""Return whether two tokens are one, in a time that says nothing of where they differ."""
	return hmac.compare_digest(token.encode(), other.encode())
