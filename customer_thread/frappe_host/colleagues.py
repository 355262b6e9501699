"""The Colleagues port on a Frappe site: in Redis, which all its processes share and which forgets by itself."""

import frappe
from redis.exceptions import ConnectionError as NoRedis

from customer_thread.domain.limits import COLLEAGUE_SECONDS
from customer_thread.domain.times import SECOND
from customer_thread.service.ports import Clock


class CachedColleagues:
	"""A hash for each thread, in the site's cache; without Redis nobody is there."""

	def __init__(self, clock: Clock) -> None:
		self._clock = clock

	def note(self, thread: str, user: str, *, writing: bool) -> bool:
		"""Note that somebody is there now; return whether that is new."""
		before, key = self.in_thread(thread).get(user), _key(thread)
		try:
			frappe.cache.hset(key, user, (self._clock.now_us(), writing))
			frappe.cache.expire(frappe.cache.make_key(key), COLLEAGUE_SECONDS)
		except NoRedis:
			return False
		return before is not writing

	def leave(self, thread: str, user: str) -> bool:
		"""Note that they are not there any more; return whether that is new."""
		was_there = user in self.in_thread(thread)
		frappe.cache.hdel(_key(thread), user)
		return was_there

	def in_thread(self, thread: str) -> dict[str, bool]:
		"""Return who is there, and whether they write."""
		try:
			noted = frappe.cache.hgetall(_key(thread))
		except NoRedis:
			return {}
		now = self._clock.now_us()
		return {
			frappe.as_unicode(user): writing
			for user, (at, writing) in noted.items()
			if 0 <= now - at < COLLEAGUE_SECONDS * SECOND
		}


def _key(thread: str) -> str:
	return f"customer_thread_colleagues:{thread}"
