"""A log that does not repeat itself, whatever happens how often outside."""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable

#: seconds in which a line is not written again
_SILENCE = 60.0
#: different lines that are remembered
_LINES = 200


class OnceAMinute(logging.Filter):
	"""Lets a line through once a minute, and then says how often it was left out."""

	def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
		super().__init__()
		self._now = now
		#: of each line: when it was written, and how often not since
		self._seen: OrderedDict[tuple[object, ...], tuple[float, int]] = OrderedDict()

	def filter(self, record: logging.LogRecord) -> bool:
		"""Return whether this is to be written."""
		raised = record.exc_info[0] if record.exc_info else None
		# by its template: what is filled in, such as a path, is the choice of who asks
		words = record.getMessage() if record.msg == "%s" else record.msg
		line = (record.name, record.levelno, words, raised)
		now = self._now()
		written, left_out = self._seen.get(line, (float("-inf"), 0))
		if now - written < _SILENCE:
			self._seen[line] = (written, left_out + 1)
			return False
		self._seen[line] = (now, 0)
		self._seen.move_to_end(line)
		while len(self._seen) > _LINES:
			self._seen.popitem(last=False)
		if left_out:
			record.msg = f"{record.msg} (and {left_out} times more)"
		return True
