"""The saved replies, filled for one customer."""

from typing import TypedDict

from customer_thread.domain.errors import BadInput
from customer_thread.domain.saved_reply import SavedReply, fill
from customer_thread.service.ports import Ports
from customer_thread.service.reading.reader import info_of
from customer_thread.store import saved_replies
from customer_thread.store.rows import ThreadRow


class TemplateView(TypedDict):
	"""A saved reply for one customer."""

	name: str
	title: str
	shortcut: str
	#: as it would be sent; empty if it cannot be
	text: str
	#: why it cannot be, if so
	problem: str | None


def read_templates(ports: Ports, thread: ThreadRow) -> list[TemplateView]:
	"""Return the saved replies that are enabled, by their titles, each with its words for this thread's customer."""
	customer = info_of(ports.parties, thread).name if thread["party"] else ""
	return [_view(ports, reply, customer) for reply in saved_replies.enabled(ports.database)]


def _view(ports: Ports, reply: SavedReply, customer: str) -> TemplateView:
	settings = ports.settings()
	text, problem = "", None
	try:
		text = fill(reply, customer, settings.business_name, settings.business_phone)
	except BadInput as error:
		problem = error.worded(ports.translate)
	return {
		"name": reply.name,
		"title": reply.title,
		"shortcut": reply.shortcut,
		"text": text,
		"problem": problem,
	}
