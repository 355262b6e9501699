"""A customer's thread beside a form, before a real host: at the document's cards, with the reply box, by keyboard, on a phone."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from support.host import EmbeddedHost, new_phone
from support.inbox_page import FormPage
from support.people import Staff

PHONE = {"width": 375, "height": 740}


@pytest.fixture
def invoice() -> str:
	return f"ACC-SINV-{uuid4().hex[:8]}"


@pytest.fixture
def form(chromium: Browser, host: EmbeddedHost, invoice: str) -> Iterator[FormPage]:
	"""Return the form of an invoice whose card has much after it in her thread."""
	customer = host.add_customer("Sarah Lee", phone=new_phone())
	host.staff.do(
		"record_event",
		customer=customer,
		event_type="invoice_sent",
		title="Invoice #2041 sent",
		at="2025-05-14T14:15:00Z",
		reference_doctype="Sales Invoice",
		reference_name=invoice,
	)
	host.fill(customer, 60, 1_750_000_000_000_000, 60_000_000)
	context = chromium.new_context(viewport={"width": 1280, "height": 800})
	doc = {"name": invoice, "customer": customer}
	yield _form(FormPage(context, host.staff, "Sales Invoice", doc))
	context.close()


def _form(made: FormPage) -> FormPage:
	made.show()
	return made


def test_it_opens_at_the_documents_card_and_one_answers_there(form: FormPage, staff: Staff) -> None:
	page = form.page
	assert form.asked == [], "a form whose thread is not opened asks for nothing of it"
	page.evaluate(
		"frm.wrapper = document.body.appendChild(document.createElement('button')); frm.wrapper.focus()"
	)
	form.press("Messages")
	beside = page.get_by_role("dialog", name="Messages")
	expect(beside.get_by_role("heading")).to_have_text("Sarah Lee")
	expect(beside.locator(".is-found")).to_contain_text("Invoice #2041 sent")
	expect(beside.locator(".is-found")).to_be_in_viewport()
	expect(beside.get_by_role("button", name="Close")).to_be_focused()
	found = Axe().run(page, context=".ct-beside", options={"rules": {"color-contrast": {"enabled": False}}})
	assert found.response["violations"] == []

	beside.get_by_role("textbox").fill("Any question about it?")
	page.keyboard.press("Control+Enter")
	expect(beside.locator(".ct-bubble").last).to_contain_text("Any question about it?")
	page.keyboard.press("Escape")
	expect(beside).to_have_count(0)
	assert page.evaluate("document.activeElement === frm.wrapper")

	page.set_viewport_size(PHONE)  # type: ignore[arg-type]
	form.press("Messages")
	expect(beside.locator(".is-found")).to_be_in_viewport()
	assert beside.bounding_box() == {"x": 0, "y": 0, **PHONE}
	assert page.evaluate("document.querySelector('.ct-beside').scrollWidth") <= PHONE["width"]
	page.evaluate("left()")
	expect(beside).to_have_count(0)
	assert form.faults == []


def test_an_answer_that_is_not_on_the_page_is_told_of_before_a_second_goes(
	form: FormPage, host: EmbeddedHost, invoice: str
) -> None:
	form.press("Messages")
	beside = form.page.get_by_role("dialog", name="Messages")
	expect(beside.locator(".is-found")).to_be_in_viewport()
	about = {"reference_doctype": "Sales Invoice", "reference_name": invoice}
	thread = host.staff.thread("", **about)["thread"]["thread"]
	host.staff.do("send", thread=thread, text="It is due on Friday", channel="portal")
	beside.get_by_role("textbox").fill("It is due on Monday")
	form.page.keyboard.press("Control+Enter")
	expect(beside.locator(".ct-reply-notice")).to_contain_text("press Send once more")
	expect(beside.locator(".ct-bubble").last).to_contain_text("It is due on Friday")
	form.page.keyboard.press("Control+Enter")
	expect(beside.locator(".ct-bubble").last).to_contain_text("It is due on Monday")


def test_where_nothing_was_said_one_writes_the_first_word(chromium: Browser, host: EmbeddedHost) -> None:
	customer = host.add_customer("Ann New", phone=new_phone())
	context = chromium.new_context(viewport=PHONE)  # type: ignore[arg-type]
	form = _form(FormPage(context, host.staff, "Lead", {"name": customer}))
	form.page.evaluate("name => { frm.doctype = 'Customer'; forms.Lead.refresh(frm); }", customer)
	nothing = {"exc_type": "NotFound", "message": "There is no such thread."}
	form.page.route("**/*desk.thread?*", lambda route: route.fulfill(status=404, json=nothing), times=1)
	form.press("Messages")
	form.page.get_by_role("button", name="Write the first one").click()
	expect(form.page.get_by_role("dialog").get_by_role("heading")).to_have_text("Ann New")
	expect(form.page.get_by_role("dialog").get_by_role("textbox")).to_be_visible()
	assert form.faults == []
	context.close()
