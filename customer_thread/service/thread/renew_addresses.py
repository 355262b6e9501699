"""The secret addresses of a thread may have come into wrong hands."""

from customer_thread.service.ports import Ports
from customer_thread.service.thread.add_note import add_note
from customer_thread.store import threads
from customer_thread.store.rows import ThreadRow


def renew_addresses(ports: Ports, thread: ThreadRow, by: str | None = None) -> None:
	"""Give a thread new secret addresses, the customer's and the contractor's; mails to the old ones wait unmatched."""
	held = threads.require_held(ports.database, thread["name"])
	for name in (held["name"], *threads.merged_into(ports.database, held["name"])):
		threads.renew_tokens(ports.database, name, (ports.ids.token(), ports.ids.token()))
	add_note(
		ports,
		held,
		ports.translate("The secret mail addresses of this conversation were renewed."),
		author=by,
	)
