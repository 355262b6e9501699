"""The Notification Settings page on a Frappe site."""

import frappe
from frappe import _
from werkzeug.wrappers import Response

from customer_thread.api import portal
from customer_thread.api.choice import account
from customer_thread.api.page import Page, go, html
from customer_thread.domain.errors import BadInput, TooMany
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.notices.unsubscribe import SETTINGS_PAGE
from customer_thread.service.params import Params
from customer_thread.service.portal.notification_settings import post_settings, read_notification_settings
from customer_thread.store.rows import ThreadRow


class NotificationSettingsPage(Page):
	"""/notification-settings."""

	def can_render(self) -> bool:
		"""Return whether this path is ours."""
		return self.path == SETTINGS_PAGE.strip("/")

	def answer(self) -> Response:
		"""Return the page where the signed-in customer says how they are notified; do what was sent from it."""
		if frappe.request.method != "POST":
			return _page(portal.own_thread())
		params = Params(frappe.request.form, frappe.session.user)
		thread = portal.own_thread(params.text("outbox", ""))
		try:
			done = post_settings(site_ports(), thread, params)
		except (BadInput, TooMany) as error:
			return _page(thread, error.worded(_))
		return go(f"{SETTINGS_PAGE}?done={done}")


def _page(thread: ThreadRow, error: str = "") -> Response:
	done = "" if error else frappe.request.args.get("done", "")
	page = {
		**read_notification_settings(site_ports(), thread, frappe.session.user, done),
		**account(thread),
		"error": error,
	}
	return html("notification_settings.html", page, 422 if error else 200)
