"""The next batch of a conversation that is being erased. It may be interrupted anywhere, and is taken up again."""

from collections.abc import Callable, Sequence

from customer_thread.domain.leaving.source_keys import left_of
from customer_thread.domain.limits import ERASED_AT_ONCE
from customer_thread.service.ports import Ports
from customer_thread.service.thread.forget_uploads import forget_upload
from customer_thread.store import (
	attachments,
	bot_memories,
	deliveries,
	entries,
	erasing,
	erasures,
	events,
	uploads,
)
from customer_thread.store.leaving_rows import ErasureRow
from customer_thread.store.left_behind import GONE
from customer_thread.store.threads import THREAD

Threads = Sequence[str]
Step = Callable[[Ports, ErasureRow, Threads], tuple[int, bool]]


def advance_erasure(ports: Ports) -> bool:
	"""Erase the next batch of the conversation that waits for it the longest; return whether there is more to do now.

	Not while a worker sends one of its messages: it writes down what came of that first.
	"""
	for row in erasures.running(ports.database):
		run = erasures.lock(ports.database, row["name"])
		if run is None:
			continue
		names = erasing.threads_of(ports.database, run["thread"])
		for step in _STEPS:
			count, has_done = step(ports, run, names)
			if has_done:
				erasures.advance(ports.database, run, count, ports.clock.now_us())
				return True
		if not erasing.is_anything_in_hand(ports.database, names, run["asked_us"]):
			erasing.forget_places(ports.database)
			ports.traces.of_rows(THREAD, names)
			erasures.finish(ports.database, run, ports.clock.now_us())
			ports.live.changed_for_staff(run["thread"])
			return True
	return False


def _erase_entries(ports: Ports, run: ErasureRow, names: Threads) -> tuple[int, bool]:
	found = erasing.entries_left(ports.database, names, run["asked_us"], ERASED_AT_ONCE)
	for row in found:
		remove_files(ports, row["name"])
		erasing.erase_entry(
			ports.database, row["name"], left_of(row["source_key"], ports.seal), run["asked_us"]
		)
	ports.traces.of_rows(entries.ENTRY, [row["name"] for row in found])
	return len(found), bool(found)


def remove_files(ports: Ports, entry: int) -> None:
	"""Forget the pictures and files of an entry, also those that are yet to be fetched."""
	for file in attachments.ready_files(ports.database, entry):
		ports.files.remove(file["file"])
	attachments.remove(ports.database, entry)


def _erase_events(ports: Ports, run: ErasureRow, names: Threads) -> tuple[int, bool]:
	found = erasing.events_left(ports.database, names, run["asked_us"], ERASED_AT_ONCE)
	for row in found:
		erasing.erase_event(
			ports.database, row["name"], left_of(row["source_key"], ports.seal), run["asked_us"]
		)
	ports.traces.of_rows(events.EVENT, [row["name"] for row in found])
	return 0, bool(found)


def _erase_deliveries(ports: Ports, run: ErasureRow, names: Threads) -> tuple[int, bool]:
	found = erasing.deliveries_left(ports.database, names, ERASED_AT_ONCE)
	found = found or erasing.answers_left(ports.database, run["asked_us"], ERASED_AT_ONCE)
	for row in found:
		erasing.erase_delivery(ports.database, row["name"])
	ports.traces.of_rows(deliveries.DELIVERY, [row["name"] for row in found])
	# what the host keeps of a mail that it has sent
	ports.traces.of_mails([row["provider_id"] for row in found if row["provider_id"].startswith("<")])
	return 0, bool(found)


def _remove_uploads(ports: Ports, _run: ErasureRow, names: Threads) -> tuple[int, bool]:
	"""Remove what was chosen for one of the threads and not sent, with its bytes."""
	found = uploads.of_threads(ports.database, names, ERASED_AT_ONCE)
	for row in found:
		forget_upload(ports, row["name"], row["file"])
	ports.traces.of_rows(uploads.UPLOAD, [row["name"] for row in found])
	return 0, bool(found)


def _remove_rows(ports: Ports, _run: ErasureRow, names: Threads) -> tuple[int, bool]:
	for doctype in GONE:
		found = erasing.rows_of(ports.database, doctype, names, ERASED_AT_ONCE)
		if found:
			erasing.remove(ports.database, doctype, found)
			ports.traces.of_rows(doctype, found)
			return 0, True
	return 0, False


def _empty_memories(ports: Ports, _run: ErasureRow, names: Threads) -> tuple[int, bool]:
	found = erasing.rows_of(ports.database, bot_memories.MEMORY, names, ERASED_AT_ONCE)
	erasing.empty(ports.database, bot_memories.MEMORY, found)
	return 0, bool(found)


def _forget_faults(ports: Ports, run: ErasureRow, _names: Threads) -> tuple[int, bool]:
	"""Forget what was logged of faults: nobody knows whose words a log quotes."""
	return 0, ports.traces.of_faults(run["asked_us"], ERASED_AT_ONCE) > 0


_STEPS: tuple[Step, ...] = (
	_erase_entries,
	_erase_events,
	_erase_deliveries,
	_remove_uploads,
	_remove_rows,
	_empty_memories,
	_forget_faults,
)
