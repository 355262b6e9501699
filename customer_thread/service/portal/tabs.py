"""The tabs over a customer's pages."""

from customer_thread.domain.portal.tabs import Tab, shown_tabs
from customer_thread.service.ports import Ports
from customer_thread.store.rows import ThreadRow
from customer_thread.store.threads import party_of


def portal_tabs(ports: Ports, thread: ThreadRow, current: str) -> list[Tab]:
	"""Return the tabs that the signed-in customer can open; `current` is the path of the page they are on."""
	party = party_of(thread)
	page_links = ports.page_links(party) if party else {}
	return shown_tabs(ports.settings().tabs, page_links, current)
