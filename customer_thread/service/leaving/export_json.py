"""A thread as one JSON file, with its files in it."""

import base64
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from customer_thread.domain.errors import NotFound
from customer_thread.domain.times import iso
from customer_thread.service.leaving.read_all import read_all
from customer_thread.service.ports import Ports
from customer_thread.service.reading.present import EntryView
from customer_thread.service.reading.read_attachment import read_attachment, read_original
from customer_thread.service.reading.reader import info_of, reader_of
from customer_thread.store.rows import PageRow, ThreadRow


@dataclass(frozen=True)
class Beside:
	"""What the business's own copy has and its customer's has not."""

	#: gives of entries what stands beside each, by its id
	entries: Callable[[Sequence[PageRow]], Mapping[int, Mapping[str, object]]]
	#: gives the notes, the oldest first
	notes: Callable[[], Iterable[Mapping[str, object]]]


def export_json(ports: Ports, thread: ThreadRow, out: BinaryIO, beside: Beside | None = None) -> None:
	"""Write a thread into a file, a page at a time: what the portal shows, and with `beside` what only staff see."""
	info = info_of(ports.parties, thread)
	reader = reader_of(ports, thread, info)
	head = {
		"business": ports.settings().business_name,
		"customer": info.name,
		"timezone": str(reader.zone),
		"made_at": iso(ports.clock.now_us()),
	}
	out.write(_json(head)[:-1] + b',"entries":[')
	comma = b""
	for rows, shown in read_all(ports, thread, reader):
		more = beside.entries(rows) if beside else {}
		for entry in shown:
			whole = _with_files(ports, thread["name"], entry)
			out.write(comma + b"\n" + _json({**whole, **more.get(entry["id"], {})}))
			comma = b","
	out.write(b"\n]")
	if beside:
		comma = b',"notes":['
		for note in beside.notes():
			out.write(comma + b"\n" + _json(note))
			comma = b","
		out.write(b"\n]" if comma == b"," else b',"notes":[]')
	out.write(b"}\n")


def _with_files(ports: Ports, thread: str, entry: EntryView) -> dict[str, object]:
	"""Return an entry with the whole of a mail, and with the bytes of its pictures and files in base64."""
	original = read_original(ports, thread, entry["id"]) if entry["quoted"] else None
	files = [
		{**file, "data": _data(ports, thread, entry["id"], index)}
		for index, file in enumerate(entry["attachments"])
	]
	return {**entry, "original": original, "attachments": files}


def _data(ports: Ports, thread: str, entry: int, index: int) -> str | None:
	try:
		return base64.b64encode(read_attachment(ports, thread, entry, index).data).decode()
	except NotFound:
		return None


def _json(value: Mapping[str, object]) -> bytes:
	return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
