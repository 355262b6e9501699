"""What the system writes by itself on the embedded host, as its customers get it and its staff see it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import requests
from support.clocked_host import ClockedHost
from support.host import MOBILE, new_phone
from support.pages import page, sections
from support.people import Browser, Staff, message_of
from support.waiting import stays, wait_until

from customer_thread.domain.times import iso, to_us

pytestmark = pytest.mark.embedded
NEW_YORK = ZoneInfo("America/New_York")
ON = ("appointment-scheduled", "appointment-reminder", "appointment-rescheduled", "appointment-on-the-way")
SECTIONS = sections(page("http.md"))


class Week:
	"""A week of a business with one customer, which begins on a Monday at ten; none goes back behind the one before."""

	number = 0

	def __init__(self, host: ClockedHost) -> None:
		Week.number += 1
		self.host, self.staff, self.phone = host, host.staff, new_phone()
		self.monday = datetime(2027, 3, 1, 10, tzinfo=NEW_YORK) + timedelta(weeks=Week.number)
		self.go_to(0, 10)
		self.customer = host.add_customer("Sarah Lee", phone=self.phone)
		self.key = uuid4().hex

	def at(self, day: int, hour: int, minute: int = 0) -> datetime:
		"""Return a time on that day of the week, 0 for Monday."""
		return (self.monday + timedelta(days=day)).replace(hour=hour, minute=minute)

	def go_to(self, day: int, hour: int, minute: int = 0) -> None:
		"""Let it be that time."""
		self.host.set_clock(to_us(self.at(day, hour, minute)))

	def keep(self, day: int, hour: int, **given: object) -> Any:  # noqa: ANN401
		"""Keep an appointment of two hours at that time."""
		starts = self.at(day, hour)
		values = {
			"starts_at": starts.isoformat(),
			"ends_at": (starts + timedelta(hours=2)).isoformat(),
			**given,
		}
		return self.staff.do(
			"record_appointment",
			customer=self.customer,
			source_key=self.key,
			title="Deck inspection",
			**values,
		)

	def planned(self, **asked: object) -> list[dict[str, Any]]:
		"""Return what the system will write to the customer, wrote, or did not."""
		asked = asked or {"customer": self.customer}
		found: list[dict[str, Any]] = message_of(self.staff.get("scheduled", **asked))["messages"]
		return found

	def deliveries(self) -> list[dict[str, Any]]:
		"""Return how the customer's messages travelled, those of the newest entry last."""
		found: list[dict[str, Any]] = self.staff.thread(self.customer)["deliveries"]
		return [each for each in found if each["purpose"] == "Message"]

	def states(self) -> dict[str, str]:
		"""Return how each stands, by its automation."""
		return {each["automation"]: each["state"] for each in self.planned()}

	def gets(self, words: str) -> str:
		"""Return the one text with these words that has come to the customer's phone."""
		[text] = wait_until(lambda: self.host.texts_to(self.phone, words), what=f"{words}: {self.planned()}")
		return text.body

	def texts(self) -> list[str]:
		"""Return what has come to the customer's phone."""
		return [text.body for text in self.host.texts_to(self.phone)]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClockedHost]:
	"""Return a server whose clock is set, and which writes about appointments."""
	host = ClockedHost(tmp_path_factory.mktemp("automations") / "data")
	host.start()
	host.set_up()
	for name in ON:
		host.staff.do("switch_automation", automation=name, enabled=1)
	yield host
	host.close()


@pytest.fixture
def week(running: ClockedHost) -> Week:
	"""Return the next week."""
	return Week(running)


def test_an_appointment_has_its_messages_each_at_its_minute(week: Week) -> None:
	week.keep(3, 14)
	assert week.states() == {"appointment-scheduled": "Waiting", "appointment-reminder": "Waiting"}
	stays(lambda: week.texts() == [])

	week.go_to(0, 10, 3)
	assert week.gets("you're booked").startswith("Hi Sarah, you're booked with Mike's Contracting on Thu")
	week.go_to(2, 8, 58)
	stays(lambda: len(week.texts()) == 1)
	week.go_to(2, 9, 0)
	assert "at 2:00pm. Reply YES to confirm." in week.gets("a reminder")

	week.host.text(week.phone, "Yes!")
	wait_until(lambda: week.planned()[0]["confirmed_at"], what="confirmed")
	wait_until(lambda: week.host.texts_to(MOBILE, "Sarah Lee confirmed Thu"))
	entries = week.staff.thread(week.customer)["entries"]
	assert entries[-1]["card"]["title"].startswith("Appointment confirmed — Thu")
	sent = [entry for entry in entries if entry["author"] == "automated"]
	assert [entry["text"] for entry in sent] == week.texts()


def test_a_reminder_moves_along_with_its_appointment(week: Week) -> None:
	week.keep(2, 14)
	week.go_to(0, 10, 3)
	week.gets("you're booked")
	week.keep(4, 14)
	week.go_to(0, 10, 6)
	week.gets("your visit from Mike's Contracting has moved. It is now Fri")
	week.go_to(1, 9, 30)
	stays(lambda: not week.host.texts_to(week.phone, "a reminder"))
	week.go_to(3, 9, 1)
	assert "Fri" in week.gets("a reminder")


def test_what_is_called_off_is_reminded_of_no_more(week: Week) -> None:
	week.keep(2, 14)
	week.keep(2, 14, state="Cancelled")
	week.go_to(1, 9, 1)
	# the card of it has its own notice
	stays(lambda: [text for text in week.texts() if "Hi Sarah" in text] == [])
	assert set(week.states().values()) == {"Ended"}
	assert {each["line"] for each in week.planned()} == {
		"Appointment scheduled does not go",
		"Appointment reminder does not go",
	}


def test_a_worker_that_slept_through_the_visit_sends_nothing_late(week: Week) -> None:
	week.keep(2, 14)
	week.go_to(0, 10, 3)
	week.gets("you're booked")
	week.go_to(2, 14, 1)
	wait_until(lambda: week.states()["appointment-reminder"] == "Skipped")
	assert week.planned()[0]["reason"] == "skipped: too late for it"
	assert len(week.texts()) == 1


def test_stop_holds_for_what_is_due_and_has_not_left(week: Week) -> None:
	week.host.twilio.fail_next(500, 20500, holding="a reminder")
	week.keep(3, 14)
	week.go_to(0, 10, 3)
	week.gets("you're booked")
	week.go_to(2, 9, 0)
	wait_until(lambda: week.states()["appointment-reminder"] == "Sent")
	wait_until(lambda: week.deliveries()[-1]["attempts"] == 1, what="tried")

	# at our webhook alone, signed: Twilio would take the text
	week.host.text(week.phone, "STOP")
	week.go_to(2, 10, 0)
	wait_until(lambda: week.deliveries()[-1]["state"] == "Failed", what="failed")
	assert "replied STOP" in week.deliveries()[-1]["error"]
	assert len(week.texts()) == 1

	week.host.text(week.phone, "START")
	week.keep(4, 14)
	week.go_to(2, 10, 3)
	week.gets("has moved")


def test_it_says_what_it_will_do_and_why(week: Week) -> None:
	week.keep(3, 14)
	reminder = week.planned()[0]
	assert reminder["line"] == "Appointment reminder goes Wed 9:00am"
	assert reminder["reason"] == "waits for its time"
	assert week.planned(reference_doctype="Appointment", reference_name=week.key) == week.planned()
	assert all(f"`{key}`" in SECTIONS["GET desk.scheduled"] for key in reminder)
	first = message_of(week.staff.get("scheduled", customer=week.customer, limit=1))
	assert [each["id"] for each in first["messages"]] == [reminder["id"]]
	rest = message_of(week.staff.get("scheduled", customer=week.customer, limit=1, before=first["before"]))
	assert [each["automation"] for each in rest["messages"]] == ["appointment-scheduled"]
	assert rest["before"] is None
	assert "6:00am" in week.planned(customer=week.customer, timezone="America/Los_Angeles")[0]["line"]


def test_the_crew_is_on_its_way_once_also_at_night(week: Week) -> None:
	week.keep(1, 7)
	week.go_to(0, 10, 3)
	week.gets("you're booked")
	week.go_to(1, 6, 30)
	pressed = {"customer": week.customer, "minutes": 20, "client_id": str(uuid4())}
	[said] = week.staff.do("on_the_way", **pressed)["messages"]
	assert (said["title"], said["reference_name"]) == ("Crew on the way", week.key)
	assert "in about 20 minutes. Mike's Contracting" in week.gets("our crew is on the way")
	[again] = week.staff.do("on_the_way", **pressed)["messages"]
	assert (again["id"], again["state"]) == (said["id"], "Sent")
	stays(lambda: len(week.host.texts_to(week.phone, "on the way")) == 1)


@pytest.mark.parametrize("state", ["Cancelled", "Done"])
def test_nobody_is_on_the_way_to_what_is_done_or_called_off(week: Week, state: str) -> None:
	week.keep(1, 14)
	week.keep(1, 14, state=state)
	about = {"reference_doctype": "Appointment", "reference_name": week.key}
	answer = week.staff.post("on_the_way", **about, client_id=str(uuid4()))
	assert (answer.status_code, answer.json()["message"]) == (
		400,
		"This is not planned any more, so nobody is on the way to it.",
	)
	nobody = week.staff.post("on_the_way", **{**about, "reference_name": "else"}, client_id=str(uuid4()))
	assert nobody.status_code == 404
	assert week.staff.post("on_the_way", client_id=str(uuid4())).status_code == 400
	assert week.staff.post("on_the_way", customer=week.customer, client_id="me").status_code == 400


def test_what_is_switched_on_by_a_command_looks_at_what_is_there(week: Week) -> None:
	week.staff.do("switch_automation", automation="appointment-reminder", enabled=0)
	week.keep(3, 14)
	assert "appointment-reminder" not in week.states()
	ended = week.host.run("automations", "--on", "appointment-reminder")
	assert ended.status == 0, ended.err
	line = next(line for line in ended.out.splitlines() if line.startswith("appointment-reminder\t"))
	assert line.split("\t")[1:] == [
		"on",
		"Appointment reminder",
		"Appointment",
		"1 day before scheduled time, at 9:00am",
	]
	wait_until(lambda: week.states().get("appointment-reminder") == "Waiting")
	# what has happened by then is not told
	assert week.host.run("automations", "--off", "appointment-reminder").status == 0
	wait_until(lambda: week.states().get("appointment-reminder") == "Ended")
	assert week.host.run("automations", "--on", "appointment-reminder").status == 0
	wait_until(lambda: week.states().get("appointment-reminder") == "Waiting")


def test_a_command_switches_all_or_none(running: ClockedHost) -> None:
	ended = running.run("automations", "--on", "invoice-paid", "invoice-lost")
	assert (ended.status, ended.out) == (1, "")
	assert "There is no automation “invoice-lost”." in ended.err
	both = running.run("automations", "--on", "invoice-paid", "--off", "invoice-paid")
	assert both.status == 2
	found = {each["automation"]: each["enabled"] for each in message_of(running.staff.get("automations"))}
	assert not found["invoice-paid"]


def test_an_invoice_is_reminded_of_until_it_is_paid(week: Week) -> None:
	for name in ("invoice-due", "invoice-overdue"):
		week.staff.do("switch_automation", automation=name, enabled=1)
	about = {"customer": week.customer, "reference_doctype": "Sales Invoice", "reference_name": week.key}
	due = week.at(3, 0).date().isoformat()
	week.staff.do(
		"record_event",
		event_type="Invoice sent",
		title="Invoice #7 sent",
		amount=420,
		currency="USD",
		due_date=due,
		**about,
	)
	assert week.states() == {"invoice-due": "Waiting", "invoice-overdue": "Waiting"}
	week.go_to(2, 9, 0)
	week.gets("is due Thu")
	week.staff.do("record_event", event_type="Invoice paid", title="Invoice #7 paid", **about)
	assert week.states() == {"invoice-due": "Sent", "invoice-overdue": "Ended"}


def test_a_preview_says_what_would_be_written_and_writes_nothing(week: Week) -> None:
	week.keep(3, 14)
	found = week.staff.do("preview_automation", automation="appointment-reminder", document=week.key)
	assert found["text"].startswith("Hi Sarah, a reminder from Mike's Contracting: we'll see you Thu")
	assert (found["customer"], found["channel"], found["zone"]) == ("Sarah Lee", "SMS", "America/New_York")
	assert found["at"].startswith(week.at(2, 9).astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:00:"))
	assert found["when"] == f"{week.at(2, 9):%a} 9:00am"
	facts = {"text", "segments", "customer", "channel", "way", "at", "when", "zone", "reason", "broken"}
	assert set(found) == facts
	assert all(f"`{key}`" in SECTIONS["POST desk.preview_automation"] for key in found)
	for given in ({"automation": "none", "document": week.key}, {"document": "none"}):
		asked = {"automation": "appointment-reminder", **given}
		assert week.staff.post("preview_automation", **asked).status_code == 404
	by_hand = week.staff.do("preview_automation", automation="appointment-on-the-way", document=week.key)
	assert (by_hand["at"], by_hand["reason"]) == ("", "goes when somebody presses the button")
	stays(lambda: week.texts() == [])


def test_a_preview_says_when_it_really_goes(week: Week) -> None:
	week.keep(3, 14)
	week.go_to(3, 23)
	week.keep(3, 14, state="Done")
	asked = {"automation": "appointment-finished", "document": week.key}
	found = week.staff.do("preview_automation", **asked)
	assert found["when"] == f"{week.at(4, 8):%a} 8:00am, after quiet hours"
	assert found["reason"] == "held: quiet hours until 8:00am in New York"
	shown = week.host.run("automations", "--preview", *asked.values()).out
	assert f"text\t{found['text']}\n" in shown
	assert f"goes\t{found['when']} (America/New_York)\n" in shown
	none = week.host.run("automations", "--preview", "appointment-finished", "none")
	assert (none.status, none.out) == (1, "")
	assert "There is no Appointment “none”." in none.err


def test_what_her_night_holds_leaves_once_the_office_or_she_has_other_hours(week: Week) -> None:
	week.go_to(0, 22)
	week.keep(3, 14)
	week.go_to(0, 22, 3)
	held = wait_until(lambda: [each for each in week.planned() if "quiet hours" in each["reason"]])
	assert [each["due_at"] for each in held] == [iso(to_us(week.at(1, 8)))]
	week.host.set(quiet_end="23:00")
	wait_until(lambda: "until 11:00pm" in week.planned()[-1]["reason"], what=f"{week.planned()}")
	assert week.texts() == []
	week.host.set(quiet_end="08:00")
	wait_until(lambda: "until 8:00am" in week.planned()[-1]["reason"], what=f"{week.planned()}")
	sarah = week.host.sign_in(week.customer)
	message_of(sarah.post("save_preferences", quiet=False))
	week.gets("you're booked")


def test_called_off_in_a_long_night_before_it_would_end_she_is_told(week: Week) -> None:
	week.keep(3, 8)
	week.go_to(0, 10, 3)
	week.gets("you're booked")
	sarah = week.host.sign_in(week.customer)
	message_of(sarah.post("save_preferences", quiet=True, quiet_start="18:00", quiet_end="09:00"))
	week.go_to(2, 18, 30)
	week.keep(3, 8, state="Cancelled")
	# no message is switched on that says so, so that its card does
	assert "Appointment cancelled" in week.gets("cancelled")


def test_its_schedule_and_its_page_show_it_to_its_customer_alone(week: Week) -> None:
	card = week.keep(3, 14)["card"]
	assert card["url"] == f"/messages/appointments/{week.key}"
	sarah = week.host.sign_in(week.customer)
	day = f"{week.at(3, 14):%a %b} {week.at(3, 14).day}"
	shown = sarah.open("/schedule").text
	assert f'href="{card["url"]}"' in shown
	for text in (shown, sarah.open(card["url"]).text):
		assert day in text
		assert "2:00pm – 4:00pm" in text
		assert "Scheduled" in text
	charlie = week.host.sign_in(week.host.add_customer("Charlie Day"))
	assert charlie.open(card["url"]).status_code == 404
	assert "Nothing is planned yet" in charlie.open("/schedule").text
	nobody = requests.get(week.host.url + card["url"], timeout=20, allow_redirects=False)
	assert nobody.status_code == 303

	other = charlie.customer
	week.staff.do(
		"record_appointment",
		customer=other,
		source_key=week.key,
		title="Deck",
		starts_at=week.at(3, 14).isoformat(),
	)
	assert sarah.open(card["url"]).status_code == 404
	assert card["url"] not in sarah.open("/messages").text
	assert charlie.open(card["url"]).status_code == 200


def test_staff_alone_may_ask(running: ClockedHost, week: Week) -> None:
	sarah: Browser = running.sign_in(week.customer)
	for method, call in (
		("GET", "automations"),
		("GET", "scheduled"),
		("POST", "switch_automation"),
		("POST", "preview_automation"),
		("POST", "on_the_way"),
	):
		url = f"{running.url}/api/method/customer_thread.api.desk.{call}"
		assert requests.request(method, url, timeout=20).status_code == 401
		headers = {"X-Frappe-CSRF-Token": sarah.csrf}
		assert sarah.http.request(method, url, headers=headers, timeout=20).status_code == 403


def test_it_lists_them_with_the_keys_of_its_page(running: ClockedHost) -> None:
	staff: Staff = running.staff
	found = message_of(staff.get("automations"))
	assert {each["automation"] for each in found if each["enabled"]} >= set(ON)
	assert all(f"`{key}`" in SECTIONS["GET desk.automations"] for each in found for key in each)
	assert all(f"`{key}`" in SECTIONS["GET desk.automations"] for key in found[0]["messages"])
	by_name = {each["automation"]: each for each in found}
	assert by_name["appointment-scheduled"]["moment"] == "after “Appointment scheduled”"
	assert by_name["appointment-follow-up"]["moment"] == "1 day after “Visit done”, at 10:00am"
	assert by_name["invoice-overdue"]["moment"] == "7 days after due date, at 9:00am"
	assert by_name["appointment-on-the-way"]["moment"] == "when somebody presses its button"
	assert staff.post("switch_automation", automation="none", enabled=1).status_code == 404
	assert staff.post("switch_automation", automation="invoice-paid").status_code == 400
