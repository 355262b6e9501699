"""What happens to any document may become a card; the rules say which."""

from frappe.model.document import Document

from customer_thread.frappe_host.cards import follow, forget, report


def after_insert(doc: Document, method: str) -> None:
	"""Report a new document."""
	report(doc, "Created")


def on_submit(doc: Document, method: str) -> None:
	"""Report a submitted document."""
	report(doc, "Submitted")


def on_cancel(doc: Document, method: str) -> None:
	"""Report a cancelled document."""
	report(doc, "Cancelled")


def on_change(doc: Document, method: str) -> None:
	"""Report a change: after each save, and after each field that a program sets."""
	report(doc, "Saved")


def after_rename(doc: Document, method: str, old: str, new: str, merge: bool = False) -> None:
	"""Let its cards follow it."""
	follow(doc, old, merged=merge)


def after_delete(doc: Document, method: str) -> None:
	"""Part its cards from whatever is given its number next."""
	forget(doc)
