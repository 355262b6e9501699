"""The Schedule page on a Frappe site."""

from werkzeug.wrappers import Response

from customer_thread.api import portal
from customer_thread.api.choice import account
from customer_thread.api.page import Page, html
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.portal.read_schedule import ROUTE, read_schedule


class SchedulePage(Page):
	"""/schedule."""

	def can_render(self) -> bool:
		"""Return whether this path is ours."""
		return self.path == ROUTE.strip("/")

	def answer(self) -> Response:
		"""Return the signed-in customer's appointments and visits."""
		thread = portal.own_thread()
		return html("schedule.html", {**read_schedule(site_ports(), thread), **account(thread)})
