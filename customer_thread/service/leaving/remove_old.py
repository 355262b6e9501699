"""What is older than the business keeps it loses its words and files, as a message does that is removed by hand."""

from collections.abc import Sequence

from customer_thread.domain.limits import ERASED_AT_ONCE
from customer_thread.domain.words import preview
from customer_thread.service.cards.bring_in_history import months_before
from customer_thread.service.ports import Ports
from customer_thread.service.thread.erase_entry import words_left_behind
from customer_thread.service.thread.keep_waiting import reckon
from customer_thread.service.thread.show_change import show_change
from customer_thread.store import attachments, deliveries, entries, erasing, notes, old_messages, threads
from customer_thread.store.leaving_rows import OldEntryRow


def remove_old(ports: Ports, after: int = 0) -> int | None:
	"""Remove the next batch after an entry's id, and return the last one of it; None if nothing is left to remove.

	Nothing, unless the settings say for how many months conversations are kept. Cards and calls stay: they hold
	nobody's words, and the documents behind cards are kept as the site keeps them. What waits to be sent, is held or
	is to be answered yet stays until it does not.
	"""
	months = ports.settings().keep_months
	if months <= 0:
		return None
	until_us = months_before(ports.clock.now_us(), months)
	found = old_messages.older_than(ports.database, until_us, after, ERASED_AT_ONCE)
	for name in dict.fromkeys(row["thread"] for row in found):
		_remove(ports, name, [row for row in found if row["thread"] == name])
	old_notes = old_messages.notes_older_than(ports.database, until_us, ERASED_AT_ONCE)
	erasing.remove(ports.database, notes.NOTE, old_notes)
	ports.traces.of_rows(notes.NOTE, old_notes)
	if found:
		return found[-1]["name"]
	return after if old_notes else None


def _remove(ports: Ports, name: str, rows: Sequence[OldEntryRow]) -> None:
	thread = threads.lock(ports.database, name)
	if thread is None:
		return
	left = words_left_behind(ports, thread)
	for row in rows:
		for file in attachments.ready_files(ports.database, row["name"]):
			ports.files.remove(file["file"])
		attachments.remove(ports.database, row["name"])
		entries.erase(ports.database, row["name"], left, ports.clock.now_us())
		for delivery in deliveries.of_entry(ports.database, row["name"]):
			deliveries.erase(ports.database, delivery["name"])
		if thread["last_us"] == row["occurred_us"]:
			threads.set_preview(ports.database, name, preview(left))
	ports.traces.of_rows(entries.ENTRY, [row["name"] for row in rows])
	reckon(ports.database, name)
	ports.bell.forget(name)
	show_change(ports, name)
