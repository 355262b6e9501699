"""What other documents cause in the thread must never keep them from being saved."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import frappe
from frappe import _

from customer_thread.domain.errors import ThreadError


@contextmanager
def guarded(what: str) -> Iterator[None]:
	"""Undo and log whatever fails inside; the document's own transaction goes on.

	Raise QueryDeadlockError: the database has then undone all of the transaction, and whoever began it begins anew.
	"""
	savepoint = f"customer_thread_{frappe.generate_hash(length=8)}"
	frappe.db.savepoint(savepoint)
	with _logged(what, lambda: frappe.db.rollback(save_point=savepoint)):
		yield


@contextmanager
def guarded_reading(what: str) -> Iterator[None]:
	"""Log whatever fails inside, as `guarded`, where nothing is written that would have to be undone.

	Raise QueryDeadlockError.
	"""
	with _logged(what, lambda: None):
		yield


@contextmanager
def _logged(what: str, undo: Callable[[], None]) -> Iterator[None]:
	said = len(frappe.local.message_log)
	try:
		yield
	except frappe.QueryDeadlockError:
		raise
	except Exception:
		undo()
		del frappe.local.message_log[said:]
		frappe.log_error(title=f"Customer Thread: {what}")


@contextmanager
def shown_to_user() -> Iterator[None]:
	"""Give what the program refuses to whoever saves a form, as Frappe's own validation does."""
	try:
		yield
	except ThreadError as error:
		frappe.throw(frappe.utils.escape_html(error.worded(_)), frappe.ValidationError, title=_("Not saved"))


def is_setting_up() -> bool:
	"""Return whether the app's own tables may not be there yet, or no longer."""
	flags = frappe.flags
	return bool(flags.in_install or flags.in_uninstall or flags.in_migrate or flags.in_patch)
