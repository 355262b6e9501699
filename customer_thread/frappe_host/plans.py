"""A customer's Appointments, Events, Maintenance Visits and Maintenance Schedules in ERPNext."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from customer_thread.domain.model import Party
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.schedule import agenda
from customer_thread.domain.schedule.agenda import Booking, Planned
from customer_thread.domain.schedule.recurrence import Repetition, days
from customer_thread.frappe_host.owners import owner_of
from customer_thread.frappe_host.participants import contacts_of, parties_of_contacts
from customer_thread.frappe_host.times import site_time, site_us
from customer_thread.store.database import Database, Row, one_of

#: days before and after today for which an Event that repeats is shown
_REPEATS_BEFORE, _REPEATS_AFTER = 31, 62
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


_APPOINTMENTS = (
	"SELECT d.name, d.scheduled_time, d.status, d.owner, d.customer_email, d.appointment_with, d.party, "
	"o.user_type AS maker, m.user_type AS changer, EXISTS (SELECT 1 FROM `tabThread Event` e "
	"WHERE e.reference_doctype = 'Appointment' AND e.reference_name = d.name) AS has_card, "
	"EXISTS (SELECT 1 FROM `tabThread Event` e WHERE e.reference_doctype = 'Appointment' "
	"AND e.reference_name = d.name AND e.event_type = 'Appointment cancelled' AND e.voided_by IS NULL) "
	"AS has_cancelled_card, d.modified < d.scheduled_time AS is_changed_before, d.calendar_event, "
	"c.name AS event_name, c.status AS event_status "
	"FROM `tabAppointment` d LEFT JOIN `tabUser` o ON o.name = d.owner "
	"LEFT JOIN `tabUser` m ON m.name = d.modified_by "
	"LEFT JOIN `tabEvent` c ON c.name = d.calendar_event WHERE d.party IS NOT NULL"
)
_OF_PARTY = (
	" AND ((d.appointment_with = 'Customer' AND d.party = %(party)s) "
	"OR (d.appointment_with = 'Lead' AND d.party = %(lead)s AND %(lead)s <> ''))"
)
_VISITS = (
	"SELECT d.name, d.docstatus, d.mntc_date, d.mntc_time, d.completion_status FROM `tabMaintenance Visit` d "
	"WHERE d.customer = %(party)s AND d.docstatus > 0"
)
#: an amended record takes the place of the cancelled one
_NOT_AMENDED = (
	" AND NOT (d.docstatus = 2 AND EXISTS (SELECT 1 FROM `tabMaintenance Visit` n "
	"WHERE n.amended_from = d.name AND n.docstatus = 1))"
)
#: what has a visit already is told by the visit; of a cancelled one, what was still to come when it was
_SCHEDULED = (
	"SELECT DISTINCT d.scheduled_date, s.docstatus, s.name AS schedule FROM `tabMaintenance Schedule Detail` d "
	"JOIN `tabMaintenance Schedule` s ON s.name = d.parent AND d.parenttype = 'Maintenance Schedule' "
	"WHERE s.customer = %(party)s AND (d.completion_status = 'Pending' OR d.completion_status IS NULL) "
	"AND (s.docstatus = 1 OR (s.docstatus = 2 AND d.scheduled_date >= CAST(s.modified AS DATE) "
	"AND NOT EXISTS (SELECT 1 FROM `tabMaintenance Schedule` n "
	"WHERE n.amended_from = s.name AND n.docstatus = 1)))"
)
_EVENTS = (
	"SELECT d.name, d.status, d.starts_on, d.ends_on, d.all_day, d.repeat_on, d.repeat_till, "
	+ ", ".join(f"d.{day}" for day in _WEEKDAYS)
	+ " FROM `tabEvent` d WHERE d.name IN "
	"(SELECT p.parent FROM `tabEvent Participants` p WHERE p.parenttype = 'Event' AND ("
	"(p.reference_doctype = 'Customer' AND p.reference_docname = %(party)s) "
	"OR (p.reference_doctype = 'Contact' AND p.reference_docname IN ({contacts})))) "
	"AND d.event_category IN (%(category0)s, %(category1)s) "
	"AND d.subject NOT LIKE %(own)s AND d.starts_on IS NOT NULL"
)
_REPEATS = "(d.repeat_this_event = 1 AND d.status = 'Open')"


def around(database: Database, party: Party, now_us: int) -> list[Planned]:
	"""Return what is planned for a customer and what was, as far as a page of it goes in both directions."""
	today = site_time(now_us).date()
	of = _party_params(database, party)
	appointments = _nearest(database, _APPOINTMENTS + _OF_PARTY, of, "d.scheduled_time", today)
	visits = _nearest(database, _VISITS + _NOT_AMENDED, of, "d.mntc_date", today)
	scheduled = _nearest(database, _SCHEDULED, of, "d.scheduled_date", today)
	return [
		*_accepted(appointments),
		*(_visit(row) for row in visits),
		*_scheduled(scheduled),
		*_events(database, party, today),
	]


def appointments(database: Database, party: Party, names: Sequence[str]) -> list[Planned]:
	"""Return those of these Appointments that are the customer's and accepted."""
	rows = _named(database, _APPOINTMENTS, {}, names)
	return _accepted(row for row in rows if owner_of(Party(row["appointment_with"], row["party"])) == party)


def visits(database: Database, party: Party, names: Sequence[str]) -> list[Planned]:
	"""Return those of these Maintenance Visits that are the customer's and no drafts."""
	return [_visit(row) for row in _named(database, _VISITS, {"party": party.party}, names)]


def _events(database: Database, party: Party, today: date) -> Iterator[Planned]:
	params: dict[str, Any] = {"party": party.party, "own": f"{agenda.OF_APPOINTMENT}%"}
	one_of("category", agenda.CATEGORIES, params)
	contacts = one_of("contact", contacts_of(database, party.party), params)
	events = _EVENTS.format(contacts=contacts or "NULL")
	once = _nearest(database, f"{events} AND NOT {_REPEATS}", params, "d.starts_on", today)
	again = database.select(f"{events} AND {_REPEATS}", params)
	participants = _participants(database, [row["name"] for row in (*once, *again)])
	for row in once:
		if agenda.is_with(party, participants[row["name"]]):
			yield _event(row, row["starts_on"])
	for row in again:
		if agenda.is_with(party, participants[row["name"]]):
			for day in _days(row, today):
				starts = datetime.combine(day, row["starts_on"].time())
				yield _event(row, starts, is_one_of_several=True)


def _participants(database: Database, events: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
	found: dict[str, list[tuple[str, str]]] = defaultdict(list)
	params: dict[str, Any] = {}
	listed = one_of("event", events, params)
	if not listed:
		return found
	rows = database.select(
		"SELECT parent, reference_doctype, reference_docname FROM `tabEvent Participants` "
		f"WHERE parenttype = 'Event' AND parent IN ({listed}) ORDER BY parent, idx",
		params,
	)
	for row in rows:
		found[row["parent"]].append((row["reference_doctype"] or "", row["reference_docname"] or ""))
	named = {name for of_event in found.values() for doctype, name in of_event if doctype == "Contact"}
	contacts = parties_of_contacts(database, named)
	for event, of_event in found.items():
		found[event] = [participant for _place, participant in agenda.through_contacts(of_event, contacts)]
	return found


def _days(row: Row, today: date) -> list[date]:
	repetition = Repetition(
		every=row["repeat_on"] or "",
		first=row["starts_on"].date(),
		till=row["repeat_till"],
		weekdays=[number for number, name in enumerate(_WEEKDAYS) if row[name]],
	)
	since, until = today - timedelta(days=_REPEATS_BEFORE), today + timedelta(days=_REPEATS_AFTER)
	return days(repetition, since, until)


def _event(row: Row, starts: datetime, *, is_one_of_several: bool = False) -> Planned:
	ends = starts + (row["ends_on"] - row["starts_on"]) if row["ends_on"] else None
	state = agenda.state_of_event(row["status"])
	is_all_day = bool(row["all_day"])
	return Planned(
		kind="Appointment",
		state=state,
		day=starts.date(),
		starts_us=None if is_all_day else site_us(starts),
		ends_us=site_us(ends) if ends and not is_all_day else None,
		last_day=ends.date() if ends and is_all_day else None,
		planned_by=Reference("Event", row["name"]),
		is_one_of_several=is_one_of_several,
	)


def _scheduled(rows: Iterable[Row]) -> Iterator[Planned]:
	"""Return the days of Maintenance Schedules, once a day; what one cancels and another plans takes place."""
	by_name = sorted(rows, key=lambda row: str(row["schedule"]), reverse=True)
	found = {(row["scheduled_date"], row["docstatus"]): row for row in by_name}.values()
	planned = {row["scheduled_date"] for row in found if row["docstatus"] == 1}
	for row in found:
		if row["docstatus"] == 1:
			yield _scheduled_visit(row, "Open")
		elif row["scheduled_date"] not in planned:
			yield _scheduled_visit(row, "Cancelled")


def _scheduled_visit(row: Row, state: agenda.State) -> Planned:
	return Planned(
		kind="Visit",
		state=state,
		day=row["scheduled_date"],
		planned_by=Reference("Maintenance Schedule", row["schedule"]),
		is_one_of_several=True,
	)


def _accepted(rows: Iterable[Row]) -> list[Planned]:
	return [
		Planned(
			kind="Appointment",
			state=agenda.state_of_appointment(_booking(row)),
			day=row["scheduled_time"].date(),
			starts_us=site_us(row["scheduled_time"]),
			reference=Reference("Appointment", row["name"]),
		)
		for row in rows
		if agenda.is_accepted(_booking(row))
	]


def _visit(row: Row) -> Planned:
	return Planned(
		kind="Visit",
		state=agenda.state_of_visit(row["completion_status"] or "", row["docstatus"]),
		day=row["mntc_date"],
		starts_us=_us(row["mntc_date"], row["mntc_time"]),
		reference=Reference("Maintenance Visit", row["name"]),
	)


def _booking(row: Row) -> Booking:
	return Booking(
		status=row["status"] or "",
		owner=row["owner"] or "",
		customer_email=row["customer_email"] or "",
		is_made_by_staff=row["maker"] == "System User",
		is_changed_by_staff=row["changer"] == "System User",
		has_card=bool(row["has_card"]),
		has_cancelled_card=bool(row["has_cancelled_card"]),
		is_changed_before=bool(row["is_changed_before"]),
		is_event_cancelled=row["event_status"] == "Cancelled",
		is_event_gone=bool(row["calendar_event"]) and row["event_name"] is None,
	)


def _party_params(database: Database, party: Party) -> dict[str, Any]:
	"""Return the customer, and the lead they were if its thread has become theirs; empty if there is none."""
	sql = "SELECT lead_name FROM `tabCustomer` WHERE name = %(party)s"
	lead = next((row["lead_name"] for row in database.select(sql, {"party": party.party})), "")
	is_his = lead and owner_of(Party("Lead", lead)) == party
	return {"party": party.party, "lead": lead if is_his else ""}


def _named(database: Database, sql: str, params: dict[str, Any], names: Sequence[str]) -> list[Row]:
	params = dict(params)
	return database.select(f"{sql} AND d.name IN ({one_of('name', names, params)})", params)


def _nearest(database: Database, sql: str, params: dict[str, Any], column: str, today: date) -> list[Row]:
	"""Return the first rows from today on, and the last ones before."""
	params = {**params, "today": today, "limit": agenda.LIMIT}
	coming = database.select(f"{sql} AND {column} >= %(today)s ORDER BY {column} LIMIT %(limit)s", params)
	past = database.select(f"{sql} AND {column} < %(today)s ORDER BY {column} DESC LIMIT %(limit)s", params)
	return [*coming, *past]


def _us(day: date, clock: timedelta | None) -> int | None:
	# MariaDB gives a time of day as what has passed since midnight
	return None if clock is None else site_us(datetime.combine(day, time()) + clock)
