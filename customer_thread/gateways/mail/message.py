"""Builds the mails that leave the house. Pure: the date is a parameter."""

import re
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.outbound import OutboundMail

CONTROLS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
#: others came from strangers and go nowhere
MESSAGE_ID = re.compile(r"<[!-;=?-~]{3,900}>")
MAX_REFERENCES = 20
CONTENT_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
#: what is said of an attachment besides its type: what a calendar is to do with it, and how it is written
PARAMETER = re.compile(r"(charset|method)=([A-Za-z0-9-]{1,20})")
#: ASCII before the @, as SMTP without SMTPUTF8 wants it
ADDRESS = re.compile(r"[!#-'*+\-./0-9=?A-Z^-~]+@[^\s@<>(),;:\"\\]+")


class _Ids(UnstructuredHeader, BaseHeader):
	"""A header of Message-IDs or of an address, one a line: the library would encode a long one, and no client knows it then."""

	def fold(self, *, policy: Any) -> str:  # noqa: ANN401
		return f"{self.name}: {f'{policy.linesep} '.join(str(self).split())}{policy.linesep}"


def _policy() -> "EmailPolicy[EmailMessage]":
	headers = HeaderRegistry()
	for name in ("message-id", "in-reply-to", "references", "list-unsubscribe"):
		headers.map_to_type(name, _Ids)
	# 7bit: the next server need not know 8BITMIME
	return SMTP_POLICY.clone(header_factory=headers, cte_type="7bit")


POLICY = _policy()


def build(mail: OutboundMail, date: datetime) -> EmailMessage:
	"""Return the mail as RFC 5322 wants it. Raise GatewayError for an address that is none.

	No name, subject or id can add a header: line breaks in them become blanks.
	"""
	message = EmailMessage(POLICY)
	message["From"] = _mailbox(mail.from_name, mail.from_address)
	message["To"] = _mailbox("", mail.to)
	if mail.reply_to:
		message["Reply-To"] = _mailbox(mail.from_name, mail.reply_to)
	message["Subject"] = one_line(mail.subject)
	message["Date"] = format_datetime(date)
	for name, ids in (
		("Message-ID", (mail.message_id,)),
		("In-Reply-To", (mail.in_reply_to,)),
		("References", mail.references),
	):
		if good := [item for item in ids if MESSAGE_ID.fullmatch(item)]:
			message[name] = " ".join(good[-MAX_REFERENCES:])
	if mail.automated:
		# RFC 3834, and Exchange's own word for it
		message["Auto-Submitted"] = "auto-generated"
		message["X-Auto-Response-Suppress"] = "All"
	if mail.unsubscribe:
		# RFC 8058 §3.1: nothing is asked, one post does it
		message["List-Unsubscribe"] = f"<{one_line(mail.unsubscribe)}>"
		message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
	message.set_content(_text(mail.text))
	if mail.html:
		message.add_alternative(_text(mail.html), subtype="html")
	for item in mail.attachments:
		named, *given = item.content_type.split("; ")
		kind, _, subtype = named.partition("/")
		params = {found[1]: found[2] for part in given if (found := PARAMETER.fullmatch(part))}
		known = bool(CONTENT_TYPE.fullmatch(named)) and kind not in {"multipart", "message"}
		message.add_attachment(
			item.data,
			maintype=kind if known else "application",
			subtype=subtype if known else "octet-stream",
			filename=one_line(item.name) or "attachment",
			params=params if known else None,
		)
	return message


def one_line(text: str) -> str:
	"""Return the text without line breaks or other control characters."""
	return _text(CONTROLS.sub(" ", text).strip())


def _text(text: str) -> str:
	return text.encode("utf-8", "replace").decode("utf-8")


def address(given: str) -> str:
	"""Return an e-mail address as SMTP takes it, its domain in ASCII. Raise GatewayError if it is none."""
	if not ADDRESS.fullmatch(given):
		raise GatewayError("“{0}” is not an e-mail address.", one_line(given), permanent=True)
	local, _, domain = given.rpartition("@")
	try:
		return f"{local}@{domain.encode('idna').decode('ascii')}"
	except UnicodeError:
		raise GatewayError("“{0}” is not an e-mail address.", one_line(given), permanent=True) from None


def _mailbox(name: str, given: str) -> Address:
	try:
		return Address(display_name=one_line(name), addr_spec=address(given))
	except (ValueError, HeaderParseError):
		raise GatewayError("“{0}” is not an e-mail address.", one_line(given), permanent=True) from None
