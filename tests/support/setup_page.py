"""The set-up page in a browser: a frame that has of Frappe what it needs, before an embedded host's own answers."""

import json

from playwright.sync_api import BrowserContext, Page, Route

from customer_thread.domain.errors import ThreadError
from customer_thread.gateways.twilio_sms.addresses import webhook_addresses
from customer_thread.gateways.twilio_sms.number import NumberView
from customer_thread.gateways.twilio_sms.setup import missing_setup as missing_texts
from customer_thread.gateways.web_push.setup import missing_setup as missing_push
from customer_thread.service.desk.check_setup import check_mail
from customer_thread.service.desk.read_setup import HostSetup, read_setup
from customer_thread.service.outgoing.send_test_mail import send_test_mail
from customer_thread.service.outgoing.send_test_text import send_test_text
from customer_thread.standalone.wiring import Host
from support.desk_files import serve_desk_file
from support.desk_page import FRAME, script

BASE = "https://desk.example"
_FRAME = """
Object.assign(frappe, {
	csrf_token: "token", pages: { "thread-setup": {} },
	get_route: () => ["thread-setup"],
});
frappe.utils.copy_to_clipboard = (text) => { window.copied = text; };
frappe.ui.make_app_page = ({ parent, title }) => {
	parent.append(Object.assign(document.createElement("h1"), { textContent: title }));
	parent.append(Object.assign(document.createElement("main"), { className: "layout-main-section" }));
};
window.wrapper = document.body.appendChild(document.createElement("div"));
"""
_BEGIN = """
frappe.pages["thread-setup"].on_page_load(wrapper);
frappe.pages["thread-setup"].on_page_show(wrapper);
"""


class SetupPage:
	"""The page of a manager, before a host that is set up as its test says."""

	def __init__(self, context: BrowserContext, host: Host) -> None:
		self.host = host
		self.asked: list[str] = []
		self.faults: list[str] = []
		#: what Twilio says of the number
		self.number = NumberView(lines=[], can_set=False)
		#: what would be told of documents, by step
		self.examples: dict[str, list[str]] = {}
		context.route("**/*", self._serve)
		self.page: Page = context.new_page()
		self.page.on("pageerror", lambda error: self.faults.append(str(error)))

	def _serve(self, route: Route) -> None:
		if serve_desk_file(route):
			return
		path = route.request.url.removeprefix(BASE).partition("?")[0]
		if not path.startswith("/api/"):
			page = script("customer_thread/page/thread_setup/thread_setup.js")
			body = "\n".join([FRAME, _FRAME, page, _BEGIN])
			html = f"<!doctype html><html lang=en><title>Desk</title><body><script>{body}</script>"
			route.fulfill(content_type="text/html; charset=utf-8", body=html)
			return
		call = path.rpartition(".")[2]
		self.asked.append(call)
		try:
			status, answer = 200, {"message": self._answer(call, route.request.post_data)}
		except ThreadError as error:
			status, answer = 409, {"message": str(error)}
		route.fulfill(status=status, content_type="application/json", body=json.dumps(answer))

	def _answer(self, call: str, given: str | None) -> object:
		ports = self.host.ports
		if call == "setup_steps":
			of_site = HostSetup(missing_texts, check_mail, missing_push, card_rules=12)
			addresses = webhook_addresses(ports.settings().public_url)
			return {
				"steps": read_setup(ports, of_site),
				"webhooks": addresses,
				"history_months": 12,
				"stuck": False,
			}
		if call == "number":
			return self.number
		if call == "setup_examples":
			return self.examples
		if call == "enter_addresses":
			self.number = {"lines": [{"state": "done", "text": "They are entered."}], "can_set": False}
			return self.number
		with self.host.database.transaction():
			if call == "send_test_text":
				return {"delivery": send_test_text(ports)}
			if call == "send_test_mail":
				return {"delivery": send_test_mail(ports, json.loads(given or "{}")["key"])}
		assert call == "make_push_keys", call
		self.host.make_push_keys()
		return {}

	def open(self) -> Page:
		"""Go to the page, and return it once the steps are there."""
		self.page.goto(f"{BASE}/app/thread-setup")
		self.page.wait_for_function("document.querySelector('.ct-setup-steps[aria-busy=false]')")
		return self.page
