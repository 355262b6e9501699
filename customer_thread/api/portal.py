"""The customer's own thread, and nothing else."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import frappe
from frappe.sessions import get_csrf_token
from werkzeug.wrappers import Response

from customer_thread.api import endpoint, require_user
from customer_thread.api.links import done, visit_of
from customer_thread.api.page import html
from customer_thread.domain.errors import NoConversation, NotAllowed, NotFound
from customer_thread.domain.model import Attachment, Party
from customer_thread.domain.people.choice import Unchosen, choice_of, chosen
from customer_thread.frappe_host.limits import count_failure
from customer_thread.frappe_host.parties import customers_of
from customer_thread.frappe_host.sessions import session_hash
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.answers import HttpAnswer
from customer_thread.service.calls import Call, CallOf
from customer_thread.service.notices.unsubscribe import unsubscribe_mail as end_mail_notices
from customer_thread.service.notices.unsubscribe import whom_it_unsubscribes
from customer_thread.service.params import Params
from customer_thread.service.portal import guest_calls, portal_calls
from customer_thread.service.portal.ask_for_link import ask_for_link
from customer_thread.service.portal.frame import trouble_page
from customer_thread.service.portal.notification_settings import WishesView
from customer_thread.service.portal.page_headers import check_own_page
from customer_thread.service.portal.way_in import use
from customer_thread.service.ports import Ports
from customer_thread.service.reading.present import EntryView
from customer_thread.service.reading.read_timeline import TimelineView, outbox_of
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.store import entries, threads
from customer_thread.store.rows import ThreadRow

#: which of several customers' threads their user is reading
CHOICE_COOKIE = "customer_thread"
_YEAR = 31_536_000

Answer = TypeVar("Answer")


def own_customers() -> list[str]:
	"""Return the customers whom the signed-in user speaks for. Raise NotSignedIn, NotAllowed or NotFound.

	They are those that name the user in ERPNext's Portal User rows.
	"""
	user = require_user()
	known = frappe.get_cached_value("User", user, ["user_type", "enabled"], as_dict=True)
	if known and known.user_type == "System User":
		raise NotAllowed("This page is your customers' view. Staff read and answer the thread in the Desk.")
	mine = customers_of(user) if known and known.enabled else []
	if not mine:
		raise NoConversation("There is no conversation here for you. If you expected one, please ask us.")
	return mine


def own_customer() -> str:
	"""Return the customer whose thread the signed-in user reads. Raise Unchosen if it is for them to say."""
	kept = frappe.request.cookies.get(CHOICE_COOKIE, "") if frappe.request else ""
	customer = chosen(own_customers(), frappe.session.user, kept)
	if customer is None:
		raise Unchosen("You speak for several customers. Please open /messages and choose one.")
	return customer


def own_thread(outbox: str = "") -> ThreadRow:
	"""Return the signed-in customer's thread, opened if it was not there.

	`outbox` is that of the page the reader is on: what they do there is meant for that thread, whichever they
	chose since in another tab. Raise NotFound if it is not theirs, Unchosen as `own_customer`.
	"""
	if not outbox:
		return _opened(own_customer())
	mine = (_opened(name) for name in own_customers())
	meant = next((thread for thread in mine if outbox_of(thread["name"]) == outbox), None)
	if meant is None:
		raise NotFound("This conversation is no longer open to you.")
	return meant


def thread_of_entry(entry: int | None) -> ThreadRow:
	"""Return the thread in which a link's entry is; whoever follows one to another customer's chose that one."""
	mine = own_customers() if entry else []
	if entry and len(mine) > 1:
		for customer in mine:
			thread = _opened(customer)
			if entries.get(site_ports().database, thread["name"], entry):
				choose(customer)
				return thread
	return own_thread()


def _opened(customer: str) -> ThreadRow:
	party = Party("Customer", customer)
	known = threads.of_party(site_ports().database, party)
	if known:
		return known
	# Frappe ends a GET without a commit unless it is told that something was written
	frappe.local.flags.commit = True
	return open_thread(site_ports(), party)


def choose(customer: str | None) -> None:
	"""Go on with one of one's own threads. Raise NotFound."""
	mine = own_customers()
	if customer not in mine:
		raise NotFound("There is no such thread.")
	if frappe.request and len(mine) > 1:
		frappe.local.cookie_manager.set_cookie(
			CHOICE_COOKIE, choice_of(frappe.session.user, customer), httponly=True, max_age=_YEAR
		)


def choose_thread(thread: str) -> None:
	"""Go on with the thread a link leads to, if its user has several."""
	row = threads.get(site_ports().database, thread)
	if row and row["party"] in own_customers():
		choose(row["party"])


@frappe.whitelist(methods=["POST"], allow_guest=True)
@endpoint
def sign_in_link(address: object = None) -> dict[str, str]:
	"""Have a link sent to a phone number or e-mail address; nothing is said of it."""
	written = Params({"address": address}).text("address", "").strip()
	ask_for_link(site_ports(), written, frappe.local.request_ip or "")
	return {}


@frappe.whitelist(methods=["POST"], allow_guest=True)
@endpoint
def use_link(token: object = None, choice: object = None) -> dict[str, str]:
	"""Sign in by a link and return where to go. Raise NotAllowed."""
	check_own_page(frappe.request.headers.get("Sec-Fetch-Site", ""))
	given = Params({"token": token, "choice": choice})
	way = done(visit_of(given.text("token"), {"choice": given.text("choice", "")}), use)
	if not way.goes_to:
		raise NotAllowed("This link does not sign you in here. Please ask for a new one.")
	choose_thread(way.thread)
	return {"go": way.goes_to}


@frappe.whitelist(methods=["POST"])
@endpoint
def switch(customer: object = None) -> dict[str, str]:
	"""Go on with another of one's own threads."""
	name = Params({"customer": customer}).text("customer")
	choose(name)
	return {"customer": name}


def _answer(call: Call[Callable[[Ports, ThreadRow, Params], Answer]], given: Mapping[str, object]) -> Answer:
	"""Return what a call gives of the signed-in customer's own thread. Raise as `own_thread`."""
	params = call.params(given, str(frappe.session.user), session_hash())
	thread = own_thread(params.text("outbox", ""))
	return call.answer(site_ports(), thread, params)


def _answer_guest(call: CallOf[Answer], given: Mapping[str, object]) -> Answer:
	"""Return what a call gives whoever asks; it has a proof of its own. Raise NotAllowed for a wrong one."""
	try:
		return call.answer(site_ports(), call.params(given))
	except NotAllowed:
		count_failure(call.name)
		raise


@frappe.whitelist(methods=["GET"])
@endpoint
def timeline(**given: object) -> TimelineView:
	"""Return a page of the thread; `as=html` adds each entry as the page shows it."""
	return _answer(portal_calls.timeline, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def reply(**given: object) -> EntryView:
	"""Store a reply and return its entry; the same `client_id` twice is the same entry."""
	return _answer(portal_calls.post_reply, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def read(**given: object) -> dict[str, int]:
	"""Note how far the customer has read."""
	return _answer(portal_calls.read, given)


@frappe.whitelist(methods=["GET"])
@endpoint
def attachment(**given: object) -> Attachment:
	"""Return a picture or file."""
	return _answer(portal_calls.attachment, given)


@frappe.whitelist(methods=["GET"])
@endpoint
def original(**given: object) -> str:
	"""Return the whole text of a mail, or what its new words leave out."""
	return _answer(portal_calls.original, given)


@frappe.whitelist(methods=["GET"])
@endpoint
def calendar_file(**given: object) -> HttpAnswer:
	"""Return an appointment or visit as a file for the reader's calendar."""
	return _answer(portal_calls.calendar_file, given)


@frappe.whitelist(methods=["GET"])
@endpoint
def preferences(**given: object) -> WishesView:
	"""Return what the reader wants."""
	return _answer(portal_calls.preferences, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def save_preferences(**given: object) -> WishesView:
	"""Keep what the reader wants, as far as it is given, and return all of it."""
	return _answer(portal_calls.post_preferences, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def test_notice(**given: object) -> dict[str, list[str]]:
	"""Send the reader a notice that is a test, and return by which channels."""
	return _answer(portal_calls.test_notice, given)


@frappe.whitelist(allow_guest=True, methods=["GET", "POST"])
@endpoint
def unsubscribe_mail(token: object = None) -> Response:
	"""Show the one button of a mail's unsubscribe address; a POST of it turns off e-mail notices (RFC 8058)."""
	ports, name = site_ports(), Params({"token": token}).text("token", "")
	is_done = frappe.request.method == "POST"
	try:
		if is_done:
			end_mail_notices(ports, name)
		else:
			whom_it_unsubscribes(ports, name)
	except NotAllowed as error:
		count_failure("unsubscribe")
		return html("message_page.html", trouble_page(ports.settings(), ports.translate, error), error.status)
	# who is signed in posts with their session's token; a mail program posts without a session
	csrf_token = "" if frappe.session.user == "Guest" else get_csrf_token()
	return html("unsubscribe.html", {"is_done": is_done, "csrf_token": csrf_token})


@frappe.whitelist(methods=["POST"])
@endpoint
def subscribe(**given: object) -> dict[str, str]:
	"""Let this browser be pushed to."""
	return _answer(portal_calls.subscribe, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def unsubscribe(**given: object) -> dict[str, str]:
	"""Push to this browser no more."""
	return _answer(portal_calls.unsubscribe, given)


@frappe.whitelist(allow_guest=True, methods=["POST"])  # by the secret of the subscription  # nosemgrep
@endpoint
def resubscribe(**given: object) -> dict[str, str]:
	"""Go on with another subscription of this browser, as its service worker asks."""
	return _answer_guest(guest_calls.resubscribe, given)
