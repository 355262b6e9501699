"""Where the customer reads an entry."""

from customer_thread.service.settings import Settings


def portal_link(settings: Settings, entry: int) -> str:
	"""Return where the customer reads this entry; empty if the public address is not set."""
	address = settings.public_url.rstrip("/")
	# what is behind the # does not survive signing in, what is before it does
	return f"{address}/messages?around={entry}#{entry}" if address else ""
