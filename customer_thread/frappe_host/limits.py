"""What guests may not do, or get wrong, too often."""

import frappe

from customer_thread.domain.errors import TooMany
from customer_thread.domain.limits import FAILURES


def within(what: str, limit: tuple[int, int]) -> bool:
	"""Count one more of what may be done so often in so many seconds; return whether that still is allowed."""
	most, seconds = limit
	key = frappe.cache.make_key(f"customer_thread_within:{what}")
	count = _one_more(key, seconds, most)
	return count <= most


def count_failure(what: str) -> None:
	"""Note what the address at hand got wrong. Raise TooMany after 120 times in a minute.

	Asked after a failure only: whoever gets it right is not held up by others behind the same proxy.
	"""
	most, seconds = FAILURES
	key = frappe.cache.make_key(f"customer_thread_failures:{what}:{frappe.local.request_ip}")
	if _one_more(key, seconds, most) > most:
		raise TooMany("Too many attempts. Please wait a minute.")


def _one_more(key: str, seconds: int, most: int) -> int:
	count = int(frappe.cache.incrby(key, 1))
	# a worker that died between the two left a count that ends never
	if count == 1 or (count > most and frappe.cache.ttl(key) < 0):
		frappe.cache.expire(key, seconds)
	return count
