"""A customer's month in a real site: what the office does, by ERPNext's own API, and what she reads of it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from customer_thread.domain.model import Party
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.reading.read_timeline import Query, read_timeline
from customer_thread.store import threads
from support import site_cards
from support.site_portal_documents import COMPANY

#: what stands before a line that is void
VOID = "void: "
_NUMBER = re.compile(r"[A-Z-]+-(?:\d{4}-)?0*(\d+)((?:-\d+)*)")


def n(doc: Any) -> str:
	"""Return what a person calls a document of ERPNext's default series: #1 for ACC-SINV-2026-00001."""
	found = _NUMBER.fullmatch(doc if isinstance(doc, str) else doc.name)
	assert found, doc
	return f"#{found[1]}{found[2]}"


class Month:
	"""What the office does for one customer: each call is an act of its own, those inside `act()` are one."""

	def __init__(self, site: Any) -> None:
		self.site = site
		self._inside = 0
		self.sarah = self.customer("TEST Sarah Lee")
		self.today: str = site.utils.nowdate()
		self._item = ""

	@contextmanager
	def act(self) -> Iterator[None]:
		"""Let all that is done in the block be one act."""
		self._inside += 1
		try:
			yield
		finally:
			self._inside -= 1
		if not self._inside:
			site_cards.end_transaction()
			# a request would end here, and with it what Frappe found out for a rename or a deletion
			self.site.local.dynamic_link_map = None

	def day(self, days: int) -> str:
		"""Return the date so many days from today."""
		return str(self.site.utils.add_days(self.today, days))

	def customer(self, name: str, **values: object) -> Any:
		doc = {
			"doctype": "Customer",
			"customer_name": f"{name} {uuid4().hex[:6]}",
			"customer_type": "Individual",
		}
		return self.site.get_doc({**doc, **values}).insert()

	@property
	def item(self) -> str:
		"""Return an hour of work."""
		if not self._item:
			doc = {
				"doctype": "Item",
				"item_code": "MONTH-LABOR",
				"item_group": "Services",
				"stock_uom": "Hour",
			}
			self._item = str(self.site.get_doc({**doc, "is_stock_item": 0}).insert().name)
		return self._item

	def rows(self, total: float) -> list[dict[str, object]]:
		"""Return what a document of that total is about: hours at $100."""
		rate = 100 if total else 0
		return [{"item_code": self.item, "qty": total / 100 if total else 1, "rate": rate}]

	def new(self, doctype: str, **values: object) -> Any:
		"""Insert a document."""
		with self.act():
			return self.site.get_doc({"doctype": doctype, "company": COMPANY, **values}).insert()

	def insert(self, doc: Any, *, submit: bool = True) -> Any:
		"""Insert what a button of ERPNext has made ready, and submit it."""
		with self.act():
			doc.insert()
			if submit:
				doc.submit()
			return doc

	def submit(self, doc: Any) -> Any:
		with self.act():
			doc.submit()
			return doc

	def cancel(self, doc: Any) -> None:
		with self.act():
			self.fresh(doc).cancel()

	def amend(self, doc: Any, **values: object) -> Any:
		"""Return the submitted copy of a cancelled document, as the button Amend and Submit make it."""
		copy = self.site.copy_doc(self.fresh(doc))
		copy.amended_from = doc.name
		copy.update(values)
		return self.insert(copy)

	def fresh(self, doc: Any) -> Any:
		"""Return a document as it is in the database, another instance."""
		return self.site.get_doc(doc.doctype, doc.name)

	def set(self, doc: Any, **values: object) -> Any:
		"""Save a document with other values."""
		with self.act():
			fresh = self.fresh(doc)
			fresh.update(values)
			return fresh.save()

	def delete(self, doc: Any) -> None:
		with self.act():
			self.site.delete_doc(doc.doctype, doc.name)

	def rename(self, doc: Any, new: str, *, merge: bool = False) -> Any:
		with self.act():
			return self.site.get_doc(
				doc.doctype, self.site.rename_doc(doc.doctype, doc.name, new, merge=merge)
			)

	def lines(self, who: Any = None) -> list[str]:
		"""Return what a customer reads, oldest first."""
		site_cards.end_transaction()
		who = who or self.sarah
		row = threads.of_party(site_ports().database, Party(who.doctype, who.name))
		if not row:
			return []
		lines = []
		for entry in read_timeline(site_ports(), row["name"], Query(limit=100))["entries"]:
			card = entry["card"]
			assert card
			lines.append(f"{VOID if card['void'] else ''}{entry['text']}")
		return lines
