"""The Files port: a folder beside the database, readable by its owner only."""

import errno
import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path

from customer_thread.domain.errors import NotFound, Unavailable
from customer_thread.domain.model import Attachment

AfterRollback = Callable[[Callable[[], None]], None]
#: no room on the disk, or no file left to open: both pass
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE, errno.ENFILE)
_NAME = re.compile(r"[0-9a-f]{32}")


def _nowhere(_undo: Callable[[], None]) -> None:
	"""There is no transaction to fail."""


class FolderFiles:
	"""Private bytes under names nobody can guess."""

	def __init__(self, folder: Path, after_rollback: AfterRollback = _nowhere) -> None:
		self.folder = folder
		self._after_rollback = after_rollback
		folder.mkdir(mode=0o700, parents=True, exist_ok=True)

	def save(self, attachment: Attachment) -> str:
		"""Keep the bytes on disk, unless the transaction fails, and return their id. Raise Unavailable without room."""
		name = secrets.token_hex(16)
		self._after_rollback(lambda: self.remove(name))
		try:
			descriptor = os.open(self.folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
			with os.fdopen(descriptor, "wb") as file:
				file.write(attachment.data)
				file.flush()
				os.fsync(file.fileno())
		except OSError as error:
			if error.errno in _NO_ROOM:
				raise Unavailable("The system is busy for a moment. Please try again.") from error
			raise
		return name

	def read(self, file: str) -> bytes:
		"""Return the bytes. Raise NotFound."""
		if not _NAME.fullmatch(file):
			raise NotFound("This file is not there.")
		try:
			return (self.folder / file).read_bytes()
		except FileNotFoundError:
			raise NotFound("This file is not there.") from None

	def remove(self, file: str) -> None:
		"""Forget the bytes for good; a file that is not there is no error."""
		if _NAME.fullmatch(file):
			(self.folder / file).unlink(missing_ok=True)
