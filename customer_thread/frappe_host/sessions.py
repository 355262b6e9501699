"""A site's sessions, as far as a browser that may be pushed to is bound to one."""

import hashlib
from typing import Any

import frappe

from customer_thread.frappe_host.guard import guarded
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.portal.way_in import BROWSER_COOKIE
from customer_thread.store import subscriptions


def session_hash(sid: str = "") -> str:
	"""Return by what a session is known, that at hand unless told otherwise; its own id is as good as a password."""
	return hashlib.sha256((sid or str(frappe.session.sid)).encode()).hexdigest()


def on_logout(login_manager: Any) -> None:  # noqa: ANN401 - Frappe has no types
	"""Push no more to the browser of whoever signs out (a hook of Frappe's; frappe/auth.py, LoginManager.logout).

	Nor do the links that were used in it sign anybody in there any more.
	"""
	if frappe.session.user == "Guest":
		return
	if frappe.request:
		frappe.local.cookie_manager.delete_cookie(BROWSER_COOKIE)
	_end(session_hash())


def on_session_creation(login_manager: Any) -> None:  # noqa: ANN401 - Frappe has no types
	"""Push no more for whoever was signed in in this browser before, without having signed out."""
	sid = frappe.request.cookies.get("sid", "") if frappe.request else ""
	if sid and sid != "Guest":
		_end(session_hash(sid), str(frappe.session.user))
		_go_on(session_hash(sid))


def _go_on(of_session: str) -> None:
	"""Let what the same user allowed in this browser before end with the session that begins."""
	if frappe.session.user != "Guest":
		with guarded("Going on with notifications"):
			subscriptions.rebind(site_ports().database, of_session, session_hash())


def _end(of_session: str, unless_user: str = "") -> None:
	# nobody must be kept from signing in or out
	with guarded("Ending notifications"):
		ports = site_ports()
		subscriptions.end_of_session(ports.database, of_session, ports.clock.now_us(), unless_user)
