"""What the Messages page is rendered from."""

from dataclasses import replace
from typing import Any

from customer_thread.domain.colors import accents
from customer_thread.service.ports import Ports
from customer_thread.service.present import present, view
from customer_thread.service.read_timeline import PAGE, Query, find, header, outbox_of
from customer_thread.service.reader import info_of, reader_of
from customer_thread.store import entries
from customer_thread.store.database import Row

_RTL = ("ar", "he", "fa", "ur")


def read_page(ports: Ports, thread: Row, query: Query) -> dict[str, Any]:
	"""Return the thread's part of the page: the newest entries, or those around the first unread one."""
	info = info_of(ports, thread)
	reader = reader_of(ports, thread, info)
	settings = ports.settings()
	unread = entries.first_unread(ports.database, thread["name"], thread["customer_read_upto"] or 0)
	is_opening = query == Query()
	if is_opening and unread and (thread["customer_unread"] or 0) > PAGE:
		query = replace(query, around=unread["name"])
	found = find(ports, thread, query)
	shown = present(ports, found.rows, reader)
	return {
		"thread": header(ports, thread, info),
		"entries": [view(entry, row, reader) for entry, row in zip(shown, found.rows, strict=True)],
		"before": found.before,
		"newer": found.newer,
		"last": thread["last_entry"] or None,
		"revision": thread["revision"] or 0,
		"outbox": outbox_of(thread),
		"unread": thread["customer_unread"] or 0,
		"first_unread": unread["name"] if unread and not query.q else None,
		"q": query.q,
		"today": reader.local(reader.now_us).date().isoformat(),
		"timezone": str(reader.zone),
		"lang": reader.locale.replace("_", "-"),
		"dir": "rtl" if reader.locale.startswith(_RTL) else "ltr",
		"business_name": settings.business_name,
		"logo": settings.logo,
		**accents(settings.accent_color),
	}
