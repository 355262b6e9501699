"""The pages of this host: /messages, /schedule, signing in and out."""

import secrets
import uuid
from collections.abc import Mapping

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from customer_thread.domain.errors import ThreadError
from customer_thread.service.outgoing.reply import reply
from customer_thread.service.params import Params
from customer_thread.service.portal.frame import base_page, trouble_page
from customer_thread.service.portal.local_path import local_path
from customer_thread.service.portal.read_page import read_page
from customer_thread.service.portal.read_schedule import read_schedule
from customer_thread.service.reading.read_timeline import Query, query_of
from customer_thread.service.reading.render import render
from customer_thread.standalone import assets
from customer_thread.standalone.params import given_in
from customer_thread.standalone.security import SESSION_COOKIE, set_session
from customer_thread.standalone.sessions import Session
from customer_thread.standalone.wiring import Host
from customer_thread.store.rows import ThreadRow


def html(host: Host, template: str, page: Mapping[str, object], status: int = 200) -> Response:
	"""Return a page; its nonce is the only inline style the browser will take."""
	base = base_page(host.ports.settings(), secrets.token_urlsafe(16), assets.base())
	text = render(template, translate=host.ports.translate, page={**base, **page})
	response = Response(text, status=status, mimetype="text/html")
	response.headers["X-Style-Nonce"] = base["nonce"]
	return response


def messages(
	host: Host, session: Session, thread: ThreadRow, request: Request, *, draft: str = "", error: str = ""
) -> Response:
	"""Return the Messages page. Raise BadInput or NotFound for a place that is not there."""
	query = Query() if draft or error else query_of(Params(request.args))
	page = {
		**read_page(host.ports, thread, query),
		"csrf_token": session.csrf_token,
		"client_id": str(uuid.uuid4()),
		"sign_out": "/sign-out",
		"draft": draft,
		"error": error,
	}
	return html(host, "messages.html", page, 422 if error else 200)


def post_message(host: Host, session: Session, thread: ThreadRow, request: Request) -> Response:
	"""Store a reply sent without JavaScript; what could not be stored stays in the box."""
	params = Params(given_in(request))
	text = params.text("text", "")
	try:
		with host.database.transaction():
			entry = reply(host.ports, thread["name"], text, params.text("client_id"))
	except ThreadError as error:
		return messages(host, session, thread, request, draft=text, error=error.worded(host.ports.translate))
	return redirect(f"/messages#{entry}", 303)


def schedule(host: Host, session: Session, thread: ThreadRow) -> Response:
	"""Return the Schedule page."""
	page = {
		**read_schedule(host.ports, thread),
		"csrf_token": session.csrf_token,
		"sign_out": "/sign-out",
	}
	return html(host, "schedule.html", page)


def sign_in(host: Host, request: Request) -> Response:
	"""Use a one-time link, or say where to find one."""
	token = request.args.get("token", "")
	if not token:
		return html(host, "sign_in.html", {})
	started = host.sessions.sign_in(token)
	if started is None:
		error = host.ports.translate("This link has been used already or is too old.")
		return html(host, "sign_in.html", {"error": error}, 403)
	response = redirect(local_path(request.args.get("redirect-to", "")), 303)
	if _is_signed_in_as(host, request, started):
		# a new session would leave their other open pages with a csrf token that is no longer taken
		host.sessions.sign_out(started)
	else:
		set_session(host, request, response, started)
	return response


def _is_signed_in_as(host: Host, request: Request, started: str) -> bool:
	current = host.sessions.find(request.cookies.get(SESSION_COOKIE, ""))
	fresh = host.sessions.find(started)
	return current is not None and fresh is not None and current.customer == fresh.customer


def sign_out(host: Host, request: Request) -> Response:
	"""End the session; what this browser kept of the thread goes too."""
	host.sessions.sign_out(request.cookies.get(SESSION_COOKIE, ""))
	response = redirect("/sign-in", 303)
	response.delete_cookie(SESSION_COOKIE)
	response.headers["Clear-Site-Data"] = '"cache", "storage"'
	return response


def trouble(host: Host, error: ThreadError) -> Response:
	"""Return an error as a page a person can read."""
	return html(host, "message_page.html", trouble_page(host.ports.translate, error), error.status)
