"""The pages by which a customer without a password comes in on a Frappe site."""

from collections.abc import Mapping

import frappe
from frappe.sessions import get_csrf_token
from werkzeug.wrappers import Response

from customer_thread.api import portal
from customer_thread.api.links import done, visit_of
from customer_thread.api.page import SIGN_IN, WAY_IN, Page, go, html
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.portal.ask_for_link import ask_for_link, sign_in_page
from customer_thread.service.portal.local_path import local_path
from customer_thread.service.portal.page_headers import check_own_page
from customer_thread.service.portal.way_in import Way, look, send_fresh, use
from customer_thread.service.sign_in.is_on import sends_links


class WayInPage(Page):
	"""/messages/in: the one button of a link, which nothing but that button uses up."""

	def can_render(self) -> bool:
		"""Return whether this path is ours."""
		return self.path == WAY_IN

	def answer(self) -> Response:
		"""Return the page, or what a button leads to. Raise NotAllowed for a form of another site."""
		request = frappe.request
		if request.method != "POST":
			way = look(site_ports(), visit_of(request.args.get("t", ""), request.args))
		else:
			check_own_page(request.headers.get("Sec-Fetch-Site", ""))
			form = request.form
			verb = look if form.get("look") else send_fresh if form.get("again") else use
			way = done(visit_of(form.get("token", ""), form), verb)
		response = _shown(way)
		# the address of a link may be its secret
		response.headers["Referrer-Policy"] = "no-referrer"
		return response


class SignInPage(Page):
	"""/messages/sign-in: takes a phone number or e-mail address and sends a link there."""

	def can_render(self) -> bool:
		"""Return whether this path is ours."""
		return self.path == SIGN_IN

	def answer(self) -> Response:
		"""Return the page, or that a link is on its way. Raise NotAllowed for a form of another site."""
		request, ports = frappe.request, site_ports()
		given = request.form if request.method == "POST" else request.args
		goal = local_path(given.get("redirect-to", ""))
		if frappe.session.user != "Guest":
			return go(goal)
		if not sends_links(ports.settings()):
			return go("/login")
		if request.method != "POST":
			return _page("sign_in.html", sign_in_page(ports, goal))
		check_own_page(request.headers.get("Sec-Fetch-Site", ""))
		typed = given.get("address", "").strip()
		if not ask_for_link(ports, typed, frappe.local.request_ip or "", goal):
			return _page("sign_in.html", sign_in_page(ports, goal, typed=typed[:100] or "?"), 422)
		return _page("sign_in.html", sign_in_page(ports, goal, step="sent"))


def _shown(way: Way) -> Response:
	if way.view is not None:
		return _page("way_in.html", way.view, way.status)
	if way.thread:
		portal.choose_thread(way.thread)
	return go(way.goes_to)


def _page(template: str, view: Mapping[str, object], status: int = 200) -> Response:
	# a guest's session is everybody's: it has no token
	token = get_csrf_token() if frappe.session.user != "Guest" else ""
	return html(template, {**view, "csrf_token": token}, status)
