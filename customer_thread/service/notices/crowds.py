"""Whether so much comes at once that nobody is told one by one."""

from customer_thread.domain.limits import NOTICES_OF_SITE, NOTICES_OF_THREAD
from customer_thread.domain.notices.model import Crowd
from customer_thread.domain.times import SECOND
from customer_thread.service.ports import Ports
from customer_thread.store import notices


def crowd_of(ports: Ports, thread: str, now_us: int) -> Crowd | None:
	"""Return whether an entry that is written now is of more than are told one by one."""
	most, seconds = NOTICES_OF_THREAD
	if notices.entries_of_thread(ports.database, thread, now_us - seconds * SECOND, most) >= most:
		return "Thread"
	most, seconds = NOTICES_OF_SITE
	before = notices.entries_of_site(ports.database, "Email", now_us - seconds * SECOND, now_us, most)
	return "Site" if before >= most else None


def was_in_crowd(ports: Ports, thread: str, known_us: int) -> bool:
	"""Return whether an entry was of more than are told one by one in the whole site, as is known by now.

	Those of a thread that had so many itself are told together.
	"""
	most, seconds = NOTICES_OF_SITE
	apart = seconds * SECOND
	moments = notices.moments_of_site(ports.database, "Email", known_us, apart, most)
	if not any(last < first + apart for first, last in zip(moments, moments[most:], strict=False)):
		return False
	most, seconds = NOTICES_OF_THREAD
	return notices.entries_of_thread(ports.database, thread, known_us - apart, most + 1) <= most
