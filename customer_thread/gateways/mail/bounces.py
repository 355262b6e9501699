"""Tells the machines' answers from people's: bounces (RFC 3464), out-of-office notes (RFC 3834)."""

import re

from customer_thread.domain.inbound import Bounce
from customer_thread.domain.limits import MAIL_REPORT_BYTES
from customer_thread.gateways.mail import headers
from customer_thread.gateways.mail.decoding import decode
from customer_thread.gateways.mail.parts import Budget, payload, text_of
from customer_thread.gateways.mail.structure import Part, blocks_of, head_of

STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
RETURNED_ID = re.compile(
	r"^[ \t]*Message-ID:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE
)
REPLY = re.compile(r"\s[45]\d\d\s")
MACHINES = frozenset({"mailer-daemon", "postmaster", "mail-daemon"})
#: headers that no person's mail carries
MARKS = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Failed-Recipients")


def is_automatic(message: Part, envelope_from: str | None) -> bool:
	"""Return whether a machine wrote this.

	A list's marks alone do not say so on an answer to a mail of ours: the business's own address may be a
	list (a Google Group), and then every customer's answer carries them.
	"""
	submitted = headers.value(message, "Auto-Submitted").partition(";")[0].strip().lower()
	precedence = headers.value(message, "Precedence").strip().lower()
	sender = next(iter(headers.addresses(message, "From")), ("", ""))[1]
	from_list = precedence == "list" or bool(headers.value(message, "List-Id"))
	return (
		submitted not in {"", "no"}
		or precedence in {"bulk", "junk", "auto_reply"}
		or any(headers.value(message, name) for name in MARKS)
		or envelope_from in {"", "<>"}
		or headers.value(message, "Return-Path") == "<>"
		or sender.partition("@")[0] in MACHINES
		or message.content.kind == "multipart/report"
		or (from_list and not headers.references(message))
	)


def find(message: Part) -> Bounce | None:
	"""Return what the report says if this is one about a mail that will never arrive."""
	parts = list(message.walk())
	reports = [part for part in parts if part.kind == "message/delivery-status"]
	failed = headers.value(message, "X-Failed-Recipients")
	if reports:
		return _from_report(message, parts, reports)
	if failed:
		return _from_words(message, parts)
	return None


def _from_report(message: Part, parts: list[Part], reports: list[Part]) -> Bounce | None:
	for report in reports:
		for block in blocks_of(payload(report)):
			if headers.value(block, "Action").lower() != "failed":
				continue
			returned = _returned_id(message, parts)
			if not returned:
				return None
			status = STATUS.search(headers.value(block, "Status"))
			diagnostic = headers.value(block, "Diagnostic-Code").partition(";")
			return Bounce(
				message_id=returned,
				status=status[1] if status else "5.0.0",
				diagnostic=" ".join((diagnostic[2] or diagnostic[0]).split())[:500],
			)
	return None


def _from_words(message: Part, parts: list[Part]) -> Bounce | None:
	"""Read a bounce that is prose with the mail below it, as Exim writes it."""
	budget = Budget(left_bytes=MAIL_REPORT_BYTES)
	text = "\n".join(text_of(part, budget) for part in parts if part.kind == "text/plain")
	found = RETURNED_ID.search(text)
	returned = found[1] if found else _returned_id(message, parts)
	if not returned:
		return None
	status = STATUS.search(text)
	reason = next(
		(
			line.strip()
			for line in text.splitlines()
			if re.match(r"\s", line[:1]) and REPLY.search(line[:500])
		),
		"",
	)
	return Bounce(message_id=returned, status=status[1] if status else "5.0.0", diagnostic=reason[:500])


def _returned_id(message: Part, parts: list[Part]) -> str:
	for part in parts:
		if part.kind == "message/rfc822":
			for found in headers.ids(head_of(payload(part)), "Message-ID"):
				return found
		elif part.kind in {"text/rfc822-headers", "message/rfc822-headers"}:
			match = RETURNED_ID.search(decode(payload(part)[:MAIL_REPORT_BYTES], None))
			if match:
				return match[1]
	# some servers leave the mail out and answer it instead
	return next(iter(headers.references(message)), "")
