"""What the system writes, in the Desk: on forms of documents, “On my way”, lists and previews. Words are never HTML."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route
from support.desk_files import serve_desk_file
from support.desk_page import FRAME, script
from support.waiting import wait_until

EVIL = "<img src=x onerror='window.ran = true'>"
OURS = "customer_thread/doctype"
ABOUT = {"reference_doctype": "Appointment", "reference_name": "A1"}
Open = Callable[..., Page]


def _serve(route: Route) -> None:
	if not serve_desk_file(route):
		route.fulfill(content_type="text/html", body="<!doctype html><title>Desk</title><body>")


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Open]:
	"""Return a function that opens a page of the Desk with some of our scripts; nothing may run of what it shows."""
	context = chromium.new_context()
	context.route("**/*", _serve)

	def make(*names: str) -> Page:
		page = context.new_page()
		page.goto("https://desk.example/app")
		for content in (FRAME, *(script(name) for name in names)):
			page.add_script_tag(content=content)
		return page

	yield make
	for page in context.pages:
		assert not page.evaluate("window.ran"), "what somebody wrote was run"
	context.close()


def _message(
	state: str, reason: str = "sent when it was due", title: str = "Crew on the way"
) -> dict[str, Any]:
	line = f"{title} goes today 9:00am" if state in ("Waiting", "Sent") else f"{title} does not go"
	return {"id": f"m-{state}", "title": title, "line": line, "state": state, "reason": reason}


def _answer(page: Page, *states: list[dict[str, Any]]) -> None:
	page.evaluate(
		"answers => { window.answers = answers; }", [{"messages": one, "before": None} for one in states]
	)


def _asked(page: Page) -> list[Any]:
	found: list[Any] = page.evaluate("asked")
	return found


def _press(page: Page, *outcomes: list[dict[str, Any]]) -> dict[str, Any]:
	"""Press “On my way” and return what is said at last."""
	_answer(page, *outcomes)
	page.evaluate(
		"""async (about) => {
			window.frm = form("Appointment", { name: "A1" });
			customer_thread.show_on_the_way(frm, about);
			await frm.buttons["On my way"]();
			prompted.act({ minutes: 20 });
		}""",
		ABOUT,
	)
	wait_until(lambda: page.evaluate("shown.length"))
	[said] = page.evaluate("shown")
	return {"message": said["message"], "indicator": said["indicator"]}


SETTING_OUT = ("desk/elements.js", "desk/new_id.js", "desk/on_the_way.js")


def test_it_says_that_the_customer_is_told_once_that_is_so(desk: Open) -> None:
	page = desk(*SETTING_OUT)
	said = _press(page, [_message("Waiting")], [_message("Waiting")], [_message("Sent")])
	assert said == {"message": "The customer is told.", "indicator": "green"}
	calls = [call["args"] for call in _asked(page)]
	assert len(calls) == 3
	assert calls[0] == calls[1] == calls[2], "the same id: it is one message"
	assert calls[0]["minutes"] == 20


def test_it_says_why_the_customer_is_not_told(desk: Open) -> None:
	page = desk(*SETTING_OUT)
	said = _press(page, [_message("Waiting")], [_message("Skipped", f"skipped: nobody is reached ({EVIL})")])
	assert said["indicator"] == "orange"
	assert said["message"].startswith("Crew on the way · skipped: nobody is reached (&lt;img")


def test_it_does_not_say_that_the_customer_is_told_as_long_as_nobody_knows(desk: Open) -> None:
	page = desk(*SETTING_OUT)
	page.clock.install()
	_answer(page, [_message("Waiting")])
	page.evaluate(
		"""async (about) => {
			window.frm = form("Appointment", { name: "A1" });
			customer_thread.show_on_the_way(frm, about);
			await frm.buttons["On my way"]();
			prompted.act({});
		}""",
		ABOUT,
	)
	for _second in range(15):
		page.clock.run_for(1000)
	assert page.evaluate("shown")[0]["message"] == "It is sent in a moment."


def test_on_a_phone_the_button_stands_above_the_form_as_long_as_it_makes_sense(desk: Open) -> None:
	page = desk(*SETTING_OUT)
	page.evaluate("window.frm = form('Appointment', { name: 'A1' })")
	for _refresh in range(2):
		page.evaluate("about => customer_thread.show_on_the_way(frm, about)", ABOUT)
	page.get_by_role("button", name="On my way").click()
	page.wait_for_function("window.prompted && prompted.title === 'On my way'")
	page.evaluate("customer_thread.show_on_the_way(frm, false)")
	assert page.get_by_role("button", name="On my way").count() == 0


SHOWN = ("desk/party.js", "desk/scheduled_color.js", "desk/scheduled.js")


def test_a_form_says_what_goes_and_why_what_does_not(desk: Open) -> None:
	page = desk(*SHOWN, "desk/quotation.js")
	skipped = _message("Skipped", f"skipped: {EVIL}", title=EVIL)
	_answer(page, [_message("Waiting", title=EVIL), skipped])
	page.evaluate("window.frm = form('Quotation', { name: 'Q1' }); forms.Quotation.refresh(frm)")
	wait_until(lambda: page.locator(".ct-scheduled a").count() == 3)
	assert page.locator(".ct-scheduled a").all_inner_texts() == [
		f"{EVIL} goes today 9:00am",
		f"{EVIL} · skipped: {EVIL}",
		"See why and when",
	]
	# as Frappe shows the document's own times
	assert _asked(page)[0]["args"]["timezone"] == "America/New_York"


def test_a_form_shows_nothing_of_the_document_before(desk: Open) -> None:
	page = desk(*SETTING_OUT, *SHOWN, "desk/appointment.js")
	page.evaluate("window.frm = form('Appointment', { name: 'A1', status: 'Open', party: 'C1' })")
	_answer(page, [_message("Waiting")])
	page.evaluate("forms.Appointment.refresh(frm)")
	assert page.locator(".ct-scheduled, .ct-on-the-way").count() == 2
	page.evaluate("Object.assign(frm, { doc: { status: 'Open' }, docname: 'new-1', is_new: () => true })")
	page.evaluate("forms.Appointment.refresh(frm)")
	assert page.locator(".ct-scheduled, .ct-on-the-way").count() == 0
	assert len(_asked(page)) == 1


def test_a_form_says_that_the_customer_has_confirmed(desk: Open) -> None:
	page = desk(*SETTING_OUT, *SHOWN, "desk/event.js")
	_answer(page, [])
	page.evaluate(
		"window.frm = form('Event', { name: 'E1', status: 'Open', customer_confirmed_at: '2026-05-13' })"
	)
	page.evaluate("forms.Event.refresh(frm)")
	assert page.locator(".ct-scheduled").inner_text().strip() == "Confirmed by the customer"


@pytest.mark.parametrize(
	("doctype", "more", "is_shown"),
	[
		("Event", {}, False),
		("Event", {"event_participants": [{"reference_doctype": "Employee"}]}, False),
		("Event", {"event_participants": [{"reference_doctype": "Contact"}]}, True),
		("Appointment", {"party": ""}, False),
		("Appointment", {"party": "C1"}, True),
		("Appointment", {"party": "C1", "status": "Closed"}, False),
	],
)
def test_nobody_sets_out_to_what_has_no_customer(
	desk: Open, doctype: str, more: dict[str, Any], is_shown: bool
) -> None:
	page = desk(*SETTING_OUT, *SHOWN, f"desk/{doctype.lower()}.js")
	_answer(page, [])
	page.evaluate(
		"""([doctype, doc]) => {
			window.frm = form(doctype, doc);
			return forms[doctype].refresh(frm);
		}""",
		[doctype, {"name": "E1", "status": "Open", **more}],
	)
	assert page.evaluate("Object.keys(frm.buttons)") == (["On my way"] if is_shown else [])


def test_a_customers_form_keeps_its_buttons_in_one_line(desk: Open) -> None:
	page = desk(
		*(
			f"desk/{name}.js"
			for name in ("party", "preview", "invite", "times", "office_link", "leaving", "customer")
		)
	)
	page.evaluate(
		"window.frm = form('Customer', { name: 'C1', customer_name: 'Sarah' }); forms.Customer.refresh(frm)"
	)
	outside = [label for label in page.evaluate("Object.keys(frm.buttons)") if ": " not in label]
	assert outside == ["Messages", "Invite to Messages"]
	assert page.evaluate("'View: Scheduled messages' in frm.buttons")


def test_a_thread_asks_once_which_way_it_goes(desk: Open) -> None:
	page = desk(f"{OURS}/customer_thread/customer_thread.js")
	page.evaluate(
		"""() => {
			window.ways = 0;
			customer_thread.ReplyBox = class {
				constructor() { this.element = document.createElement("div"); this.ask_way(); }
				ask_way() { window.ways++; }
			};
			const empty = { entries: [], deliveries: [], senders: [], writers: [], documents: [], notes: [], preferences: [] };
			window.answers = [{ ...empty, thread: { unread: 0 } }];
			window.frm = form("Customer Thread", { name: "t1", title: "Sarah", party_type: "Customer", party: "C1" }, ["conversation"]);
			forms["Customer Thread"].refresh(frm);
		}"""
	)
	assert page.evaluate("ways") == 1
	page.evaluate("forms['Customer Thread'].refresh(frm)")
	assert page.evaluate("ways") == 2
	assert page.get_by_role("button", name="On my way").count() == 1


@pytest.mark.parametrize(
	("docstatus", "completion", "is_shown"),
	[(0, "Partially Completed", False), (1, "Partially Completed", True), (1, "Fully Completed", False)],
)
def test_nobody_sets_out_to_a_visit_that_is_done(
	desk: Open, docstatus: int, completion: str, is_shown: bool
) -> None:
	page = desk(*SETTING_OUT, *SHOWN, "desk/maintenance_visit.js")
	_answer(page, [])
	visit = {"name": "V1", "docstatus": docstatus, "completion_status": completion}
	page.evaluate(
		"doc => { window.frm = form('Maintenance Visit', doc); return forms['Maintenance Visit'].refresh(frm); }",
		visit,
	)
	assert page.evaluate("Object.keys(frm.buttons)") == (["On my way"] if is_shown else [])


AUTOMATION = {"name": "a1", "title": EVIL, "document_type": "Appointment", "enabled": 1, "text": f"Hi {EVIL}"}


def _list(page: Page, doctype: str, rows: list[dict[str, Any]]) -> None:
	page.evaluate(
		"""([doctype, data]) => {
			const $result = $(`<div>${"<div class='list-row-container'><div class='list-row'></div></div>".repeat(data.length)}</div>`);
			document.body.append($result[0]);
			window.list = { data, $result, refresh() { window.refreshed = true; } };
			const settings = frappe.listview_settings[doctype];
			if (settings.onload) settings.onload(list);
			settings.refresh(list);
		}""",
		[doctype, rows],
	)


def test_the_list_has_a_switch_the_words_and_a_preview(desk: Open) -> None:
	page = desk(f"{OURS}/thread_automation/thread_automation_list.js")
	page.evaluate("one => { window.documents = { a1: one }; }", AUTOMATION)
	_list(page, "Thread Automation", [AUTOMATION])
	assert page.locator(".ct-words").inner_text().split("\n")[0].strip() == "Enabled"
	assert f"Hi {EVIL}" in page.locator(".ct-words").inner_text()
	page.get_by_label("Switch off").uncheck()
	wait_until(lambda: page.evaluate("window.refreshed"))
	assert _asked(page) == [["Thread Automation", "a1", "enabled", 0]]
	page.get_by_role("button", name="Preview").click()
	wait_until(lambda: page.locator(".modal-title").inner_text() == EVIL)


def test_who_may_not_switch_may_not_try_either(desk: Open) -> None:
	page = desk(
		f"{OURS}/thread_automation/thread_automation_list.js",
		f"{OURS}/thread_automation/thread_automation.js",
	)
	page.evaluate("window.may_write = false")
	_list(page, "Thread Automation", [AUTOMATION])
	assert page.get_by_label("Switch off").is_disabled()
	assert page.get_by_role("button", name="Preview").count() == 0


@pytest.mark.parametrize("may_write", [True, False])
def test_the_form_tries_it_for_those_who_configure(desk: Open, may_write: bool) -> None:
	page = desk(f"{OURS}/thread_automation/thread_automation.js")
	page.evaluate(
		"may_write => { window.may_write = may_write; customer_thread.suggest_fields = () => {}; }", may_write
	)
	page.evaluate(
		"""doc => {
			window.frm = form("Thread Automation", doc, ["preview"]);
			forms["Thread Automation"].refresh(frm);
		}""",
		AUTOMATION,
	)
	assert page.evaluate("frm.hidden.preview_section") is not may_write
	assert page.get_by_role("button", name="Try it").count() == int(may_write)


@pytest.mark.parametrize(
	("moment", "more", "said", "color"),
	[
		("Date Field", {"at": "2099-05-13T13:00:00Z"}, "Goes May 13, 2099, 9:00 AM", "success"),
		(
			"Date Field",
			{"at": "2099-05-13T13:00:00Z", "zone": "America/Chicago"},
			"Goes May 13, 2099, 9:00 AM (May 13, 2099, 8:00 AM in America/Chicago)",
			"success",
		),
		(
			"Date Field",
			{"at": "2099-05-13T12:00:00Z", "when": "Wed 8:00am, after quiet hours"},
			"Goes May 13, 2099, 8:00 AM\nFor the customer: Wed 8:00am, after quiet hours",
			"success",
		),
		("After Event", {"at": "2020-05-13T13:00:00Z"}, "Would have gone May 13, 2020, 9:00 AM", "success"),
		(
			"By Hand",
			{"reason": "goes when somebody presses the button"},
			"Goes when somebody presses the button",
			"success",
		),
		(
			"Date Field",
			{"reason": "ended: the document is cancelled"},
			"Ended: the document is cancelled",
			"warning",
		),
	],
)
def test_a_preview_says_when_or_why_not(
	desk: Open, moment: str, more: dict[str, str], said: str, color: str
) -> None:
	page = desk("desk/times.js", "desk/automation_preview.js")
	shown = {
		"text": f"Hi {EVIL}",
		"segments": 1,
		"customer": EVIL,
		"channel": "SMS",
		"way": "texts come first",
	}
	when = {"at": "", "zone": "America/New_York", "reason": "waits for its time", "broken": False}
	page.evaluate("answer => { window.answers = [answer]; }", {**shown, **when, **more})
	page.evaluate(
		"""automation => {
			frappe.db.get_list = async () => [{ reference_name: "A1" }];
			customer_thread.preview_automation(place(), () => automation);
		}""",
		{"document_type": "Appointment", "moment": moment},
	)
	wait_until(lambda: page.locator(".alert div").count())
	assert page.locator(".alert div").all_inner_texts() == [
		f"Hi {EVIL}",
		f"To {EVIL}",
		"By text: texts come first",
		"1 segment as a text",
		*said.split("\n"),
	]
	assert page.locator(f".alert-{color}").count() == 1


def test_scheduled_messages_are_listed_without_asking_for_each(desk: Open) -> None:
	page = desk(f"{OURS}/thread_scheduled_message/thread_scheduled_message_list.js")
	row = {
		"thread": "t1",
		"thread_title": EVIL,
		"reference_name": "A1",
		"due_us": 1589374800_000000,
		"reason": "sent",
	}
	_list(page, "Thread Scheduled Message", [row, {**row, "thread_title": "", "due_us": 0}])
	assert page.locator(".ct-about").all_inner_texts() == [
		f"{EVIL} · A1 · May 13, 2020, 9:00 AM · sent",
		"t1 · A1 · sent",
	]
	assert _asked(page) == []


def test_a_scheduled_message_has_its_automations_title_and_times_to_read(desk: Open) -> None:
	page = desk(f"{OURS}/thread_scheduled_message/thread_scheduled_message.js")
	times = ["due_us", "planned_us", "valid_until_us", "first_us", "about_us", "confirmed_us", "creation_us"]
	doc = {"name": "m1", "automation": "a1", "state": "Waiting", "first_us": 1589374800_000000, "entry": "0"}
	page.evaluate("title => { window.titles = { a1: title }; }", EVIL)
	page.evaluate(
		"""([doc, fields]) => {
			window.frm = form("Thread Scheduled Message", doc, fields);
			forms["Thread Scheduled Message"].refresh(frm);
		}""",
		[doc, [*times, "entry", "minutes"]],
	)
	assert page.evaluate("frm.page.title").startswith("&lt;img")
	assert page.evaluate("frm.fields_dict.first_us.df.formatter(frm.doc.first_us)") == "May 13, 2020, 9:00 AM"
	hidden = json.loads(page.evaluate("JSON.stringify(frm.hidden)"))
	assert {name for name, is_hidden in hidden.items() if not is_hidden} == {"first_us"}
