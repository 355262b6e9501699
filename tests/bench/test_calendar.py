"""What customers of a real site put into their calendars: an Appointment, an Event, and all of it at an address."""

import re
from datetime import datetime, timedelta, timezone
from email import message_from_string
from typing import Any
from urllib.parse import quote, unquote

import pytest
from icalendar import Calendar
from support.site_cards import end_transaction
from support.site_meetings import ahead, meeting
from support.site_portal_documents import Customer, appointment, bob, sarah, visit

from customer_thread.domain.errors import NotFound, NotSignedIn
from customer_thread.domain.outbound import OutboundMail

__all__ = ["bob", "sarah"]

PAGE = "/messages/calendar"
ADDRESS = re.compile(r'id="address" value="https?://[^/"]+(/messages/calendar/[0-9a-z]+\.ics)"')


@pytest.fixture(autouse=True)
def public(site: Any) -> None:
	"""Let the business have a public address."""
	settings = site.get_doc("Customer Thread Settings")
	settings.public_url = "https://mikes.example"
	settings.save()


@pytest.fixture
def open_page(site: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
	"""Return what opens a page as a user, or posts a form to it."""
	from frappe.utils import set_request
	from frappe.website.serve import get_response

	monkeypatch.setattr(site.db, "rollback", lambda **_options: None)

	def opened(user: str, path: str = PAGE, method: str = "GET", known: str = "", **form: str) -> Any:
		site.set_user(user)
		site.session.data.csrf_token = "token"
		headers = {"If-None-Match": known} if known else {}
		set_request(method=method, path=path, data=form, headers=headers)
		response = get_response()
		site.set_user("Administrator")
		return response

	return opened


@pytest.fixture
def file_of(site: Any) -> Any:
	"""Return what gives a user the one event of a document's file."""

	def asked(user: str, doctype: str, name: str, **more: str) -> Any:
		from customer_thread.api import portal

		site.set_user(user)
		try:
			answer = portal.calendar_file(document=doctype, name=name, **more)
		finally:
			site.set_user("Administrator")
		[event] = Calendar.from_ical(answer.body).walk("VEVENT")
		return event

	return asked


def test_an_appointment_is_moved_and_called_off_in_place(site: Any, sarah: Customer, file_of: Any) -> None:
	from customer_thread.frappe_host.times import site_us

	doc = appointment(site, sarah, ahead(site))
	end_transaction()
	made = file_of(sarah.user, "Appointment", doc.name)
	assert made.decoded("dtstart").timestamp() * 1e6 == site_us(doc.scheduled_time)
	assert (made["status"], made["sequence"]) == ("CONFIRMED", 0)
	assert unquote(made["url"]).endswith(f"/messages/appointments/{doc.name}")
	doc.reload()
	doc.scheduled_time += timedelta(days=1)
	doc.save()
	end_transaction()
	moved = file_of(sarah.user, "Appointment", doc.name)
	assert moved.decoded("dtstart") == made.decoded("dtstart") + timedelta(days=1)
	assert (moved["uid"], moved["sequence"]) == (made["uid"], 1)
	doc.reload()
	doc.status = "Closed"
	doc.save()
	end_transaction()
	ended = file_of(sarah.user, "Appointment", doc.name)
	assert (ended["uid"], ended["status"]) == (made["uid"], "CANCELLED")
	assert ended["sequence"] > moved["sequence"]


def test_an_event_says_when_and_nothing_of_its_words(
	site: Any, sarah: Customer, bob: Customer, file_of: Any
) -> None:
	starts = ahead(site)
	doc = meeting(
		site, [("Customer", sarah.name), ("Customer", bob.name)], ends_on=starts + timedelta(hours=2)
	)
	end_transaction()
	hers, his = (file_of(user, "Event", doc.name) for user in (sarah.user, bob.user))
	assert hers["uid"] == his["uid"]
	assert hers.decoded("dtend") - hers.decoded("dtstart") == timedelta(hours=2)
	assert "SECRET" not in hers.to_ical().decode()
	doc.reload()
	doc.all_day, doc.ends_on = 1, starts + timedelta(days=1)
	doc.save()
	whole = file_of(sarah.user, "Event", doc.name)
	assert whole.decoded("dtstart") == starts.date()
	assert whole.decoded("dtend") == starts.date() + timedelta(days=2)
	doc.reload()
	doc.status = "Cancelled"
	doc.save()
	assert file_of(sarah.user, "Event", doc.name)["status"] == "CANCELLED"


def test_an_event_that_repeats_has_a_file_a_day(site: Any, sarah: Customer, file_of: Any) -> None:
	starts = ahead(site, days=-7)
	weekly = {"repeat_this_event": 1, "repeat_on": "Weekly", starts.strftime("%A").lower(): 1}
	doc = meeting(site, [("Customer", sarah.name)], starts_on=starts, **weekly)
	days = [(starts + timedelta(days=7 * number)).date() for number in (2, 3)]
	first, second = (file_of(sarah.user, "Event", doc.name, day=day.isoformat()) for day in days)
	assert first["uid"] != second["uid"]
	assert second.decoded("dtstart") - first.decoded("dtstart") in {
		timedelta(days=7),
		timedelta(days=7, hours=1),
		timedelta(days=6, hours=23),
	}


def test_a_file_is_its_customers_alone(site: Any, sarah: Customer, bob: Customer, file_of: Any) -> None:
	own = appointment(site, sarah, ahead(site))
	shown = meeting(site, [("Customer", sarah.name)])
	draft = visit(site, sarah, site.utils.nowdate())
	end_transaction()
	for user, doctype, name in (
		(bob.user, "Appointment", own.name),
		(bob.user, "Event", shown.name),
		(sarah.user, "Maintenance Visit", draft.name),
		(sarah.user, "Customer", sarah.name),
	):
		with pytest.raises(NotFound):
			file_of(user, doctype, name)
	with pytest.raises(NotSignedIn):
		file_of("Guest", "Appointment", own.name)


def _subscribe(open_page: Any, user: str) -> str:
	posted = open_page(user, method="POST", csrf_token="token", calendar="new")
	assert posted.status_code == 303
	found = ADDRESS.search(open_page(user).get_data(as_text=True))
	assert found
	return found[1]


def test_a_calendar_reads_an_address_without_a_session(site: Any, sarah: Customer, open_page: Any) -> None:
	appointment(site, sarah, ahead(site))
	meeting(site, [("Customer", sarah.name)])
	end_transaction()
	assert open_page(sarah.user).headers["Cache-Control"] == "no-store"
	path = _subscribe(open_page, sarah.user)
	answer = open_page("Guest", path)
	assert answer.status_code == 200
	assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
	assert len(Calendar.from_ical(answer.get_data()).walk("VEVENT")) == 2
	# ERPNext names an appointment by its customer
	assert "TEST" not in answer.get_data(as_text=True)
	assert answer.headers["Cache-Control"] == "private, no-cache"
	assert answer.headers["Referrer-Policy"] == "no-referrer"
	assert "noindex" in answer.headers["X-Robots-Tag"]
	again = open_page("Guest", path, known=answer.headers["ETag"])
	assert (again.status_code, again.get_data()) == (304, b"")
	assert open_page(sarah.user, method="POST", csrf_token="token", calendar="off").status_code == 303
	assert open_page("Guest", path).status_code == 404


def test_an_address_ends_with_its_readers_access(site: Any, sarah: Customer, open_page: Any) -> None:
	path = _subscribe(open_page, sarah.user)
	assert open_page("Guest", path).status_code == 200
	site.db.set_value("User", sarah.user, "enabled", 0)
	assert open_page("Guest", path).status_code == 404
	site.db.set_value("User", sarah.user, "enabled", 1)
	assert open_page("Guest", path).status_code == 200
	doc = site.get_doc("Customer", sarah.name)
	doc.portal_users = []
	doc.save()
	assert open_page("Guest", path).status_code == 404


def test_no_role_is_shown_the_secret(site: Any, sarah: Customer, staff: Any, open_page: Any) -> None:
	_subscribe(open_page, sarah.user)
	for role in ("Thread Manager", "System Manager"):
		staff(role)
		[row] = site.get_list("Thread Calendar", {"user": sarah.user}, ["name", "user", "token"])
		assert (row.user, row.get("token")) == (sarah.user, None)
		doc = site.get_doc("Thread Calendar", row.name)
		doc.apply_fieldlevel_read_permissions()
		assert not doc.get("token")
	staff("Thread Agent")
	assert not site.has_permission("Thread Calendar", "read")
	site.set_user("Administrator")


def test_the_schedule_offers_the_files(site: Any, sarah: Customer, open_page: Any) -> None:
	doc = appointment(site, sarah, ahead(site))
	end_transaction()
	name = quote(doc.name, safe="")
	link = f"api.portal.calendar_file?document=Appointment&amp;name={name}"
	for path in ("/schedule", f"/messages/appointments/{doc.name}"):
		page = open_page(sarah.user, path).get_data(as_text=True)
		assert link in page
	assert f'href="{PAGE}"' in open_page(sarah.user, "/schedule").get_data(as_text=True)


@pytest.mark.parametrize("kind", ["Appointment", "Event"])
def test_a_mail_about_its_card_carries_the_same_entry(
	site: Any, sarah: Customer, file_of: Any, kind: str
) -> None:
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.gateways.mail.message import build
	from customer_thread.service.reading.calendar_files import mail_calendar
	from customer_thread.store import threads

	made = (
		appointment(site, sarah, ahead(site))
		if kind == "Appointment"
		else meeting(site, [("Customer", sarah.name)])
	)
	end_transaction()
	thread = threads.require_of(site_ports().database, sarah.party)
	cards = site.get_all("Thread Entry", {"thread": thread["name"], "kind": "Event"}, pluck="name")
	assert cards
	files = mail_calendar(site_ports(), thread, cards)
	mail = OutboundMail("<a@b.example>", sarah.user, "M", "m@b.example", "", "S", "T", "", attachments=files)
	# as Frappe's queue keeps it
	queued = message_from_string(build(mail, datetime.now(timezone.utc)).as_string())
	[part] = [part for part in queued.walk() if part.get_content_type() == "text/calendar"]
	assert part.get_param("method") == "PUBLISH"
	data = part.get_payload(decode=True)
	assert isinstance(data, bytes)
	[event] = Calendar.from_ical(data).walk("VEVENT")
	assert event["uid"] == file_of(sarah.user, kind, made.name)["uid"]
