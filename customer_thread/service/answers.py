"""What goes back over HTTP, the same bytes on both hosts."""

import json
from dataclasses import dataclass, field
from typing import BinaryIO
from urllib.parse import quote

from customer_thread.domain.errors import ThreadError
from customer_thread.domain.model import Attachment
from customer_thread.domain.phrase import Translate
from customer_thread.domain.thread.pictures import is_picture


@dataclass(frozen=True)
class HttpAnswer:
	"""An answer, for a host to make its own response of."""

	body: bytes = b""
	content_type: str = "application/json"
	status: int = 200
	headers: dict[str, str] = field(default_factory=dict)
	#: read from its beginning in place of `body`, where that is too much for the memory
	file: BinaryIO | None = None


def answer_with(given: object) -> HttpAnswer:
	"""Return what a call gave: an answer, an attachment and a text as they are, all else as JSON's `message`."""
	if isinstance(given, HttpAnswer):
		return given
	if isinstance(given, Attachment):
		return _attachment(given)
	if isinstance(given, str):
		return HttpAnswer(given.encode(), "text/plain; charset=utf-8")
	return HttpAnswer(_json({"message": given}))


def refuse_with(error: ThreadError, translate: Translate, **more: object) -> HttpAnswer:
	"""Return a refusal: its status, its kind, its sentence, and what the host adds."""
	body = {"exc_type": error.exc_type, "message": error.worded(translate), **more}
	return HttpAnswer(_json(body), status=error.status)


def _attachment(attachment: Attachment) -> HttpAnswer:
	"""Return bytes from outside: a browser may show a picture; anything else could carry a script."""
	shown = is_picture(attachment.content_type)
	disposition = "inline" if shown else "attachment"
	name = quote(attachment.name, safe="")
	return HttpAnswer(
		attachment.data,
		attachment.content_type if shown else "application/octet-stream",
		headers={"Content-Disposition": f"{disposition}; filename*=UTF-8''{name}"},
	)


def _json(body: dict[str, object]) -> bytes:
	return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
