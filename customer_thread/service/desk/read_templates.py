"""The saved replies, filled for one customer."""

from collections.abc import Mapping
from typing import TypedDict

from customer_thread.domain.cards.open_document import OPEN, newest_open
from customer_thread.domain.errors import BadInput
from customer_thread.domain.saved_reply import SavedReply, about, fill
from customer_thread.service.ports import Ports
from customer_thread.service.reading.reader import info_of
from customer_thread.service.sign_in.portal_link import portal_link
from customer_thread.store import events, saved_replies
from customer_thread.store.rows import ThreadRow

#: cards of a thread among which the newest open document is looked for
_LOOKED_AT = 50


class TemplateView(TypedDict):
	"""A saved reply for one customer."""

	name: str
	title: str
	shortcut: str
	#: as it would be sent; empty if it cannot be
	text: str
	#: why it cannot be, if so
	problem: str | None
	#: the kind of document that it is about: invoice, estimate; else empty
	about: str


def read_templates(ports: Ports, thread: ThreadRow) -> list[TemplateView]:
	"""Return the saved replies that are enabled, by their titles, each with its words for this thread's customer."""
	customer = info_of(ports.parties, thread).name if thread["party"] else ""
	replies = saved_replies.enabled(ports.database)
	kinds = {reply.name: about(reply) for reply in replies}
	documents = {kind: open_document(ports, thread, kind) for kind in sorted(set(kinds.values()) - {""})}
	return [_view(ports, reply, customer, kinds[reply.name], documents) for reply in replies]


def open_document(ports: Ports, thread: ThreadRow, kind: str) -> dict[str, str]:
	"""Return the number of the newest document of a kind that is open, and where its customer finds it; {} for none."""
	doctype, still_open = OPEN[kind]
	cards = events.newest_standing(ports.database, thread["name"], doctype, _LOOKED_AT)
	document = newest_open([(card["reference_name"], card["event_type"]) for card in cards], still_open)
	if not document:
		return {}
	card = next(card for card in cards if card["reference_name"] == document)
	link = portal_link(ports.settings(), card["name"])
	return {"number": f"#{card['number'] or document}", "link": link}


def _view(
	ports: Ports, reply: SavedReply, customer: str, kind: str, documents: Mapping[str, Mapping[str, str]]
) -> TemplateView:
	settings = ports.settings()
	text, problem = "", None
	try:
		text = fill(reply, customer, settings.business_name, settings.business_phone, documents)
	except BadInput as error:
		problem = error.worded(ports.translate)
	return {
		"name": reply.name,
		"title": reply.title,
		"shortcut": reply.shortcut,
		"text": text,
		"problem": problem,
		"about": kind,
	}
