"""Which links a customer can follow."""

from collections.abc import Iterable
from urllib.parse import quote, unquote

from customer_thread.domain.portal.pages import PAGES, Reference
from customer_thread.service.documents import Documents
from customer_thread.store.rows import ThreadRow
from customer_thread.store.threads import party_of

_ROUTES = {doctype: route for route, doctype in PAGES.items()}


def reference_of(url: str) -> Reference | None:
	"""Return the document whose page a link leads to, or None if it leads to no such page."""
	path = url.partition("#")[0].partition("?")[0]
	for route, doctype in PAGES.items():
		if path.startswith(route):
			return Reference(doctype, unquote(path.removeprefix(route)))
	return None


def address_of(reference: Reference) -> str:
	"""Return the address of a document's page."""
	return _ROUTES[reference.doctype] + quote(reference.name, safe="/")


def open_links(documents: Documents, thread: ThreadRow, urls: Iterable[str]) -> set[str]:
	"""Return those of these links that do not lead to a page that is closed to this thread's customer.

	What leads to no document's page stays: staff gave it.
	"""
	wanted = {url: reference_of(url) for url in urls}
	references = {reference for reference in wanted.values() if reference}
	opened: set[Reference] = set()
	party = party_of(thread)
	if references and party:
		opened = documents.openable(party, references)
	return {url for url, reference in wanted.items() if reference is None or reference in opened}
