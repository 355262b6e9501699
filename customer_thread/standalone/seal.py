"""The key of the seals of a data folder: in a file beside the database, so that nobody undoes them who has that alone."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from pathlib import Path

#: its name in the data folder
FILE = "seal.key"
_BYTES = 32


def sealer(folder: Path) -> Callable[[str], str]:
	"""Return what digests with the folder's own key, 64 hexadecimal digits; the key is made at the first start."""
	key = _key(folder / FILE)
	return lambda text: hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _key(file: Path) -> bytes:
	if not file.exists():
		# whole or not at all, and the first of two that start together is the one
		made = file.with_name(f"{FILE}.{secrets.token_hex(4)}")
		descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
		with os.fdopen(descriptor, "wb") as new:
			new.write(secrets.token_bytes(_BYTES))
			new.flush()
			os.fsync(new.fileno())
		try:
			os.link(made, file)
		except FileExistsError:
			pass
		finally:
			made.unlink()
	return file.read_bytes()
