"""The pictures of one message as whoever was sent their address sees them, signed in or not."""

from typing import TypedDict

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Attachment
from customer_thread.service.ports import Ports
from customer_thread.service.reading.picture_link import PICTURES, linked_entry
from customer_thread.service.reading.present import AttachmentView, attachment_view
from customer_thread.service.reading.read_attachment import read_attachment
from customer_thread.service.reading.small_picture import small_picture
from customer_thread.store import attachments

#: the form of a picture in which a picture message carries it
SMALL = "small"
#: of every answer: the address is a secret, and no search engine's
SECRET_HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow, noarchive"}


class PicturesView(TypedDict):
	"""What the page is rendered from."""

	#: who sent them, as the thread has it
	sender: str
	files: list[AttachmentView]


def read_pictures(ports: Ports, token: str) -> PicturesView:
	"""Return what the page shows. Raise NotFound."""
	_thread, entry = linked_entry(ports, token)
	rows = attachments.of_entries(ports.database, [entry["name"]])
	if not rows:
		raise NotFound("This link opens nothing, or nothing any more. The pictures are in the conversation.")
	files = [attachment_view(row, f"{PICTURES}{token}/{row['position']}") for row in rows]
	return {"sender": entry["label"], "files": files}


def picture_file(ports: Ports, token: str, place: str) -> Attachment:
	"""Return one of them, by its position from 0; "0/small" as a picture message carries it. Raise NotFound."""
	thread, entry = linked_entry(ports, token)
	position, _slash, form = place.partition("/")
	if not (position.isascii() and position.isdecimal() and len(position) <= 4) or form not in ("", SMALL):
		raise NotFound("This attachment is not there.")
	found = read_attachment(ports, thread["name"], entry["name"], int(position))
	if form != SMALL:
		return found
	small = small_picture(found)
	if small is None:
		raise NotFound("This attachment is not there.")
	return small
