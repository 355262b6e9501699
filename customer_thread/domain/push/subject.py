"""Whom push services may write to if something is wrong (RFC 8292 §2.1)."""

import re
from urllib.parse import urlsplit

from customer_thread.domain.people.addresses import email

#: Apple answers BadJwtToken to a contact that is nobody's: https://github.com/web-push-libs/web-push/issues/947
_NOBODYS = ("localhost", "local", "invalid", "test", "internal")
_HOST = re.compile(r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]+", re.ASCII)


def is_usable(contact: str) -> bool:
	"""Return whether a contact is a mailto: or https: address as push services take it."""
	scheme, _colon, rest = contact.partition(":")
	if scheme == "mailto":
		found = email(rest)
		return found is not None and found.value == rest.lower() and _is_public(rest.rpartition("@")[2])
	if scheme != "https":
		return False
	try:
		parts = urlsplit(contact)
		return parts.username is None and _is_public(parts.hostname or "")
	except ValueError:
		return False


def _is_public(host: str) -> bool:
	name = host.lower()
	return bool(_HOST.fullmatch(name)) and name.rpartition(".")[2] not in _NOBODYS


def contact_of(named: str, address: str, public_url: str) -> str:
	"""Return the first of these that push services take, an empty string if none is: what the admin named, an e-mail address, the public address."""
	wanted = (named,) if named else (f"mailto:{address}", public_url)
	return next((contact for contact in wanted if is_usable(contact)), "")
