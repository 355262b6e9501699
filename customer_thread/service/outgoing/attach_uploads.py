"""What staff chose becomes the attachments of a message."""

from collections.abc import Sequence

from customer_thread.domain.errors import BadInput, NotFound
from customer_thread.domain.limits import UPLOADS_OF_MESSAGE
from customer_thread.domain.model import KeptAttachment
from customer_thread.service.ports import Ports
from customer_thread.store import threads, uploads
from customer_thread.store.upload_rows import UploadRow


def check_count(names: Sequence[str]) -> None:
	"""Raise BadInput for more than one message may have."""
	if len(names) > UPLOADS_OF_MESSAGE:
		raise BadInput("At most {0} pictures and files go with one message.", UPLOADS_OF_MESSAGE)


def attach_uploads(
	ports: Ports, thread: str, names: Sequence[str], by: str | None
) -> tuple[KeptAttachment, ...]:
	"""Return what this user chose in this thread for one message, and hold the thread; it can be sent no second time then.

	Raise BadInput, or NotFound if one of them was removed or sent.
	"""
	check_count(names)
	if not names:
		return ()
	threads.require_held(ports.database, thread)
	found = []
	for name in dict.fromkeys(names):
		row = uploads.lock(ports.database, name)
		if row is None or not is_theirs(row, thread, by):
			raise NotFound("A picture or file is not there any more. Please choose it again.")
		uploads.remove(ports.database, name)
		found.append(as_attachment(row))
	return tuple(found)


def look_at_uploads(
	ports: Ports, thread: str, names: Sequence[str], by: str | None
) -> tuple[KeptAttachment, ...]:
	"""Return what this user chose in this thread, and leave it; what is not there any more is left out."""
	check_count(names)
	rows = (uploads.get(ports.database, name) for name in dict.fromkeys(names))
	return tuple(as_attachment(row) for row in rows if row and is_theirs(row, thread, by))


def is_theirs(row: UploadRow, thread: str, by: str | None) -> bool:
	"""Return whether it was chosen in this thread by this user."""
	return row["thread"] == thread and row["uploaded_by"] == (by or "")


def as_attachment(row: UploadRow) -> KeptAttachment:
	"""Return it as an attachment of an entry."""
	return KeptAttachment(
		row["file_name"], row["content_type"], row["file"], row["size"], row["width"], row["height"]
	)
