"""How a customer comes in on this host: links, and the page where one asks for a link."""

from collections.abc import Callable
from urllib.parse import quote

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from customer_thread.domain.errors import NotAllowed
from customer_thread.domain.model import Party
from customer_thread.service.portal.ask_for_link import ask_for_link, sign_in_page
from customer_thread.service.portal.local_path import local_path
from customer_thread.service.portal.page_headers import check_own_page
from customer_thread.service.portal.way_in import BROWSER_COOKIE, Visit, Way, look, send_fresh, use
from customer_thread.service.ports import Ports
from customer_thread.service.sign_in.make_link import WAY_IN
from customer_thread.standalone.pages import html
from customer_thread.standalone.params import given_in
from customer_thread.standalone.security import SESSION_COOKIE, SIGN_IN, set_browser, set_session
from customer_thread.standalone.wiring import Host


def way_in(host: Host, request: Request) -> Response:
	"""Show the one button of a link, which nothing but that button uses up; or do what a button says.

	Raise NotAllowed for a form of another site.
	"""
	if request.method != "POST":
		return _answer(host, request, look(host.ports, _visit(host, request, request.args.get("t", ""))))
	check_own_page(request.headers.get("Sec-Fetch-Site", ""))
	form = request.form
	visit = _visit(host, request, form.get("token", ""))
	if form.get("look"):
		return _answer(host, request, look(host.ports, visit))
	return _press(host, request, visit, send_fresh if form.get("again") else use)


def old_link(request: Request) -> Response:
	"""Lead from where links pointed before, and from where one signed in, to where that is."""
	goal = quote(local_path(request.args.get("redirect-to", "")), safe="/")
	token = request.args.get("token", "")
	where = (
		f"{WAY_IN}?t={quote(token, safe='')}&redirect-to={goal}" if token else f"{SIGN_IN}?redirect-to={goal}"
	)
	return redirect(where, 303)


def sign_in(host: Host, request: Request) -> Response:
	"""Ask for a number or address and have a link sent there. Raise NotAllowed for a form of another site."""
	given = request.form if request.method == "POST" else request.args
	goal = local_path(given.get("redirect-to", ""))
	if request.method != "POST":
		if host.sessions.find(request.cookies.get(SESSION_COOKIE, "")):
			return redirect(goal, 303)
		return html(host, "sign_in.html", sign_in_page(host.ports, goal))
	check_own_page(request.headers.get("Sec-Fetch-Site", ""))
	typed = given.get("address", "").strip()
	with host.database.transaction():
		is_address = ask_for_link(host.ports, typed, request.remote_addr or "", goal)
	if not is_address:
		return html(host, "sign_in.html", sign_in_page(host.ports, goal, typed=typed[:100] or "?"), 422)
	return html(host, "sign_in.html", sign_in_page(host.ports, goal, step="sent"))


def call_sign_in_link(host: Host, request: Request) -> dict[str, str]:
	"""Have a link sent to a number or address; nothing is said of it."""
	with host.database.transaction():
		ask_for_link(
			host.ports, str(given_in(request).get("address") or "").strip(), request.remote_addr or ""
		)
	return {}


def call_use_link(host: Host, request: Request) -> tuple[dict[str, str], Callable[[Response], None]]:
	"""Use a link; return where to go, and what signs the browser in. Raise NotAllowed or Conflict."""
	check_own_page(request.headers.get("Sec-Fetch-Site", ""))
	given = given_in(request)
	visit = _visit(host, request, str(given.get("token") or ""), choice=str(given.get("choice") or ""))
	way, session = _used(host, request, visit, use)
	if not way.goes_to:
		raise NotAllowed("This link does not sign you in here. Please ask for a new one.")
	return {"go": way.goes_to}, lambda response: _remember(host, request, response, way, session)


def _visit(host: Host, request: Request, token: str, choice: str = "") -> Visit:
	given = request.form if request.method == "POST" else request.args
	current = host.sessions.find(request.cookies.get(SESSION_COOKIE, ""))
	known = host.parties.find(Party("Customer", current.customer)) if current else None
	return Visit(
		token=token,
		browser=request.cookies.get(BROWSER_COOKIE, ""),
		user=current.customer if current else "",
		reader=known.name if known else "",
		goal=local_path(given.get("redirect-to", "")),
		choice=choice or given.get("choice", ""),
		source=request.remote_addr or "",
	)


def _press(host: Host, request: Request, visit: Visit, verb: Callable[[Ports, Visit], Way]) -> Response:
	way, session = _used(host, request, visit, verb)
	response = _answer(host, request, way)
	_remember(host, request, response, way, session)
	return response


def _used(host: Host, request: Request, visit: Visit, verb: Callable[[Ports, Visit], Way]) -> tuple[Way, str]:
	"""Do it in one transaction with the session that begins by it; return its token, or an empty string."""
	with host.database.transaction():
		way = verb(host.ports, visit)
		session = host.sessions.start(way.user, request.headers.get("User-Agent", "")) if way.user else ""
	if session:
		# whoever was signed in here before is not any more
		host.sessions.sign_out(request.cookies.get(SESSION_COOKIE, ""))
	return way, session


def _remember(host: Host, request: Request, response: Response, way: Way, session: str) -> None:
	if session:
		set_session(host, request, response, session)
		set_browser(host, request, response, way.browser)


def _answer(host: Host, request: Request, way: Way) -> Response:
	if way.view is None:
		return redirect(way.goes_to, 303)
	return html(host, "way_in.html", way.view, way.status)
