"""Thread Uploads: pictures and files that staff have chosen and not sent yet."""

from collections.abc import Collection

from customer_thread.domain.model import KeptAttachment
from customer_thread.domain.words import preview
from customer_thread.store.database import Database, move_rows, one_of
from customer_thread.store.rows import columns, first, held, typed
from customer_thread.store.upload_rows import UploadRow

UPLOAD = "Thread Upload"
_ALL = f"SELECT {columns(UploadRow)} FROM `tabThread Upload`"


def add(
	database: Database, thread: str, by: str | None, item: KeptAttachment, now_us: int, source_key: str | None
) -> str:
	"""Write down what was chosen and return its id. Raise Duplicate if one with this source key is there already."""
	values = {
		"thread": thread,
		"uploaded_by": by,
		"uploaded_us": now_us,
		"file_name": preview(item.name),
		"content_type": item.content_type,
		"file": item.file,
		"size": item.size,
		"width": item.width,
		"height": item.height,
		"source_key": source_key,
	}
	return str(database.insert(UPLOAD, values))


def get(database: Database, name: str) -> UploadRow | None:
	"""Return one."""
	return first(UploadRow, database.select(f"{_ALL} WHERE name = %(name)s", {"name": name}))


def by_source(database: Database, source_key: str) -> UploadRow | None:
	"""Return the one with this source key."""
	return first(UploadRow, database.select(f"{_ALL} WHERE source_key = %(key)s", {"key": source_key}))


def lock(database: Database, name: str) -> UploadRow | None:
	"""Return one as it is now, and hold it."""
	row = database.lock(UPLOAD, {"name": name})
	return held(UploadRow, row) if row else None


def remove(database: Database, name: str) -> None:
	"""Forget one; its bytes stay."""
	database.delete(UPLOAD, {"name": name})


def older_than(database: Database, until_us: int, limit: int) -> list[UploadRow]:
	"""Return those that were chosen before then."""
	rows = database.select(
		f"{_ALL} WHERE uploaded_us < %(until)s ORDER BY uploaded_us LIMIT %(limit)s",
		{"until": until_us, "limit": limit},
	)
	return typed(UploadRow, rows)


def of_threads(database: Database, threads: Collection[str], limit: int) -> list[UploadRow]:
	"""Return some of these threads."""
	params: dict[str, object] = {"limit": limit}
	listed = one_of("thread", threads, params)
	if not listed:
		return []
	return typed(
		UploadRow, database.select(f"{_ALL} WHERE thread IN ({listed}) ORDER BY name LIMIT %(limit)s", params)
	)


def move(database: Database, source: str, goal: str) -> None:
	"""Let a thread's uploads be another thread's."""
	move_rows(database, UPLOAD, source, goal)
