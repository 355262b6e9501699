"""What a caller brings, as the types the services take. Both hosts read their requests into it."""

import json
import re
from collections.abc import Mapping
from typing import Any

from customer_thread.domain.errors import BadInput, TooLarge
from customer_thread.domain.limits import CALL_BODY_BYTES, PAGE_ENTRIES, UPLOAD_BYTES
from customer_thread.domain.model import Attachment

#: how many a list gives at once unless it is asked for fewer or more
PAGE = 50
_INTEGER = re.compile(r"-?\d{1,18}", re.ASCII)
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


#: the path of the one call that takes a file
UPLOAD_PATH = "/api/method/customer_thread.api.desk.upload"


def size_limit(path: str) -> int:
	"""Return how many bytes the body of a request may have."""
	return CALL_BODY_BYTES + UPLOAD_BYTES if path == UPLOAD_PATH else CALL_BODY_BYTES


def check_size(content_length: int | None, path: str = "") -> None:
	"""Raise TooLarge for a body that is more than any call needs, or than the one at this path."""
	if (content_length or 0) <= size_limit(path):
		return
	if path == UPLOAD_PATH:
		raise TooLarge("This file is too large: at most {0} MB, please.", UPLOAD_BYTES >> 20)
	raise TooLarge("This request is too large: at most 1 MB, please.")


def check_page_size(limit: int) -> None:
	"""Raise BadInput unless a list may be asked for so many at once."""
	if not 1 <= limit <= PAGE_ENTRIES:
		raise BadInput("limit must be between 1 and {0}.", PAGE_ENTRIES)


class Params:
	"""What was given by name: texts, or what JSON can hold."""

	def __init__(
		self, values: Mapping[str, Any], asked_by: str | None = None, session_hash: str = ""
	) -> None:
		self._values = values
		#: the user who asks, where the host has users and knows who it is
		self.asked_by = asked_by
		#: by which the session is known that asks; empty for none
		self.session_hash = session_hash

	def text(self, name: str, default: str | None = None) -> str:
		"""Return a text. Raise BadInput if it is missing and has no default."""
		value = self._values.get(name)
		if value is None:
			if default is None:
				raise BadInput("{0} is missing.", name)
			return default
		if isinstance(value, bool | dict | list | Attachment):
			raise BadInput("{0} must be text.", name)
		# JSON can hold halves of characters, which no database takes
		return str(value).encode("utf-8", "replace").decode("utf-8")

	def file(self, name: str) -> Attachment:
		"""Return a file that was sent with the form. Raise BadInput if none was."""
		value = self._values.get(name)
		if not isinstance(value, Attachment):
			raise BadInput("{0} must be a file.", name)
		return value

	def optional_text(self, name: str) -> str | None:
		"""Return a text, or None if it is not given. Raise BadInput."""
		return None if self._values.get(name) is None else self.text(name)

	def integer(self, name: str, default: int | None = None) -> int:
		"""Return a whole number. Raise BadInput."""
		value = self.text(name, None if default is None else str(default))
		if not _INTEGER.fullmatch(value.strip()):
			raise BadInput("{0} must be a whole number.", name)
		return int(value)

	def texts(self, name: str) -> list[str]:
		"""Return a list of texts, as it is or as JSON. Raise BadInput."""
		value = self._values.get(name)
		try:
			value = json.loads(value) if isinstance(value, str) else value
		except ValueError:
			value = None
		if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
			raise BadInput("{0} must be a list of texts.", name)
		return [item.encode("utf-8", "replace").decode("utf-8") for item in value]

	def optional_texts(self, name: str) -> list[str]:
		"""Return a list of texts, as it is or as JSON; none if it is not given. Raise BadInput."""
		return self.texts(name) if self._values.get(name) not in (None, "") else []

	def optional_integer(self, name: str) -> int | None:
		"""Return a whole number, or None if it is not given. Raise BadInput."""
		return self.integer(name) if self._values.get(name) not in (None, "") else None

	def optional_boolean(self, name: str) -> bool | None:
		"""Return whether something is asked for, or None if nothing is said of it. Raise BadInput."""
		return None if self._values.get(name) is None else self.boolean(name)

	def mapping(self, name: str) -> dict[str, Any]:
		"""Return an object, as it is or as JSON. Raise BadInput."""
		value = self._values.get(name)
		try:
			value = json.loads(value) if isinstance(value, str) else value
		except ValueError:
			value = None
		if not isinstance(value, dict):
			raise BadInput("{0} must be an object.", name)
		return value

	def boolean(self, name: str) -> bool:
		"""Return whether something is asked for; not given is no. Raise BadInput."""
		value = str(self._values.get(name, "")).lower()
		if value not in _TRUE | _FALSE and value != "none":
			raise BadInput("{0} is yes or no: write 1 or 0.", name)
		return value in _TRUE
