"""A reader's calendar on a Frappe site: the page where they subscribe to it, and what it reads by itself."""

import frappe
from werkzeug.wrappers import Response

from customer_thread.api import portal
from customer_thread.api.choice import account
from customer_thread.api.page import Page, go, html
from customer_thread.domain.errors import NotFound
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.params import Params
from customer_thread.service.portal.calendar_address import (
	CALENDAR_PAGE,
	CALENDARS,
	post_calendar,
	read_calendar,
	read_calendar_page,
)
from customer_thread.service.portal.page_headers import page_headers
from customer_thread.service.portal.shared_pictures import SECRET_HEADERS


class CalendarPage(Page):
	"""/messages/calendar."""

	def can_render(self) -> bool:
		"""Return whether this path is ours."""
		return self.path == CALENDAR_PAGE.strip("/")

	def answer(self) -> Response:
		"""Return the page; do what was sent from it."""
		user = str(frappe.session.user)
		if frappe.request.method != "POST":
			thread = portal.own_thread()
			return html(
				"calendar.html", {**read_calendar_page(site_ports(), thread, user), **account(thread)}
			)
		params = Params(frappe.request.form, user)
		post_calendar(site_ports(), portal.own_thread(params.text("outbox", "")), params)
		return go(CALENDAR_PAGE)


class CalendarFile(Page):
	"""/messages/calendar/ with a token: nobody needs to sign in, and nothing is ever written."""

	def can_render(self) -> bool:
		"""Return whether this path is ours."""
		return f"/{self.path}".startswith(CALENDARS)

	def answer(self) -> Response:
		"""Return the file. Raise NotFound, the same for a wrong address and one that has ended, and TooMany."""
		if frappe.request.method not in ("GET", "HEAD"):
			raise NotFound("This page is not there.")
		known = frappe.request.headers.get("If-None-Match", "")
		answer = read_calendar(site_ports(), f"/{self.path}".removeprefix(CALENDARS), known)
		headers = {**page_headers(), **answer.headers}
		return Response(answer.body, answer.status, headers, content_type=answer.content_type)

	def render(self) -> Response:
		"""Answer; what is refused is as secret."""
		response = super().render()
		response.headers.update(SECRET_HEADERS)
		return response
