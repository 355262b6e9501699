"""What makes the page an app on a phone, on a Frappe site: manifest, icons, service worker, offline page."""

import frappe
from frappe import _
from werkzeug.wrappers import Response

from customer_thread.api.page import Page, html
from customer_thread.frappe_host.settings import settings
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.portal.app_files import OFFLINE, WORKER, app_file, is_app_file
from customer_thread.service.portal.frame import offline_page
from customer_thread.service.portal.page_headers import page_headers


class AppFilesPage(Page):
	"""/messages.webmanifest, /messages-sw.js, /messages-icon-….png and /messages/offline: anybody's."""

	def can_render(self) -> bool:
		"""Return whether this path is ours."""
		return is_app_file(f"/{self.path}") or f"/{self.path}" == OFFLINE

	def answer(self) -> Response:
		"""Return the file. Raise NotFound."""
		path = f"/{self.path}"
		if path == OFFLINE:
			return html("message_page.html", offline_page(settings(), _))
		file = app_file(site_ports(), path, frappe.request.args.get("v", ""))
		headers = {**page_headers(is_worker=path == WORKER), **file.headers}
		# private: Frappe's session cookies go out with every answer
		headers["Cache-Control"] = headers["Cache-Control"].replace("public", "private")
		return Response(file.body, file.status, headers, content_type=file.content_type)
