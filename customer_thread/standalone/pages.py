"""The pages of this host: /messages, /schedule, /notification-settings, signing out."""

import secrets
import uuid
from collections.abc import Mapping

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from customer_thread.domain.errors import BadInput, NotAllowed, ThreadError, TooMany
from customer_thread.domain.portal.pages import Reference
from customer_thread.service.answers import answer_with
from customer_thread.service.desk.visible import visible_thread
from customer_thread.service.notices.unsubscribe import (
	SETTINGS_PAGE,
	unsubscribe_mail,
	whom_it_unsubscribes,
)
from customer_thread.service.outgoing.reply import reply
from customer_thread.service.params import Params
from customer_thread.service.portal.calendar_address import (
	CALENDAR_PAGE,
	post_calendar,
	read_calendar,
	read_calendar_page,
)
from customer_thread.service.portal.frame import base_page, offline_page, trouble_page
from customer_thread.service.portal.notification_settings import post_settings, read_notification_settings
from customer_thread.service.portal.preview import preview_file, read_preview
from customer_thread.service.portal.read_document import read_document
from customer_thread.service.portal.read_page import read_page
from customer_thread.service.portal.read_schedule import read_schedule
from customer_thread.service.portal.shared_pictures import picture_file, read_pictures
from customer_thread.service.portal.way_in import BROWSER_COOKIE
from customer_thread.service.reading.links import reference_of
from customer_thread.service.reading.read_timeline import Query, outbox_of, query_of
from customer_thread.service.reading.render import render
from customer_thread.standalone import assets
from customer_thread.standalone.params import given_in
from customer_thread.standalone.security import SESSION_COOKIE, SIGN_IN
from customer_thread.standalone.sessions import Session
from customer_thread.standalone.wiring import Host
from customer_thread.store.rows import ThreadRow


def html(host: Host, template: str, page: Mapping[str, object], status: int = 200) -> Response:
	"""Return a page; its nonce is the only inline style the browser will take."""
	base = base_page(host.ports, secrets.token_urlsafe(16), assets.base())
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
		"reader_id": outbox_of(session.customer),
		"draft": draft,
		"error": error,
	}
	return html(host, "messages.html", page, 422 if error else 200)


def pictures(host: Host, rest: str) -> Response:
	"""Return the pictures of the message that a token is of, or one of them. Raise NotFound."""
	token, _slash, position = rest.partition("/")
	if not position:
		return html(host, "pictures.html", read_pictures(host.ports, token))
	answer = answer_with(picture_file(host.ports, token, position))
	return Response(answer.body, answer.status, answer.headers, content_type=answer.content_type)


def preview(host: Host, name: str, request: Request) -> Response:
	"""Return a customer's page as staff look at it, or a file of it. Raise NotFound and BadInput."""
	name, _slash, file = name.partition("/")
	thread, params = visible_thread(host.ports, name), Params(request.args)
	if file:
		answer = answer_with(preview_file(host.ports, thread, file, params))
		return Response(answer.body, answer.status, answer.headers, content_type=answer.content_type)
	return html(host, "messages.html", read_preview(host.ports, thread, params))


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
		"reader_id": outbox_of(session.customer),
	}
	return html(host, "schedule.html", page)


def document(host: Host, session: Session, thread: ThreadRow, path: str) -> Response:
	"""Return the page of an appointment, as far as it is this customer's. Raise NotFound."""
	reference = reference_of(path) or Reference("", "")
	page = {
		**read_document(host.ports, thread, reference),
		"csrf_token": session.csrf_token,
		"sign_out": "/sign-out",
		"reader_id": outbox_of(session.customer),
	}
	return html(host, "document.html", page)


def calendar(host: Host, session: Session, thread: ThreadRow) -> Response:
	"""Return the page where the customer subscribes to their calendar."""
	page = {
		**read_calendar_page(host.ports, thread, session.customer),
		"csrf_token": session.csrf_token,
		"sign_out": "/sign-out",
		"reader_id": outbox_of(session.customer),
	}
	return html(host, "calendar.html", page)


def post_calendar_address(host: Host, session: Session, thread: ThreadRow, request: Request) -> Response:
	"""Make the customer an address, or end the one they have."""
	with host.database.transaction():
		post_calendar(host.ports, thread, Params(given_in(request), session.customer))
	return redirect(CALENDAR_PAGE, 303)


def calendar_at(host: Host, file: str, request: Request) -> Response:
	"""Return what a calendar reads at somebody's address. Raise NotFound and TooMany."""
	answer = read_calendar(host.ports, file, request.headers.get("If-None-Match", ""))
	return Response(answer.body, answer.status, answer.headers, content_type=answer.content_type)


def notification_settings(
	host: Host, session: Session, thread: ThreadRow, request: Request, error: str = ""
) -> Response:
	"""Return the page where the customer says how they are notified."""
	done = "" if error else request.args.get("done", "")
	page = {
		**read_notification_settings(host.ports, thread, session.customer, done),
		"csrf_token": session.csrf_token,
		"sign_out": "/sign-out",
		"reader_id": outbox_of(session.customer),
		"error": error,
	}
	return html(host, "notification_settings.html", page, 422 if error else 200)


def post_notification_settings(host: Host, session: Session, thread: ThreadRow, request: Request) -> Response:
	"""Keep what was sent without JavaScript, or send a test."""
	try:
		with host.database.transaction():
			done = post_settings(host.ports, thread, Params(given_in(request), session.customer))
	except (BadInput, TooMany) as error:
		return notification_settings(host, session, thread, request, error.worded(host.ports.translate))
	return redirect(f"{SETTINGS_PAGE}?done={done}", 303)


def unsubscribe(host: Host, request: Request) -> Response:
	"""Show the one button of a mail's unsubscribe address; a POST of it turns off e-mail notices (RFC 8058)."""
	token, is_done = request.values.get("token", ""), request.method == "POST"
	try:
		if is_done:
			with host.database.transaction():
				unsubscribe_mail(host.ports, token)
		else:
			whom_it_unsubscribes(host.ports, token)
	except NotAllowed as error:
		return trouble(host, error)
	return html(host, "unsubscribe.html", {"is_done": is_done})


def sign_out(host: Host, request: Request) -> Response:
	"""End the session; what this browser kept of the thread goes too, and what links it used know it by."""
	host.sessions.sign_out(request.cookies.get(SESSION_COOKIE, ""))
	response = redirect(SIGN_IN, 303)
	for name in (SESSION_COOKIE, BROWSER_COOKIE):
		response.delete_cookie(name)
	response.headers["Clear-Site-Data"] = '"cache", "storage"'
	return response


def offline(host: Host) -> Response:
	"""Return what is shown where there is no connection."""
	return html(host, "message_page.html", offline_page(host.settings(), host.ports.translate))


def trouble(host: Host, error: ThreadError) -> Response:
	"""Return an error as a page a person can read."""
	page = trouble_page(host.settings(), host.ports.translate, error)
	return html(host, "message_page.html", page, error.status)
