"""What every page of ours on a Frappe site has: headers of its own, never Frappe's page cache, and errors in words."""

from collections.abc import Mapping
from urllib.parse import quote

import frappe
from frappe import _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from customer_thread.api import once_more
from customer_thread.domain.errors import NoConversation, NotAllowed, NotSignedIn, ThreadError
from customer_thread.domain.people.choice import Unchosen
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.params import check_size
from customer_thread.service.portal import assets
from customer_thread.service.portal.frame import base_page, trouble_page
from customer_thread.service.portal.page_headers import page_headers
from customer_thread.service.reading.render import render
from customer_thread.service.sign_in.is_on import sends_links

#: not Frappe's /assets, which a proxy keeps for a year under names that stay the same
ASSETS = "messages/assets"
#: where a user of several customers says whose conversation they want
CHOOSE = "messages/choose"
SIGN_OUT = "messages/sign-out"
#: where a guest asks for a link, and where links are used
SIGN_IN = "messages/sign-in"
WAY_IN = "messages/in"


class Page:
	"""One of Frappe's page renderers (`page_renderer` in hooks.py)."""

	def __init__(self, path: str, http_status_code: int | None = None) -> None:
		self.path = path.strip("/ ")

	def can_render(self) -> bool:
		"""Return whether this path is ours."""
		raise NotImplementedError

	def answer(self) -> Response:
		"""Return the page. Raise ThreadError."""
		raise NotImplementedError

	def render(self) -> Response:
		"""Answer; every error is a page with a sentence."""
		try:
			check_size(frappe.request.content_length)
			return once_more(self.answer)
		except NotSignedIn:
			frappe.db.rollback()
			return go(_sign_in_at(quote(_here(), safe="/")))
		except Unchosen:
			frappe.db.rollback()
			return go(f"/{CHOOSE}?to={quote(_here(), safe='/')}")
		except ThreadError as error:
			frappe.db.rollback()
			ports = site_ports()
			page = trouble_page(ports.settings(), ports.translate, error)
			if isinstance(error, NotAllowed):
				page["title"] = _("Only for customers")
				page["link"] = {"href": "/app/customer-thread", "label": _("Open the Desk")}
			elif isinstance(error, NoConversation):
				page["link"] = {"href": "/me", "label": _("Your account")}
			return html("message_page.html", page, error.status)


def _sign_in_at(goal: str) -> str:
	"""Return where a guest signs in who was going somewhere: by a link where links are sent, else at Frappe's own."""
	if sends_links(site_ports().settings()):
		return f"/{SIGN_IN}?redirect-to={goal}"
	# Frappe's sign-in takes what is behind the # for one of its forms, and an entry's number is none
	return f"/login?redirect-to={goal}#login"


def _here() -> str:
	"""Return where to come back to after signing in."""
	if frappe.request.method != "GET":
		return "/messages"
	asked = frappe.request.query_string.decode("ascii", "replace")
	return quote(frappe.request.path) + (f"?{asked}" if asked else "")


def go(address: str) -> Response:
	"""Return the way to another page."""
	response = redirect(address, 303)
	response.headers.update(page_headers())
	return response


def html(template: str, page: Mapping[str, object], status: int = 200) -> Response:
	"""Return a page; its nonce is the only inline style the browser will take."""
	ports = site_ports()
	base = base_page(ports, ports.ids.token(), f"/{ASSETS}/{assets.version()}")
	text = render(template, translate=ports.translate, page={**base, **page})
	response = Response(text, status=status, mimetype="text/html")
	response.headers.update(page_headers(base["nonce"]))
	return response
