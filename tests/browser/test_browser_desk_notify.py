"""What comes into the bell is shown by the browser while the inbox is out of sight."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from support.host import EmbeddedHost
from support.inbox_page import InboxPage
from support.waiting import wait_until

#: a browser that says what it was asked to show, and a page that is in sight or not; the bell's lines as Frappe gives them
OF_THE_BROWSER = """
window.notices = [];
window.bell = [];
window.is_hidden = false;
Object.defineProperty(document, "hidden", { get: () => window.is_hidden });
window.Notification = class {
	static permission = "default";
	static async requestPermission() { return (this.permission = "granted"); }
	constructor(title, options) { Object.assign(this, { title, ...options }); notices.push(this); }
	close() { this.is_closed = true; }
};
"""
ASK_BELL = """() => {
	frappe.db.get_list = async (doctype, { filters, limit }) => bell.filter((line) =>
		doctype === "Notification Log" && Object.entries(filters).every(([field, value]) => line[field] === value)).slice(0, limit);
}"""


@pytest.fixture
def inbox(chromium: Browser, host: EmbeddedHost) -> Iterator[InboxPage]:
	context = chromium.new_context()
	context.add_init_script(OF_THE_BROWSER)
	made = InboxPage(context, host.staff)
	yield made
	assert made.faults == []
	context.close()


def test_the_browser_shows_what_comes_while_the_page_is_out_of_sight(
	inbox: InboxPage, host: EmbeddedHost, customer: str
) -> None:
	thread = host.staff.do("open", customer=customer)["thread"]
	line = {
		"name": "n1",
		"creation": "2025-05-15 14:15:00",
		"for_user": "mike@mikes.example",
		"read": 0,
		"document_type": "Customer Thread",
		"document_name": thread,
		"subject": "<b>Sarah Lee</b> wrote: 3 &lt; 4",
	}
	page = inbox.open()
	page.evaluate(ASK_BELL)
	page.evaluate("line => bell.push(line)", line)
	wait_until(lambda: page.evaluate("Object.keys(menu)") == ["Notify me on this computer"])
	page.evaluate("is_hidden = true")
	inbox.hear("notification")
	# not before somebody wants it
	page.evaluate("menu['Notify me on this computer']()")
	wait_until(lambda: page.evaluate("Object.keys(menu)") == [])
	assert page.evaluate("notices.length") == 0

	page.evaluate("is_hidden = false")
	inbox.hear("notification")
	page.evaluate("is_hidden = true")
	assert page.evaluate("notices.length") == 0
	inbox.hear("notification")
	page.wait_for_function("notices.length === 1")
	assert page.evaluate("notices[0].title") == "Customer Threads"
	assert page.evaluate("notices[0].body") == "Sarah Lee wrote: 3 < 4"
	# the bell says that it was read, somewhere: the same is not shown again
	inbox.hear("notification")
	page.evaluate("line => bell.splice(0, 1, line)", {**line, "creation": "2025-05-15 14:16:00"})
	inbox.hear("notification")
	page.wait_for_function("notices.length === 2")

	page.evaluate("is_hidden = false")
	page.evaluate("notices[1].onclick()")
	expect(page.locator(".ct-inbox-title h3")).to_have_text("Sarah Lee")
	assert page.url.endswith(f"/app/thread-inbox/all/{thread}")
	assert page.evaluate("notices[1].is_closed")
