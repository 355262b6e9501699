"""What every answer carries, and what guests may not do too often."""

import hmac
from urllib.parse import urlsplit

from werkzeug.wrappers import Request, Response

from customer_thread.domain.errors import NotAllowed, TooMany
from customer_thread.service.portal.app_files import WORKER
from customer_thread.service.portal.calendar_address import CALENDARS
from customer_thread.service.portal.page_headers import page_headers
from customer_thread.service.portal.shared_pictures import SECRET_HEADERS
from customer_thread.service.portal.way_in import BROWSER_COOKIE, BROWSER_SECONDS
from customer_thread.service.reading.picture_link import PICTURES
from customer_thread.service.sign_in.make_link import WAY_IN
from customer_thread.standalone.attempts import Attempts
from customer_thread.standalone.sessions import SESSION_DURATION, Session
from customer_thread.standalone.wiring import Host

SESSION_COOKIE = "sid"
#: where one who is not signed in is led
SIGN_IN = "/messages/sign-in"


class Guard:
	"""Counts what guests get wrong. A right signature or token is never held up by others' wrong ones."""

	def __init__(self) -> None:
		self._attempts = Attempts()

	def count_failure(self, request: Request) -> None:
		"""Note a failed attempt. Raise TooMany when there were too many."""
		if not self._attempts.hit(request.remote_addr or "unknown"):
			raise TooMany("Too many attempts. Please wait a minute.")


def check_csrf(request: Request, session: Session) -> None:
	"""Raise NotAllowed unless the request comes from a page of ours."""
	given = request.headers.get("X-Frappe-CSRF-Token") or ""
	if not given and request.mimetype != "application/json":
		given = request.form.get("csrf_token", "")
	if not hmac.compare_digest(given.encode(), session.csrf_token.encode()):
		raise NotAllowed("This page is out of date. Please reload it and try again.")


def without_secret(path: str) -> str:
	"""Return a path as it may be logged: what is a secret in itself is left out."""
	secret = next((start for start in (PICTURES, CALENDARS) if path.startswith(start)), "")
	return f"{secret}…" if secret else path


def is_behind_tls(host: Host, request: Request) -> bool:
	"""Return whether customers reach us over https."""
	return request.is_secure or urlsplit(host.settings().public_url).scheme == "https"


def set_session(host: Host, request: Request, response: Response, token: str) -> None:
	"""Give the browser its session."""
	_set_cookie(host, request, response, SESSION_COOKIE, token, SESSION_DURATION // 1_000_000)


def set_browser(host: Host, request: Request, response: Response, token: str) -> None:
	"""Give the browser what it is known again by that used a link."""
	_set_cookie(host, request, response, BROWSER_COOKIE, token, BROWSER_SECONDS)


def _set_cookie(
	host: Host, request: Request, response: Response, name: str, value: str, seconds: int
) -> None:
	secure = is_behind_tls(host, request)
	response.set_cookie(name, value, max_age=seconds, path="/", httponly=True, samesite="Lax", secure=secure)


def harden(host: Host, request: Request, response: Response, frame_ancestors: str) -> None:
	"""Set the headers that keep a page to itself."""
	nonce = response.headers.pop("X-Style-Nonce", "")
	is_worker = request.path == WORKER
	for name, value in page_headers(nonce, frame_ancestors, is_worker=is_worker).items():
		# a file that never changes says itself how long it may be kept
		if name != "Cache-Control" or name not in response.headers:
			response.headers[name] = value
	if request.path in (WAY_IN, "/sign-in"):
		# its address is a secret
		response.headers["Referrer-Policy"] = "no-referrer"
	if request.path.startswith((PICTURES, CALENDARS)):
		response.headers.update(SECRET_HEADERS)
	if is_behind_tls(host, request):
		response.headers["Strict-Transport-Security"] = "max-age=31536000"
