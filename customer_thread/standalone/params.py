"""What a request brings, as the types the services take."""

import json
import re
from collections.abc import Mapping
from typing import Any

from werkzeug.wrappers import Request

from customer_thread.domain.errors import BadInput, TooLarge

#: bytes of a request's body
BODY_LIMIT = 1_000_000
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


def check_size(request: Request) -> None:
	"""Raise TooLarge for a body that is more than any call needs."""
	if (request.content_length or 0) > BODY_LIMIT:
		raise TooLarge("This request is too large: at most 1 MB, please.")


class Params:
	"""Query string, form or JSON body as one mapping; the body wins."""

	def __init__(self, values: Mapping[str, Any]) -> None:
		self._values = values

	@classmethod
	def of(cls, request: Request) -> "Params":
		"""Read a request. Raise BadInput for a body that is no JSON object or no text."""
		values: dict[str, Any] = dict(request.args)
		if request.mimetype == "application/json":
			try:
				body = json.loads(request.get_data() or b"{}")
			except (ValueError, RecursionError):
				raise BadInput("The body is not JSON.") from None
			if not isinstance(body, dict):
				raise BadInput("The body must be a JSON object.")
			values |= body
		else:
			values |= dict(request.form)
		return cls(values)

	def text(self, name: str, default: str | None = None) -> str:
		"""Return a text. Raise BadInput if it is missing and has no default."""
		value = self._values.get(name)
		if value is None:
			if default is None:
				raise BadInput(f"{name} is missing.")
			return default
		if isinstance(value, bool | dict | list):
			raise BadInput(f"{name} must be text.")
		# JSON can hold halves of characters, which no database takes
		return str(value).encode("utf-8", "replace").decode("utf-8")

	def integer(self, name: str, default: int | None = None) -> int:
		"""Return a whole number. Raise BadInput."""
		value = self.text(name, None if default is None else str(default))
		if not re.fullmatch(r"-?\d{1,18}", value.strip(), re.ASCII):
			raise BadInput(f"{name} must be a whole number.")
		return int(value)

	def optional_integer(self, name: str) -> int | None:
		"""Return a whole number, or None if it is not given. Raise BadInput."""
		return self.integer(name) if self._values.get(name) not in (None, "") else None

	def boolean(self, name: str) -> bool:
		"""Return whether something is asked for; not given is no. Raise BadInput."""
		value = str(self._values.get(name, "")).lower()
		if value not in _TRUE | _FALSE and value != "none":
			raise BadInput(f"{name} is yes or no: write 1 or 0.")
		return value in _TRUE
