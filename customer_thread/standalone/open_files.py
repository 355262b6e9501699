"""How many files this process may have open, and how many connections that allows."""

import resource
from dataclasses import dataclass

from customer_thread.domain.limits import MAIL_SESSIONS, WEB_CONNECTIONS

#: what every other part may open: the database once a thread, three files each, attachments, providers
RESERVED = 250


@dataclass(frozen=True)
class Room:
	"""How many connections may be open at once."""

	web: int
	mail: int


def make_room() -> Room:
	"""Ask for as many files as connections could take, and return what the system allows of them."""
	wanted = WEB_CONNECTIONS + MAIL_SESSIONS + RESERVED
	soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
	if _is_less(soft, wanted):
		soft = hard if _is_less(hard, wanted) else wanted
		resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
	return room_in(soft)


def room_in(files: int) -> Room:
	"""Return how many connections so many files allow, a few where there are very few."""
	if not _is_less(files, WEB_CONNECTIONS + MAIL_SESSIONS + RESERVED):
		return Room(WEB_CONNECTIONS, MAIL_SESSIONS)
	free = max(files - RESERVED, 40)
	mail = min(MAIL_SESSIONS, free // 4)
	return Room(min(WEB_CONNECTIONS, free - mail), mail)


def _is_less(files: int, wanted: int) -> bool:
	return files != resource.RLIM_INFINITY and files < wanted
