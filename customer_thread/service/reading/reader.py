"""For whom a thread is worded."""

from customer_thread.domain.languages import locale_in
from customer_thread.domain.times import zone
from customer_thread.domain.wording import Reader, known_locale
from customer_thread.service.ports import Parties, PartyInfo, Ports
from customer_thread.store.rows import ThreadRow
from customer_thread.store.threads import party_of


def info_of(parties: Parties, thread: ThreadRow) -> PartyInfo:
	"""Return what the host knows of a thread's customer; an unmatched thread has its title only."""
	party = party_of(thread)
	found = parties.find(party) if party else None
	return found or PartyInfo(name=thread["title"])


def locale_of(ports: Ports) -> str:
	"""Return how dates and money are written for whoever is spoken to: in their language, as in the business's country."""
	return locale_in(ports.language() or ports.site_language(), known_locale(ports.settings().locale))


def reader_of(ports: Ports, thread: ThreadRow, info: PartyInfo) -> Reader:
	"""Return the reader: their own zone, else their address's, else the business's."""
	settings = ports.settings()
	return Reader(
		zone=zone(thread["timezone"], info.timezone, settings.default_timezone),
		locale=locale_of(ports),
		translate=ports.translate,
		now_us=ports.clock.now_us(),
		region=settings.default_region,
	)
