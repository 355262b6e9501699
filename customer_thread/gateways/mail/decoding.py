"""Bytes of any charset, and words encoded in headers (RFC 2047), as text. Nothing here raises."""

from email.errors import HeaderParseError
from email.header import decode_header

from customer_thread.domain.limits import MAIL_WORDS

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


def words(raw: str) -> str:
	"""Return a header's words: RFC 2047 undone, white space made single blanks.

	The library's reader takes time squared of what is made up for it, so only so much is looked at.
	"""
	raw = raw[:MAIL_WORDS]
	try:
		parts = decode_header(raw)
	except (HeaderParseError, ValueError, LookupError):
		parts = [(raw, None)]
	joined = "".join(part if isinstance(part, str) else decode(part, charset) for part, charset in parts)
	return " ".join(clean(joined).split())
