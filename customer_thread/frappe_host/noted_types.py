"""Which documents of a site are followed, asked at every save of every document: it costs a look into a set."""

import frappe

RULE = "Thread Card Rule"
AUTOMATION = "Thread Automation"
_CACHED = "customer_thread_noted_types"
#: seconds
_CACHED_FOR = 300


def forget_types() -> None:
	"""Look the types up anew: a rule or an automation was changed; again once that holds or is taken back."""
	_forget()
	frappe.db.after_commit.add(_forget)
	frappe.db.after_rollback.add(_forget)


def _forget() -> None:
	frappe.cache.delete_value(_CACHED)
	setattr(frappe.local, _CACHED, None)


def noted_types() -> frozenset[str]:
	"""Return the document types that a card rule or an automation in force is about."""
	return _types()[0]


def document_types() -> frozenset[str]:
	"""Return the document types that a card rule in force is about."""
	return _types()[1]


def automated_types() -> frozenset[str]:
	"""Return the document types that an automation in force is about."""
	return _types()[2]


def _types() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
	known: tuple[frozenset[str], frozenset[str], frozenset[str]] | None = getattr(frappe.local, _CACHED, None)
	if known is None:
		of_rules, of_automations = (frozenset(types) for types in _cached())
		known = (of_rules | of_automations, of_rules, of_automations)
		setattr(frappe.local, _CACHED, known)
	return known


def _cached() -> list[list[str]]:
	found: list[list[str]] | None = frappe.cache.get_value(_CACHED, expires=True)
	if found is None:
		found = [_in_force(RULE), _in_force(AUTOMATION)]
		# a transaction that began before one was changed may put the old lists back: not for long
		frappe.cache.set_value(_CACHED, found, expires_in_sec=_CACHED_FOR)
	return found


def _in_force(doctype: str) -> list[str]:
	# between a new version's code and its migration the table is not there yet, and documents are saved
	if not frappe.db.table_exists(doctype):
		return []
	found: list[str] = frappe.get_all(
		doctype, {"enabled": 1}, pluck="document_type", distinct=True, order_by=None
	)
	return found
