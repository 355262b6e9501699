"""The calls of `customer_thread.api.desk.*` about pictures and files."""

from typing import TypedDict

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Attachment, Party
from customer_thread.service.calls import Calls
from customer_thread.service.desk.keep_upload import keep_upload
from customer_thread.service.desk.visible import visible_party, visible_thread
from customer_thread.service.outgoing.attach_uploads import is_theirs
from customer_thread.service.params import Params
from customer_thread.service.ports import Ports
from customer_thread.service.reading.read_attachment import read_attachment
from customer_thread.store import uploads

FILE_CALLS = Calls()


class UploadView(TypedDict):
	"""A picture or file that was not sent yet."""

	id: str
	name: str
	content_type: str
	#: in bytes
	size: int
	#: of a picture in pixels; 0: not known
	width: int
	height: int


@FILE_CALLS.post_call("upload", "customer thread file client_id")
def upload(ports: Ports, params: Params) -> UploadView:
	"""Keep a picture or file until it is sent, a day at most."""
	name = params.text("thread", "")
	row = (
		visible_thread(ports, name)
		if name
		else visible_party(ports, Party("Customer", params.text("customer")))
	)
	kept = keep_upload(
		ports,
		row,
		params.file("file"),
		by=params.asked_by,
		client_id=params.text("client_id", ""),
		asked_in=name,
	)
	return {
		"id": kept["name"],
		"name": kept["file_name"],
		"content_type": kept["content_type"],
		"size": kept["size"],
		"width": kept["width"],
		"height": kept["height"],
	}


@FILE_CALLS.get_call("attachment", "thread entry index upload")
def attachment(ports: Ports, params: Params) -> Attachment:
	"""Return a picture or file of a thread, or one that whoever asks chose and did not send yet."""
	if name := params.text("upload", ""):
		return _not_sent(ports, name, params.asked_by)
	row = visible_thread(ports, params.text("thread"))
	return read_attachment(ports, row["name"], params.integer("entry"), params.integer("index"))


def _not_sent(ports: Ports, name: str, by: str | None) -> Attachment:
	row = uploads.get(ports.database, name)
	if row is None or not is_theirs(row, row["thread"], by):
		raise NotFound("This file is not there.")
	visible_thread(ports, row["thread"])
	return Attachment(row["file_name"], row["content_type"], ports.files.read(row["file"]))
