"""What staff chose and never sent is removed."""

from customer_thread.domain.limits import FORGOTTEN_AT_ONCE, UPLOAD_KEPT_HOURS
from customer_thread.domain.times import HOUR
from customer_thread.service.ports import Ports
from customer_thread.store import uploads


def forget_uploads(ports: Ports) -> int:
	"""Remove what was chosen a day ago and not sent, some at a time, and return how many were."""
	until_us = ports.clock.now_us() - UPLOAD_KEPT_HOURS * HOUR
	count = 0
	for listed in uploads.older_than(ports.database, until_us, FORGOTTEN_AT_ONCE):
		# it may be sent at this moment
		row = uploads.lock(ports.database, listed["name"])
		if row:
			forget_upload(ports, row["name"], row["file"])
			count += 1
	return count


def forget_upload(ports: Ports, name: str, file: str) -> None:
	"""Remove one with its bytes."""
	uploads.remove(ports.database, name)
	ports.files.remove(file)
