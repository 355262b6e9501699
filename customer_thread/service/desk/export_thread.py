"""A copy of a conversation, as a file: the customer's has what the portal shows them, the business's own all that staff see."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from customer_thread.domain.errors import BadInput
from customer_thread.domain.limits import PAGE_ENTRIES
from customer_thread.service.answers import HttpAnswer
from customer_thread.service.desk.read_thread import delivery_view, note_view
from customer_thread.service.leaving.export_json import Beside, export_json
from customer_thread.service.ports import Ports
from customer_thread.store import deliveries, entries, notes
from customer_thread.store.rows import PageRow, ThreadRow

#: whose copy it is
KINDS = ("customer", "business")
FORMATS = ("json", "pdf")
_CONTENT_TYPES = {"json": "application/octet-stream", "pdf": "application/pdf"}


def export_thread(ports: Ports, thread: ThreadRow, kind: str, form: str) -> HttpAnswer:
	"""Return a copy of a conversation as a download. Raise BadInput for one of no such kind or format."""
	if kind not in KINDS:
		raise BadInput("kind must be one of {0}.", ", ".join(KINDS))
	if form not in FORMATS:
		raise BadInput("format must be one of {0}.", ", ".join(FORMATS))
	if form == "pdf" and kind != "customer":
		raise BadInput("The business's own copy is JSON: a PDF has what the customer sees.")
	# on disk, a page at a time: a conversation may be larger than the memory
	file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever answers closes it
	if form == "pdf":
		# what draws it takes long to load, which only who prints has to wait for
		from customer_thread.service.leaving.export_pdf import export_pdf

		export_pdf(ports, thread, file)
	else:
		export_json(ports, thread, file, _beside(ports, thread) if kind == "business" else None)
	file.seek(0)
	name = quote(f"{thread['title']}.{form}", safe="")
	disposition = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
	return HttpAnswer(content_type=_CONTENT_TYPES[form], headers=disposition, file=file)


def _beside(ports: Ports, thread: ThreadRow) -> Beside:
	def of_entries(rows: Sequence[PageRow]) -> Mapping[int, Mapping[str, object]]:
		ids = [row["name"] for row in rows]
		sent: dict[int, list[object]] = {}
		for row in deliveries.of_entries(ports.database, thread["name"], ids):
			sent.setdefault(row["entry"], []).append(delivery_view(row, ports.translate))
		came_from = entries.senders(ports.database, thread["name"], ids)
		senders = {row["name"]: row["sender"] for row in came_from if row["sender"]}
		return {name: {"deliveries": sent.get(name, []), "sender": senders.get(name)} for name in ids}

	return Beside(of_entries, lambda: _notes(ports, thread["name"]))


def _notes(ports: Ports, thread: str) -> Iterator[Mapping[str, object]]:
	place = (-(2**62), "")
	while found := notes.after(ports.database, thread, place, PAGE_ENTRIES):
		for row in found:
			view = note_view(row, ports.settings().default_region)
			yield {"text": view["text"], "author": view["author"], "at": view["at"]}
		place = found[-1]["occurred_us"], found[-1]["name"]
