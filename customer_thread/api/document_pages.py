"""Read-only pages of documents for which ERPNext's portal has none, on a Frappe site."""

from werkzeug.wrappers import Response

from customer_thread.api import portal
from customer_thread.api.choice import account
from customer_thread.api.page import Page, html
from customer_thread.domain.portal.pages import OWN_PAGES, Reference
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.portal.read_document import read_document


class DocumentPage(Page):
	"""A route of `OWN_PAGES` with a name."""

	def __init__(self, path: str, http_status_code: int | None = None) -> None:
		super().__init__(path, http_status_code)
		self.reference = _reference(f"/{self.path}")

	def can_render(self) -> bool:
		"""Return whether this path is ours."""
		return bool(self.reference.name)

	def answer(self) -> Response:
		"""Return the signed-in customer's own document."""
		thread = portal.own_thread()
		return html(
			"document.html", {**read_document(site_ports(), thread, self.reference), **account(thread)}
		)


def _reference(path: str) -> Reference:
	"""Return what a path names; without a name if it is not of ours."""
	for route, doctype in OWN_PAGES.items():
		if path.startswith(route):
			return Reference(doctype, path.removeprefix(route))
	return Reference("", "")
