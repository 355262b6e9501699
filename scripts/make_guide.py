"""Go from a bare install to a two-way conversation by the set-up page alone, and take the pictures of docs/guide.

    .venv/bin/python scripts/make_guide.py http://site.localhost:8000 Administrator PASSWORD

The site is one of this machine, with the app just installed, that nobody else uses: customers are made in it, and
its settings are changed. A stand-in for Twilio runs while this does; nothing is sent to anybody. Prints what it did
and the seconds since the set-up page was opened.
"""

import re
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from customer_thread.standalone.demo.twilio_stand_in import TwilioStandIn

FOLDER = Path(__file__).parent.parent / "docs" / "guide" / "pictures"
CHROMIUM = "/usr/bin/chromium"
PUBLIC = "https://portal.mikes.example"
ACCOUNT, TOKEN, SERVICE = "AC" + "0123456789abcdef" * 2, "0123456789abcdef" * 2, "MG" + "2" * 32
NUMBER, MIKE, SARAH, STRANGER = "+12025550100", "+12125550117", "+12125550142", "+12125550199"
PATIENCE = 90_000
_LINK = re.compile(rf"{re.escape(PUBLIC)}(/\S+)")


def main(site: str, user: str, password: str) -> None:
	"""Do it."""
	FOLDER.mkdir(parents=True, exist_ok=True)
	twilio = TwilioStandIn(ACCOUNT, TOKEN, [NUMBER], services=[SERVICE])
	twilio.reached_at[PUBLIC] = site
	twilio.number_settings[NUMBER] = {"sms_url": "https://demo.twilio.com/welcome/sms/reply"}
	twilio.pools[SERVICE], twilio.campaigns[SERVICE] = [NUMBER], ["VERIFIED"]
	twilio.service_settings[SERVICE] = {"use_inbound_webhook_on_number": "true"}
	twilio.start()
	with sync_playwright() as playwright:
		browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
		try:
			guide = Guide(browser, site, twilio)
			guide.sign_in(user, password)
			guide.first_hour()
			guide.every_day()
		finally:
			browser.close()
			twilio.stop()


class Guide:
	"""An admin at the set-up page, and the phones around them."""

	def __init__(self, browser: Browser, site: str, twilio: TwilioStandIn) -> None:
		self._browser, self._site, self._twilio = browser, site, twilio
		context = browser.new_context(viewport={"width": 1280, "height": 800}, timezone_id="America/New_York")
		context.set_default_timeout(PATIENCE)
		expect.set_options(timeout=PATIENCE)
		self.page = context.new_page()
		self._began = 0.0

	def sign_in(self, user: str, password: str) -> None:
		"""Sign in, and let the site have a customer with a phone, as a site has."""
		self.page.goto(f"{self._site}/login")
		self._post("login", usr=user, pwd=password)
		self.page.goto(f"{self._site}/app/thread-setup")
		self._made("Customer", customer_name="Sarah Lee", customer_type="Individual")
		links = [{"link_doctype": "Customer", "link_name": "Sarah Lee"}]
		phones = [{"phone": SARAH, "is_primary_mobile_no": 1}]
		# whatever the hour is: at night an invitation waits for the morning
		self._made("Customer Thread Settings", "PUT", quiet_start="08:00:00", quiet_end="08:00:00")
		self._made("Contact", first_name="Sarah", last_name="Lee", phone_nos=phones, links=links)

	def first_hour(self) -> None:
		"""Go down the set-up page."""
		self._began = time.monotonic()
		self._open_setup()
		self._take("set-up-bare")
		self._follow("business")
		self._fill(business_name="Mike's Contracting", public_url=PUBLIC, contractor_mobile=MIKE)
		self._fill(contractor_email="mike@mikes.example")
		self._save()
		self._open_setup()
		self._is_done("business")
		self._follow("texts")
		self._fill(twilio_account_sid=ACCOUNT, twilio_auth_token=TOKEN, twilio_from_number=NUMBER)
		self._fill(twilio_api_base=self._twilio.url)
		self._save()
		self._open_setup()
		texts = self._step("texts")
		enter = texts.get_by_role("button", name="Enter the addresses at Twilio")
		enter.wait_for()
		self._take("set-up-texts")
		enter.click()
		expect(texts).to_contain_text("Twilio brings texts that come in here.")
		texts.get_by_role("button", name="Send a test text").click()
		expect(texts).to_contain_text("Answer it with HELP")
		self._twilio.receive(MIKE, NUMBER, "HELP")
		self._is_done("texts")
		self._step("push").get_by_role("button", name="Make the keys").click()
		self._is_done("push")
		history = self._step("history").get_by_role("button", name=re.compile("Bring in"))
		if history.count():
			history.click()
		self._is_done("history")
		self._take("set-up-done")
		self._invite()
		self._converse()

	def _invite(self) -> None:
		"""Invite a customer, who opens the page and writes there."""
		self._step("invitations").get_by_role("link").click()
		self.page.wait_for_url("**/app/customer**")
		row = self.page.locator(".list-row", has_text="Sarah Lee").first
		row.locator("input.list-row-checkbox").check()
		self.page.get_by_role("button", name="Actions").click()
		self.page.get_by_role("link", name="Invite to Messages").click()
		dialog = self.page.locator(".modal.show")
		dialog.get_by_role("button", name="Invite", exact=True).click()
		expect(dialog).to_contain_text("Text to")
		self._take("invite")
		dialog.get_by_role("button", name="Done").click()
		letter = self._text_to(SARAH, "/messages/")
		found = _LINK.search(letter)
		if found is None:
			raise RuntimeError("There is no link in the invitation.")
		phone = self._browser.new_context(
			viewport={"width": 375, "height": 812}, timezone_id="America/New_York"
		)
		phone.set_default_timeout(PATIENCE)
		page = phone.new_page()
		page.goto(self._site + found[1])
		page.get_by_role("button").first.click()
		page.wait_for_selector("#timeline.live")
		page.locator("textarea").first.fill("Hi Mike, can you look at the deck this week?")
		page.get_by_role("button", name="Send").first.click()
		expect(page.locator("#timeline")).to_contain_text("look at the deck")
		page.wait_for_load_state("networkidle")
		self._save_picture(page, "customer-phone")
		self._text_to(MIKE, "look at the deck")
		phone.close()

	def _converse(self) -> None:
		"""Answer in the inbox; the customer texts back."""
		self.page.goto(f"{self._site}/app/thread-inbox")
		self.page.get_by_text("Sarah Lee").first.click()
		self._answer("Tuesday at 8 works. See you then!")
		self._text_to(SARAH, "Tuesday at 8 works")
		self._twilio.receive(SARAH, NUMBER, "Perfect, thanks! The gate is open.")
		expect(self.page.locator("body")).to_contain_text("The gate is open")
		self._take("inbox")
		self._say("A two-way conversation, by text and on the page")

	def every_day(self) -> None:
		"""Take the pictures of the other chapters."""
		self._twilio.receive(STRANGER, NUMBER, "This is Sarah Lee, my new number. What does a fence cost?")
		self._twilio.undeliverable[SARAH] = 30034
		self._answer("We bring the boards along.")
		self._look("/app/thread-inbox/failed", "failed", "text=A2P 10DLC")
		self.page.goto(f"{self._site}/app/thread-inbox/unmatched")
		self.page.get_by_text("Nobody knows yet").first.click()
		self.page.get_by_role("button", name="This is Sarah Lee").first.wait_for()
		self._take("unmatched", pause=800)
		self._look("/app/thread-automation", "automations", ".list-row")
		self._look("/app/thread-card-rule", "card-rules", ".list-row")
		self.page.goto(f"{self._site}/app/customer/Sarah%20Lee")
		self.page.locator(".inner-group-button", has_text="Privacy").locator("button").click()
		self._take("privacy", pause=800)
		self._say("The other pictures")

	def _look(self, path: str, name: str, what: str) -> None:
		self.page.goto(self._site + path)
		self.page.locator(what).filter(visible=True).first.wait_for()
		self._take(name, pause=800)

	# The set-up page

	def _open_setup(self) -> None:
		self.page.goto(f"{self._site}/app/thread-setup")
		self.page.wait_for_selector(".ct-setup-steps[aria-busy=false]")

	def _step(self, key: str) -> Locator:
		return self.page.locator(f"[data-step={key}]")

	def _is_done(self, key: str) -> None:
		expect(self._step(key).locator(".ct-setup-title .indicator-pill")).to_have_text("Done")
		self._say(f"{key} is done")

	def _follow(self, key: str) -> None:
		self._step(key).locator("a.ct-setup-act").click()
		self.page.wait_for_function("window.cur_frm?.doctype === 'Customer Thread Settings'")
		self.page.wait_for_timeout(1500)

	def _fill(self, **settings: str) -> None:
		for name, value in settings.items():
			# as a click on its tab would
			self.page.evaluate("(name) => cur_frm.scroll_to_field(name, false)", name)
			field = self.page.locator(f"[data-fieldname={name}] input:visible").first
			# the form moves the focus once it has opened, and what is typed then goes elsewhere
			while field.input_value() != value:
				field.fill(value)
				self.page.wait_for_timeout(200)
			# a tab key into a table would begin a row in it
			field.blur()
			self.page.wait_for_function("([name, value]) => cur_frm.doc[name] === value", arg=[name, value])

	def _save(self) -> None:
		with self.page.expect_response("**/frappe.desk.form.save.savedocs"):
			self.page.get_by_role("button", name="Save", exact=True).click()
		self.page.wait_for_function("!cur_frm.is_dirty()")

	# What comes and goes

	def _answer(self, words: str) -> None:
		box = self.page.locator(".ct-reply textarea:visible").first
		box.fill(words)
		self.page.locator(".ct-reply button.btn-primary:visible").last.click()
		expect(box).to_have_value("")

	def _text_to(self, number: str, words: str) -> str:
		return _wait(
			lambda: next((m.body for m in self._twilio.sent if m.to == number and words in m.body), "")
		)

	def _post(self, method: str, **args: object) -> None:
		answer = self.page.request.post(f"{self._site}/api/method/{method}", data=args)
		if not answer.ok:
			raise RuntimeError(answer.text()[:500])

	def _made(self, doctype: str, method: str = "POST", **fields: object) -> None:
		token = self.page.evaluate("frappe.csrf_token")
		headers = {"X-Frappe-CSRF-Token": token}
		url = f"{self._site}/api/resource/{doctype}{f'/{doctype}' if method == 'PUT' else ''}"
		answer = self.page.request.fetch(url, method=method, data=fields, headers=headers)
		if not answer.ok and answer.status != 409:
			raise RuntimeError(answer.text()[:500])

	# Pictures

	def _take(self, name: str, pause: int = 300) -> None:
		self.page.wait_for_timeout(pause)
		self._save_picture(self.page, name)

	def _save_picture(self, page: Page, name: str) -> None:
		taken = Image.open(BytesIO(page.screenshot())).convert("RGB")
		taken.quantize(128, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)

	def _say(self, words: str) -> None:
		print(f"{time.monotonic() - self._began:6.1f} s  {words}", flush=True)


def _wait(look: Callable[[], str]) -> str:
	end = time.monotonic() + PATIENCE / 1000
	while time.monotonic() < end:
		if found := look():
			return found
		time.sleep(0.2)
	raise TimeoutError("It did not come.")


if __name__ == "__main__":
	main(*sys.argv[1:4])
