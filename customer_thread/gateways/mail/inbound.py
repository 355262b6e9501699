"""A mail's bytes in our own words. Takes everything that can be read at all."""

import hashlib
import re
from collections.abc import Sequence

from customer_thread.domain.errors import BadInput
from customer_thread.domain.inbound import InboundMail
from customer_thread.domain.limits import HTML_TAGS, MAIL_RECIPIENTS
from customer_thread.domain.mail_words.lines import tidy
from customer_thread.domain.mail_words.split import split
from customer_thread.domain.model import Attachment
from customer_thread.gateways.mail import bounces, dmarc, headers, html_text, parts
from customer_thread.gateways.mail.decoding import clean, words
from customer_thread.gateways.mail.structure import Part, dissect

RECIPIENT_HEADERS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")

#: what makes a mail address one of a thread's
TOKEN = re.compile(rb"\+[0-9a-z]{20,64}(?=@)", re.IGNORECASE)


def parse(data: bytes, envelope_from: str | None, envelope_to: Sequence[str], now_us: int) -> InboundMail:
	"""Return the mail. Raise BadInput only if there is nothing that can be read.

	`envelope_from` is SMTP's MAIL FROM: empty for the null sender of bounces, None where it is not known.
	"""
	if not data.strip(b"\0 \t\r\n"):
		raise BadInput("The mail is empty.")
	dissected = dissect(data)
	message, found = dissected.mail, parts.find(dissected.mail)
	tags = HTML_TAGS // max(1, sum(text.kind == "html" for text in found.texts))
	original, text, quoted = _words(found.texts, tags)
	is_over = dissected.is_over or found.is_over or any(_has_more(text, tags) for text in found.texts)
	kept = (_whole(data),) if is_over else ()
	name, address = _author(message, envelope_from)
	bounce = bounces.find(message, envelope_from)
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
		attachments=(*found.files, *kept),
		occurred_us=headers.sent_at(message, now_us),
		automatic=bounce is not None or bounces.is_automatic(message, envelope_from),
		bounce=bounce,
		dmarc_passed_by=dmarc.passed_by(message),
		dmarc_failed_by=dmarc.failed_by(message),
		digest=_digest(_body(data)),
	)


def _whole(data: bytes) -> Attachment:
	"""Return the mail itself as a file, where it holds more than is looked at, without secret addresses."""
	return Attachment(name="original.eml", content_type="message/rfc822", data=TOKEN.sub(b"", data))


def _has_more(text: parts.Text, tags: int) -> bool:
	return text.kind == "html" and text.words.count("<") > tags


def _words(texts: list[parts.Text], tags: int) -> tuple[str, str, bool]:
	"""Return the whole, the new words, and whether they leave anything out."""
	bodies = [html_text.to_text(text.words, tags) if text.kind == "html" else text.words for text in texts]
	original = tidy("\n\n".join(body.strip("\n") for body in bodies if body.strip()))
	return original, *split(original)


def _message_id(message: Part, data: bytes) -> str:
	for found in headers.ids(message, "Message-ID"):
		return found
	given = "".join(headers.value(message, "Message-ID").split()).strip("<>")
	if given:
		return f"<{given}>"
	# not the whole: each mailbox that it was fetched from has added a header of its own
	said = [headers.value(message, name) for name in ("From", "To", "Date", "Subject")]
	made = _digest("\n".join(said).encode() + _body(data))
	return f"<{made}@no-message-id.invalid>"


def _body(data: bytes) -> bytes:
	plain = data.replace(b"\r\n", b"\n")
	return plain.partition(b"\n\n")[2].strip() or plain


def _digest(data: bytes) -> str:
	return hashlib.sha256(data).hexdigest()


def _author(message: Part, envelope_from: str | None) -> tuple[str, str]:
	for name, address in headers.addresses(message, "From"):
		return words(name), address
	return "", _plain(envelope_from or "")


def _recipients(message: Part, envelope_to: Sequence[str]) -> tuple[str, ...]:
	envelope = [_plain(address) for address in envelope_to]
	named = [address for _name, address in headers.addresses(message, *RECIPIENT_HEADERS)]
	return tuple(dict.fromkeys(address for address in [*envelope, *named] if address))[:MAIL_RECIPIENTS]


def _plain(address: str) -> str:
	return clean(address).strip("<> ").lower()
