"""Keys that make a write that a machine may repeat happen once."""

import hashlib
import re
import uuid

from customer_thread.domain.errors import BadInput
from customer_thread.domain.inbound import InboundMail, InboundSms, TeamMessage
from customer_thread.domain.model import DeliveryChannel, Purpose

_CAME_BY: dict[str, DeliveryChannel] = {"text": "SMS", "mail": "Email", "zulip": "Zulip"}
_HASHED = "sha256:"
_PLAIN = re.compile(r"[a-z0-9:._/+@#-]{1,120}")


def source_key(kind: str, value: str) -> str:
	"""Return the unique key of what came from `kind` with the id `value`, at most 140 characters.

	Databases compare without case and cut at 140, so anything but short lower-case ASCII is hashed.
	"""
	if _PLAIN.fullmatch(value) and not value.startswith(_HASHED):
		return f"{kind}:{value}"
	return f"{kind}:{_HASHED}{hashlib.sha256(value.encode()).hexdigest()}"


def sms_key(sms: InboundSms) -> str:
	"""Return the key by which a text is received once, however often and whichever way it is handed in."""
	return text_key(sms.provider_sid)


def text_key(provider_sid: str) -> str:
	"""Return the key of the text with this id."""
	return source_key("text", provider_sid.lower())


def team_key(said: TeamMessage) -> str:
	"""Return the key by which what somebody wrote where the team talks is received once."""
	return source_key(said.channel.lower(), said.provider_id.lower())


def came_by(source_key: str) -> DeliveryChannel | None:
	"""Return by which channel somebody wrote what has this key, or None if on a page."""
	return _CAME_BY.get(source_key.partition(":")[0])


def message_key(message_id: str) -> str:
	"""Return what a mail with this Message-ID is looked up by."""
	return source_key("mail", message_id)


def mail_key(mail: InboundMail, token: str = "") -> str:
	"""Return the key by which a mail is received once, at each of the threads' addresses that it was sent to.

	A Message-ID alone is not enough: careless programs give one to several mails.
	"""
	if not mail.digest and not token:
		return message_key(mail.message_id)
	return source_key("mail", "\n".join((mail.message_id, mail.from_address, mail.digest, token)))


def copy_key(message_id: str, thread: str) -> str:
	"""Return the key of a mail of ours that went to several customers, in one of their threads."""
	return source_key("mail", f"{message_id}\n{thread}")


def fallback_key(entry: int, purpose: Purpose, part: int = 0) -> str:
	"""Return the key of what stands in for an entry's deliveries, by which that falls back once, however many of them fail."""
	return source_key("fallback", f"{entry}:{purpose.lower()}:{part}")


def client_id(value: str) -> str:
	"""Return the UUID of a page's row in its usual form. Raise BadInput if it is none."""
	try:
		return str(uuid.UUID(value))
	except (ValueError, AttributeError, TypeError):
		raise BadInput("client_id must be a UUID, made once for each message.") from None
