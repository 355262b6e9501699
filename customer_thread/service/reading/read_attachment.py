"""The bytes behind an entry."""

from customer_thread.domain.errors import NotFound
from customer_thread.domain.mail_words.rest import rest
from customer_thread.domain.model import Attachment
from customer_thread.service.ports import Ports
from customer_thread.store import attachments, entries


def read_attachment(ports: Ports, thread: str, entry: int, index: int) -> Attachment:
	"""Return an attachment of an entry of this thread. Raise NotFound."""
	row = attachments.get(ports.database, thread, entry, index)
	if row is None or row["state"] != "Ready":
		raise NotFound("This attachment is not there.")
	name = row["file_name"] or "attachment"
	return Attachment(name, row["content_type"] or "application/octet-stream", ports.files.read(row["file"]))


def read_original(ports: Ports, thread: str, entry: int, *, only_rest: bool = False) -> str:
	"""Return the whole text of a mail of this thread, or only what its new words leave out. Raise NotFound."""
	row = entries.original(ports.database, thread, entry)
	if row is None or not row["original"]:
		raise NotFound("This message is not there.")
	return rest(row["original"], row["text"]) if only_rest else row["original"]
