"""A mail's bytes in our own words. Takes everything that can be read at all."""

import hashlib
import re
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import Message
from email.parser import BytesHeaderParser

from customer_thread.domain.errors import BadInput
from customer_thread.domain.inbound import InboundMail
from customer_thread.gateways.mail import bounces, dmarc, headers, html_text, parts, quotes

RECIPIENT_HEADERS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
#: the library reads these while it parses, and takes time squared
LONG_HEADER = re.compile(rb"(?im)^content-(?:type|disposition):[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*")
MAX_HEADER = 8192


def parse(data: bytes, envelope_from: str | None, envelope_to: Sequence[str], now_us: int) -> InboundMail:
	"""Return the mail. Raise BadInput only if there is nothing that can be read.

	`envelope_from` is SMTP's MAIL FROM: empty for the null sender of bounces, None where it is not known.
	"""
	if not data.strip(b"\0 \t\r\n"):
		raise BadInput("The mail is empty.")
	message, found = _read(data)
	original, text, quoted = _words(found.texts)
	name, address = _author(message, envelope_from)
	bounce = bounces.find(message)
	return InboundMail(
		message_id=_message_id(message, data),
		from_address=address,
		from_name=name,
		recipients=_recipients(message, envelope_to),
		references=headers.references(message),
		subject=headers.subject(message),
		text=text,
		original=original,
		quoted=quoted,
		attachments=tuple(found.files),
		occurred_us=headers.sent_at(message, now_us),
		automatic=bounce is not None or bounces.is_automatic(message, envelope_from),
		bounce=bounce,
		dmarc_passed_by=dmarc.passed_by(message),
	)


def _read(data: bytes) -> tuple[Message, parts.Found]:
	data = LONG_HEADER.sub(lambda match: match[0][:MAX_HEADER], data)
	try:
		message = message_from_bytes(data, policy=policy.compat32)
		return message, parts.find(message)
	except RecursionError:
		# parts within parts without end: what stands on top can still be read
		shallow: Message = BytesHeaderParser(policy=policy.compat32).parsebytes(data)
		shallow.set_type("text/plain")
		return shallow, parts.Found(texts=[parts.Text("plain", parts.text_of(shallow))])


def _words(texts: list[parts.Text]) -> tuple[str, str, bool]:
	"""Return the whole, the new words, and whether they leave anything out."""
	bodies = [html_text.to_text(text.words) if text.kind == "html" else text.words for text in texts]
	original = quotes.tidy("\n\n".join(body.strip("\n") for body in bodies if body.strip()))
	return original, *quotes.split(original)


def _message_id(message: Message, data: bytes) -> str:
	for found in headers.ids(message, "Message-ID"):
		return found
	given = "".join(headers.value(message, "Message-ID").split()).strip("<>")
	return f"<{given or hashlib.sha256(data).hexdigest() + '@no-message-id.invalid'}>"


def _author(message: Message, envelope_from: str | None) -> tuple[str, str]:
	for name, address in headers.addresses(message, "From"):
		return name, address
	return "", _plain(envelope_from or "")


def _recipients(message: Message, envelope_to: Sequence[str]) -> tuple[str, ...]:
	envelope = [_plain(address) for address in envelope_to]
	named = [address for _name, address in headers.addresses(message, *RECIPIENT_HEADERS)]
	return tuple(dict.fromkeys(address for address in [*envelope, *named] if address))


def _plain(address: str) -> str:
	return headers.clean(address).strip("<> ").lower()
