"""Bringing in what a site's documents were before, without what the site had before the test."""

from typing import Any

from customer_thread.frappe_host.archive import CONTACTS, SiteArchive
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.cards.bring_in_history import advance_history, start_history
from customer_thread.store.rows import HistoryRow
from support.site_cards import end_transaction


class OwnArchive(SiteArchive):
	"""The site's archive of what was made since it was built."""

	def __init__(self, site: Any) -> None:
		super().__init__()
		self._begun = f"{site.utils.now()}|"

	def steps(self) -> list[str]:
		return [step for step in super().steps() if step != CONTACTS]

	def items(self, step: str, since_us: int, place: str, limit: int) -> Any:
		return super().items(step, since_us, place or self._begun, limit)


def bring_in(site: Any, archive: SiteArchive) -> HistoryRow:
	"""Bring the last month in, all of it, and return the run."""
	site.db.delete("Thread History")
	state: HistoryRow | None = start_history(site_ports(), 1)
	while state and state["state"] == "Running":
		state = advance_history(site_ports(), archive)
	assert state
	return state


def capture(site: Any, *, is_on: bool) -> None:
	"""Let documents make cards, or let them pass as if the app were not there."""
	end_transaction()
	settings = site.get_doc("Customer Thread Settings")
	settings.capture_documents = int(is_on)
	settings.save()
