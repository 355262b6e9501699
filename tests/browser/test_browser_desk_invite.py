"""Inviting from the Desk, on a page that has of Frappe what it needs."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from support.waiting import wait_until

import customer_thread

DESK = Path(customer_thread.__file__).parent / "desk"
FRAPPE = """
window.asked = [];
window.answers = [];
window.frappe = {
	provide(name) { window[name] = window[name] || {}; },
	listview_settings: { Customer: { add_fields: ["image"], onload() { window.erpnext_loaded = true; } } },
	model: { can_read: () => window.may_read },
	utils: { escape_html: (text) => text.replace(/</g, "&lt;"), copy_to_clipboard: (text) => { window.copied = text; } },
	confirm: (words, act) => { window.confirmed = words; act(); },
	show_alert: (given) => { window.shown = given.message; },
	call(given) {
		window.asked.push(given);
		const answer = window.answers.shift();
		return answer ? Promise.resolve({ message: answer }) : Promise.reject(new Error("no"));
	},
	ui: { Dialog: class {
		constructor(options) {
			Object.assign(this, options, { display: false });
			const place = document.body.appendChild(document.createElement("div"));
			this.fields_dict = { outcome: { $wrapper: [place] }, links: { $wrapper: [place] } };
			this.enabled = true;
			window.dialog = this;
		}
		show() { this.display = true; }
		hide() { this.display = false; }
		disable_primary_action() { this.enabled = false; }
		enable_primary_action() { this.enabled = true; }
		set_primary_action(label, act) { this.primary_action_label = label; this.primary_action = act; }
	} },
};
window.__ = (text, given = []) => text.replace(/{(\\d+)}/g, (_all, number) => given[number]);
"""


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Page]:
	"""Return a page with the list of Customers' script and the dialog's."""
	context = chromium.new_context()
	page = context.new_page()
	page.set_content("<!doctype html><title>Desk</title><body>")
	for script in (
		FRAPPE,
		*((DESK / f"{name}.js").read_text("utf-8") for name in ("invite", "office_link", "customer_list")),
	):
		page.add_script_tag(content=script)
	yield page
	context.close()


def _one(customer: str, channel: str | None = "SMS", **more: str) -> dict[str, Any]:
	view = {"customer": customer, "title": f"<i>{customer}</i>", "channel": channel, "delivery": None}
	return {**view, "address": "+12025550142" if channel else None, "reason": "texts come first", **more}


def _invite(page: Page, customers: list[str], answers: list[list[dict[str, Any]]]) -> None:
	page.evaluate("answers => { window.answers = answers; }", answers)
	page.evaluate("customers => customer_thread.invite(customers, () => { window.done = true; })", customers)
	page.evaluate("dialog.primary_action({ channel: 'auto' }).catch(() => {})")
	wait_until(lambda: page.evaluate("window.done"))


def _lines(page: Page) -> list[str]:
	return [line.replace("\n", ": ") for line in page.locator("li").all_inner_texts()]


def test_it_says_of_each_how_they_are_reached_or_why_not(desk: Page) -> None:
	answer = [
		_one("A"),
		_one("B", "Email", reason="asked for"),
		_one("C", None, reason="Not reached: <b>no</b>"),
	]
	_invite(desk, ["A", "B", "C"], [answer])

	assert _lines(desk) == [
		"<i>A</i>: Text to +12025550142 · texts come first",
		"<i>B</i>: E-mail to +12025550142 · asked for",
		"<i>C</i>: Not reached: <b>no</b>",
	]
	assert desk.locator(".green").count() == 2
	assert desk.locator(".red").count() == 1
	[asked] = desk.evaluate("window.asked")
	assert asked["method"] == "customer_thread.api.desk.invite"
	assert json.loads(asked["args"]["customers"]) == ["A", "B", "C"]
	assert asked["args"]["channel"] == "auto"
	assert desk.evaluate("[dialog.primary_action_label, dialog.enabled]") == ["Done", True]
	desk.evaluate("dialog.primary_action()")
	assert desk.evaluate("dialog.display") is False


def test_it_asks_for_many_in_turn(desk: Page) -> None:
	many = [f"C{number}" for number in range(45)]
	_invite(desk, many, [[_one(name) for name in many[at : at + 20]] for at in (0, 20, 40)])

	asked = [json.loads(call["args"]["customers"]) for call in desk.evaluate("window.asked")]
	assert [len(part) for part in asked] == [20, 20, 5]
	assert [name for part in asked for name in part] == many
	assert len(_lines(desk)) == 45


def test_whoever_closes_the_dialog_invites_no_more(desk: Page) -> None:
	many = [f"C{number}" for number in range(45)]
	desk.evaluate(
		"() => { const call = frappe.call; frappe.call = (given) => { dialog.hide(); return call(given); }; }"
	)
	_invite(desk, many, [[_one(name) for name in many[:20]]])
	assert len(desk.evaluate("window.asked")) == 1


def test_it_can_be_tried_again_after_an_error(desk: Page) -> None:
	_invite(desk, ["A"], [])
	assert desk.evaluate("[dialog.primary_action_label, dialog.enabled]") == ["Invite", True]
	assert _lines(desk) == []


@pytest.mark.parametrize("may", [True, False])
def test_it_is_an_action_of_the_list_beside_erpnexts_own(desk: Page, may: bool) -> None:
	desk.evaluate(
		"""may => {
			window.may_read = may;
			window.items = [];
			const page = { add_actions_menu_item: (label, act) => window.items.push([label, act]) };
			window.list = { page, get_checked_items: () => ["A", "B"], clear_checked_items() { window.cleared = true; } };
			frappe.listview_settings.Customer.onload(window.list);
		}""",
		may,
	)
	assert desk.evaluate("window.erpnext_loaded") is True
	assert desk.evaluate("frappe.listview_settings.Customer.add_fields") == ["image"]
	assert desk.evaluate("window.items.map(([label]) => label)") == (["Invite to Messages"] if may else [])
	if may:
		desk.evaluate("window.items[0][1]()")
		assert desk.evaluate("dialog.title") == "Invite 2 customers to Messages"


def _buttons(page: Page) -> None:
	page.evaluate(
		"""() => {
			window.buttons = {};
			const add_custom_button = (label, act, group) => { window.buttons[`${group}: ${label}`] = act; };
			const form = { docname: "C1", doc: { customer_name: "Tom <b>" }, add_custom_button };
			customer_thread.add_link_buttons(form, () => { window.done = true; });
		}"""
	)


def test_it_copies_a_link(desk: Page) -> None:
	_buttons(desk)
	desk.evaluate("window.answers = [{ link: 'https://portal.example.com/messages/in#x' }]")
	desk.evaluate("window.buttons['Sign-in links: Copy a link']()")
	wait_until(lambda: desk.evaluate("window.done"))
	assert desk.evaluate("window.copied") == "https://portal.example.com/messages/in#x"
	[asked] = desk.evaluate("window.asked")
	assert (asked["method"], asked["args"]) == ("customer_thread.api.desk.sign_in_link", {"customer": "C1"})


@pytest.mark.parametrize(("count", "said"), [(1, "1 link was revoked"), (3, "3 links were revoked")])
def test_it_revokes_all_links_once_that_is_confirmed(desk: Page, count: int, said: str) -> None:
	_buttons(desk)
	desk.evaluate("count => { window.answers = [{ revoked: count }]; }", count)
	desk.evaluate("window.buttons['Sign-in links: Revoke all']()")
	wait_until(lambda: desk.evaluate("window.shown"))
	assert desk.evaluate("[window.confirmed, window.shown]") == [
		"No link that was sent to Tom &lt;b> will open anything. Go on?",
		said,
	]


def test_whoever_has_a_phone_alone_is_known_by_it(desk: Page) -> None:
	_buttons(desk)
	times = {"created_at": "2026-07-01T08:00:00Z", "expires_at": "2026-07-08T08:00:00Z", "made_by": None}
	used = {"first_used_at": None, "last_used_at": None}
	link = {"purpose": "Invitation", "state": "Open", "address": "+12025550142", **times, **used}
	views = [{**link, "user": "c35df0@no-address.invalid"}, {**link, "user": "sarah@example.com"}]
	desk.evaluate("views => { window.customer_thread.at = () => ''; window.answers = [views]; }", views)
	desk.evaluate("window.buttons['Sign-in links: Who used which']()")
	wait_until(lambda: desk.evaluate("document.querySelectorAll('li strong').length") == 2)
	assert desk.evaluate("[...document.querySelectorAll('li strong')].map((line) => line.textContent)") == [
		"Open · Invitation · +12025550142",
		"Open · Invitation · sarah@example.com · +12025550142",
	]
