"""Thread Attachments."""

from collections.abc import Iterable, Mapping
from typing import Any

from customer_thread.store.database import Database, one_of
from customer_thread.store.rows import AttachmentRow, DueAttachmentRow, StoredFileRow, first, typed

ATTACHMENT = "Thread Attachment"


def insert(database: Database, values: Mapping[str, Any]) -> str:
	"""Write an attachment and return its id."""
	return str(database.insert(ATTACHMENT, values))


def of_entries(database: Database, entries: Iterable[int]) -> list[AttachmentRow]:
	"""Return the attachments of these entries in their order, without what the customer may not see."""
	params: dict[str, Any] = {}
	listed = one_of("entry", entries, params)
	if not listed:
		return []
	rows = database.select(
		"SELECT entry, position, file_name, content_type, state FROM `tabThread Attachment` "
		f"WHERE entry IN ({listed}) ORDER BY entry, position",
		params,
	)
	return typed(AttachmentRow, rows)


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
		"SELECT a.name, a.remote_url, a.content_type, a.attempts, a.position, e.thread "
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
