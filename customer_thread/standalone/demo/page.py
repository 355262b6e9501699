"""The demo page over HTTP: what everybody sees, what everybody can do, and pages in place of ERPNext's."""

import json
import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from customer_thread.domain.errors import NotAllowed, NotFound, ThreadError, TooLarge
from customer_thread.standalone.demo import actions, assets, erp_pages, view
from customer_thread.standalone.demo.cast import BOB, SARAH
from customer_thread.standalone.demo.stage import Stage
from customer_thread.standalone.security import SESSION_COOKIE, set_session

if TYPE_CHECKING:
	from _typeshed.wsgi import StartResponse, WSGIEnvironment

log = logging.getLogger("customer_thread.demo")

#: bytes of a request: a picture of 5 MB and some words
BODY_LIMIT = 5_500_000
_POLICY = (
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
	"frame-src 'self' {host}; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)


class Page:
	"""The WSGI application. It answers its own address only."""

	def __init__(self, stage: Stage) -> None:
		self._stage = stage

	def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
		"""Answer one request."""
		request = Request(environ)
		try:
			response = self._answer(request)
		except ThreadError as error:
			response = _json({"error": str(error)}, error.status)
		except HTTPException as error:
			response = _json({"error": error.description or "The request is malformed."}, 400)
		except Exception:
			log.exception("%s %s failed", request.method, request.path)
			response = _json({"error": "Something went wrong in the demo."}, 500)
		_harden(response, self._stage.url)
		return response(environ, start_response)

	def _answer(self, request: Request) -> Response:
		own = urlsplit(self._stage.page_url).netloc
		if request.host != own:
			# the portal's cookies are for 127.0.0.1; and no other name may lead here
			if request.method == "GET" and request.host.partition(":")[0] == "localhost":
				return _redirect(self._stage.page_url + request.full_path.rstrip("?"))
			raise NotAllowed("This address is not the demo's.")
		if (request.content_length or 0) > BODY_LIMIT:
			raise TooLarge("At most 5 MB, please.")
		if request.method == "POST":
			return self._act(request)
		if request.method not in ("GET", "HEAD"):
			raise NotFound("There is no such page.")
		return self._show(request)

	def _act(self, request: Request) -> Response:
		if request.headers.get("Origin", self._stage.page_url) != self._stage.page_url:
			raise NotAllowed("Only the demo page may do this.")
		action = actions.ACTIONS.get(request.path.removeprefix("/api/"))
		if action is None:
			raise NotFound("There is no such action.")
		return _json({"said": action(self._stage, request.form, request.files)})

	def _show(self, request: Request) -> Response:
		stage, path = self._stage, request.path
		simple: dict[str, Callable[[], Response]] = {
			"/": lambda: _html(view.page(stage)),
			"/api/state": lambda: _json(view.state(stage)),
			"/portal": lambda: self._sarahs_portal(request),
			# under another name of this machine, so that Sarah stays signed in under the first
			"/bob": lambda: _redirect(stage.sign_in_link(BOB).replace("127.0.0.1", "localhost", 1)),
			"/accent.css": lambda: Response(view.accent_css(stage), mimetype="text/css"),
			"/favicon.ico": lambda: Response(status=204),
		}
		if path in simple:
			return simple[path]()
		area, _slash, rest = path.removeprefix("/").partition("/")
		if area == "static":
			return assets.serve(rest)
		if area == "picture":
			return self._picture(rest)
		return _html(erp_pages.page(stage, area, rest))

	def _sarahs_portal(self, request: Request) -> Response:
		"""Lead to the portal, signed in: cookies know no ports, so it takes the one that is set here."""
		stage = self._stage
		response = _redirect(f"{stage.url}/messages")
		if stage.host.sessions.find(request.cookies.get(SESSION_COOKIE, "")) is None:
			with stage.host.database.transaction():
				session = stage.host.sessions.start(stage.customers[SARAH])
			set_session(stage.host, request, response, session)
		return response

	def _picture(self, rest: str) -> Response:
		owner, _slash, sid = rest.partition("/")
		phone = self._stage.phones.get(owner)
		if phone is None:
			raise NotFound("There is no such phone.")
		media = phone.picture(sid)
		return Response(media.data, content_type=media.content_type)


def _harden(response: Response, host_url: str) -> None:
	headers = response.headers
	headers["Content-Security-Policy"] = _POLICY.format(host=host_url)
	headers["X-Content-Type-Options"] = "nosniff"
	headers["Referrer-Policy"] = "no-referrer"
	headers["Cache-Control"] = "no-store"


def _redirect(address: str) -> Response:
	return Response(status=303, headers={"Location": address})


def _html(text: str) -> Response:
	return Response(text, mimetype="text/html")


def _json(body: dict[str, Any], status: int = 200) -> Response:
	return Response(json.dumps(body, ensure_ascii=False), status=status, mimetype="application/json")
