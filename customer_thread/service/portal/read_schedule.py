"""What the Schedule page is rendered from."""

from typing import TypedDict

from customer_thread.domain.schedule.agenda import Planned, split
from customer_thread.domain.schedule.agenda_words import (
	day_words,
	first_day,
	kind_words,
	state_words,
	time_words,
)
from customer_thread.domain.wording import Reader
from customer_thread.service.portal.calendar_address import CALENDAR_PAGE
from customer_thread.service.portal.frame import FrameView, frame
from customer_thread.service.portal.read_calendar_file import calendar_link
from customer_thread.service.ports import Ports
from customer_thread.service.reading.calendar_files import SCHEDULE
from customer_thread.service.reading.links import address_of
from customer_thread.service.reading.reader import info_of, reader_of
from customer_thread.store.rows import ThreadRow
from customer_thread.store.threads import party_of

ROUTE = SCHEDULE


class PlannedView(TypedDict):
	"""An appointment or visit in words."""

	#: what it is called; else "Appointment" or "Visit"
	kind: str
	#: its first day by the reader's calendar, "2026-05-15"
	date: str
	day: str
	#: empty if no time is set
	time: str
	state: str
	is_cancelled: bool
	#: its own page
	url: str | None
	#: its file for a calendar; None for what is over or called off
	calendar: str | None


class ScheduleView(FrameView):
	"""A customer's coming and past appointments and visits."""

	contractor: str
	coming: list[PlannedView]
	past: list[PlannedView]
	#: where the reader subscribes
	calendar_page: str


def read_schedule(ports: Ports, thread: ThreadRow) -> ScheduleView:
	"""Return a customer's coming and past appointments and visits."""
	info = info_of(ports.parties, thread)
	reader = reader_of(ports, thread, info)
	party = party_of(thread)
	coming, past = split(ports.documents.planned(party, reader.now_us) if party else [], reader)
	return {
		**frame(ports, thread, info, reader, ROUTE),
		"contractor": ports.settings().business_name,
		"coming": [planned_view(planned, reader, is_coming=True) for planned in coming],
		"past": [planned_view(planned, reader, is_coming=False) for planned in past],
		"calendar_page": CALENDAR_PAGE,
	}


def planned_view(planned: Planned, reader: Reader, *, is_coming: bool) -> PlannedView:
	"""Return an appointment or visit in words; nothing else of it is ever shown."""
	is_expected = is_coming and planned.state == "Open"
	return {
		"kind": planned.title or kind_words(planned, reader),
		"date": first_day(planned, reader).isoformat(),
		"day": day_words(planned, reader),
		"time": time_words(planned, reader),
		"state": state_words(planned, reader, is_coming=is_coming),
		"is_cancelled": planned.state == "Cancelled",
		"url": address_of(planned.reference) if planned.reference else None,
		"calendar": calendar_link(planned) if is_expected else None,
	}
