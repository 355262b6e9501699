"""Estimates, orders, deliveries and invoices of a customer's month."""

import json
from typing import Any

from support.site_month import Month
from support.site_portal_documents import COMPANY


class Sales(Month):
	"""What the office sells."""

	def estimate(self, total: float = 200, **values: object) -> Any:
		to = {"quotation_to": "Customer", "party_name": self.sarah.name}
		doc = {"doctype": "Quotation", "company": COMPANY, "items": self.rows(total), **to, **values}
		return self.insert(self.site.get_doc(doc))

	def order_from(self, estimate: Any, **values: object) -> Any:
		"""Press Create → Sales Order on an estimate, and submit it."""
		from erpnext.selling.doctype.quotation.quotation import make_sales_order

		with self.act():
			order = make_sales_order(estimate.name)
			order.update({"delivery_date": self.day(7), **values})
			return self.insert(order)

	def order(self, total: float = 200, **values: object) -> Any:
		doc = {"doctype": "Sales Order", "company": COMPANY, "customer": self.sarah.name}
		return self.insert(
			self.site.get_doc({**doc, "delivery_date": self.day(7), "items": self.rows(total), **values})
		)

	def update_items(self, order: Any, total: float) -> None:
		"""Press Update Items on an order."""
		from erpnext.controllers.accounts_controller import update_child_qty_rate

		row = self.fresh(order).items[0]
		rows = [{"docname": row.name, "item_code": row.item_code, "qty": total / 100, "rate": 100, "idx": 1}]
		rows[0] |= {"uom": row.uom, "conversion_factor": 1, "delivery_date": str(row.delivery_date)}
		with self.act():
			update_child_qty_rate("Sales Order", json.dumps(rows), order.name)

	def order_status(self, order: Any, status: str) -> None:
		"""Press Close, Hold or Re-open on an order."""
		from erpnext.selling.doctype.sales_order.sales_order import update_status

		with self.act():
			update_status(status, order.name)

	def deliver(self, order: Any) -> Any:
		"""Press Create → Delivery Note on an order, and submit it."""
		from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

		with self.act():
			return self.insert(make_delivery_note(order.name))

	def return_delivery(self, delivery: Any) -> Any:
		from erpnext.stock.doctype.delivery_note.delivery_note import make_sales_return

		with self.act():
			return self.insert(make_sales_return(delivery.name))

	def draft(self, total: float = 4200, **values: object) -> Any:
		"""Return an invoice that is not in the database yet."""
		doc = {"doctype": "Sales Invoice", "customer": self.sarah.name, "company": COMPANY}
		return self.site.get_doc({**doc, "items": self.rows(total), **values})

	def invoice(self, total: float = 4200, **values: object) -> Any:
		return self.insert(self.draft(total, **values))

	def overdue(self, total: float = 4200, **values: object) -> Any:
		"""Return an invoice of last month that should have been paid by now."""
		dated = {"set_posting_time": 1, "posting_date": self.day(-30), "due_date": self.day(-10)}
		return self.invoice(total, **{**dated, **values})

	def invoice_of(self, order: Any, *, advances: bool = False, **values: object) -> Any:
		"""Press Create → Sales Invoice on an order, Get Advances Received if so, and submit it."""
		from erpnext.selling.doctype.sales_order.sales_order import make_sales_invoice

		with self.act():
			invoice = make_sales_invoice(order.name)
			invoice.update(values)
			if advances:
				invoice.set_advances()
			return self.insert(invoice)

	def credit(self, invoice: Any, total: float = 0, *, alone: bool = True, **values: object) -> Any:
		"""Press Create → Return / Credit Note, of the whole or a part, and submit it.

		alone: leaves the invoice's own balance alone (Update Outstanding for Self).
		"""
		from erpnext.accounts.doctype.sales_invoice.sales_invoice import make_sales_return

		with self.act():
			note = make_sales_return(invoice.name)
			note.update({"update_outstanding_for_self": int(alone), **values})
			if total:
				note.items[0].qty = -total / 100
				# as the form does before it saves
				note.run_method("calculate_taxes_and_totals")
			return self.insert(note)

	def credit_without_invoice(self, total: float) -> Any:
		rows = self.rows(-total)
		return self.invoice(items=rows, is_return=1)
