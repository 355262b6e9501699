"""Another program keeps an appointment: its customer is told what is new of it."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from customer_thread.domain import words
from customer_thread.domain.cards.model import TITLE_LIMIT
from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.cards.soon import is_soon
from customer_thread.domain.errors import BadInput
from customer_thread.domain.limits import APPOINTMENT_YEARS
from customer_thread.domain.model import DATA_LIMIT, Party
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.schedule.appointment import Appointment, ChangeCard, card_of
from customer_thread.domain.times import DAY, to_utc, zone
from customer_thread.domain.wording import short_date, time_of_day
from customer_thread.service.cards.record_event import event_key, record_event
from customer_thread.service.ports import Ports
from customer_thread.service.reading.links import address_of
from customer_thread.service.reading.reader import info_of, reader_of
from customer_thread.service.thread.in_language import in_thread_language
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.service.thread.post_entry import Posted
from customer_thread.store import events
from customer_thread.store.rows import ThreadRow

DOCTYPE = "Appointment"
_YEAR = 366 * DAY


def record_appointment(ports: Ports, thread: ThreadRow, new: Appointment) -> Posted | None:
	"""Keep an appointment, and write the card of what is new about it; None where nothing is.

	The same again changes nothing. One that is another customer's from now on is called off with the one before.
	Raise BadInput.
	"""
	new = _checked(ports, new)
	before = ports.documents.keep_appointment(new)
	if before == replace(new, cards=before.cards if before else 0):
		return None
	reference = Reference(DOCTYPE, new.source_key)
	if before and before.customer != new.customer and before.state == "Scheduled":
		ended = replace(before, state="Cancelled")
		card = card_of(before, ended)
		if card:
			_write(
				ports,
				open_thread(ports, Party("Customer", before.customer)),
				before,
				ended,
				card,
				before.cards + 1,
			)
	card = card_of(before, new)
	number = (before.cards if before else 0) + 1
	posted = _write(ports, thread, before, new, card, number) if card else None
	ports.automations.plan(ports, reference, "")
	return posted


def _checked(ports: Ports, new: Appointment) -> Appointment:
	title = " ".join(words.clean(new.title).split())
	if not title or len(title) > TITLE_LIMIT:
		raise BadInput("title must say what the appointment is, in at most {0} characters.", TITLE_LIMIT)
	if not new.source_key.strip() or len(new.source_key) > DATA_LIMIT:
		raise BadInput("source_key is the appointment's own id, of at most {0} characters.", DATA_LIMIT)
	if new.state not in ("Scheduled", "Cancelled", "Done"):
		raise BadInput("state must be one of {0}.", "Scheduled, Cancelled, Done")
	if new.ends_us and new.ends_us < new.starts_us:
		raise BadInput("ends_at must not be before starts_at.")
	if abs(new.starts_us - ports.clock.now_us()) > APPOINTMENT_YEARS * _YEAR:
		raise BadInput("starts_at must be within {0} years.", APPOINTMENT_YEARS)
	return replace(new, title=title)


def _write(
	ports: Ports,
	thread: ThreadRow,
	before: Appointment | None,
	new: Appointment,
	card: ChangeCard,
	number: int,
) -> Posted:
	here, now_us = zone(ports.settings().default_timezone), ports.clock.now_us()
	info = info_of(ports.parties, thread)
	theirs = in_thread_language(ports, thread, info)
	reader = reader_of(theirs, thread, info)
	day = short_date(reader.local(new.starts_us).date(), reader, weekday=True, year=False)
	when = f"{day}, {time_of_day(new.starts_us, reader)}"
	title = f"{theirs.translate(card.event_type)} — {when} · {new.title}"
	reference = Reference(DOCTYPE, new.source_key)
	standing = events.standing_of_document(ports.database, thread["name"], DOCTYPE, new.source_key)
	keys = tuple(row["source_key"] for row in standing if row["event_type"] in card.voids)
	starts = [one.starts_us for one in (before, new) if one]
	known, is_news = [{"at": _naive(us, here)} for us in starts], card.event_type != "Appointment scheduled"
	event = NewEvent(
		event_type=card.event_type,
		title=title if len(title) <= TITLE_LIMIT else f"{title[: TITLE_LIMIT - 1]}…",
		occurred_us=now_us,
		source_key=event_key(thread, f"appointment {new.source_key} {number}"),
		url=address_of(reference),
		reference_doctype=DOCTYPE,
		reference_name=new.source_key,
		voids=keys,
		by_rule=True,
		notify=True,
		urgent=is_news and is_soon(known, "at", _naive(now_us, here)),
		send_before_us=min((us for us in starts if us > now_us), default=0) if is_news else 0,
	)
	return record_event(ports, thread, event)


def _naive(us: int, here: ZoneInfo) -> datetime:
	return to_utc(us).astimezone(here).replace(tzinfo=None)
