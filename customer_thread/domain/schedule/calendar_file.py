"""A customer's appointments and visits as a file that calendars read (RFC 5545, published by RFC 5546 §3.2.1)."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vDuration, vText

from customer_thread.domain.phrase import Translate
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.schedule.agenda import Planned
from customer_thread.domain.schedule.calendar_zone import described, is_second_showing
from customer_thread.domain.times import to_utc
from customer_thread.domain.words import clean, preview

CONTENT_TYPE = "text/calendar; charset=utf-8; method=PUBLISH"
_PRODUCT = "-//customer_thread//Appointments and visits//EN"


@dataclass(frozen=True)
class CalendarEntry:
	"""One appointment or visit, with what a calendar needs to tell its states apart."""

	planned: Planned
	#: the same however often it is moved
	uid: str
	#: what it is called, such as "Appointment"
	title: str
	#: its page, or the schedule; empty without a public address
	url: str = ""
	#: how often it was changed since it was made
	sequence: int = 0
	#: when it last was, µs; 0: not known
	revised_us: int = 0


@dataclass(frozen=True)
class Publisher:
	"""The business, as a calendar shows it."""

	name: str
	#: as it is read; empty: none
	phone: str = ""
	email: str = ""


def uid_of(document: Reference, day: date | None, host: str) -> str:
	"""Return the id by which calendars know one document's entry again; `day`: which, of a document that plans several;
	`host`: of the business's public address.

	Without it two businesses' first appointments would be one in the calendar of whoever is a customer of both.
	"""
	parts = (host, document.doctype, document.name, day.isoformat() if day else "")
	return (
		f"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}@{host or 'customer-thread.invalid'}"
	)


def calendar_file(
	entries: Sequence[CalendarEntry],
	publisher: Publisher,
	zone: ZoneInfo,
	now_us: int,
	translate: Translate,
	refreshed_every: timedelta | None = None,
) -> bytes:
	"""Return the file, its times in the customer's zone; `refreshed_every`: how often one who subscribed asks anew."""
	calendar = Calendar()
	calendar.add("prodid", _PRODUCT)
	calendar.add("version", "2.0")
	calendar.add("calscale", "GREGORIAN")
	calendar.add("method", "PUBLISH")
	if refreshed_every:
		calendar.add("name", _line(publisher.name))
		calendar.add("x-wr-calname", _line(publisher.name))
		calendar.add("refresh-interval", refreshed_every, parameters={"value": "DURATION"})
		calendar.add("x-published-ttl", vDuration(refreshed_every))
	local = [moment for moment in _moments(entries, zone) if not is_second_showing(moment)]
	if local and zone.key != "UTC":
		calendar.add_component(described(zone, local))
	for entry in entries:
		calendar.add_component(_event(entry, publisher, zone, now_us, translate))
	return bytes(calendar.to_ical())


def _event(
	entry: CalendarEntry, publisher: Publisher, zone: ZoneInfo, now_us: int, translate: Translate
) -> Event:
	planned, event = entry.planned, Event()
	event.add("uid", entry.uid)
	event.add("dtstamp", to_utc(now_us))
	event.add("sequence", entry.sequence)
	if entry.revised_us:
		event.add("last-modified", to_utc(entry.revised_us))
	if planned.starts_us is None:
		# some time on that day: it keeps nobody busy all day
		event.add("dtstart", planned.day)
		event.add("dtend", max(planned.last_day or planned.day, planned.day) + timedelta(days=1))
		event.add("transp", "TRANSPARENT")
	else:
		event.add("dtstart", _as_local(planned.starts_us, zone))
		if planned.ends_us and planned.ends_us > planned.starts_us:
			event.add("dtend", _as_local(planned.ends_us, zone))
	event.add("summary", _line(translate("{0}: {1}").format(publisher.name, entry.title)))
	event.add("status", "CANCELLED" if planned.state == "Cancelled" else "CONFIRMED")
	if words := "\n".join(_description(entry, publisher, translate)):
		event.add("description", words)
	if entry.url:
		event.add("url", entry.url)
	if publisher.email:
		# who publishes is told (RFC 5546 §3.2.1); nobody is asked to come, so no program answers it
		organizer = vCalAddress(f"mailto:{publisher.email}")
		organizer.params["cn"] = vText(_line(publisher.name).replace('"', ""))
		event.add("organizer", organizer)
	return event


def _description(entry: CalendarEntry, publisher: Publisher, translate: Translate) -> Iterable[str]:
	if publisher.phone:
		yield translate("Questions? Call {0}.").format(publisher.phone)
	if entry.url:
		yield entry.url


def _moments(entries: Iterable[CalendarEntry], zone: ZoneInfo) -> Iterable[datetime]:
	for entry in entries:
		for us in (entry.planned.starts_us, entry.planned.ends_us):
			if us and entry.planned.starts_us is not None:
				yield to_utc(us).astimezone(zone)


def _as_local(us: int, zone: ZoneInfo) -> datetime:
	"""Return a time by the customer's clock, or in UTC where their clock shows it twice."""
	local = to_utc(us).astimezone(zone)
	return to_utc(us) if is_second_showing(local) else local


def _line(text: str) -> str:
	return preview(clean(text))
