"""Staff have dealt with a thread, without an answer or later."""

from customer_thread.domain.errors import BadInput, NotFound
from customer_thread.domain.limits import SNOOZE_DAYS
from customer_thread.domain.times import DAY
from customer_thread.service.ports import Ports
from customer_thread.service.thread.keep_waiting import reckon
from customer_thread.service.thread.mark_read_by_staff import mark_read_by_staff
from customer_thread.service.thread.show_change import show_change
from customer_thread.store import entries, threads
from customer_thread.store.rows import ThreadRow


def mark_done(ports: Ports, thread: str, upto: int) -> None:
	"""Let nobody wait for an answer to what is there up to this entry; what comes later is new. Raise NotFound."""
	row = threads.require_held(ports.database, thread)
	if entries.get(ports.database, row["name"], upto) is None:
		raise NotFound("This message is not there.")
	mark_read_by_staff(ports, row["name"], upto)
	if upto > row["done_upto"] or row["snoozed_us"]:
		# of two who call the same done, the second changes nothing that could be undone
		before = {"done_before": row["done_upto"], "snoozed_before": row["snoozed_us"]}
		changes = {"done_upto": max(row["done_upto"], upto), "snoozed_us": 0, **before}
		threads.set_done(ports.database, row["name"], changes)
	reckon(ports.database, row["name"])
	_show(ports, row)


def reopen(ports: Ports, thread: str) -> None:
	"""Take back that the thread was last called done, once: what was done before that stays so. Raise NotFound.

	A snooze comes back with it, unless the customer has written since, or somebody has snoozed it anew.
	"""
	row = threads.require_held(ports.database, thread)
	changes = {
		"done_upto": min(row["done_upto"], row["done_before"]),
		"snoozed_us": row["snoozed_us"] or row["snoozed_before"],
		"snoozed_before": 0,
	}
	threads.set_done(ports.database, row["name"], changes)
	reckon(ports.database, row["name"])
	_show(ports, row)


def snooze(ports: Ports, thread: str, until_us: int) -> None:
	"""Let a thread need no look until then, or until its customer writes; 0: from now on it does.

	Raise BadInput or NotFound.
	"""
	now_us = ports.clock.now_us()
	if until_us and not now_us < until_us <= now_us + SNOOZE_DAYS * DAY:
		raise BadInput("until must be within the next {0} days.", SNOOZE_DAYS)
	row = threads.require_held(ports.database, thread)
	threads.set_done(ports.database, row["name"], {"snoozed_us": until_us, "snoozed_before": 0})
	_show(ports, row)


def _show(ports: Ports, row: ThreadRow) -> None:
	show_change(ports, row["name"])
	ports.team.settle(row["name"], row["assigned_to"] or "")
