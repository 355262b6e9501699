"""An HTML mail as start tags, end tags and words, in one pass whatever it holds.

Python's own parser (html.parser) reads the attributes, of one bounded tag at a time: left alone with a mail, it
looks to the end again for every comment, quotation mark or script that is never closed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from customer_thread.domain.limits import HTML_TAG_CHARACTERS

#: their content is no HTML; what is never closed takes the rest, as in a browser
RAW = frozenset(
	{"script", "style", "title", "textarea", "noscript", "template", "iframe", "xmp", "svg", "math"}
)
VOID = frozenset(
	[
		"area",
		"base",
		"br",
		"col",
		"embed",
		"frame",
		"hr",
		"img",
		"input",
		"link",
		"meta",
		"param",
		"source",
		"track",
		"wbr",
		"basefont",
		"keygen",
	]
)
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:_-]{0,40})")
#: attributes that say something
_TELLING = re.compile(r"\b(?:class|id|type|style|hidden|href|alt)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Tag:
	"""A tag as it stands in the mail."""

	name: str
	is_end: bool = False
	attributes: dict[str, str] = field(default_factory=dict)

	@property
	def is_void(self) -> bool:
		"""Return whether nothing can stand in it."""
		return self.name in VOID


class _Attributes(HTMLParser):
	"""Reads one start tag."""

	def __init__(self) -> None:
		super().__init__()
		self.found: dict[str, str] = {}

	def read(self, tag: str) -> dict[str, str]:
		"""Return the tag's attributes; of two with one name the first."""
		self.found = {}
		self.reset()
		self.feed(tag)
		return self.found

	def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
		"""Keep what is read."""
		for name, value in attrs:
			self.found.setdefault(name, value or "")


def tokens(html: str, most: int) -> Iterator[Tag | str]:
	"""Yield the tags and the words between them, entities resolved, of `most` tags at most."""
	reader = _Attributes()
	#: what was looked for to the end and is not there
	absent: set[str] = set()
	lowered = html.lower() if len(html.lower()) == len(html) else html
	at, tags = 0, 0
	while at < len(html) and tags < most:
		opened = html.find("<", at)
		if opened < 0:
			yield unescape(html[at:])
			return
		if opened > at:
			yield unescape(html[at:opened])
		at = opened
		tags += 1
		if html.startswith("<!--", at):
			at = _after(html, "-->", at + 2, absent, _after(html, ">", at, absent, at + 1))
			continue
		if html.startswith(("<!", "<?"), at):
			at = _after(html, ">", at, absent, at + 1)
			continue
		named = _NAME.match(html, at)
		if named is None:
			yield "<"
			at += 1
			continue
		name, is_end = named[1].lower(), html[at + 1] == "/"
		end = _end_of_tag(html, named.end())
		if end < 0:
			yield "<"
			at += 1
			continue
		text = html[at:end]
		if is_end or ("=" not in text and "hidden" not in text.lower()) or not _TELLING.search(text):
			yield Tag(name, is_end)
		else:
			yield Tag(name, is_end, reader.read(text))
		at = end
		if name in RAW and not is_end and not text.endswith("/>"):
			at = _after(lowered, f"</{name}", at, absent, len(html))
			at = _after(html, ">", at, absent, at) if at < len(html) else at


def _after(html: str, sought: str, start: int, absent: set[str], otherwise: int) -> int:
	"""Return the place behind what is sought, each of which is missed only once."""
	if sought in absent:
		return otherwise
	found = html.find(sought, start)
	if found < 0:
		absent.add(sought)
		return otherwise
	return found + len(sought)


def _end_of_tag(html: str, start: int) -> int:
	"""Return the place behind the tag's ">", which does not stand in quotation marks; -1 if it is nowhere near."""
	limit = min(len(html), start + HTML_TAG_CHARACTERS)
	at = start
	while True:
		closed = html.find(">", at, limit)
		if closed < 0:
			return -1
		double, single = html.find('="', at, closed), html.find("='", at, closed)
		first = min((place for place in (double, single) if place >= 0), default=-1)
		if first < 0:
			return closed + 1
		ends = html.find(html[first + 1], first + 2, limit)
		if ends < 0:
			return closed + 1
		at = ends + 1
