"""The Messages page on a Frappe site, with headers of its own and never in Frappe's page cache."""

import uuid
from typing import Any
from urllib.parse import quote

import frappe
from frappe import _
from frappe.sessions import get_csrf_token
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from customer_thread.api import once_more, portal
from customer_thread.domain.errors import NotAllowed, NotFound, NotSignedIn, ThreadError
from customer_thread.frappe_host.wiring import ports
from customer_thread.service import assets
from customer_thread.service.page_headers import page_headers
from customer_thread.service.params import Params, check_size
from customer_thread.service.portal_calls import query_of
from customer_thread.service.read_page import base_page, read_page, trouble_page
from customer_thread.service.read_timeline import Query
from customer_thread.service.render import render
from customer_thread.service.reply import reply

#: not Frappe's /assets, which a proxy keeps for a year under names that stay the same
ASSETS = "messages/assets"
SIGN_OUT = "messages/sign-out"


class MessagesPage:
	"""Frappe's page renderer for /messages and what is below it."""

	def __init__(self, path: str, http_status_code: int | None = None) -> None:
		self.path = path.strip("/ ")

	def can_render(self) -> bool:
		"""Return whether this path is ours."""
		return self.path in ("messages", SIGN_OUT) or self.path.startswith(f"{ASSETS}/")

	def render(self) -> Response:
		"""Answer; every error is a page with a sentence."""
		try:
			check_size(frappe.request.content_length)
			return once_more(self._answer)
		except NotSignedIn:
			frappe.db.rollback()
			return _go(f"/login?redirect-to={quote(_here(), safe='/')}")
		except ThreadError as error:
			frappe.db.rollback()
			page = trouble_page(ports(), error)
			if isinstance(error, NotAllowed):
				page["link"] = {"href": "/app/customer-thread", "label": _("Open the Desk")}
			return _html("message_page.html", page, error.status)

	def _answer(self) -> Response:
		if self.path.startswith(f"{ASSETS}/"):
			return _asset(self.path.removeprefix(f"{ASSETS}/"))
		if self.path == SIGN_OUT:
			return _sign_out()
		return _post() if frappe.request.method == "POST" else _messages()


def _here() -> str:
	"""Return where to come back to after signing in."""
	if frappe.request.method == "GET" and frappe.request.path.rstrip("/") == "/messages":
		return str(frappe.request.full_path.rstrip("?"))
	return "/messages"


def _messages(draft: str = "", error: str = "") -> Response:
	host = ports()
	query = Query() if draft or error else query_of(Params(frappe.request.args))
	page = {
		**read_page(host, portal.own_thread(), query),
		"csrf_token": get_csrf_token(),
		"client_id": str(uuid.uuid4()),
		"sign_out": f"/{SIGN_OUT}",
		"draft": draft,
		"error": error,
	}
	return _html("messages.html", page, 422 if error else 200)


def _post() -> Response:
	"""Store a reply sent without JavaScript; what could not be stored stays in the box."""
	thread = portal.own_thread()
	params = Params(frappe.request.form)
	text = params.text("text", "")
	try:
		entry = reply(ports(), thread["name"], text, params.text("client_id"))
	except ThreadError as error:
		frappe.db.rollback()
		return _messages(draft=text, error=str(error))
	return _go(f"/messages#{entry}")


def _sign_out() -> Response:
	"""End the session; what this browser kept of the thread goes too."""
	if frappe.request.method != "POST":
		return _go("/messages")
	frappe.local.login_manager.logout()
	response = _go("/login")
	response.headers["Clear-Site-Data"] = '"cache", "storage"'
	return response


def _asset(path: str) -> Response:
	"""Return a stylesheet or script, which the browser may keep until its path changes."""
	named, _slash, name = path.partition("/")
	asset = assets.files().get(name) if named == assets.version() else None
	if asset is None:
		raise NotFound(_("This file is not there."))
	response = Response(asset.data, content_type=asset.content_type)
	response.headers.update(page_headers())
	# private: Frappe's session cookies go out with every answer
	response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
	return response


def _go(address: str) -> Response:
	response = redirect(address, 303)
	response.headers.update(page_headers())
	return response


def _html(template: str, page: dict[str, Any], status: int) -> Response:
	host = ports()
	base = base_page(host, host.ids.token(), f"/{ASSETS}/{assets.version()}")
	text = render(template, translate=host.translate, page={**base, **page})
	response = Response(text, status=status, mimetype="text/html")
	response.headers.update(page_headers(base["nonce"]))
	return response
