"""Whether another of the business has answered since somebody last read a thread."""

from customer_thread.domain.errors import Conflict, Unavailable
from customer_thread.service.ports import Ports
from customer_thread.store import entries, threads


def check_unanswered(ports: Ports, thread: str, upto: int, user: str, source_key: str | None) -> None:
	"""Raise Conflict if another than this user has answered after the entry `upto`; hold the thread until it is written to.

	What was written before by this `source_key` is no second answer. Raise NotFound, or Unavailable if only a new
	transaction sees what has been said.
	"""
	if source_key and entries.thread_of_source(ports.database, source_key):
		return
	# before the thread is held: two who send at the same second are one after the other from here on
	ports.database.look_again()
	row = threads.require_held(ports.database, thread)
	last = row["last_entry"]
	if last > upto and entries.get(ports.database, row["name"], last) is None:
		raise Unavailable("We are busy for a moment. Please try again.")
	if entries.answer_of_another(ports.database, row["name"], upto, user):
		raise Conflict("Somebody of your team has answered meanwhile. Read it first, then send yours again.")
