"""The customer's own thread, and nothing else."""

from typing import Any

import frappe
from frappe import _

from customer_thread.api import door, require_user
from customer_thread.domain.errors import NotAllowed, NotFound
from customer_thread.domain.model import Media, Party
from customer_thread.frappe_host.wiring import ports
from customer_thread.service import portal_calls
from customer_thread.service.open_thread import open_thread
from customer_thread.service.params import Params
from customer_thread.service.read_timeline import outbox_of
from customer_thread.store import threads
from customer_thread.store.database import Row

#: which of his threads a user with several is reading; it names one of his own or nothing
CHOICE_COOKIE = "customer_thread"


def own_customers() -> list[str]:
	"""Return the customers whom the signed-in user speaks for. Raise NotSignedIn, NotAllowed or NotFound.

	They are those that name him in ERPNext's Portal User rows.
	"""
	user = require_user()
	if frappe.get_cached_value("User", user, "user_type") == "System User":
		raise NotAllowed(
			_("This page is your customers' view. Staff read and answer the thread in the Desk.")
		)
	rows = frappe.get_all(
		"Portal User",
		filters={"user": user, "parenttype": "Customer", "parentfield": "portal_users"},
		order_by="parent",
		pluck="parent",
	)
	mine = list(dict.fromkeys(rows))
	if not mine:
		raise NotFound(_("There is no conversation here yet."))
	return mine


def own_thread() -> Row:
	"""Return the signed-in customer's thread, opened if it was not there; of several, the one he chose.

	He who has not chosen yet gets the one with the latest news, and stays with it.
	"""
	mine = own_customers()
	if len(mine) == 1:
		return _opened(mine[0])
	found = [_opened(name) for name in mine]
	chosen = frappe.request.cookies.get(CHOICE_COOKIE) if frappe.request else None
	for thread in found:
		if outbox_of(thread) == chosen:
			return thread
	latest = max(found, key=lambda thread: (thread["last_us"], thread["name"]))
	_choose(latest)
	return latest


def _opened(customer: str) -> Row:
	party = Party("Customer", customer)
	known = threads.of_party(ports().database, party)
	if known:
		return known
	# Frappe ends a GET without a commit unless it is told that something was written
	frappe.local.flags.commit = True
	return open_thread(ports(), party)


def _choose(thread: Row) -> None:
	if frappe.request:
		frappe.local.cookie_manager.set_cookie(
			CHOICE_COOKIE, outbox_of(thread), httponly=True, samesite="Lax", max_age=34560000
		)


@frappe.whitelist(methods=["POST"])
@door
def switch(customer: object = None) -> dict[str, str]:
	"""Go on with another of one's own threads."""
	name = Params({"customer": customer}).text("customer")
	if name not in own_customers():
		raise NotFound(_("There is no such thread."))
	thread = _opened(name)
	_choose(thread)
	return {"customer": name}


@frappe.whitelist(methods=["GET"])
@door
def timeline(
	limit: object = None,
	before: object = None,
	newer: object = None,
	after: object = None,
	around: object = None,
	q: object = None,
	**more: object,
) -> dict[str, Any]:
	"""Return a page of the thread; `as=html` adds each entry as the page shows it."""
	thread = own_thread()
	given = {"limit": limit, "before": before, "newer": newer, "after": after, "around": around, "q": q}
	return portal_calls.timeline(ports(), thread["name"], Params({**given, "as": more.get("as")}))


@frappe.whitelist(methods=["POST"])
@door
def reply(text: object = None, client_id: object = None, **more: object) -> dict[str, Any]:
	"""Store a reply and return its entry; the same `client_id` twice is the same entry."""
	thread = own_thread()
	given = {"text": text, "client_id": client_id, "as": more.get("as")}
	return portal_calls.post_reply(ports(), thread["name"], Params(given))


@frappe.whitelist(methods=["POST"])
@door
def read(upto: object = None) -> dict[str, int]:
	"""Note how far the customer has read."""
	return portal_calls.read(ports(), own_thread()["name"], Params({"upto": upto}))


@frappe.whitelist(methods=["GET"])
@door
def attachment(entry: object = None, index: object = None) -> Media:
	"""Return a picture or file."""
	given = {"entry": entry, "index": index}
	return portal_calls.attachment(ports(), own_thread()["name"], Params(given))


@frappe.whitelist(methods=["GET"])
@door
def original(entry: object = None) -> str:
	"""Return the whole text of a mail."""
	return portal_calls.original(ports(), own_thread()["name"], Params({"entry": entry}))
