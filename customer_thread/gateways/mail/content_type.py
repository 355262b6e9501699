"""What a part says it is: its content type with its parameters (RFC 2045, 5.1; RFC 2231), in one pass."""

import re
from dataclasses import dataclass
from email.utils import decode_params, unquote

from customer_thread.gateways.mail.decoding import decode, words

_PARAMETER = re.compile(r"\s*([^=;\s\"]{1,100})\s*=\s*(\"(?:[^\"\\]|\\.)*\"?|[^;]*)|[^;]+", re.DOTALL)
#: what RFC 2045, 5.1 lets stand without quotes
_NAME = r"[!#-'*+\-.0-9A-Z^-~]{1,100}"
_KIND = re.compile(rf"{_NAME}/{_NAME}")
_MEANS_A_KIND = re.compile(r"[^\s/;]+/[^\s/;]+")
#: a name in several pieces has no more of them
MAX_PARAMETERS = 40


@dataclass(frozen=True)
class ContentType:
	"""A Content-Type field; an empty string for what it does not say."""

	#: lower case
	kind: str = "text/plain"
	boundary: str = ""
	charset: str = ""
	name: str = ""
	#: the soft line breaks of RFC 3676
	is_flowed: bool = False
	deletes_space: bool = False


def read(value: str, default: str) -> ContentType:
	"""Return what the field says; `default` where it says nothing, plain text where it makes no sense."""
	if not value:
		return ContentType(default)
	first, _, rest = value.partition(";")
	kind = first.strip().lower()
	given = _parameters(rest)
	return ContentType(
		_known(kind),
		given.get("boundary", "").rstrip()[:200],
		given.get("charset", ""),
		words(given.get("name", "")),
		given.get("format", "").lower() == "flowed",
		given.get("delsp", "").lower() == "yes",
	)


def _known(kind: str) -> str:
	"""Return the kind; of a part whose kind has signs that none can have, that it is a file of no known kind."""
	if _KIND.fullmatch(kind):
		return kind
	return "application/octet-stream" if _MEANS_A_KIND.fullmatch(kind) else "text/plain"


def disposition_of(value: str, content: ContentType) -> tuple[str, str]:
	"""Return what is meant to be done with the part, and its file's name (RFC 2183)."""
	first, _, rest = value.partition(";")
	return first.strip().lower(), words(_parameters(rest).get("filename", "")) or content.name


def _parameters(rest: str) -> dict[str, str]:
	found: list[tuple[str, str]] = []
	at = 0
	while at < len(rest) and len(found) < MAX_PARAMETERS:
		match = _PARAMETER.match(rest, at)
		if match is None:
			at += 1
			continue
		at = match.end()
		if match[1]:
			value = match[2].strip()
			found.append((match[1].lower(), value if value.startswith('"') else f'"{value}"'))
	try:
		decoded = decode_params([("", ""), *found])[1:]
	except (ValueError, LookupError, TypeError, IndexError):
		decoded = list(found)
	given: dict[str, str] = {}
	for name, value in decoded:
		given.setdefault(name, _plain(value))
	return given


def _plain(value: object) -> str:
	"""Return a parameter's value; in a charset of its own (RFC 2231) it comes as three things."""
	if isinstance(value, tuple):
		charset, _language, text = value
		return decode(unquote(str(text)).encode("latin-1", "replace"), charset)
	return unquote(str(value))
