"""Finds a mail's words and its files among its parts."""

import mimetypes
import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from email.message import Message
from typing import Literal

from customer_thread.domain.limits import MAIL_ATTACHMENTS
from customer_thread.domain.model import Attachment
from customer_thread.gateways.mail.headers import decode, words

#: pictures not larger than this, both ways, are there to be counted, not seen
TRACKING_PIXELS = 3
#: parts that are about the mail, not in it
SKIPPED = frozenset(
	{
		"application/pgp-signature",
		"application/pkcs7-signature",
		"application/x-pkcs7-signature",
		"message/delivery-status",
		"message/disposition-notification",
		"text/rfc822-headers",
	}
)


@dataclass(frozen=True)
class Text:
	"""A stretch of words."""

	kind: Literal["plain", "html"]
	words: str


@dataclass
class Found:
	"""What a mail is made of."""

	texts: list[Text] = field(default_factory=list)
	files: list[Attachment] = field(default_factory=list)


def find(message: Message) -> Found:
	"""Return the words to read and the files with them, at most 25."""
	found = Found(texts=_texts(message))
	for part in _leaves(message):
		if len(found.files) < MAIL_ATTACHMENTS and _is_file(part):
			item = _file(part, len(found.files) + 1)
			if item.data and not _is_pixel(item):
				found.files.append(item)
	return found


def payload(part: Message) -> bytes:
	"""Return a part's bytes with its transfer encoding undone, as far as that goes."""
	try:
		data = part.get_payload(decode=True)
	except (ValueError, LookupError, TypeError, AttributeError):
		# the library trips over the charset before it comes to the bytes
		bare = copy(part)
		del bare["Content-Type"]
		data = bare.get_payload(decode=True)
	return data if isinstance(data, bytes) else b""


def text_of(part: Message) -> str:
	"""Return a text part's words, with the soft line breaks of format=flowed (RFC 3676) undone."""
	text = decode(payload(part), _parameter(part, "charset")).replace("\r\n", "\n").replace("\r", "\n")
	if _parameter(part, "format").lower() == "flowed":
		text = _unflow(text, delete_space=_parameter(part, "delsp").lower() == "yes")
	return text


def children(part: Message) -> list[Message]:
	"""Return the parts inside a part."""
	inner = part.get_payload() if part.is_multipart() else []
	return [child for child in inner if isinstance(child, Message)] if isinstance(inner, list) else []


def kind_of(part: Message) -> str:
	"""Return the content type in lower case; plain text where parts are announced and none are there."""
	kind = part.get_content_type()
	return "text/plain" if kind.startswith("multipart/") and not part.is_multipart() else kind


def _texts(part: Message) -> list[Text]:
	if part.is_multipart():
		if kind_of(part).startswith("message/"):
			return []
		inner = [_texts(child) for child in children(part)]
		if kind_of(part) == "multipart/alternative":
			return _choose(inner)
		return [text for texts in inner for text in texts]
	if _is_file(part) or kind_of(part) in SKIPPED:
		return []
	text = text_of(part)
	return [Text("html" if kind_of(part) == "text/html" else "plain", text)] if text.strip() else []


def _choose(alternatives: list[list[Text]]) -> list[Text]:
	"""Plain words are preferred: what they say needs no guessing."""
	for texts in alternatives:
		if texts and all(text.kind == "plain" for text in texts):
			return texts
	return next((texts for texts in reversed(alternatives) if texts), [])


def _leaves(part: Message) -> Iterator[Message]:
	if part.is_multipart() and kind_of(part) == "message/rfc822":
		yield part
	elif part.is_multipart():
		for child in children(part):
			yield from _leaves(child)
	else:
		yield part


def _is_file(part: Message) -> bool:
	kind = kind_of(part)
	if kind in SKIPPED:
		return False
	if _disposition(part) == "attachment" or kind == "message/rfc822":
		return True
	if kind in {"text/plain", "text/html"}:
		return bool(_name(part))
	return not kind.startswith("text/") or bool(_name(part)) or kind in {"text/calendar", "text/vcard"}


def _file(part: Message, number: int) -> Attachment:
	kind = kind_of(part)
	if part.is_multipart():
		inner = children(part)
		data = _as_bytes(inner[0]) if inner else b""
	else:
		data = payload(part)
	name = re.sub(r"[\x00-\x1f\x7f]", "", re.split(r"[/\\]", _name(part))[-1]).strip(". ")[-120:]
	extension = ".eml" if kind == "message/rfc822" else mimetypes.guess_extension(kind) or ""
	return Attachment(name=name or f"attachment-{number}{extension}", content_type=kind, data=data)


def _as_bytes(message: Message) -> bytes:
	try:
		return message.as_bytes()
	except (ValueError, LookupError, TypeError, AttributeError, KeyError, IndexError):
		return b""


def _disposition(part: Message) -> str:
	try:
		return part.get_content_disposition() or ""
	except (ValueError, LookupError, TypeError, AttributeError, IndexError):
		return ""


def _name(part: Message) -> str:
	try:
		return words(part.get_filename() or "")
	except (ValueError, LookupError, TypeError, AttributeError, IndexError):
		return ""


def _parameter(part: Message, name: str) -> str:
	try:
		given = part.get_param(name)
	except (ValueError, LookupError, TypeError, AttributeError, IndexError):
		return ""
	return str(given[2] if isinstance(given, tuple) else given or "")


def _is_pixel(item: Attachment) -> bool:
	data = item.data
	if data.startswith(b"GIF8"):
		size = int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
	elif data.startswith(b"\x89PNG"):
		size = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
	else:
		return False
	return max(size) <= TRACKING_PIXELS


def _unflow(text: str, *, delete_space: bool) -> str:
	lines: list[str] = []
	depth_before, open_line = 0, False
	for raw in text.split("\n"):
		quoted = re.match(r">*", raw)
		depth = quoted.end() if quoted else 0
		line = raw[depth:].removeprefix(" ")
		if open_line and depth == depth_before and line != "-- ":
			lines[-1] += line
		else:
			lines.append(">" * depth + (" " if depth and line else "") + line)
		open_line = line.endswith(" ") and line != "-- "
		if open_line and delete_space:
			lines[-1] = lines[-1][:-1]
		depth_before = depth
	return "\n".join(lines)
