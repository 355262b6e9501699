"""Whether so much comes at once that nobody is told one by one."""

from customer_thread.domain.limits import NOTICES_OF_SITE, NOTICES_OF_THREAD
from customer_thread.domain.notices.model import Crowd
from customer_thread.domain.times import SECOND
from customer_thread.service.ports import Ports
from customer_thread.store import notice_crowds


def crowd_by_now(ports: Ports, thread: str, known_us: int) -> Crowd | None:
	"""Return whether an entry is of more than are told one by one, as is known by now.

	Those of a thread that has so many itself are told together.
	"""
	most, seconds = NOTICES_OF_THREAD
	since_us = known_us - seconds * SECOND
	if notice_crowds.entries_of_thread(ports.database, thread, since_us, most + 1) > most:
		return "Thread"
	most, seconds = NOTICES_OF_SITE
	apart = seconds * SECOND
	moments = notice_crowds.moments_of_site(ports.database, "Email", known_us, apart, most)
	is_of_many = any(last < first + apart for first, last in zip(moments, moments[most:], strict=False))
	return "Site" if is_of_many else None
