"""Somebody of the office says whose an unmatched thread is."""

from customer_thread.domain.errors import Conflict
from customer_thread.domain.model import Address
from customer_thread.service.desk.read_way import is_own
from customer_thread.service.ports import Ports
from customer_thread.service.thread.assign_thread import assign_thread
from customer_thread.service.thread.trust_address import trust_address
from customer_thread.store import threads
from customer_thread.store.rows import ThreadRow


def give_thread(ports: Ports, unmatched: ThreadRow, target: ThreadRow, by: str | None) -> ThreadRow:
	"""Move an unmatched thread into a customer's or lead's, whose its address is from now on, and return that.

	Again to the same one changes nothing. Raise Conflict if somebody gave it to another.
	"""
	if unmatched["party"] and unmatched["name"] != target["name"]:
		raise Conflict("Somebody has assigned this to {0} already.", unmatched["title"])
	waiting = unmatched["unmatched_address"]
	# what only said that it is ours, or is ours and about her: her mails must not go there
	is_ours = bool(waiting) and is_own(ports, Address.of_key(waiting or ""))
	goal = assign_thread(ports, unmatched, target, keep_address=not is_ours)
	if waiting and not is_ours:
		trust_address(ports, goal["name"], Address.of_key(waiting), "Said By Staff", by)
	return goal


def hold_unmatched(ports: Ports, thread: ThreadRow) -> Address:
	"""Hold an unmatched thread and return the address that waits in it. Raise Conflict if it waits no more."""
	row = threads.require_held(ports.database, thread["name"])
	# given to somebody whom whoever asks may not see, it does not say to whom
	if row["party"] and threads.is_visible(ports.database, row["name"], ports.visible()):
		raise Conflict("Somebody has assigned this to {0} already.", row["title"])
	if not row["unmatched_address"]:
		raise Conflict("Somebody has assigned this conversation already. Load it again to see whose it is.")
	return Address.of_key(row["unmatched_address"])
