"""Links that have ended long ago are forgotten, and so is who asked for one."""

from customer_thread.domain.limits import FORGOTTEN_AT_ONCE, LINK_REQUESTS_KEPT_DAYS, LINKS_KEPT_DAYS
from customer_thread.domain.times import DAY
from customer_thread.service.ports import Ports
from customer_thread.store import sign_ins


def forget_links(ports: Ports) -> bool:
	"""Remove the oldest, so many at a time, and return whether there may be more.

	A link that has ended goes when nobody asks any more who used it; a request for one much sooner, for anybody can
	make it, about any address.
	"""
	now, database = ports.clock.now_us(), ports.database
	links = sign_ins.forget(database, now - LINKS_KEPT_DAYS * DAY, FORGOTTEN_AT_ONCE)
	asked = sign_ins.forget_requests(database, now - LINK_REQUESTS_KEPT_DAYS * DAY, FORGOTTEN_AT_ONCE)
	return FORGOTTEN_AT_ONCE in (links, asked)
