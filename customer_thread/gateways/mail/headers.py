"""Reads the headers of mails that nobody promised to write well. Nothing here raises."""

import re
from datetime import timezone
from email.utils import getaddresses, parsedate_to_datetime

from customer_thread.domain.limits import (
	MAIL_ADDRESS_BYTES,
	MAIL_RECIPIENTS,
	MAIL_REFERENCES,
	MAIL_SUBJECT,
)
from customer_thread.domain.times import believed
from customer_thread.gateways.mail.decoding import decode, words
from customer_thread.gateways.mail.structure import Part

MESSAGE_ID = re.compile(r"<[^<>\s]{1,998}>")
#: longer dates are none
MAX_DATE = 200


def values(part: Part, name: str) -> list[str]:
	"""Return the raw values of a header, topmost first, unfolded, still in encoded words."""
	key = name.lower()
	return [_unfolded(value) for given, value in part.fields if given == key]


def _unfolded(value: str) -> str:
	return decode(value.encode("utf-8", "surrogateescape"), "utf-8").strip()


def value(part: Part, name: str) -> str:
	"""Return the topmost raw value of a header, or the empty string."""
	return next(iter(values(part, name)), "")


def subject(part: Part) -> str:
	"""Return the subject in words."""
	return words(value(part, "Subject"))[:MAIL_SUBJECT]


def addresses(part: Part, *names: str) -> list[tuple[str, str]]:
	"""Return the (name, address) of the mailboxes in these headers, names still in encoded words.

	Addresses are in lower case; only the first of a long list are looked at.
	"""
	found: list[tuple[str, str]] = []
	left = MAIL_ADDRESS_BYTES
	for raw in (raw for name in names for raw in values(part, name)):
		for person, address in _mailboxes(raw[:left]):
			plain = address.strip().strip("<>").lower()
			if "@" in plain and not re.search(r"\s", plain):
				found.append((person, plain))
		left -= min(len(raw), left)
		if not left or len(found) >= MAIL_RECIPIENTS:
			break
	return found[:MAIL_RECIPIENTS]


def ids(part: Part, name: str) -> list[str]:
	"""Return the Message-IDs in a header, in order, with their angle brackets."""
	return MESSAGE_ID.findall(" ".join(values(part, name)))[-MAIL_REFERENCES:]


def references(part: Part) -> tuple[str, ...]:
	"""Return the mails it answers, nearest first: In-Reply-To, then References backwards."""
	return tuple(dict.fromkeys([*ids(part, "In-Reply-To"), *reversed(ids(part, "References"))]))


def sent_at(part: Part, now_us: int) -> int:
	"""Return the Date in µs since 1970; now where it is missing, broken or not to be believed."""
	try:
		at = parsedate_to_datetime(value(part, "Date")[:MAX_DATE])
		# "-0000" is UTC whose writer's zone is not known (RFC 5322, 3.3)
		at = at if at.tzinfo else at.replace(tzinfo=timezone.utc)
		then = int(at.timestamp()) * 1_000_000
	except (ValueError, OverflowError, TypeError, IndexError):
		then = now_us
	return believed(then, now_us)


def _mailboxes(raw: str) -> list[tuple[str, str]]:
	try:
		found = [pair for pair in getaddresses([raw]) if pair[1]]
	except (ValueError, IndexError, AttributeError, TypeError, RecursionError):
		found = []
	if found:
		return found
	# the library gives up on the whole header; an address in angle brackets, or a bare one, is still one
	bare = re.findall(r"[^\s<>,;:\"()@]{1,64}@[^\s<>,;:\"()@]{1,255}", raw)
	return [("", address) for address in bare]
