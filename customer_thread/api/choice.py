"""Whose conversation it is, for a user who speaks for several customers: they pick once, and may switch."""

import frappe
from frappe.sessions import get_csrf_token
from werkzeug.wrappers import Response

from customer_thread.api import portal
from customer_thread.api.page import CHOOSE, SIGN_OUT, Page, go, html
from customer_thread.domain.people.choice import labels
from customer_thread.service.params import Params
from customer_thread.service.portal.frame import AccountView, SwitchTo
from customer_thread.service.portal.local_path import local_path
from customer_thread.service.reading.read_timeline import outbox_of
from customer_thread.store.rows import ThreadRow


class ChoicePage(Page):
	"""/messages/choose: works without JavaScript."""

	def can_render(self) -> bool:
		"""Return whether this path is ours."""
		return self.path == CHOOSE

	def answer(self) -> Response:
		"""Return the chooser, or the way on to what was chosen."""
		back = local_path(frappe.request.args.get("to", ""))
		if frappe.request.method == "POST":
			portal.choose(Params(frappe.request.form).text("customer"))
			return go(back)
		customers = named(portal.own_customers())
		if len(customers) == 1:
			return go(back)
		return html("choose_customer.html", {"customers": customers, "csrf_token": get_csrf_token()})


def account(thread: ThreadRow) -> AccountView:
	"""Return what is behind the initials of the reader of a thread."""
	mine = portal.own_customers()
	others = [other for other in named(mine) if other["customer"] != thread["party"]] if len(mine) > 1 else []
	return {
		"csrf_token": get_csrf_token(),
		"reader_id": outbox_of(frappe.session.user),
		"sign_out": f"/{SIGN_OUT}",
		"switch": f"/{CHOOSE}",
		"others": others,
	}


def named(customers: list[str]) -> list[SwitchTo]:
	"""Return customers as one picks them."""
	names = frappe.get_all(
		"Customer",
		filters={"name": ("in", customers)},
		fields=["name", "customer_name"],
		order_by="customer_name, name",
		as_list=True,
	)
	return [{"customer": customer, "label": label} for customer, label in labels(names)]
