"""The past of a Frappe site: the documents that the card rules are about, e-mails, calls and texts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import frappe
from frappe.utils import get_system_timezone

from customer_thread.frappe_host import communications, contacts, logs
from customer_thread.frappe_host.document_history import history_of
from customer_thread.frappe_host.enabled_rules import giving_way, rules_of
from customer_thread.frappe_host.guard import guarded
from customer_thread.frappe_host.noted_types import document_types
from customer_thread.frappe_host.owners import owner_of
from customer_thread.frappe_host.times import site_time
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.cards.bring_in_history import Item
from customer_thread.service.cards.make_cards import Made
from customer_thread.service.cards.replay_document import replay_document

if TYPE_CHECKING:
	from frappe.model.document import Document

#: first: whose a mail or call was is known by these
CONTACTS = "Thread Contact Point"
MAILS, CALLS, TEXTS = "Communication", "Call Log", "SMS Log"


class SiteArchive:
	"""The Archive that `bring_in_history` asks for, for one job."""

	def __init__(self) -> None:
		# what is wrong with a rule is wrong with it for every document
		self._logged: set[str] = set()

	def steps(self) -> Sequence[str]:
		"""Return the kinds of document it has."""
		settings = site_ports().settings()
		captured = {
			MAILS: settings.capture_emails,
			CALLS: settings.capture_calls,
			TEXTS: settings.capture_texts,
		}
		cards = sorted(document_types()) if settings.capture_documents else []
		# what gives way to other documents' cards asks for them
		late = giving_way() if cards else frozenset()
		cards.sort(key=lambda doctype: doctype in late)
		found = [*cards, *(step for step, is_on in captured.items() if is_on)]
		return [CONTACTS, *(step for step in found if frappe.db.table_exists(step))]

	def count(self, step: str, since_us: int) -> int:
		"""Return how many documents of a kind there are since then."""
		return 1 if step == CONTACTS else int(frappe.db.count(step, _filters(step, since_us)))

	def items(self, step: str, since_us: int, place: str, limit: int) -> Sequence[Item]:
		"""Return the next ones after a place, in the order in which they were made."""
		if step == CONTACTS:
			return [] if place else [Item(CONTACTS, CONTACTS)]
		creation, _bar, name = place.partition("|")
		found = (
			_page(step, since_us, [["creation", "=", creation], ["name", ">", name]], limit) if place else []
		)
		if len(found) < limit:
			later = [["creation", ">", creation]] if place else []
			found += _page(step, since_us, later, limit - len(found))
		return found

	def bring_in(self, step: str, name: str, since_us: int) -> int | None:
		"""Write the entries of one document; None if it failed, which is undone and logged."""
		written: int | None = None
		with guarded(f"History of {step} {name}"):
			written = self._bring_in(step, name, since_us)
		return written

	def _bring_in(self, step: str, name: str, since_us: int) -> int:
		if step == CONTACTS:
			contacts.repair()
			return 0
		if step == MAILS:
			posted = communications.receive(name, from_history=True)
			return int(bool(posted and posted.is_new))
		doc = frappe.get_doc(step, name)
		if step == CALLS:
			return logs.record_call_log(doc, from_history=True)
		if step == TEXTS:
			return sum(logs.record_sms_log(doc, number, from_history=True) for number in logs.numbers_of(doc))
		made = _replay(doc, since_us)
		for fault in set(made.faults) - self._logged:
			self._logged.add(fault)
			frappe.log_error("Thread Card Rule", fault, step, name)
		return made.new


def _page(step: str, since_us: int, place: Sequence[Sequence[object]], limit: int) -> list[Item]:
	filters = [*_filters(step, since_us), *place]
	rows = frappe.get_all(step, filters, ["name", "creation"], order_by="creation, name", limit=limit)
	return [Item(str(row.name), f"{row.creation}|{row.name}") for row in rows]


def _filters(step: str, since_us: int) -> list[list[object]]:
	since = str(site_time(since_us))
	if step == MAILS:
		return [["communication_medium", "=", "Email"], ["communication_date", ">=", since]]
	if frappe.get_meta(step).is_submittable:
		return [["modified", ">=", since], ["docstatus", ">", 0]]
	return [["modified", ">=", since]]


def _replay(doc: "Document", since_us: int) -> Made:
	rules = rules_of(doc.doctype)
	history = history_of(doc, {rule.field for rule in rules if rule.field})
	zone = get_system_timezone()
	return replay_document(site_ports(), rules, history, since_us, timezone=zone, owner_of=owner_of)
