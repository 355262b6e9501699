"""Which of the portal's tabs a customer is shown: those that lead somewhere for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: pages of our own, open to whoever has a thread
OWN_PAGES = frozenset({"/messages", "/schedule"})


@dataclass(frozen=True)
class Tab:
	"""A tab as it is shown."""

	title: str
	route: str
	current: bool = False


def shown_tabs(tabs: Iterable[tuple[str, str]], page_links: Mapping[str, str], current: str) -> list[Tab]:
	"""Return the tabs whose pages this reader can open, each with where it leads for them.

	`page_links` holds the pages that the host knows: where each leads for them, or "" if it is closed to them.
	A page that the host does not know leads where the admin said. `current` is the path being shown.
	"""
	shown: dict[str, Tab] = {}
	for title, route in tabs:
		page = _page(route)
		goal = route if page in OWN_PAGES else page_links.get(page, route)
		if goal:
			shown.setdefault(goal, Tab(title, goal, page == current))
	return list(shown.values())


def _page(route: str) -> str:
	"""Return a route's page, without what is asked of it: "/projects?project=P-1" is "/projects"."""
	page = route.split("#")[0].split("?")[0].strip()
	return page.rstrip("/") or "/"
