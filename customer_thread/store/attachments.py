"""Thread Attachments."""

from collections.abc import Iterable, Mapping
from typing import Any

from customer_thread.domain.model import Attachment, KeptAttachment, RemoteAttachment
from customer_thread.domain.words import preview
from customer_thread.store.database import Database, one_of
from customer_thread.store.rows import AttachmentRow, DueAttachmentRow, StoredFileRow, first, typed

ATTACHMENT = "Thread Attachment"


def add(
	database: Database, entry: int, position: int, item: Attachment, file: str, size: tuple[int, int]
) -> None:
	"""Write down an attachment whose bytes are in this file; `size` in pixels, of a picture."""
	values = {"entry": entry, "position": position, "state": "Ready", **_stored(item, file, size)}
	database.insert(ATTACHMENT, values)


def add_kept(database: Database, entry: int, position: int, item: KeptAttachment) -> None:
	"""Write down an attachment whose bytes were kept before it was."""
	about = {"file_name": preview(item.name), "content_type": item.content_type, "file": item.file}
	shape = {"size": item.size, "width": item.width, "height": item.height}
	database.insert(ATTACHMENT, {"entry": entry, "position": position, "state": "Ready", **about, **shape})


def add_remote(database: Database, entry: int, position: int, item: RemoteAttachment, now_us: int) -> None:
	"""Write down an attachment that is yet to be fetched."""
	values = {"entry": entry, "position": position, "content_type": item.content_type}
	database.insert(ATTACHMENT, {**values, "state": "Pending", "remote_url": item.url, "due_us": now_us})


def claim(database: Database, attachment: DueAttachmentRow, until_us: int) -> bool:
	"""Let nobody else fetch an attachment until then; return whether nobody has taken or settled it since it was read."""
	return database.update(ATTACHMENT, attachment["name"], {"due_us": until_us}, _as_read(attachment))


def is_waited_for(database: Database, attachment: DueAttachmentRow) -> bool:
	"""Return whether an attachment is still to be had by who read or claimed it, and hold that answer."""
	return database.lock(ATTACHMENT, {"name": attachment["name"], **_as_read(attachment)}) is not None


def _as_read(attachment: DueAttachmentRow) -> dict[str, object]:
	return {"state": "Pending", "due_us": attachment["due_us"]}


def ready(
	database: Database, attachment: DueAttachmentRow, item: Attachment, file: str, size: tuple[int, int]
) -> bool:
	"""Note that an attachment was fetched and is in this file, `size` in pixels; return whether it was waited for still."""
	return _tried(database, attachment, {"state": "Ready", **_stored(item, file, size), "error": None})


def postpone(database: Database, attachment: DueAttachmentRow, error: str, due_us: int) -> bool:
	"""Note why it could not be fetched, to be tried again then; return whether it was waited for still."""
	return _tried(database, attachment, {"due_us": due_us, "error": error})


def fail(database: Database, attachment: DueAttachmentRow, error: str) -> bool:
	"""Note why it can never be fetched; return whether it was waited for still."""
	return _tried(database, attachment, {"state": "Failed", "due_us": 0, "error": error})


def _tried(database: Database, attachment: DueAttachmentRow, changes: Mapping[str, object]) -> bool:
	values = {"attempts": attachment["attempts"] + 1, **changes}
	return database.update(ATTACHMENT, attachment["name"], values, _as_read(attachment))


def _stored(item: Attachment, file: str, size: tuple[int, int]) -> dict[str, object]:
	width, height = size
	about = {"file_name": preview(item.name), "content_type": item.content_type}
	return {**about, "file": file, "size": len(item.data), "width": width, "height": height}


def remove(database: Database, entry: int) -> None:
	"""Forget the attachments of an entry."""
	database.delete(ATTACHMENT, {"entry": entry})


def of_entries(database: Database, entries: Iterable[int]) -> list[AttachmentRow]:
	"""Return the attachments of these entries in their order, without what the customer may not see."""
	params: dict[str, Any] = {}
	listed = one_of("entry", entries, params)
	if not listed:
		return []
	rows = database.select(
		"SELECT entry, position, file_name, content_type, width, height, state FROM `tabThread Attachment` "
		f"WHERE entry IN ({listed}) ORDER BY entry, position",
		params,
	)
	return typed(AttachmentRow, rows)


def has_pending(database: Database, entry: int) -> bool:
	"""Return whether an attachment of an entry is yet to be fetched."""
	rows = database.select(
		"SELECT name FROM `tabThread Attachment` WHERE entry = %(entry)s AND state = 'Pending' LIMIT 1",
		{"entry": entry},
	)
	return bool(rows)


def get(database: Database, thread: str, entry: int, position: int) -> StoredFileRow | None:
	"""Return one attachment of an entry of this thread."""
	rows = database.select(
		"SELECT a.file, a.file_name, a.content_type, a.size, a.state FROM `tabThread Attachment` a "
		"JOIN `tabThread Entry` e ON e.name = a.entry "
		"WHERE e.thread = %(thread)s AND a.entry = %(entry)s AND a.position = %(position)s",
		{"thread": thread, "entry": entry, "position": position},
	)
	return first(StoredFileRow, rows)


def due(database: Database, now_us: int, limit: int) -> list[DueAttachmentRow]:
	"""Return the pictures to fetch now, with their threads."""
	rows = database.select(
		"SELECT a.name, a.entry, a.remote_url, a.content_type, a.attempts, a.due_us, a.position, e.thread "
		"FROM `tabThread Attachment` a JOIN `tabThread Entry` e ON e.name = a.entry "
		"WHERE a.state = 'Pending' AND a.due_us <= %(now)s ORDER BY a.due_us LIMIT %(limit)s",
		{"now": now_us, "limit": limit},
	)
	return typed(DueAttachmentRow, rows)


def ready_files(database: Database, entry: int) -> list[StoredFileRow]:
	"""Return the stored files of an entry."""
	rows = database.select(
		"SELECT file, file_name, content_type, size, state FROM `tabThread Attachment` "
		"WHERE entry = %(entry)s AND state = 'Ready' ORDER BY position",
		{"entry": entry},
	)
	return typed(StoredFileRow, rows)
