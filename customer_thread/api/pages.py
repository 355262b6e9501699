"""The Messages page on a Frappe site."""

import uuid

import frappe
from frappe import _
from werkzeug.wrappers import Response

from customer_thread.api import portal
from customer_thread.api.choice import account
from customer_thread.api.page import ASSETS, SIGN_IN, SIGN_OUT, Page, go, html
from customer_thread.domain.errors import NotFound, ThreadError
from customer_thread.frappe_host.host import socket
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.outgoing.reply import reply
from customer_thread.service.params import Params
from customer_thread.service.portal import assets
from customer_thread.service.portal.page_headers import page_headers
from customer_thread.service.portal.read_page import read_page
from customer_thread.service.reading.read_timeline import Query, query_of
from customer_thread.store.rows import ThreadRow


class MessagesPage(Page):
	"""/messages, and whatever is below it that no other page of ours takes: its files, and signing out."""

	def can_render(self) -> bool:
		"""Return whether this path is ours."""
		return self.path == "messages" or self.path.startswith("messages/")

	def answer(self) -> Response:
		"""Return the page, a file of it, or the way on."""
		if self.path.startswith(f"{ASSETS}/"):
			return _asset(self.path.removeprefix(f"{ASSETS}/"))
		if self.path == SIGN_OUT:
			return _sign_out()
		if self.path != "messages":
			raise NotFound("This page is not there.")
		if frappe.request.method == "POST":
			return _post()
		return _messages(portal.thread_of_entry(Params(frappe.request.args).optional_integer("around")))


def _messages(thread: ThreadRow, draft: str = "", error: str = "") -> Response:
	ports = site_ports()
	query = Query() if draft or error else query_of(Params(frappe.request.args))
	page = {
		**read_page(ports, thread, query),
		**account(thread),
		"live": socket(),
		"client_id": str(uuid.uuid4()),
		"draft": draft,
		"error": error,
	}
	return html("messages.html", page, 422 if error else 200)


def _post() -> Response:
	"""Store a reply sent without JavaScript; what could not be stored stays in the box."""
	params = Params(frappe.request.form)
	thread = portal.own_thread(params.text("outbox", ""))
	portal.choose(thread["party"])
	text = params.text("text", "")
	try:
		entry = reply(site_ports(), thread["name"], text, params.text("client_id"))
	except ThreadError as error:
		frappe.db.rollback()
		return _messages(thread, draft=text, error=error.worded(_))
	return go(f"/messages#{entry}")


def _sign_out() -> Response:
	"""End the session; what this browser kept of the thread goes too."""
	if frappe.request.method != "POST":
		return go("/messages")
	frappe.local.login_manager.logout()
	response = go(f"/{SIGN_IN}")
	response.headers["Clear-Site-Data"] = '"cache", "storage"'
	return response


def _asset(path: str) -> Response:
	"""Return a stylesheet or script, which the browser may keep until its path changes."""
	named, _slash, name = path.partition("/")
	asset = assets.files().get(name) if named == assets.version() else None
	if asset is None:
		raise NotFound("This file is not there.")
	# packed here: a bench's proxy leaves scripts of this type as they are
	small = assets.packed().get(name) if frappe.request.accept_encodings.quality("gzip") > 0 else None
	response = Response(small or asset.data, content_type=asset.content_type)
	response.headers.update(page_headers())
	if small:
		response.headers["Content-Encoding"] = "gzip"
	response.headers["Vary"] = "Accept-Encoding"
	# private: Frappe's session cookies go out with every answer
	response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
	return response
