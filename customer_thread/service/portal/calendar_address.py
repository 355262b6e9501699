"""The address at which a reader's calendar reads their appointments and visits by itself: made, renewed, ended, read."""

import hashlib
import re
from datetime import timedelta

from customer_thread.domain.errors import BadInput, NotFound, TooMany
from customer_thread.domain.limits import CALENDAR_READS, CALENDAR_REFRESH_SECONDS
from customer_thread.domain.schedule.agenda import split
from customer_thread.service.answers import HttpAnswer
from customer_thread.service.params import Params
from customer_thread.service.portal.frame import FrameView, frame
from customer_thread.service.ports import Ports
from customer_thread.service.reading.calendar_files import SCHEDULE, calendar_entries, file_of, publisher_of
from customer_thread.service.reading.read_timeline import outbox_of
from customer_thread.service.reading.reader import info_of, reader_of
from customer_thread.store import calendars, threads
from customer_thread.store.rows import ThreadRow

#: where a reader subscribes
CALENDAR_PAGE = "/messages/calendar"
#: where each address is, with its token and ending
CALENDARS = f"{CALENDAR_PAGE}/"
_FILE = re.compile(r"([0-9a-z]{26,64})\.ics", re.ASCII)
_REFRESH = timedelta(seconds=CALENDAR_REFRESH_SECONDS)


class CalendarView(FrameView):
	"""The page where a reader subscribes to their calendar."""

	contractor: str
	#: whether the business has a public address, without which no calendar finds it
	is_possible: bool
	#: the reader's own address, "https://…", to be copied; empty while they have none
	address: str
	#: the same as "webcal://…", which opens the reader's calendar
	webcal: str
	outbox: str


def read_calendar_page(ports: Ports, thread: ThreadRow, user: str) -> CalendarView:
	"""Return what the page shows somebody."""
	info = info_of(ports.parties, thread)
	reader = reader_of(ports, thread, info)
	settings = ports.settings()
	base = settings.public_url.rstrip("/")
	rows = calendars.of_reader(ports.database, thread["name"], user)
	address = f"{base}{CALENDARS}{rows[0]['token']}.ics" if base and rows else ""
	return {
		**frame(ports, thread, info, reader, SCHEDULE),
		"contractor": settings.business_name,
		"is_possible": bool(base),
		"address": address,
		"webcal": address and f"webcal://{address.partition('://')[2]}",
		"outbox": outbox_of(thread["name"]),
	}


def post_calendar(ports: Ports, thread: ThreadRow, params: Params) -> None:
	"""Do what the page's form asks for: make somebody an address in place of any before it, or only end that.

	Raise BadInput for what is neither.
	"""
	user = params.asked_by or ""
	wanted = params.text("calendar")
	if wanted not in ("new", "off"):
		raise BadInput("“{0}” is nothing that can be done here.", wanted)
	for row in calendars.of_reader(ports.database, thread["name"], user):
		calendars.remove(ports.database, row["name"])
	if wanted == "new":
		calendars.add(ports.database, thread["name"], user, ports.ids.token(), ports.clock.now_us())


def read_calendar(ports: Ports, file: str, known: str = "") -> HttpAnswer:
	"""Return what a calendar reads at an address; `known`: the ETags of what it has (RFC 9110 §13.1.2).

	Raise NotFound, the same for what never was and what has ended, and TooMany.
	"""
	thread = _thread_of(ports, file)
	reader = reader_of(ports, thread, info_of(ports.parties, thread))
	coming, past = split(ports.documents.planned(threads.require_party(thread), reader.now_us), reader)
	entries = calendar_entries(ports, thread, [*past[::-1], *coming], reader, is_shared=True)
	# of what is said, not of its bytes: each bears when it was made
	said = repr((entries, publisher_of(ports.settings()), reader.zone.key, reader.locale))
	tag = f'"{hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:32]}"'
	# asked for again each time: an address that was ended is to end at once
	headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
	if tag in (part.strip().removeprefix("W/") for part in known.split(",")):
		return HttpAnswer(b"", "text/calendar; charset=utf-8", 304, headers)
	made = file_of(ports, entries, reader, _REFRESH)
	headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
	return HttpAnswer(made.data, made.content_type, headers=headers)


def _thread_of(ports: Ports, file: str) -> ThreadRow:
	"""Return the thread whose dates a file is of, as long as whoever made its address reads it."""
	# one look in an index over the secret's whole length: nothing in it goes character by character
	named = _FILE.fullmatch(file)
	row = calendars.by_token(ports.database, named[1]) if named else None
	thread = threads.get(ports.database, row["thread"]) if row else None
	party = threads.party_of(thread) if thread else None
	readers = ports.parties.readers(party) if party else ()
	if row is None or thread is None or row["user"] not in {reader.user for reader in readers}:
		raise NotFound("This calendar is not there, or not any more. Your schedule has the address of yours.")
	if not ports.within(f"calendar:{row['name']}", CALENDAR_READS):
		raise TooMany("This calendar is read too often. Please wait a while.")
	return thread
