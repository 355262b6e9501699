"""Whether so much comes at once that nobody is told one by one."""

from customer_thread.domain.limits import NOTICES_OF_SITE, NOTICES_OF_THREAD
from customer_thread.domain.notices.model import Crowd
from customer_thread.domain.times import SECOND
from customer_thread.service.ports import Ports
from customer_thread.store import notice_crowds


def crowd_of(ports: Ports, thread: str, now_us: int) -> Crowd | None:
	"""Return whether an entry that is written now is of more than are told one by one."""
	most, seconds = NOTICES_OF_THREAD
	if notice_crowds.entries_of_thread(ports.database, thread, now_us - seconds * SECOND, most) >= most:
		return "Thread"
	most, seconds = NOTICES_OF_SITE
	before = notice_crowds.entries_of_site(ports.database, "Email", now_us - seconds * SECOND, now_us, most)
	return "Site" if before >= most else None


def crowd_by_now(ports: Ports, thread: str, known_us: int) -> Crowd | None:
	"""Return whether an entry that was written a moment ago is of more than are told one by one, as is known by now."""
	if _is_of_many_in_thread(ports, thread, known_us):
		return "Thread"
	return "Site" if _is_of_many_on_site(ports, known_us) else None


def was_in_crowd(ports: Ports, thread: str, known_us: int) -> bool:
	"""Return whether an entry was of more than are told one by one in the whole site, as is known by now.

	Those of a thread that had so many itself are told together.
	"""
	return _is_of_many_on_site(ports, known_us) and not _is_of_many_in_thread(ports, thread, known_us)


def _is_of_many_in_thread(ports: Ports, thread: str, known_us: int) -> bool:
	most, seconds = NOTICES_OF_THREAD
	since_us = known_us - seconds * SECOND
	return notice_crowds.entries_of_thread(ports.database, thread, since_us, most + 1) > most


def _is_of_many_on_site(ports: Ports, known_us: int) -> bool:
	most, seconds = NOTICES_OF_SITE
	apart = seconds * SECOND
	moments = notice_crowds.moments_of_site(ports.database, "Email", known_us, apart, most)
	return any(last < first + apart for first, last in zip(moments, moments[most:], strict=False))
