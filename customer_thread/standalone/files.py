"""The Files port: a folder beside the database, readable by its owner only."""

import os
import re
import secrets
from pathlib import Path

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Attachment

_NAME = re.compile(r"[0-9a-f]{32}")


class FolderFiles:
	"""Private bytes under names nobody can guess."""

	def __init__(self, folder: Path) -> None:
		self.folder = folder
		folder.mkdir(mode=0o700, parents=True, exist_ok=True)

	def save(self, attachment: Attachment) -> str:
		"""Keep the bytes on disk and return their id."""
		name = secrets.token_hex(16)
		descriptor = os.open(self.folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
		with os.fdopen(descriptor, "wb") as file:
			file.write(attachment.data)
			file.flush()
			os.fsync(file.fileno())
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
