"""The pictures of one message, for whoever was sent their address, on a Frappe site."""

import frappe
from werkzeug.wrappers import Response

from customer_thread.api import respond
from customer_thread.api.page import Page, html
from customer_thread.domain.errors import NotFound
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.portal.shared_pictures import SECRET_HEADERS, picture_file, read_pictures
from customer_thread.service.reading.picture_link import PICTURES


class PicturesPage(Page):
	"""/messages/p/ with a token, and below it each picture. Nothing is ever written, and nobody needs to sign in."""

	def can_render(self) -> bool:
		"""Return whether this path is ours."""
		return f"/{self.path}".startswith(PICTURES)

	def answer(self) -> Response:
		"""Return the page, or a picture of it. Raise NotFound, the same for a wrong address and one that has ended."""
		if frappe.request.method not in ("GET", "HEAD"):
			raise NotFound("This page is not there.")
		token, _slash, position = f"/{self.path}".removeprefix(PICTURES).partition("/")
		ports = site_ports()
		if position:
			return respond(picture_file(ports, token, position))
		return html("pictures.html", read_pictures(ports, token))

	def render(self) -> Response:
		"""Answer; what is refused is as secret."""
		response = super().render()
		response.headers.update(SECRET_HEADERS)
		return response
