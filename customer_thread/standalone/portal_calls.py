"""`customer_thread.api.portal.*` on this host: the signed-in customer's own thread and nothing else."""

from typing import Any
from urllib.parse import quote

from werkzeug.wrappers import Response

from customer_thread.domain.model import Media
from customer_thread.service.mark_read import mark_read
from customer_thread.service.read_attachment import read_attachment, read_original
from customer_thread.service.read_timeline import Query, read_timeline
from customer_thread.service.reply import reply
from customer_thread.standalone.params import Params
from customer_thread.standalone.wiring import Host

#: what a browser may show itself; anything else is saved, never opened, as it could carry a script
_SHOWN = {"image/png", "image/jpeg", "image/gif", "image/webp"}


def query_of(params: Params) -> Query:
	"""Return which part of a thread is asked for."""
	return Query(
		limit=params.integer("limit", 50),
		before=params.text("before", ""),
		newer=params.text("newer", ""),
		after=params.optional_integer("after"),
		around=params.optional_integer("around"),
		q=params.text("q", ""),
	)


def timeline(host: Host, thread: str, params: Params) -> dict[str, Any]:
	"""Return a page of the thread."""
	html = params.text("as", "") == "html"
	return read_timeline(host.ports, thread, query_of(params), html=html)


def post_reply(host: Host, thread: str, params: Params) -> dict[str, Any]:
	"""Store a reply and return its entry."""
	entry = reply(host.ports, thread, params.text("text"), params.text("client_id"))
	html = params.text("as", "") == "html"
	page = read_timeline(host.ports, thread, Query(limit=1, around=entry), html=html)
	found: dict[str, Any] = page["entries"][0]
	return found


def read(host: Host, thread: str, params: Params) -> dict[str, int]:
	"""Note how far the customer has read."""
	return {"unread": mark_read(host.ports, thread, params.integer("upto"))}


def attachment(host: Host, thread: str, params: Params) -> Response:
	"""Return a picture or file."""
	return _bytes(read_attachment(host.ports, thread, params.integer("entry"), params.integer("index")))


def original(host: Host, thread: str, params: Params) -> Response:
	"""Return the whole text of a mail."""
	text = read_original(host.ports, thread, params.integer("entry"))
	return Response(text, mimetype="text/plain")


def _bytes(media: Media) -> Response:
	shown = media.content_type in _SHOWN
	response = Response(media.data, content_type=media.content_type if shown else "application/octet-stream")
	disposition = "inline" if shown else "attachment"
	response.headers["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{quote(media.name, safe='')}"
	return response
