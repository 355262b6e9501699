"""What a customer is told is in their own language."""

from dataclasses import replace

from customer_thread.service.ports import Ports
from customer_thread.store.rows import ThreadRow
from customer_thread.store.threads import party_of


def in_language(ports: Ports, language: str) -> Ports:
	"""Return the ports that speak a language ("es"), the site's if it is empty."""
	spoken = language or ports.site_language()
	return replace(ports, translate=ports.translator(spoken), language=lambda: spoken)


def in_language_of(ports: Ports, thread: ThreadRow, user: str) -> Ports:
	"""Return the ports that speak to one of a thread's readers; to anybody else in the site's language."""
	party = party_of(thread)
	readers = ports.parties.readers(party) if party else ()
	return in_language(ports, next((reader.language for reader in readers if reader.user == user), ""))
