"""When a link signs in, and in which browser: it works once, and again where it was used.

Links are bearer secrets that lie in mailboxes for days. One that was used elsewhere opens nothing, so that whoever it
is passed on to gets nothing by it; looking at it uses nothing up, so that a mail scanner takes it from nobody.
"""

import hashlib
import re
from typing import Literal

from customer_thread.domain.model import Address

#: where links are used; what is behind the # is in no log, no Referer and no scanner's request
WAY_IN = "/messages/in"
_LINK = re.compile(rf"({WAY_IN}(?:\?[^\s#]{{0,500}})?#)[0-9a-f]{{40}}")
_SPENT = re.compile(rf"{WAY_IN}(?:\?[^\s#]{{0,500}})?#(?![0-9a-f])")

#: Closed: whom it signed in may not read that thread any more, or links are switched off
LinkState = Literal["Usable", "Used Elsewhere", "Expired", "Revoked", "Closed", "Unknown"]


def hash_of(token: str) -> str:
	"""Return by what a token is known: SHA-256 in hexadecimal digits. It has 128 random bits: no salt is needed."""
	return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def usable(*, expires_us: int, revoked_us: int, used_by: str, browser: str, now_us: int) -> LinkState:
	"""Return whether a link signs in at this moment in a browser, or why not.

	`used_by`: the hash of the browser that used it, empty for none; `browser`: the hash of the one that asks.
	"""
	if revoked_us:
		return "Revoked"
	if now_us >= expires_us:
		return "Expired"
	if used_by and used_by != browser:
		return "Used Elsewhere"
	return "Usable"


def address_of(value: str) -> Address:
	"""Return an address that is kept without its kind."""
	return Address("Email" if "@" in value else "Phone", value)


def hinted(value: str) -> str:
	"""Return enough of an address for its owner to know it again, too little for anybody else: of a number its end."""
	if "@" not in value:
		return value[-2:]
	name, _at, domain = value.partition("@")
	return f"{name[:1]}…@{domain[:1]}…{domain[domain.rfind('.') :]}"


def without_tokens(text: str) -> str:
	"""Return a text whose links sign nobody in."""
	return _LINK.sub(r"\1", text)


def with_link(text: str, link: str) -> str:
	"""Return a text with this link in place of one that was left without its token; `link`: its path and what follows."""
	return _SPENT.sub(lambda _found: link, text)


def lacks_token(text: str) -> bool:
	"""Return whether a link in a text was left without its token."""
	return bool(_SPENT.search(text))
