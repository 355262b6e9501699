"""A link is looked at or used on a Frappe site: who asks, and the session that begins."""

from collections.abc import Callable, Mapping

import frappe
from frappe.sessions import delete_session

from customer_thread.domain.errors import NotAllowed
from customer_thread.frappe_host.limits import count_failure
from customer_thread.frappe_host.users import is_portal_user, is_staff_user
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.portal.local_path import local_path
from customer_thread.service.portal.way_in import BROWSER_COOKIE, BROWSER_SECONDS, Visit, Way
from customer_thread.service.ports import Ports


def visit_of(token: str, given: Mapping[str, str]) -> Visit:
	"""Return who comes with a token, and what is given beside it."""
	user = str(frappe.session.user or "Guest")
	is_guest = user == "Guest"
	return Visit(
		token=token,
		browser=frappe.request.cookies.get(BROWSER_COOKIE, ""),
		user="" if is_guest else user,
		reader="" if is_guest else frappe.get_cached_value("User", user, "full_name") or user,
		is_staff=not is_guest and is_staff_user(user),
		goal=local_path(given.get("redirect-to", "")),
		choice=given.get("choice", ""),
		source=frappe.local.request_ip or "",
	)


def done(visit: Visit, verb: Callable[[Ports, Visit], Way]) -> Way:
	"""Do it, and sign in whom it says. Raise NotAllowed for a user whom Frappe keeps out, TooMany for guesses."""
	way = verb(site_ports(), visit)
	if way.status == 403:
		count_failure("link")
	if way.user:
		_sign_in(way.user)
		cookies = frappe.local.cookie_manager
		# whoever was signed in before was signed out, by which it was to go
		cookies.to_delete = [name for name in cookies.to_delete if name != BROWSER_COOKIE]
		cookies.set_cookie(BROWSER_COOKIE, way.browser, httponly=True, max_age=BROWSER_SECONDS)
	return way


def _sign_in(user: str) -> None:
	"""Begin a session as Frappe's own login by a link does (frappe/www/login.py); its commit keeps the link's use."""
	if not is_portal_user(user):
		raise NotAllowed("This link opens nothing any more.")
	before, sid = frappe.session.user, frappe.session.sid
	if before not in ("Guest", user):
		frappe.local.login_manager.run_trigger("on_logout")
	try:
		frappe.local.login_manager.login_as(user)
	except (frappe.AuthenticationError, frappe.ValidationError) as error:
		# out of the hours or networks that are allowed to them
		raise NotAllowed("You cannot sign in at this time or place. Please ask us.") from error
	if before not in ("Guest", user):
		# whoever was signed in here before is not any more
		delete_session(sid, user=before, reason="Somebody else signed in")
