"""What the system will write to a customer or about a document, wrote, or did not, and why."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TypedDict
from zoneinfo import ZoneInfo

from customer_thread.domain.automations.model import ScheduledState
from customer_thread.domain.automations.reasons import worded
from customer_thread.domain.automations.scheduled_words import scheduled_line
from customer_thread.domain.errors import BadInput
from customer_thread.domain.times import check_zone, iso
from customer_thread.domain.wording import Reader
from customer_thread.service.automations.office import office_reader
from customer_thread.service.params import PAGE, check_page_size
from customer_thread.service.ports import Ports
from customer_thread.store import scheduled_lists
from customer_thread.store.scheduled_rows import ScheduledLineRow

_CURSOR = re.compile(r"(\d{1,19})\.([0-9A-Za-z_-]{1,140})")


class ScheduledView(TypedDict):
	"""A scheduled message."""

	id: str
	automation: str
	title: str
	thread: str
	reference_doctype: str | None
	reference_name: str | None
	state: ScheduledState
	#: why it is so, in words
	reason: str
	#: what becomes of it, in a line: “Appointment reminder goes Wed 9:00am”
	line: str
	#: when its automation wants it sent, and when it is sent or was; ISO 8601 in UTC
	planned_at: str
	due_at: str
	#: from when on it is of no use
	valid_until: str
	#: the entry that it became
	entry: int | None
	#: when its customer said yes to it
	confirmed_at: str | None


class ScheduledPage(TypedDict):
	"""A page of scheduled messages, the latest due first."""

	messages: list[ScheduledView]
	#: the cursor to go on from, None at the end
	before: str | None


def read_scheduled(
	ports: Ports, about: Mapping[str, str], *, timezone: str = "", before: str = "", limit: int = PAGE
) -> ScheduledPage:
	"""Return a page of those of a `thread`, or of a document's by `reference_doctype` and `reference_name`.

	Of those in threads that whoever asks may see. `timezone`: by whose clock the lines are, else the office's.
	Raise BadInput.
	"""
	check_page_size(limit)
	place = None
	if before:
		match = _CURSOR.fullmatch(before)
		if match is None or int(match[1]) >= 2**63:
			raise BadInput("This cursor is not one of ours. Use the one from the page before.")
		place = (int(match[1]), match[2])
	rows = scheduled_lists.listed(
		ports.database, about, limit=limit + 1, before=place, visible=ports.visible()
	)
	kept, reader = rows[:limit], office_reader(ports, None)
	if timezone:
		reader = replace(reader, zone=ZoneInfo(check_zone(timezone)))
	return {
		"messages": [scheduled_view(row, reader) for row in kept],
		"before": f"{kept[-1]['due_us']}.{kept[-1]['name']}" if len(rows) > limit else None,
	}


def scheduled_view(row: ScheduledLineRow, reader: Reader) -> ScheduledView:
	"""Return one as staff see it."""
	title, went_us = row["title"] or row["automation"], row["occurred_us"] or row["due_us"]
	return {
		"id": row["name"],
		"automation": row["automation"],
		"title": title,
		"thread": row["thread"],
		"reference_doctype": row["reference_doctype"] or None,
		"reference_name": row["reference_name"] or None,
		"state": row["state"],
		"reason": worded(row["reason"], reader.translate),
		"line": scheduled_line(title, row["state"], went_us, reader),
		"planned_at": iso(row["planned_us"]),
		"due_at": iso(went_us),
		"valid_until": iso(row["valid_until_us"]),
		"entry": row["entry"] or None,
		"confirmed_at": iso(row["confirmed_us"]) if row["confirmed_us"] else None,
	}
