"""The Messages page as a customer sees it, for staff: the same renderer, and nothing that writes."""

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Attachment
from customer_thread.service.params import Params
from customer_thread.service.portal.read_page import MessagesView, read_page
from customer_thread.service.ports import Ports
from customer_thread.service.reading.present import ATTACHMENT_PATH, AttachmentView
from customer_thread.service.reading.read_attachment import read_attachment, read_original
from customer_thread.service.reading.read_timeline import query_of
from customer_thread.service.reading.render_entry import ORIGINAL_PATH, EntryPageView
from customer_thread.store.rows import ThreadRow
from customer_thread.store.threads import party_of

#: where it is, with the thread's id
PREVIEW = "/messages/preview/"


class PreviewView(MessagesView):
	"""The page, read only."""

	#: where it is
	here: str
	is_preview: bool
	client_id: str
	draft: str


def read_preview(ports: Ports, thread: ThreadRow, params: Params) -> PreviewView:
	"""Return what the page is rendered from. Raise NotFound for a thread that no customer reads, and BadInput."""
	_require_customers(thread)
	here = f"{PREVIEW}{thread['name']}"
	page = read_page(ports, thread, query_of(params))
	return {
		**page,
		"entries": [_readable(entry, here) for entry in page["entries"]],
		"here": here,
		"is_preview": True,
		"client_id": "",
		"draft": "",
	}


def preview_file(ports: Ports, thread: ThreadRow, file: str, params: Params) -> Attachment | str:
	"""Return a picture or a whole mail of the page. Raise NotFound and BadInput."""
	_require_customers(thread)
	entry = params.integer("entry")
	if file == "attachment":
		return read_attachment(ports, thread["name"], entry, params.integer("index"))
	if file == "original":
		return read_original(ports, thread["name"], entry, only_rest=params.text("rest", "") == "1")
	raise NotFound("This page is not there.")


def _require_customers(thread: ThreadRow) -> None:
	party = party_of(thread)
	if party is None or party.party_type != "Customer":
		raise NotFound("No customer reads this thread.")


def _readable(entry: EntryPageView, here: str) -> EntryPageView:
	"""Return an entry whose files lead to where staff may open them: the customer's own are closed to them."""
	files: list[AttachmentView] = [
		{**file, "url": file["url"].replace(ATTACHMENT_PATH, f"{here}/attachment")}
		for file in entry["attachments"]
	]
	original = entry["original_url"].replace(ORIGINAL_PATH, f"{here}/original")
	return {**entry, "attachments": files, "original_url": original}
