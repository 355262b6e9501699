"""The tabs over a customer's pages."""

from customer_thread.domain.model import Party
from customer_thread.domain.portal.tabs import Tab, shown_tabs
from customer_thread.service.ports import Ports
from customer_thread.store.database import Row


def portal_tabs(ports: Ports, thread: Row, current: str) -> list[Tab]:
	"""Return the tabs that the signed-in customer can open; `current` is the path of the page he is on."""
	page_links = ports.page_links(Party(thread["party_type"], thread["party"]))
	return shown_tabs(ports.settings().tabs, page_links, current)
