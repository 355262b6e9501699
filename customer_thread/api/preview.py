"""What a customer sees, shown to the staff who may see their thread, on a Frappe site."""

from dataclasses import replace

import frappe
from werkzeug.wrappers import Response

from customer_thread.api import is_staff_asking, respond
from customer_thread.api.page import Page, html
from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Party
from customer_thread.frappe_host.parties import first_user_of
from customer_thread.frappe_host.tabs import page_links
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.desk.visible import visible_thread
from customer_thread.service.params import Params
from customer_thread.service.portal.preview import PREVIEW, preview_file, read_preview


class PreviewPage(Page):
	"""/messages/preview/ with a thread's id, and the pictures and mails in it. Nothing is ever written."""

	def can_render(self) -> bool:
		"""Return whether this path is ours."""
		return f"/{self.path}".startswith(PREVIEW)

	def answer(self) -> Response:
		"""Return the page, or a file of it. Raise NotSignedIn, or NotFound for whoever may not see the thread."""
		if not is_staff_asking() or frappe.request.method not in ("GET", "HEAD"):
			raise NotFound("This page is not there.")
		name, _slash, file = f"/{self.path}".removeprefix(PREVIEW).partition("/")
		ports = site_ports()
		thread = visible_thread(ports, name)
		params = Params(frappe.request.args)
		if file:
			return respond(preview_file(ports, thread, file, params))
		ports = replace(ports, page_links=_links_of_their_user)
		return html("messages.html", read_preview(ports, thread, params))


def _links_of_their_user(party: Party) -> dict[str, str]:
	return page_links(party, first_user_of(party))
