"""The set-up page, before a host's own answers: each step's one button or link, by keys, left and taken up again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, expect
from support.setup_page import SetupPage

from customer_thread.standalone.change_settings import change_settings
from customer_thread.standalone.wiring import Host

READY = {
	"business_name": "Mike's",
	"public_url": "https://portal.example.com",
	"contractor_mobile": "+12125550117",
	"contractor_email": "mike@example.com",
	"twilio_account_sid": "AC" + "0" * 32,
	"twilio_auth_token": "hunter2",
	"twilio_from_number": "+12125550118",
}
EVIL = "<img src=x onerror='window.ran = true'>"


@pytest.fixture
def setup_page(chromium: Browser, tmp_path: Path) -> Iterator[SetupPage]:
	"""Return the page on a desk; at the end nothing has run of what was set."""
	context = chromium.new_context(viewport={"width": 1280, "height": 800})
	made = SetupPage(context, Host(tmp_path / "data"))
	yield made
	assert made.faults == []
	assert not made.page.evaluate("window.ran"), "what was set was run"
	context.close()


def _step(setup_page: SetupPage, key: str) -> Locator:
	return setup_page.page.locator(f"[data-step={key}]")


def test_a_bare_host_is_led_from_step_to_step(setup_page: SetupPage) -> None:
	page = setup_page.open()
	expect(page.locator(".ct-setup-step")).to_have_count(8)
	business = _step(setup_page, "business")
	expect(business).to_contain_text("Missing")
	expect(business.get_by_role("link")).to_have_attribute(
		"href", "/app/customer-thread-settings#business_name"
	)
	expect(_step(setup_page, "mail").get_by_role("link")).to_have_attribute("href", "/app/email-account")
	expect(page.locator("details")).to_have_count(0)
	for step in page.locator(".ct-setup-step").all():
		expect(step.locator(".ct-setup-act")).to_have_count(1)


def test_it_shows_what_would_be_told_of_the_sites_own_documents(setup_page: SetupPage) -> None:
	setup_page.examples = {"card_rules": [f"SINV-1: “Invoice #1 sent — $4,200”, for {EVIL}"]}
	page = setup_page.open()
	expect(_step(setup_page, "card_rules").get_by_role("listitem")).to_contain_text(f"for {EVIL}")
	expect(_step(setup_page, "automations").get_by_text("Of your own documents")).to_have_count(0)
	assert Axe().run(page, context="[data-step=card_rules]").response["violations"] == []


def test_what_is_set_elsewhere_is_seen_on_coming_back(setup_page: SetupPage) -> None:
	page = setup_page.open()
	change_settings(setup_page.host, {**READY, "business_name": EVIL})
	page.evaluate("frappe.pages['thread-setup'].on_page_show(wrapper)")
	expect(_step(setup_page, "business")).to_contain_text("Done")
	expect(_step(setup_page, "business")).to_contain_text(EVIL)
	change_settings(setup_page.host, {"public_url": ""})
	page.reload()
	expect(_step(setup_page, "business")).to_contain_text("no public address")
	assert "hunter2" not in page.content()


def test_the_addresses_are_copied_and_a_test_text_sent_by_keys(setup_page: SetupPage) -> None:
	change_settings(setup_page.host, READY)
	page, texts = setup_page.open(), _step(setup_page, "texts")
	button = texts.get_by_role("button", name="Send a test text")
	button.focus()
	page.keyboard.press("Tab")
	page.keyboard.press("Enter")
	page.keyboard.press("Tab")
	page.keyboard.press("Enter")
	address = "https://portal.example.com/api/method/customer_thread.api.webhooks.twilio_message"
	assert page.evaluate("copied") == address
	button.focus()
	page.keyboard.press("Enter")
	expect(texts).to_contain_text("The test text is on its way.")
	# what was open stays open, and where the focus was, it is
	expect(texts.locator("details")).to_have_attribute("open", "")
	assert setup_page.asked.count("send_test_text") == 1


def test_what_twilio_says_is_read_and_the_addresses_entered_by_a_press(setup_page: SetupPage) -> None:
	change_settings(setup_page.host, READY)
	setup_page.number = {"lines": [{"state": "missing", "text": EVIL}], "can_set": True}
	page, texts = setup_page.open(), _step(setup_page, "texts")
	expect(texts.locator(".ct-setup-found")).to_contain_text(f"Missing: {EVIL}")
	expect(texts.locator(".ct-setup-title")).to_contain_text("Missing")
	texts.get_by_role("button", name="Enter the addresses at Twilio").click()
	expect(texts.locator(".ct-setup-title")).to_contain_text("Done")
	expect(texts.locator(".ct-setup-found")).to_contain_text("Done: They are entered.")
	expect(texts.get_by_role("button", name="Enter the addresses at Twilio")).to_have_count(0)
	page.evaluate("frappe.pages['thread-setup'].on_page_show(wrapper)")
	expect(texts.locator(".ct-setup-found")).to_contain_text("They are entered.")
	# once each time one comes, once more after the press
	assert setup_page.asked.count("number") == 3


def test_a_test_mail_is_sent_by_a_press(setup_page: SetupPage) -> None:
	change_settings(
		setup_page.host, {**READY, "smtp_url": "smtp://127.0.0.1:9", "reply_domain": "in.example.com"}
	)
	setup_page.open()
	mail = _step(setup_page, "mail")
	mail.get_by_role("button", name="Send a test mail").click()
	expect(mail).to_contain_text("is on its way")


def test_a_refusal_is_read(setup_page: SetupPage) -> None:
	change_settings(setup_page.host, READY)
	page = setup_page.open()
	change_settings(setup_page.host, {"twilio_account_sid": ""})
	page.get_by_role("button", name="Send a test text").click()
	expect(page.get_by_role("alert")).to_have_text("Texts are not set up yet.")


def test_the_keys_are_made_by_one_press(setup_page: SetupPage) -> None:
	change_settings(setup_page.host, READY)
	page = setup_page.open()
	page.get_by_role("button", name="Make the keys").click()
	expect(_step(setup_page, "push")).to_contain_text("Done")
	assert page.evaluate("document.activeElement.closest('[data-step]').dataset.step") == "push"


@pytest.mark.parametrize(("width", "scheme"), [(375, "light"), (1280, "dark")])
def test_everybody_can_use_it(setup_page: SetupPage, width: int, scheme: str) -> None:
	setup_page.page.set_viewport_size({"width": width, "height": 720})
	setup_page.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
	change_settings(setup_page.host, READY)
	page = setup_page.open()
	page.locator("summary").click()
	assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
	# what the Desk gives its pages: colors, headings and landmarks
	rules = {"color-contrast", "landmark-one-main", "region", "heading-order"}
	found = Axe().run(page, options={"rules": {rule: {"enabled": False} for rule in rules}})
	assert found.violations_count == 0, found.generate_report()
