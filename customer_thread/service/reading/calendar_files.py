"""A customer's appointments and visits as calendars read them: which, and what is said of each."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from urllib.parse import urlsplit

from customer_thread.domain.limits import CALENDAR_IN_MAIL
from customer_thread.domain.model import Attachment, Party
from customer_thread.domain.people.addresses import readable_phone
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.schedule.agenda import PLANS, Planned, split
from customer_thread.domain.schedule.agenda_words import kind_words
from customer_thread.domain.schedule.calendar_file import (
	CONTENT_TYPE,
	CalendarEntry,
	Publisher,
	calendar_file,
	uid_of,
)
from customer_thread.domain.wording import Reader
from customer_thread.service.ports import Ports
from customer_thread.service.reading.links import address_of
from customer_thread.service.reading.reader import info_of, reader_of
from customer_thread.service.settings import Settings
from customer_thread.store import calendars, entries, scheduled_messages
from customer_thread.store.rows import ThreadRow
from customer_thread.store.threads import party_of

#: where everything that is planned stands
SCHEDULE = "/schedule"


def planned_in(ports: Ports, party: Party, document: Reference) -> list[Planned]:
	"""Return what a document plans for this customer, as it is now; nothing of what is not there or not theirs."""
	if document.doctype not in PLANS:
		return []
	one = ports.documents.planned_one(party, document)
	if one:
		return [one] if one.document == document else []
	planned = ports.documents.planned(party, ports.clock.now_us())
	return [found for found in planned if found.document == document]


def calendar_entries(
	ports: Ports, thread: ThreadRow, planned: Sequence[Planned], reader: Reader, *, is_shared: bool = False
) -> list[CalendarEntry]:
	"""Return these as calendars know them; one whose document nobody names is left out.

	`is_shared`: others may read it, who are to learn no document's name, which may be the customer's.
	"""
	settings = ports.settings()
	host = urlsplit(settings.public_url).hostname or ""
	documents = {found.document for found in planned if found.document}
	counts = calendars.card_counts(ports.database, thread["name"], documents)
	made = []
	for found in planned:
		if document := found.document:
			# the first card tells of it, each one after that of a change
			count = counts.get(document)
			made.append(
				CalendarEntry(
					planned=found,
					uid=uid_of(document, _day_of(found), host),
					title=found.title or kind_words(found, reader),
					url=_page(settings, None if is_shared else found.reference),
					sequence=count["cards"] - 1 if count else 0,
					revised_us=count["last_us"] if count else 0,
				)
			)
	return made


def publisher_of(settings: Settings) -> Publisher:
	"""Return the business as a calendar shows it."""
	return Publisher(settings.business_name, readable_phone(settings.business_phone), settings.public_email)


def file_of(
	ports: Ports, entries: Sequence[CalendarEntry], reader: Reader, refreshed_every: timedelta | None = None
) -> Attachment:
	"""Return a calendar file of these."""
	publisher, now_us = publisher_of(ports.settings()), reader.now_us
	data = calendar_file(entries, publisher, reader.zone, now_us, reader.translate, refreshed_every)
	return Attachment("appointment.ics", CONTENT_TYPE, data)


def mail_calendar(ports: Ports, thread: ThreadRow, entry_ids: Iterable[int]) -> tuple[Attachment, ...]:
	"""Return a file of what these entries are about, as it is now: what is still to come, and what is called off.

	Nothing if they are about no appointment or visit.
	"""
	party = party_of(thread)
	if party is None:
		return ()
	documents = dict.fromkeys(document for entry in entry_ids if (document := _about(ports, thread, entry)))
	planned = [found for document in documents for found in planned_in(ports, party, document)]
	if not planned:
		return ()
	reader = reader_of(ports, thread, info_of(ports.parties, thread))
	coming, past = split(planned, reader)
	kept = [*coming, *(found for found in past if found.state == "Cancelled")][:CALENDAR_IN_MAIL]
	entries = calendar_entries(ports, thread, kept, reader)
	return (file_of(ports, entries, reader),) if entries else ()


def _about(ports: Ports, thread: ThreadRow, entry: int) -> Reference | None:
	"""Return the document of which an entry tells: a card, or a message the system wrote."""
	row = entries.get(ports.database, thread["name"], entry)
	if row and row["reference_doctype"] and row["reference_name"]:
		return Reference(row["reference_doctype"], row["reference_name"])
	is_automated = row is not None and row["author"] == "Automated"
	message = scheduled_messages.of_entry(ports.database, entry) if is_automated else None
	if message and message["reference_doctype"]:
		return Reference(message["reference_doctype"], message["reference_name"])
	return None


def _day_of(planned: Planned) -> date | None:
	return planned.day if planned.is_one_of_several else None


def _page(settings: Settings, reference: Reference | None) -> str:
	base = settings.public_url.rstrip("/")
	return base and base + (address_of(reference) if reference else SCHEDULE)
