"""The WSGI application: finds who asks, finds the call, answers; every error is a sentence."""

import gzip
import logging
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING
from urllib.parse import quote

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response
from werkzeug.wsgi import FileWrapper

from customer_thread.domain.errors import (
	BadInput,
	NoConversation,
	NotAllowed,
	NotFound,
	NotSignedIn,
	ThreadError,
	TooLarge,
	Unavailable,
)
from customer_thread.domain.model import Party
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.portal.pages import OWN_PAGES
from customer_thread.service.answers import HttpAnswer, answer_with, refuse_with
from customer_thread.service.calls import Call, Method
from customer_thread.service.desk.desk_calls import DESK
from customer_thread.service.notices.unsubscribe import SETTINGS_PAGE
from customer_thread.service.params import Params, check_size
from customer_thread.service.portal.app_files import OFFLINE, app_file, is_app_file
from customer_thread.service.portal.calendar_address import CALENDAR_PAGE, CALENDARS
from customer_thread.service.portal.guest_calls import GUEST
from customer_thread.service.portal.portal_calls import PORTAL
from customer_thread.service.portal.preview import PREVIEW
from customer_thread.service.ports import Ports
from customer_thread.service.reading.picture_link import PICTURES
from customer_thread.service.sign_in.make_link import WAY_IN
from customer_thread.standalone import assets, pages, sign_in_pages, webhook_calls
from customer_thread.standalone.languages import asked_in, speak, speaking
from customer_thread.standalone.params import given_in
from customer_thread.standalone.search_turns import SearchTurns
from customer_thread.standalone.security import (
	SESSION_COOKIE,
	SIGN_IN,
	Guard,
	check_csrf,
	harden,
	without_secret,
)
from customer_thread.standalone.sessions import Session
from customer_thread.standalone.web_connection import ARRIVED
from customer_thread.standalone.wiring import Host
from customer_thread.store import threads
from customer_thread.store.rows import ThreadRow

if TYPE_CHECKING:
	from _typeshed.wsgi import StartResponse, WSGIEnvironment

log = logging.getLogger("customer_thread.web")

METHOD = "/api/method/customer_thread.api."
#: seconds after which who was turned away is welcome again
_RETRY_AFTER = "5"
#: bytes from which an answer is worth compressing
_COMPRESS_FROM = 1000

PortalAnswer = Callable[[Ports, ThreadRow, Params], object]
DeskAnswer = Callable[[Ports, Params], object]
WEBHOOKS: dict[str, Callable[[Host, Request], Response]] = {
	"twilio_message": webhook_calls.twilio_message,
	"twilio_status": webhook_calls.twilio_status,
	"twilio_voice": webhook_calls.twilio_voice,
	"zulip_message": webhook_calls.zulip_message,
}


class NotThatWay(ThreadError):
	"""There, but not by this HTTP method."""

	status = 405
	exc_type = "ValidationError"

	def __init__(self, template: str, *given: object, methods: tuple[str, ...]) -> None:
		super().__init__(template, *given)
		self.methods = methods


class App:
	"""The embedded host over HTTP."""

	def __init__(
		self, host: Host, worker_is_alive: Callable[[], bool], frame_ancestors: str = "'none'"
	) -> None:
		self._host = host
		self._worker_is_alive = worker_is_alive
		self._frame_ancestors = frame_ancestors
		self._guard = Guard()
		self._searches = SearchTurns()

	def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
		"""Answer one request."""
		request = Request(environ)
		waiting = self._host.database.waiting_since(environ.get(ARRIVED, time.monotonic()))
		with waiting, speaking(asked_in(request)):
			response = self._answer(request)
		harden(self._host, request, response, self._frame_ancestors)
		_compress(request, response)
		return response(environ, start_response)

	def _answer(self, request: Request) -> Response:
		try:
			check_size(request.content_length, request.path)
			return self._route(request)
		except ThreadError as error:
			return self._refuse(request, error)
		except HTTPException as error:
			words = error.description or Phrase("The request is malformed.")
			kind = TooLarge if error.code == 413 else BadInput
			return self._refuse(request, kind("{0}", words))
		except Exception:
			log.exception("%s %s failed", request.method, without_secret(request.path))
			return self._refuse(request, ThreadError("Something went wrong on our side. Please try again."))

	def _refuse(self, request: Request, error: ThreadError) -> Response:
		response = self._refusal(request, error)
		if isinstance(error, NotThatWay):
			response.headers["Allow"] = ", ".join(error.methods)
		if error.status in (429, 503):
			response.headers["Retry-After"] = _RETRY_AFTER
		return response

	def _refusal(self, request: Request, error: ThreadError) -> Response:
		if isinstance(error, NotSignedIn | NotAllowed):
			try:
				self._guard.count_failure(request)
			except ThreadError as too_many:
				error = too_many
		if request.path.startswith("/api/"):
			return _response(refuse_with(error, self._host.ports.translate))
		if isinstance(error, NotSignedIn):
			response = Response(status=303)
			response.headers["Location"] = f"{SIGN_IN}?redirect-to={_back(request)}"
			return response
		return pages.trouble(self._host, error)

	def _route(self, request: Request) -> Response:
		path = request.path
		if path.startswith(METHOD):
			return self._call(request, path.removeprefix(METHOD))
		if path.startswith(assets.PREFIX):
			_require(request, "GET")
			return assets.serve(request)
		if path == "/healthz":
			return self._health()
		return self._page(request, path)

	def _page(self, request: Request, path: str) -> Response:
		if path == "/":
			response = Response(status=303)
			response.headers["Location"] = "/messages"
			return response
		if path == "/messages":
			session, thread = self._customer(request)
			if request.method == "POST":
				check_csrf(request, session)
				return pages.post_message(self._host, session, thread, request)
			_require(request, "GET", "POST")
			with self._searching(request.args.get("q"), session.customer):
				return pages.messages(self._host, session, thread, request)
		if path.startswith(PREVIEW):
			_require(request, "GET")
			self._require_staff(request)
			return pages.preview(self._host, path.removeprefix(PREVIEW), request)
		if path.startswith(PICTURES):
			_require(request, "GET")
			return pages.pictures(self._host, path.removeprefix(PICTURES))
		if path == "/schedule":
			_require(request, "GET")
			return pages.schedule(self._host, *self._customer(request))
		if path.startswith(tuple(OWN_PAGES)):
			_require(request, "GET")
			return pages.document(self._host, *self._customer(request), path)
		if path == CALENDAR_PAGE:
			_require(request, "GET", "POST")
			session, thread = self._customer(request)
			if request.method != "POST":
				return pages.calendar(self._host, session, thread)
			check_csrf(request, session)
			return pages.post_calendar_address(self._host, session, thread, request)
		if path.startswith(CALENDARS):
			_require(request, "GET")
			return pages.calendar_at(self._host, path.removeprefix(CALENDARS), request)
		if is_app_file(path):
			_require(request, "GET")
			return _response(app_file(self._host.ports, path, request.args.get("v", "")))
		if path == OFFLINE:
			_require(request, "GET")
			return pages.offline(self._host)
		if path == SETTINGS_PAGE:
			_require(request, "GET", "POST")
			session, thread = self._customer(request)
			if request.method != "POST":
				return pages.notification_settings(self._host, session, thread, request)
			check_csrf(request, session)
			return pages.post_notification_settings(self._host, session, thread, request)
		if path in (WAY_IN, SIGN_IN, "/sign-in"):
			_require(request, "GET", "POST")
			return self._sign_in(request, path)
		if path == "/sign-out":
			_require(request, "POST")
			check_csrf(request, self._customer(request)[0])
			return pages.sign_out(self._host, request)
		raise NotFound("This page is not there.")

	def _sign_in(self, request: Request, path: str) -> Response:
		if path == SIGN_IN:
			return sign_in_pages.sign_in(self._host, request)
		if path != WAY_IN and request.method != "POST":
			return sign_in_pages.old_link(request)
		return self._counted(request, sign_in_pages.way_in(self._host, request))

	def _counted(self, request: Request, response: Response) -> Response:
		if response.status_code == 403:
			self._guard.count_failure(request)
		return response

	def _call(self, request: Request, name: str) -> Response:
		area, _dot, call = name.partition(".")
		if area == "webhooks" and call in WEBHOOKS:
			_require(request, "POST")
			return WEBHOOKS[call](self._host, request)
		if name == "portal.unsubscribe_mail":
			_require(request, "GET", "POST")
			return self._counted(request, pages.unsubscribe(self._host, request))
		if area == "portal" and call in ("sign_in_link", "use_link"):
			_require(request, "POST")
			return self._sign_in_call(request, call)
		if area == "portal" and call in GUEST:
			return self._guest_call(request, GUEST[call])
		if area == "portal" and call in PORTAL:
			return self._portal_call(request, PORTAL[call])
		if area == "desk" and call in DESK:
			return self._desk_call(request, DESK[call])
		raise NotFound("There is no such call.")

	def _guest_call(self, request: Request, call: Call[DeskAnswer]) -> Response:
		_require(request, call.method)
		params = call.params(given_in(request))
		return self._run(call.method, lambda: call.answer(self._host.ports, params))

	def _sign_in_call(self, request: Request, call: str) -> Response:
		if call == "sign_in_link":
			return _response(answer_with(sign_in_pages.call_sign_in_link(self._host, request)))
		given, sign_in = sign_in_pages.call_use_link(self._host, request)
		response = _response(answer_with(given))
		sign_in(response)
		return response

	def _portal_call(self, request: Request, call: Call[PortalAnswer]) -> Response:
		_require(request, call.method)
		session, thread = self._customer(request)
		if call.method == "POST":
			check_csrf(request, session)
		given = given_in(request)
		params = call.params(given, session.customer, session.hash)
		with self._searching(given.get("q"), session.customer):
			return self._run(call.method, lambda: call.answer(self._host.ports, thread, params))

	def _desk_call(self, request: Request, call: Call[DeskAnswer]) -> Response:
		_require(request, call.method)
		self._require_staff(request)
		# no user, but somebody: by which key
		key = request.headers["Authorization"].partition(" ")[2].partition(":")[0].strip()
		params = call.params(given := given_in(request), session_hash=key)
		with self._searching(given.get("q"), "staff"):
			return self._run(call.method, lambda: call.answer(self._host.ports, params))

	def _searching(self, words: object, whose: str) -> AbstractContextManager[None]:
		return self._searches.turn(whose) if words else nullcontext()

	def _run(self, method: Method, answer: Callable[[], object]) -> Response:
		if method == "GET":
			return _response(answer_with(answer()))
		with self._host.database.transaction():
			given = answer()
		return _response(answer_with(given))

	def _customer(self, request: Request) -> tuple[Session, ThreadRow]:
		session = self._host.sessions.find(request.cookies.get(SESSION_COOKIE, ""))
		if session is None:
			raise NotSignedIn("Please sign in to see your messages.")
		thread = threads.of_party(self._host.database, Party("Customer", session.customer))
		if thread is None:
			raise NoConversation("There is no conversation here yet.")
		self._speak_as(session)
		return session, thread

	def _speak_as(self, session: Session) -> None:
		"""Answer in the customer's own language, if one is known, whatever the browser asks for."""
		info = self._host.parties.find(Party("Customer", session.customer))
		if info and info.language:
			speak(info.language)

	def _require_staff(self, request: Request) -> None:
		if self._host.sessions.is_staff(request.headers.get("Authorization", "")):
			return
		if self._host.sessions.find(request.cookies.get(SESSION_COOKIE, "")):
			raise NotAllowed("This is for staff only.")
		raise NotSignedIn("Send an Authorization header: token key:secret.")

	def _health(self) -> Response:
		self._host.database.select("SELECT 1 AS one")
		if not self._worker_is_alive():
			return _response(refuse_with(Unavailable("The worker has stopped."), self._host.ports.translate))
		return _response(HttpAnswer(b'{"message":"ok"}'))


def _require(request: Request, *methods: str) -> None:
	if request.method not in methods and not ("GET" in methods and request.method == "HEAD"):
		raise NotThatWay("Use {0} here.", " or ".join(methods), methods=methods)


def _back(request: Request) -> str:
	"""Return where to come back to after signing in."""
	if request.method not in ("GET", "HEAD"):
		return "/messages"
	asked = request.query_string.decode("ascii", "replace")
	return quote(quote(request.path) + (f"?{asked}" if asked else ""), safe="/")


def _response(answer: HttpAnswer) -> Response:
	if answer.file:
		pieces = FileWrapper(answer.file)
		return Response(
			pieces, answer.status, answer.headers, content_type=answer.content_type, direct_passthrough=True
		)
	return Response(answer.body, answer.status, answer.headers, content_type=answer.content_type)


def _compress(request: Request, response: Response) -> None:
	"""Pack text answers for browsers that take it."""
	if response.mimetype not in ("application/json", "text/html", "text/plain"):
		return
	response.headers["Vary"] = "Accept-Encoding, Accept-Language, Cookie"
	data = response.get_data()
	if len(data) >= _COMPRESS_FROM and request.accept_encodings.quality("gzip") > 0:
		response.set_data(gzip.compress(data, 5, mtime=0))
		response.headers["Content-Encoding"] = "gzip"
