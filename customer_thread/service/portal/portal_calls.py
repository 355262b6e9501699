"""`customer_thread.api.portal.*`: one customer's own thread and nothing else. The host says whose it is."""

from urllib.parse import quote

from customer_thread.domain.model import Attachment
from customer_thread.domain.thread.pictures import is_picture
from customer_thread.service.outgoing.reply import reply
from customer_thread.service.params import Params
from customer_thread.service.ports import Ports
from customer_thread.service.reading.present import EntryView
from customer_thread.service.reading.read_attachment import read_attachment, read_original
from customer_thread.service.reading.read_timeline import Query, TimelineView, query_of, read_timeline
from customer_thread.service.thread.mark_read_by_customer import mark_read_by_customer
from customer_thread.store.rows import ThreadRow


def timeline(ports: Ports, thread: str | ThreadRow, params: Params) -> TimelineView:
	"""Return a page of the thread, whose row need not be read again."""
	html = params.text("as", "") == "html"
	return read_timeline(ports, thread, query_of(params), html=html)


def post_reply(ports: Ports, thread: str, params: Params) -> EntryView:
	"""Store a reply and return its entry."""
	entry = reply(ports, thread, params.text("text"), params.text("client_id"))
	html = params.text("as", "") == "html"
	return read_timeline(ports, thread, Query(limit=1, around=entry), html=html)["entries"][0]


def read(ports: Ports, thread: str, params: Params) -> dict[str, int]:
	"""Note how far the customer has read."""
	return {"unread": mark_read_by_customer(ports, thread, params.integer("upto"))}


def attachment(ports: Ports, thread: str, params: Params) -> Attachment:
	"""Return an attachment."""
	return read_attachment(ports, thread, params.integer("entry"), params.integer("index"))


def original(ports: Ports, thread: str, params: Params) -> str:
	"""Return the whole text of a mail."""
	return read_original(ports, thread, params.integer("entry"))


def headers_of(attachment: Attachment) -> dict[str, str]:
	"""Return the headers under which bytes from outside may be given to a browser."""
	shown = is_picture(attachment.content_type)
	disposition = "inline" if shown else "attachment"
	return {
		"Content-Type": attachment.content_type if shown else "application/octet-stream",
		"Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(attachment.name, safe='')}",
	}
