"""One appointment or visit as a file that the customer's calendar takes in."""

from urllib.parse import quote, urlencode

from customer_thread.domain.errors import NotFound
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.schedule.agenda import Planned
from customer_thread.service.answers import HttpAnswer
from customer_thread.service.portal.frame import API
from customer_thread.service.ports import Ports
from customer_thread.service.reading.calendar_files import calendar_entries, file_of, planned_in
from customer_thread.service.reading.reader import info_of, reader_of
from customer_thread.store.rows import ThreadRow
from customer_thread.store.threads import party_of

_CALL = f"{API}.calendar_file"


def calendar_link(planned: Planned) -> str | None:
	"""Return where this one's file is; None where no document of it is known."""
	document = planned.document
	if document is None:
		return None
	asked = {"document": document.doctype, "name": document.name}
	if planned.is_one_of_several:
		asked["day"] = planned.day.isoformat()
	return f"{_CALL}?{urlencode(asked, quote_via=quote)}"


def read_calendar_file(ports: Ports, thread: ThreadRow, document: Reference, day: str) -> HttpAnswer:
	"""Return the file of what a document plans, on one day of several if one is given. Raise NotFound.

	What is called off is told as that.
	"""
	party = party_of(thread)
	found = planned_in(ports, party, document) if party else []
	meant = [planned for planned in found if not day or planned.day.isoformat() == day]
	if not meant:
		raise NotFound("This document is not there.")
	reader = reader_of(ports, thread, info_of(ports.parties, thread))
	file = file_of(ports, calendar_entries(ports, thread, meant, reader), reader)
	headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
	return HttpAnswer(file.data, file.content_type, headers=headers)
