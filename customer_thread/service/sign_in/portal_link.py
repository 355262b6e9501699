"""Where the customer reads an entry."""

from customer_thread.service.settings import Settings


def portal_link(settings: Settings, entry: int) -> str:
	"""Return where the customer reads this entry, or the whole thread for 0; empty if the public address is not set."""
	address = settings.public_url.rstrip("/")
	if not address:
		return ""
	return f"{address}{portal_path(entry)}"


def portal_path(entry: int) -> str:
	"""Return the same below the public address."""
	# what is behind the # does not survive signing in, what is before it does
	return f"/messages?around={entry}#{entry}" if entry else "/messages"
