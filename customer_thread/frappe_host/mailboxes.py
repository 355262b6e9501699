"""Whether a user has a mailbox, or an address that was made up for them."""

from customer_thread.domain.people.addresses import email

#: how the address ends of a user who has none: no mail is ever sent there (RFC 2606 §2)
MADE_UP = ".invalid"


def mailbox(address: str | None) -> str:
	"""Return where mails reach somebody, in lower case; empty if that is nowhere."""
	found = email(address or "")
	return found.value if found and not is_made_up(found.value) else ""


def is_made_up(address: str | None) -> bool:
	"""Return whether nobody can have this address."""
	return (address or "").strip().lower().endswith(MADE_UP)
