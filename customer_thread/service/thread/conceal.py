"""No secret address is shown, forwarded, searched or exported."""

import binascii
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from customer_thread.domain.limits import SECRETS_FILE_BYTES
from customer_thread.domain.model import Attachment
from customer_thread.domain.people.secret_addresses import tokens_in, without_secrets
from customer_thread.domain.sign_in import hash_of
from customer_thread.service.ports import Ports
from customer_thread.store import calendars, sign_ins, threads

#: kinds of files that are text, and so may quote an address
_TEXTS = ("text/", "message/", "application/json", "application/xml", "application/xhtml")
_TEXT_NAMES = (".eml", ".mht", ".txt", ".html", ".htm")
#: marks at the beginning of a text of two bytes a character
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
#: a part of a mail that is written in base64 (RFC 2045 §6.8); a shorter one holds no token
_BASE64 = re.compile(
	rb"(?<![^\r\n])(?:[A-Za-z0-9+/]{4,998}={0,2}\r?\n)*[A-Za-z0-9+/]{4,998}={0,2}(?![^\r\n])"
)
_SHORTEST = 56
#: a reply address as it is plainly written
_PLAIN = re.compile(
	rb"(?:reply\+|/messages/in#|/messages/calendar/)[0-9a-f]{40}(?:@[\w.-]{1,255})?", re.IGNORECASE
)


def conceal(ports: Ports, *texts: str, keeps_links: bool = False) -> list[str]:
	"""Return the texts with the business's public address where a reply address of any thread stood.

	Links that sign somebody in, and addresses of calendars, are left without their tokens; `keeps_links`: they are not,
	for the business itself may write one to its customer.
	"""
	secrets, instead = _secrets_in(ports, texts), _instead(ports)
	links = set[str]() if keeps_links else _links_in(ports, texts)
	concealed = [without_secrets(text, secrets, instead) for text in texts]
	return [without_secrets(text, links, "…") for text in concealed] if links else concealed


def conceal_in_files(ports: Ports, files: Sequence[Attachment]) -> tuple[Attachment, ...]:
	"""Return the files, their names and those that are text without secret addresses.

	Their heads are looked through for every spelling, as many bytes as the limits say for all together; what is
	behind, for what plainly looks like one.
	"""
	heads, left = [], SECRETS_FILE_BYTES
	for file in files:
		heads.append(_head(file.data, left) if _is_text(file) else b"")
		left -= len(heads[-1])
	texts = (text for head in heads for text in _texts(head))
	looked_into = (*(file.name for file in files), *texts)
	secrets = _secrets_in(ports, looked_into) | _links_in(ports, looked_into)
	return tuple(
		_concealed(file, head, secrets, _instead(ports)) for file, head in zip(files, heads, strict=True)
	)


def _secrets_in(ports: Ports, texts: Iterable[str]) -> set[str]:
	found = {token for text in texts for token in tokens_in(text)}
	return threads.tokens_among(ports.database, found) if found else set()


def _links_in(ports: Ports, texts: Iterable[str]) -> set[str]:
	"""Return the tokens of links, and of calendars' addresses, that stand in texts."""
	hashes = {hash_of(token): token for text in texts for token in tokens_in(text)}
	links = {hashes[known] for known in sign_ins.hashes_among(ports.database, hashes)}
	return links | calendars.tokens_among(ports.database, hashes.values())


def _instead(ports: Ports) -> str:
	return ports.settings().from_address or "…"


def _is_text(file: Attachment) -> bool:
	return file.content_type.lower().startswith(_TEXTS) or file.name.lower().endswith(_TEXT_NAMES)


def _head(data: bytes, size: int) -> bytes:
	"""Return whole lines, and whole characters of two bytes."""
	if len(data) <= size:
		return data
	return (
		data[: data.rfind(b"\n", 0, size) + 1 or size] if data[:2] not in _UTF_16 else data[: size // 2 * 2]
	)


def _concealed(file: Attachment, head: bytes, secrets: Collection[str], instead: str) -> Attachment:
	name = without_secrets(file.name, secrets, instead)
	if not _is_text(file):
		return file if name == file.name else replace(file, name=name)
	plain = _without(head, secrets, instead)
	shown = _BASE64.sub(lambda written: _without_in_base64(written[0], secrets, instead), plain)
	data = shown + _PLAIN.sub(instead.encode(), file.data[len(head) :])
	return file if (name, data) == (file.name, file.data) else replace(file, name=name, data=data)


def _texts(data: bytes) -> Iterator[str]:
	"""Yield the text of a file, and those that stand in it in base64."""
	yield _decoded(data)[0]
	for written in _BASE64.finditer(data):
		yield _decoded(_in_base64(written[0]))[0]


def _decoded(data: bytes) -> tuple[str, str]:
	"""Return a text and how it is encoded."""
	if data[:2] in _UTF_16:
		try:
			return data.decode("utf-16"), "utf-16"
		except UnicodeDecodeError:
			pass
	# each byte is a character and back: whatever else the file is stays as it is
	return data.decode("latin-1"), "latin-1"


def _without(data: bytes, secrets: Collection[str], instead: str) -> bytes:
	text, encoding = _decoded(data)
	concealed = without_secrets(text, secrets, instead)
	return data if concealed == text else concealed.encode(encoding, "replace")


def _in_base64(written: bytes) -> bytes:
	"""Return what a stretch of base64 stands for; nothing if it is none, or too short."""
	try:
		return binascii.a2b_base64(written) if len(written) >= _SHORTEST else b""
	except binascii.Error:
		return b""


def _without_in_base64(written: bytes, secrets: Collection[str], instead: str) -> bytes:
	data = _in_base64(written)
	concealed = _without(data, secrets, instead)
	if concealed == data:
		return written
	lines = [concealed[at : at + 57] for at in range(0, len(concealed), 57)]
	return b"\r\n".join(binascii.b2a_base64(line, newline=False) for line in lines)
