"""Note in each thread what was said last and since when its customer waits, as every new entry does."""

from customer_thread.frappe_host.database import FrappeDatabase
from customer_thread.service.thread.keep_waiting import reckon_all


def execute() -> None:
	"""Look through every thread once. Safe to repeat."""
	reckon_all(FrappeDatabase())
