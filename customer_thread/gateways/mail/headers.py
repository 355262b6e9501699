"""Reads the headers of mails that nobody promised to write well. Nothing here raises."""

import re
from datetime import timezone
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

#: charsets that Python knows as codecs but that no mail means, some of them slow on purpose-made input
NOT_CHARSETS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})
#: what is called so, and what is meant (https://encoding.spec.whatwg.org/#names-and-labels)
MEANT = {
	"ascii": "cp1252",
	"us-ascii": "cp1252",
	"iso-8859-1": "cp1252",
	"latin1": "cp1252",
	"latin-1": "cp1252",
	"windows-1252": "cp1252",
	"gb2312": "gb18030",
	"gbk": "gb18030",
	"ks_c_5601-1987": "cp949",
	"euc-kr": "cp949",
	"shift_jis": "cp932",
}
MESSAGE_ID = re.compile(r"<[^<>\s]+>")
#: nobody answers more mails at once
MAX_IDS = 100
MAX_SUBJECT = 1000
#: longer headers are only looked at so far: some of the library's readers take time squared
MAX_WORDS = 10_000
MAX_ADDRESSES = 50_000
MAX_DATE = 200
YEAR_1990_US = 631_152_000_000_000


def decode(data: bytes, charset: str | None) -> str:
	"""Return bytes as text: by their charset, else as UTF-8, else as Western; without NUL."""
	name = (charset or "us-ascii").strip("'\" ").lower()
	meant = MEANT.get(name, name)
	# text that is valid UTF-8 beyond ASCII is UTF-8, whatever an old client calls it
	tries = ["utf-8", meant] if meant == "cp1252" else [meant, "utf-8"]
	for candidate in tries:
		if candidate.replace("-", "_") in NOT_CHARSETS:
			continue
		try:
			return clean(data.decode(candidate))
		except (LookupError, ValueError):
			continue
	return clean(data.decode("cp1252", "replace"))


def clean(text: str) -> str:
	"""Return the text without NUL and halves of surrogate pairs, which no database takes."""
	return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def values(message: Message, name: str) -> list[str]:
	"""Return the raw values of a header, topmost first, unfolded, still in encoded words."""
	found = []
	for key, value in message.raw_items():
		if key.lower() == name.lower():
			data = str(value).encode("utf-8", "surrogateescape")
			found.append(re.sub(r"[\r\n]+[ \t]*", " ", decode(data, "utf-8")).strip())
	return found


def value(message: Message, name: str) -> str:
	"""Return the topmost raw value of a header, or the empty string."""
	return next(iter(values(message, name)), "")


def words(raw: str) -> str:
	"""Return a header's words: RFC 2047 undone, white space made single blanks."""
	raw = raw[:MAX_WORDS]
	try:
		parts = decode_header(raw)
	except (HeaderParseError, ValueError, LookupError):
		parts = [(raw, None)]
	joined = "".join(part if isinstance(part, str) else decode(part, charset) for part, charset in parts)
	return " ".join(clean(joined).split())


def subject(message: Message) -> str:
	"""Return the subject in words."""
	return words(value(message, "Subject"))[:MAX_SUBJECT]


def addresses(message: Message, *names: str) -> list[tuple[str, str]]:
	"""Return the (name, address) of all mailboxes in these headers; addresses in lower case."""
	found = []
	for name in names:
		for raw in values(message, name):
			for person, address in _mailboxes(raw):
				plain = address.strip().strip("<>").lower()
				if "@" in plain and not re.search(r"\s", plain):
					found.append((words(person), plain))
	return found


def ids(message: Message, name: str) -> list[str]:
	"""Return the Message-IDs in a header, in order, with their angle brackets."""
	return MESSAGE_ID.findall(" ".join(values(message, name)))[-MAX_IDS:]


def references(message: Message) -> tuple[str, ...]:
	"""Return the mails it answers, nearest first: In-Reply-To, then References backwards."""
	return tuple(dict.fromkeys([*ids(message, "In-Reply-To"), *reversed(ids(message, "References"))]))


def sent_at(message: Message, now_us: int) -> int:
	"""Return the Date in µs since 1970; now where it is missing, broken, in the future or before 1990."""
	try:
		at = parsedate_to_datetime(value(message, "Date")[:MAX_DATE])
		# "-0000" is UTC whose writer's zone is not known (RFC 5322, 3.3)
		at = at if at.tzinfo else at.replace(tzinfo=timezone.utc)
		then = int(at.timestamp()) * 1_000_000
	except (ValueError, OverflowError, TypeError, IndexError):
		then = now_us
	return then if YEAR_1990_US <= then <= now_us else now_us


def _mailboxes(raw: str) -> list[tuple[str, str]]:
	raw = raw[:MAX_ADDRESSES]
	try:
		found = [pair for pair in getaddresses([raw]) if pair[1]]
	except (ValueError, IndexError, AttributeError, TypeError, RecursionError):
		found = []
	if found:
		return found
	# the library gives up on the whole header; an address in angle brackets, or a bare one, is still one
	bare = re.findall(r"[^\s<>,;:\"()@]{1,64}@[^\s<>,;:\"()@]{1,255}", raw)
	return [("", address) for address in bare]
