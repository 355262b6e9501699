"""The address under which a message's pictures can be seen for a while by whoever was sent it."""

from customer_thread.domain.errors import NotFound
from customer_thread.domain.limits import PICTURE_LINK_DAYS
from customer_thread.domain.thread.picture_token import picture_token, read_token
from customer_thread.domain.times import DAY
from customer_thread.service.ports import Ports
from customer_thread.store import entries, threads
from customer_thread.store.rows import PageRow, ThreadRow

#: where it is, with the token
PICTURES = "/messages/p/"


def picture_link(ports: Ports, thread: ThreadRow, entry: int, lasts_us: int = PICTURE_LINK_DAYS * DAY) -> str:
	"""Return the absolute address of an entry's pictures, which ends after so long; empty without a public address."""
	base = ports.settings().public_url.rstrip("/")
	if not base:
		return ""
	until_us = ports.clock.now_us() + lasts_us
	return f"{base}{PICTURES}{picture_token(thread['code'], _secret(thread), entry, until_us).value}"


def linked_entry(ports: Ports, token: str) -> tuple[ThreadRow, PageRow]:
	"""Return the entry that an address leads to, and its thread.

	Raise NotFound, the same for what is wrong, has ended, was taken back by renewing the thread's addresses, or is
	gone.
	"""
	given = read_token(token)
	# by its own secret: it may have been merged into another since
	row = threads.numbered(ports.database, given.number) if given else None
	is_good = given is not None and given.is_signed_with(_secret(row) if row else "")
	if given and row and is_good and not given.has_ended(ports.clock.now_us()):
		thread = threads.by_number(ports.database, given.number)
		entry = entries.get(ports.database, thread["name"], given.entry) if thread else None
		if thread and entry and entry["attachments"]:
			return thread, entry
	raise NotFound("This link opens nothing, or nothing any more. The pictures are in the conversation.")


def _secret(thread: ThreadRow) -> str:
	# each is known to one side alone; both together to nobody
	return f"{thread['reply_token']} {thread['contractor_token']}"
