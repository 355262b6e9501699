"""The Desk's inbox in a browser: a frame that has of Frappe what it needs, before a real host's calls."""

import json
from typing import Any

import requests
from playwright.sync_api import BrowserContext, Page, Route

from customer_thread import hooks
from support.desk_files import serve_desk_file
from support.desk_page import FRAME, script
from support.people import TIMEOUT, Staff

BASE = "https://desk.example"
_PAGE = "customer_thread/page/thread_inbox/thread_inbox.js"
_FRAME = """
window.heard = {};
Object.assign(frappe, {
	csrf_token: "token", session: { user: "mike@mikes.example" }, pages: { "thread-inbox": {} },
	user: { full_name: (user) => user },
	realtime: {
		socket: { connected: true, connect() {} },
		on: (name, act) => { (window.heard[name] = window.heard[name] || []).push(act); },
		// as Frappe's: the server is asked for one room a second, and for each once
		rooms: new Set(), open_docs: new Set(),
		emit(name, doctype, doc) { if (name === "doc_subscribe") this.rooms.add(doc); },
		doc_subscribe(doctype, doc) {
			if (this.is_resting || this.open_docs.has(doc)) return;
			this.is_resting = true;
			setTimeout(() => (this.is_resting = false), 1000);
			this.emit("doc_subscribe", doctype, doc);
			this.open_docs.add(doc);
		},
		doctype_subscribe() { this.rooms.add("list"); },
	},
	get_route: () => location.pathname.replace(/^\\/app\\//, "").split("/"),
	router: { on: (name, act) => { window.left = act; } },
	set_route(...parts) {
		history.pushState(null, "", "/app/" + parts.flat().join("/"));
		frappe.pages["thread-inbox"].on_page_show(window.wrapper);
	},
});
frappe.utils.debounce = (act, wait) => {
	let timer;
	return (...given) => { clearTimeout(timer); timer = setTimeout(() => act(...given), wait); };
};
frappe.ui.make_app_page = ({ parent }) => {
	parent.append(Object.assign(document.createElement("main"), { className: "layout-main-section" }));
	window.menu = {};
	parent.page = {
		add_menu_item(label, act) {
			window.menu[label] = act;
			return { parent: () => ({ remove: () => delete window.menu[label] }) };
		},
	};
};
frappe.confirm = (words, act) => act();
frappe.prompt = (_field, act) => act(window.prompted);
frappe.show_alert = (given, seconds, actions = {}) => { window.shown.push(given.message); window.alert_actions = actions; };
window.wrapper = document.body.appendChild(document.createElement("div"));
"""
_BEGIN = """
frappe.pages["thread-inbox"].on_page_load(wrapper);
frappe.pages["thread-inbox"].on_page_show(wrapper);
window.addEventListener("popstate", () => frappe.pages["thread-inbox"].on_page_show(wrapper));
"""


class InboxPage:
	"""The inbox of one who works for the business."""

	def __init__(self, context: BrowserContext, staff: Staff) -> None:
		self._staff = staff
		self.asked: list[str] = []
		context.route("**/*", self._serve)
		self.page: Page = context.new_page()
		self.faults: list[str] = []
		self.page.on("pageerror", lambda error: self.faults.append(str(error)))

	@property
	def scripts(self) -> list[str]:
		"""Return what the page runs."""
		return [FRAME, _FRAME, script(_PAGE), _BEGIN]

	def _serve(self, route: Route) -> None:
		if serve_desk_file(route):
			return
		request = route.request
		path = request.url.removeprefix(BASE)
		if not path.startswith("/api/"):
			body = "\n".join(self.scripts)
			html = f"<!doctype html><html lang=en><title>Desk</title><body><script>{body}</script>"
			route.fulfill(content_type="text/html; charset=utf-8", body=html)
			return
		self.asked.append(path.rpartition(".")[2].partition("?")[0])
		answer = requests.request(
			request.method,
			self._staff.base + path,
			data=request.post_data,
			headers={**self._staff.headers, "Content-Type": "application/json"},
			timeout=TIMEOUT,
		)
		route.fulfill(status=answer.status_code, content_type="application/json", body=answer.text)

	def open(self, path: str = "") -> Page:
		"""Go to the inbox, or a place in it, and return the page once the list is there."""
		self.page.goto(f"{BASE}/app/thread-inbox{path}")
		self.page.wait_for_function("document.querySelector('.ct-inbox-lines[aria-busy=false]')")
		return self.page

	def names(self) -> list[str]:
		"""Return whose threads are listed."""
		return self.page.locator(".ct-inbox-name").all_text_contents()

	def hear(self, event: str, **given: Any) -> None:  # noqa: ANN401
		"""Let the socket say something, in the room where it is said."""
		room = given.get("thread") or "list"
		self.page.evaluate(
			"([name, room, given]) => frappe.realtime.rooms.has(room) && heard[name].forEach((act) => act(given))",
			[event, room, given],
		)

	def reconnect(self) -> None:
		"""Let the socket be gone and come back: it is in no room."""
		self.page.evaluate("frappe.realtime.rooms.clear(); heard.connect.forEach((act) => act())")


class FormPage(InboxPage):
	"""A form of ERPNext's with what we add to it."""

	def __init__(self, context: BrowserContext, staff: Staff, doctype: str, doc: dict[str, Any]) -> None:
		self._form = json.dumps([doctype, doc])
		self._ours = [script(name) for name in hooks.doctype_js[doctype]]
		super().__init__(context, staff)

	@property
	def scripts(self) -> list[str]:
		"""Return what the page runs."""
		nothing_planned = "window.answers = [{ messages: [], before: null }];"
		return [FRAME, _FRAME, nothing_planned, *self._ours]

	def show(self) -> Page:
		"""Go to the form and return the page once it has its buttons."""
		self.page.goto(f"{BASE}/app/form")
		self.page.evaluate(
			"([doctype, doc]) => { window.frm = form(doctype, doc); return forms[doctype].refresh(frm); }",
			json.loads(self._form),
		)
		return self.page

	def press(self, button: str) -> None:
		"""Press one of the form's buttons."""
		self.page.evaluate("button => frm.buttons[button]()", button)
