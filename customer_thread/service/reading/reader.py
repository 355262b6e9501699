"""For whom a thread is worded."""

from customer_thread.domain.model import Party
from customer_thread.domain.times import zone
from customer_thread.domain.wording import Reader, known_locale
from customer_thread.service.ports import PartyInfo, Ports
from customer_thread.store.database import Row


def info_of(ports: Ports, thread: Row) -> PartyInfo:
	"""Return what the host knows of a thread's customer; an unmatched thread has its title only."""
	found = ports.parties.find(Party(thread["party_type"], thread["party"])) if thread["party"] else None
	return found or PartyInfo(name=thread["title"] or "")


def reader_of(ports: Ports, thread: Row, info: PartyInfo) -> Reader:
	"""Return the reader: his own zone, else his address's, else the business's."""
	settings = ports.settings()
	return Reader(
		zone=zone(thread["timezone"] or "", info.timezone, settings.default_timezone),
		locale=known_locale(settings.locale),
		translate=ports.translate,
		now_us=ports.clock.now_us(),
	)
