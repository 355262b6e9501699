"""Finds a mail's words and its files among its parts."""

import binascii
import mimetypes
import re
from dataclasses import dataclass, field
from typing import Literal

from customer_thread.domain.limits import MAIL_ATTACHMENTS, MAIL_TEXT_BYTES, MAIL_TEXT_LINES
from customer_thread.domain.model import Attachment
from customer_thread.gateways.mail.decoding import clean, decode
from customer_thread.gateways.mail.structure import Part

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
UUENCODED = frozenset({"x-uuencode", "uuencode", "uue", "x-uue"})
_DATA_URL = re.compile(rb"data:[\w/+.-]{1,100};base64,[A-Za-z0-9+/=]*")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_UU_LINE = re.compile(rb"[^\r\n]+")


@dataclass(frozen=True)
class Text:
	"""A stretch of words."""

	kind: Literal["plain", "html"]
	words: str


@dataclass
class Found:
	"""What a mail is made of, and whether something of it was over the budget."""

	texts: list[Text] = field(default_factory=list)
	files: list[Attachment] = field(default_factory=list)
	is_over: bool = False


def find(mail: Part) -> Found:
	"""Return the words to read, the first of them if there are many, and the files with them, at most 25."""
	budget = Budget()
	found = Found(texts=_texts(mail, budget))
	for part in mail.walk():
		if not part.children and _is_file(part):
			if len(found.files) == MAIL_ATTACHMENTS:
				budget.is_over = True
				break
			item = _file(part, len(found.files) + 1)
			if item.data and not _is_pixel(item):
				found.files.append(item)
	found.is_over = budget.is_over
	return found


@dataclass
class Budget:
	"""How much text may still be read, over all parts of a mail."""

	left_bytes: int = MAIL_TEXT_BYTES
	left_lines: int = MAIL_TEXT_LINES
	is_over: bool = False

	def of(self, data: bytes) -> bytes:
		"""Return as much of it as may be read, and count that."""
		kept = data[: self.left_bytes]
		breaks = max(kept.count(b"\n"), kept.count(b"\r"))
		if breaks > self.left_lines:
			lines = re.split(rb"\r\n|\n|\r", kept, maxsplit=self.left_lines) if self.left_lines else []
			kept = b"\n".join(lines[: self.left_lines])
		self.left_bytes -= len(kept)
		# an empty line stands between two texts
		self.left_lines -= min(breaks + 2, self.left_lines)
		self.is_over |= len(kept) < len(data) and bool(data[len(kept) :].strip())
		return kept


def payload(part: Part) -> bytes:
	"""Return a part's bytes with its transfer encoding undone, as far as that goes."""
	encoding = part.get("content-transfer-encoding").partition(";")[0].strip().lower()
	if encoding == "base64":
		return _base64(part.data)
	if encoding == "quoted-printable":
		return binascii.a2b_qp(part.data)
	return _uudecoded(part.data) if encoding in UUENCODED else part.data


def text_of(part: Part, budget: Budget) -> str:
	"""Return a text part's words, with the soft line breaks of format=flowed (RFC 3676) undone."""
	data = payload(part)
	if part.kind == "text/html":
		# pictures that stand in the page itself say nothing and are its largest part
		data = _DATA_URL.sub(b"", data)
	words = decode(budget.of(data), part.content.charset)
	# a charset may make many line breaks of few bytes
	text = words[:MAIL_TEXT_BYTES].replace("\r\n", "\n").replace("\r", "\n")
	return _unflow(text, delete_space=part.content.deletes_space) if part.content.is_flowed else text


def _base64(data: bytes) -> bytes:
	try:
		return binascii.a2b_base64(data + b"==")
	except binascii.Error:
		good = _NOT_BASE64.sub(b"", data)
		return binascii.a2b_base64(good[: len(good) // 4 * 4])


def _uudecoded(data: bytes) -> bytes:
	begin = data.find(b"begin ")
	first = data.find(b"\n", begin)
	if begin < 0 or first < 0 or data.count(b"\n") > MAIL_TEXT_LINES:
		return data
	decoded = []
	for match in _UU_LINE.finditer(data, first):
		line = match[0]
		if line.strip(b" \t") == b"end":
			break
		try:
			decoded.append(binascii.a2b_uu(line))
		except binascii.Error:
			# some encoders write more than the line says it holds
			length = (((line[0] - 32) & 63) * 4 + 5) // 3
			try:
				decoded.append(binascii.a2b_uu(line[:length]))
			except binascii.Error:
				break
	return b"".join(decoded)


def _texts(part: Part, budget: Budget) -> list[Text]:
	if part.children:
		if part.kind == "multipart/alternative":
			return _choose(part, budget)
		return [text for child in part.children for text in _texts(child, budget)]
	if _is_file(part) or part.kind in SKIPPED:
		return []
	text = text_of(part, budget)
	return [Text("html" if part.kind == "text/html" else "plain", text)] if text.strip() else []


def _choose(part: Part, budget: Budget) -> list[Text]:
	"""Plain words are preferred: what they say needs no guessing."""
	found: list[list[Text]] = []
	# plain parts first, so that they do not pay for the pages beside them
	for child in sorted(part.children, key=lambda child: child.kind != "text/plain"):
		texts = _texts(child, budget)
		if texts and all(text.kind == "plain" for text in texts):
			return texts
		found.append(texts)
	return next((texts for texts in reversed(found) if texts), [])


def _is_file(part: Part) -> bool:
	kind = part.kind
	if kind in SKIPPED:
		return False
	if part.disposition == "attachment" or kind in {"message/rfc822", "message/global"}:
		return True
	if kind in {"text/plain", "text/html"}:
		return bool(part.name)
	return not kind.startswith("text/") or bool(part.name) or kind in {"text/calendar", "text/vcard"}


def _file(part: Part, number: int) -> Attachment:
	name = re.sub(r"[\x00-\x1f\x7f]", "", re.split(r"[/\\]", part.name)[-1]).strip(". ")[-120:]
	extension = ".eml" if part.kind == "message/rfc822" else mimetypes.guess_extension(part.kind) or ""
	return Attachment(
		name=name or f"attachment-{number}{extension}", content_type=clean(part.kind), data=payload(part)
	)


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
	#: each line as the pieces it was broken into
	lines: list[list[str]] = []
	depth_before, is_open = 0, False
	for raw in text.split("\n"):
		line = raw.lstrip(">")
		depth = len(raw) - len(line)
		line = line.removeprefix(" ")
		if is_open and depth == depth_before and line != "-- ":
			lines[-1].append(line)
		else:
			lines.append([">" * depth + (" " if depth and line else ""), line])
		is_open = line.endswith(" ") and line != "-- "
		if is_open and delete_space:
			lines[-1][-1] = line[:-1]
		depth_before = depth
	return "\n".join("".join(pieces) for pieces in lines)
