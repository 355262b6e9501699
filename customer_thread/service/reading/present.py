"""Rows become what goes out. Every key a customer can ever receive is named here, one by one."""

from collections.abc import Collection, Sequence
from typing import Any

from customer_thread.domain.delivery import shown
from customer_thread.domain.thread import unread
from customer_thread.domain.thread.cursor import Cursor
from customer_thread.domain.times import iso
from customer_thread.domain.wording import Reader, amount_in, call, card_line, day_label, meta_time
from customer_thread.domain.words import link_parts
from customer_thread.service.ports import Ports
from customer_thread.service.reading.links import open_links
from customer_thread.store import attachments, deliveries
from customer_thread.store.rows import AttachmentRow, PageRow, ThreadRow

ATTACHMENT_PATH = "/api/method/customer_thread.api.portal.attachment"
ORIGINAL_PATH = "/api/method/customer_thread.api.portal.original"


def present(ports: Ports, thread: ThreadRow, rows: Sequence[PageRow], reader: Reader) -> list[dict[str, Any]]:
	"""Return entries of a thread as docs/http.md has them, in the order given."""
	links = open_links(ports, thread, [row["url"] for row in rows if row["url"]])
	files: dict[int, list[dict[str, Any]]] = {}
	for file in attachments.of_entries(ports.database, [row["name"] for row in rows if row["attachments"]]):
		files.setdefault(file["entry"], []).append(_attachment(file))
	own = [row["name"] for row in rows if row["channel"] == "Portal" and row["author"] == "Customer"]
	states: dict[int, list[Any]] = {}
	for sent in deliveries.states_of(ports.database, own, "Forward"):
		states.setdefault(sent["entry"], []).append(sent["state"])
	return [
		_entry(row, reader, links, files.get(row["name"], []), states.get(row["name"], [])) for row in rows
	]


def _entry(
	row: PageRow, reader: Reader, links: Collection[str], files: list[dict[str, Any]], states: list[Any]
) -> dict[str, Any]:
	kind = row["kind"]
	own = row["author"] == "Customer" and kind == "Message"
	card = _card(row, links) if kind == "Event" else None
	marker = None
	if kind == "Call":
		marker = {
			"seconds": row["call_seconds"],
			"text": call(row["call_seconds"], row["occurred_us"], reader),
		}
	return {
		"id": row["name"],
		"at": iso(row["occurred_us"]),
		"kind": kind.lower(),
		"author": row["author"].lower(),
		"label": row["label"],
		"channel": row["channel"].lower() if row["channel"] else None,
		"subject": row["subject"] or None,
		"text": marker["text"] if marker else row["text"],
		"quoted": bool(row["quoted"]),
		"card": card,
		"call": marker,
		"attachments": files,
		"state": (shown(states) if row["channel"] == "Portal" else "delivered") if own else None,
		"client_id": row["client_id"] if own else None,
	}


def _card(row: PageRow, links: Collection[str]) -> dict[str, Any]:
	return {
		"type": row["event_type"],
		"title": row["title"],
		"amount": amount_in(row["text"], row["title"]) or None,
		"url": row["url"] if row["url"] in links else None,
		"void": bool(row["voided_by"]),
	}


def _attachment(row: AttachmentRow) -> dict[str, Any]:
	return {
		"name": row["file_name"],
		"content_type": row["content_type"],
		"url": f"{ATTACHMENT_PATH}?entry={row['entry']}&index={row['position']}",
		"state": row["state"].lower(),
	}


def view(entry: dict[str, Any], row: PageRow, reader: Reader) -> dict[str, Any]:
	"""Return an entry with what its template needs besides: day, times, links, labels."""
	_ = reader.translate
	channels = {"SMS": _("SMS"), "Email": _("Email"), "Portal": _("Portal"), "Phone": _("Phone")}
	us = row["occurred_us"]
	when = meta_time(us, reader)
	# what the customer texted stands without its channel, as docs/behaviour.md has it: "Tue 8:47am"
	own_text = row["author"] == "Customer" and row["channel"] == "SMS"
	channel = None if own_text else channels.get(row["channel"] or "")
	card = entry["card"]
	return {
		**entry,
		"cursor": str(Cursor(us, row["name"])),
		"day": reader.local(us).date().isoformat(),
		"day_label": day_label(us, reader),
		"meta": f"{channel} · {when}" if channel else when,
		"parts": link_parts(entry["text"]),
		"counts_as_unread": unread.for_customer(
			row["kind"], row["author"], from_history=bool(row["from_history"])
		),
		"line": card_line(card["title"], card["amount"] or "") if card else "",
		"original_url": f"{ORIGINAL_PATH}?entry={row['name']}" if entry["quoted"] else "",
		"automated_label": _("Automated") if entry["author"] == "automated" else "",
		"state_label": _state_label(entry, reader),
	}


def _state_label(entry: dict[str, Any], reader: Reader) -> str:
	_ = reader.translate
	if entry["state"] is None or entry["channel"] != "portal":
		return ""
	labels = {
		"sending": _("Sending…"),
		"sent": _("Sent"),
		"delivered": _("Delivered"),
		"failed": _("Not sent"),
	}
	return labels[entry["state"]]
