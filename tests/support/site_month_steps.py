"""Random acts of an office for one or two customers: what it does next is picked from what there is."""

from collections.abc import Callable
from typing import Any

from support.site_month_money import WRITE_OFF
from support.site_month_plans import Plans

#: what is done, and to which of the documents it can be done to
Step = tuple[str, int]
_CANCELLED = "Sales Invoice", "Payment Entry", "Journal Entry", "Quotation", "Sales Order", "Contract"


class Office(Plans):
	"""An office with two customers, and what it has done so far, in words."""

	def __init__(self, site: Any) -> None:
		super().__init__(site)
		self.bob = self.customer("TEST Bob")
		self.done: list[str] = []

	def play(self, steps: list[Step]) -> None:
		"""Do one act; what ERPNext refuses is undone with all of it, as a request that fails is."""
		self.site.db.savepoint("act")
		done, sarah, bob = len(self.done), self.sarah, self.bob
		try:
			with self.act():
				for what, which in steps:
					made = STEPS[what](self, which)
					self.done.append(f"{what}: {made.doctype} {made.name}" if made else f"({what})")
		except self.site.ValidationError as refused:
			self.site.db.rollback(save_point="act")
			self.site.db.after_rollback.run()
			self.sarah, self.bob = self.fresh(sarah), self.fresh(bob)
			self.done[done:] = [f"refused: {steps}: {refused}"]
		self.done.append("---")

	def pick(self, doctype: str, which: int, **filters: Any) -> Any:
		"""Return one of the customers' documents that are so, or None."""
		party = {
			"Quotation": "party_name",
			"Payment Entry": "party",
			"Contract": "party_name",
			"Appointment": "party",
		}
		if doctype != "Journal Entry":
			filters[party.get(doctype, "customer")] = ["in", (self.sarah.name, self.bob.name)]
		else:
			filters["creation"] = [">=", self.sarah.creation]
		names = self.site.get_all(doctype, filters, pluck="name", order_by="creation, name")
		return self.site.get_doc(doctype, names[which % len(names)]) if names else None


def _invoice(office: Office, which: int) -> Any:
	make = office.overdue if which % 5 == 4 else office.invoice
	return make(100 * (which % 7), allocate_advances_automatically=which % 2)


def _open(office: Office, which: int) -> Any:
	return office.pick("Sales Invoice", which, docstatus=1, is_return=0, outstanding_amount=[">", 0])


def _pay(office: Office, which: int) -> Any:
	invoice = _open(office, which)
	return invoice and office.pay(invoice, invoice.outstanding_amount / (1 + which % 2))


def _credit(office: Office, which: int) -> Any:
	invoice = _open(office, which)
	if not invoice:
		return None
	owed = invoice.outstanding_amount / (1 + which % 2)
	return office.credit(invoice, min(owed, invoice.grand_total), alone=which % 3 == 0)


def _write_off(office: Office, which: int) -> Any:
	invoice = _open(office, which)
	if not invoice:
		return None
	owed = invoice.outstanding_amount / (1 + which % 2)
	return office.journal("Write Off Entry", owed, against=invoice, other=WRITE_OFF)


def _order(office: Office, which: int) -> Any:
	return office.order(100 * (1 + which % 4))


def _running(office: Office, which: int, **filters: Any) -> Any:
	return office.pick("Sales Order", which, docstatus=1, **{"status": ["!=", "Closed"], **filters})


def _approve(office: Office, which: int) -> Any:
	estimate = office.pick("Quotation", which, docstatus=1, status="Open")
	return estimate and office.order_from(estimate)


def _change(office: Office, which: int) -> Any:
	order = _running(office, which, per_billed=0)
	if order:
		office.update_items(order, 100 * (1 + which % 6))
	return order


def _close(office: Office, which: int) -> Any:
	order = _running(office, which)
	if order:
		office.order_status(order, "Closed")
	return order


def _open_again(office: Office, which: int) -> Any:
	order = _running(office, which, status="Closed")
	if order:
		office.order_status(order, "Draft")
	return order


def _bill(office: Office, which: int) -> Any:
	order = _running(office, which, per_billed=0)
	return order and office.invoice_of(order, advances=bool(which % 2))


def _deposit(office: Office, which: int) -> Any:
	order = _running(office, which, per_billed=0, advance_paid=0)
	return order and office.pay(order, order.grand_total / (1 + which % 2))


def _cancel(office: Office, which: int) -> Any:
	doctypes = [*_CANCELLED, *_CANCELLED]
	for doctype in doctypes[which % len(_CANCELLED) :][: len(_CANCELLED)]:
		doc = office.pick(doctype, which, docstatus=1)
		if doc:
			office.cancel(doc)
			return doc
	return None


def _amend(office: Office, which: int) -> Any:
	for doctype in ("Sales Invoice", "Sales Order", "Quotation"):
		doc = office.pick(doctype, which, docstatus=2)
		if doc and not office.site.db.exists(doctype, {"amended_from": doc.name}):
			return office.amend(doc)
	return None


def _delete(office: Office, which: int) -> Any:
	doctype = _CANCELLED[which % len(_CANCELLED)]
	doc = office.pick(doctype, which, docstatus=2)
	if doc:
		with office.act():
			office.site.delete_doc(doctype, doc.name, force=True)
	return doc


def _reconcile(office: Office, _which: int) -> Any:
	office.reconcile()
	return office.sarah


def _unreconcile(office: Office, which: int) -> Any:
	payment = office.pick("Payment Entry", which, docstatus=1, total_allocated_amount=[">", 0])
	if payment:
		office.unreconcile(payment)
	return payment


def _appointment(office: Office, which: int) -> Any:
	return office.appointment(f"2027-05-{1 + which % 28:02} 08:00:00")


def _planned(office: Office, which: int, status: str) -> Any:
	return office.pick("Appointment", which, status=status)


def _move(office: Office, which: int) -> Any:
	appointment = _planned(office, which, "Open")
	return appointment and office.set(appointment, scheduled_time=f"2027-06-{1 + which % 28:02} 09:00:00")


def _call_off(office: Office, which: int) -> Any:
	appointment = _planned(office, which, "Open")
	return appointment and office.set(appointment, status="Closed")


def _call_on(office: Office, which: int) -> Any:
	appointment = _planned(office, which, "Closed")
	return appointment and office.set(appointment, status="Open")


def _delete_appointment(office: Office, which: int) -> Any:
	appointment = _planned(office, which, "Open")
	if appointment:
		office.delete(appointment)
	return appointment


def _rename(office: Office, which: int) -> Any:
	office.sarah = office.rename(office.sarah, f"{office.sarah.name[:30]} {which}")
	return office.sarah


def _switch(office: Office, _which: int) -> Any:
	office.sarah, office.bob = office.bob, office.sarah
	return office.sarah


def _merge(office: Office, _which: int) -> Any:
	office.sarah = office.rename(office.bob, office.sarah.name, merge=True)
	office.bob = office.customer("TEST Bob")
	return office.sarah


#: the first are the commonest
STEPS: dict[str, Callable[[Office, int], Any]] = {
	"invoice": _invoice,
	"pay": _pay,
	"cancel": _cancel,
	"credit": _credit,
	"on account": lambda office, which: office.on_account(100 * (1 + which % 5)),
	"order": _order,
	"estimate": lambda office, which: office.estimate(100 * (1 + which % 3)),
	"approve": _approve,
	"bill": _bill,
	"deposit": _deposit,
	"change": _change,
	"close": _close,
	"open again": _open_again,
	"write off": _write_off,
	"refund": lambda office, which: office.on_account(100 * (1 + which % 5), "Pay"),
	"amend": _amend,
	"delete": _delete,
	"reconcile": _reconcile,
	"unreconcile": _unreconcile,
	"appointment": _appointment,
	"move": _move,
	"call off": _call_off,
	"call on": _call_on,
	"delete appointment": _delete_appointment,
	"contract": lambda office, _which: office.contract(),
	"rename": _rename,
	"switch": _switch,
	"merge": _merge,
}
