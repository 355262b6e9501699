"""Staff chose a picture or file for a thread: it is kept until it is sent, a day at most."""

from customer_thread.domain.errors import Unavailable
from customer_thread.domain.model import Attachment, KeptAttachment
from customer_thread.domain.thread import keys
from customer_thread.service.desk.prepare_upload import prepare_upload
from customer_thread.service.ports import Ports
from customer_thread.service.thread.picture_size import picture_size
from customer_thread.store import uploads
from customer_thread.store.database import Duplicate
from customer_thread.store.rows import ThreadRow
from customer_thread.store.upload_rows import UploadRow


def keep_upload(
	ports: Ports,
	thread: ThreadRow,
	given: Attachment,
	*,
	by: str | None,
	client_id: str = "",
	asked_in: str = "",
) -> UploadRow:
	"""Keep a file and return it; the same `client_id` again is the same file.

	`asked_in`: the thread it was chosen in, if that has been joined to this one since. Raise BadInput, TooLarge.
	"""
	chosen_in = asked_in or thread["name"]
	source_key = keys.source_key("upload", f"{chosen_in}:{keys.client_id(client_id)}") if client_id else None
	if source_key and (known := uploads.by_source(ports.database, source_key)):
		return known
	item = prepare_upload(given)
	width, height = picture_size(item)
	file = ports.files.save(item)
	kept = KeptAttachment(item.name, item.content_type, file, len(item.data), width, height)
	try:
		name = uploads.add(ports.database, thread["name"], by, kept, ports.clock.now_us(), source_key)
	except Duplicate:
		# another request of the same file came first
		raise Unavailable("We are busy for a moment. Please try again.") from None
	row = uploads.get(ports.database, name)
	if row is None:
		raise Unavailable("We are busy for a moment. Please try again.")
	return row
