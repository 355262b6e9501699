"""The secret mail addresses of a thread: who writes to one speaks in it, as the customer or as the contractor."""

import re

_FORM = re.compile(r"[^@]*\+([0-9a-z]{20,64})@[^@]+")


def reply_address(token: str, domain: str) -> str:
	"""Return the address that a reply token makes; an empty string where no domain takes replies."""
	return f"reply+{token}@{domain}" if domain else ""


def token_in(address: str) -> str:
	"""Return what could be the reply token of an address, lower case, or an empty string."""
	match = _FORM.fullmatch(address)
	return match[1] if match else ""
