"""What the Messages page is rendered from."""

from dataclasses import replace
from typing import Any

from customer_thread.domain.errors import NoConversation, NotFound, ThreadError
from customer_thread.domain.portal.colors import accents
from customer_thread.domain.wording import Reader
from customer_thread.service.portal.tabs import portal_tabs
from customer_thread.service.ports import PartyInfo, Ports
from customer_thread.service.reading.present import present, view
from customer_thread.service.reading.read_timeline import PAGE, Query, find, header, outbox_of
from customer_thread.service.reading.reader import info_of, reader_of
from customer_thread.store import entries
from customer_thread.store.rows import ThreadRow

_RTL = ("ar", "he", "fa", "ur")


API = "/api/method/customer_thread.api.portal"


def base_page(ports: Ports, nonce: str, assets: str) -> dict[str, Any]:
	"""Return what every page has: the business, its colours, and where the page's files are."""
	settings = ports.settings()
	return {
		"nonce": nonce,
		"assets": assets,
		"api": API,
		"business_name": settings.business_name,
		"logo": settings.logo,
		"lang": settings.locale.replace("_", "-"),
		"dir": "ltr",
		"tabs": [],
		"csrf_token": "",
		"sign_out": "",
		"others": [],
		"switch": "",
		"live": None,
		"error": "",
		"notice": "",
		**accents(settings.accent_color),
	}


def trouble_page(ports: Ports, error: ThreadError) -> dict[str, Any]:
	"""Return an error as `message_page.html` shows it to a person."""
	_ = ports.translate
	title = _("Not found") if isinstance(error, NotFound) else _("That did not work")
	if isinstance(error, NoConversation):
		return {"title": _("No messages yet"), "text": str(error), "link": None}
	link = {"href": "/messages", "label": _("Go to your messages")}
	return {"title": title, "text": str(error), "link": link}


def frame(ports: Ports, thread: ThreadRow, info: PartyInfo, reader: Reader, route: str) -> dict[str, Any]:
	"""Return what the customer's pages have around them: who reads, and the tabs, of which `route` is open."""
	return {
		"thread": header(ports, thread, info),
		"lang": reader.locale.replace("_", "-"),
		"dir": "rtl" if reader.locale.startswith(_RTL) else "ltr",
		"tabs": portal_tabs(ports, thread, route),
	}


def read_page(ports: Ports, thread: ThreadRow, query: Query) -> dict[str, Any]:
	"""Return the thread's part of the page: the newest entries, or those around the first unread one."""
	info = info_of(ports, thread)
	reader = reader_of(ports, thread, info)
	unread = entries.first_unread(ports.database, thread["name"], thread["customer_read_upto"])
	is_opening = query == Query()
	if is_opening and unread and thread["customer_unread"] > PAGE:
		query = replace(query, around=unread["name"])
	found = find(ports, thread, query)
	shown = present(ports, thread, found.rows, reader)
	return {
		**frame(ports, thread, info, reader, "/messages"),
		"entries": [view(entry, row, reader) for entry, row in zip(shown, found.rows, strict=True)],
		"before": found.before,
		"newer": found.newer,
		"last": thread["last_entry"] or None,
		"revision": thread["revision"],
		"outbox": outbox_of(thread["name"]),
		"unread": thread["customer_unread"],
		"first_unread": unread["name"] if unread and not query.q else None,
		"q": query.q,
		"today": reader.local(reader.now_us).date().isoformat(),
		"timezone": str(reader.zone),
	}
