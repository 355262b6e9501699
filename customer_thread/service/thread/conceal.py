"""No secret address is shown, forwarded, searched or exported."""

import binascii
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from customer_thread.domain.model import Attachment
from customer_thread.domain.people.secret_addresses import tokens_in, without_secrets
from customer_thread.service.ports import Ports
from customer_thread.store import threads

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


def conceal(ports: Ports, *texts: str) -> list[str]:
	"""Return the texts with the business's public address where a reply address of any thread stood."""
	found = {token for text in texts for token in tokens_in(text)}
	secrets = threads.tokens_among(ports.database, found) if found else set()
	instead = ports.settings().from_address or "…"
	return [without_secrets(text, secrets, instead) for text in texts]


def conceal_in_files(ports: Ports, files: Sequence[Attachment]) -> tuple[Attachment, ...]:
	"""Return the files, those that are text without secret addresses."""
	return tuple(_concealed(ports, file) for file in files)


def _concealed(ports: Ports, file: Attachment) -> Attachment:
	[name] = conceal(ports, file.name)
	data = file.data
	if file.content_type.lower().startswith(_TEXTS) or name.lower().endswith(_TEXT_NAMES):
		data = _BASE64.sub(partial(_in_base64, ports), _in_bytes(ports, data))
	return file if (name, data) == (file.name, file.data) else replace(file, name=name, data=data)


def _in_bytes(ports: Ports, data: bytes) -> bytes:
	if data.startswith(_UTF_16):
		try:
			text = data.decode("utf-16")
		except UnicodeDecodeError:
			pass
		else:
			[concealed] = conceal(ports, text)
			return data if concealed == text else concealed.encode("utf-16")
	# each byte is a character and back: whatever else the file is stays as it is
	return conceal(ports, data.decode("latin-1"))[0].encode("latin-1", "replace")


def _in_base64(ports: Ports, written: "re.Match[bytes]") -> bytes:
	"""Return a stretch of base64 as it is, or written anew without the addresses in it."""
	if len(written[0]) < _SHORTEST:
		return written[0]
	try:
		data = binascii.a2b_base64(written[0])
	except binascii.Error:
		return written[0]
	concealed = _in_bytes(ports, data)
	if concealed == data:
		return written[0]
	lines = [concealed[at : at + 57] for at in range(0, len(concealed), 57)]
	return b"\r\n".join(binascii.b2a_base64(line, newline=False) for line in lines)
