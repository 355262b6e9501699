"""The Presence port on a Frappe site: in Redis, which all its processes share and which forgets by itself."""

import frappe
from redis.exceptions import ConnectionError as NoRedis

from customer_thread.domain.limits import PRESENCE_SECONDS, PRESENT_SECONDS


class CachedPresence:
	"""A key for each reader who is there, in the site's cache; without Redis nobody is."""

	def note(self, thread: str, user: str) -> None:
		"""Note that somebody is there now."""
		key = _key(thread, user)
		try:
			# of a key that is not there Redis says -2 (https://redis.io/commands/ttl)
			left = frappe.cache.ttl(frappe.cache.make_key(key))
		except NoRedis:
			return
		if left <= PRESENT_SECONDS - PRESENCE_SECONDS:
			frappe.cache.set_value(key, 1, expires_in_sec=PRESENT_SECONDS)

	def leave(self, thread: str, user: str) -> None:
		"""Note that they are not there any more."""
		frappe.cache.delete_value(_key(thread, user))

	def is_present(self, thread: str, user: str) -> bool:
		"""Return whether they are there."""
		return bool(frappe.cache.exists(_key(thread, user)))


def _key(thread: str, user: str) -> str:
	return f"customer_thread_present:{thread}:{user}"
