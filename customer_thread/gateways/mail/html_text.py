"""HTML mail as plain text. Nothing remote is ever loaded; what was quoted comes out behind "> "."""

import re
from collections import Counter
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, Tag

#: what mail programs wrap the history in
QUOTES = (
	".gmail_quote",
	"blockquote[type=cite]",
	".yahoo_quoted",
	".moz-cite-prefix",
	".protonmail_quote",
	"#mail-editor-reference-message-container",
)
#: where Outlook begins the history: everything behind it is quoted
QUOTE_STARTS = ("#appendonsend", "#divRplyFwdMsg")
DROPPED = frozenset(
	[
		"head",
		"style",
		"script",
		"title",
		"template",
		"noscript",
		"object",
		"iframe",
		"svg",
		"math",
		"select",
		"option",
		"textarea",
		"button",
	]
)
BLOCKS = frozenset(
	[
		"address",
		"article",
		"aside",
		"blockquote",
		"body",
		"center",
		"dd",
		"div",
		"dl",
		"dt",
		"fieldset",
		"figure",
		"footer",
		"form",
		"h1",
		"h2",
		"h3",
		"h4",
		"h5",
		"h6",
		"header",
		"hr",
		"li",
		"main",
		"nav",
		"ol",
		"p",
		"pre",
		"section",
		"table",
		"tbody",
		"tfoot",
		"thead",
		"tr",
		"ul",
	]
)
SPACED = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6"])
#: beyond this a mail is a newsletter or an attack; what is new stands at the top
MAX_HTML = 300_000
#: html5lib's time grows with the square of the depth
MAX_DEPTH = 400
FLAT = frozenset(
	[
		"br",
		"hr",
		"img",
		"input",
		"meta",
		"link",
		"p",
		"li",
		"td",
		"th",
		"tr",
		"dd",
		"dt",
		"option",
		"col",
		"wbr",
		"area",
		"base",
	]
)
#: and with the square of a tag's attributes
LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{8000}")
DATA_URL = re.compile(r"data:[\w/+.-]{1,100};base64,[A-Za-z0-9+/=]*")
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")


def to_text(html: str) -> str:
	"""Return the words of an HTML mail, the quoted ones behind "> "; links keep their address."""
	html = DATA_URL.sub("", html)[:MAX_HTML]
	if LONG_TAG.search(html) or _depth(html) > MAX_DEPTH:
		return _crude(html)
	soup = BeautifulSoup(html, "html5lib")
	quotes = {id(tag) for tag in soup.select(", ".join(QUOTES))}
	starts = {id(tag) for tag in soup.select(", ".join(QUOTE_STARTS))}
	return _Writer(quotes, starts).write(soup)


@dataclass
class _Writer:
	quotes: set[int]
	starts: set[int]
	lines: list[str] = field(default_factory=list)
	line: str = ""
	depth: int = 0
	#: everything from here on is history
	rest: bool = False
	preformatted: int = 0

	def write(self, root: Tag) -> str:
		"""Walk the tree without recursion: depth is the sender's choice."""
		stack: list[tuple[object, bool]] = [(root, False)]
		while stack:
			node, closing = stack.pop()
			if isinstance(node, Tag):
				if closing:
					self._close(node)
				elif not _is_hidden(node):
					self._open(node)
					stack.append((node, True))
					stack.extend((child, False) for child in reversed(node.contents))
			elif type(node) in {NavigableString, CData}:
				self._add(str(node))
		self._break()
		return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip()

	def _open(self, tag: Tag) -> None:
		if tag.name == "br":
			self._break(keep_empty=True)
		elif tag.name == "img":
			self._add(_emoji(tag))
		elif tag.name in {"td", "th"}:
			self._add(" ")
		elif tag.name in BLOCKS:
			self._break()
			if tag.name in SPACED:
				self._gap()
			if tag.name == "li":
				self.line = "- "
		self.preformatted += tag.name == "pre"
		if id(tag) in self.starts:
			self._break()
			self.rest = True
		if id(tag) in self.quotes:
			self._break()
			self.depth += 1

	def _close(self, tag: Tag) -> None:
		if tag.name == "a":
			self._add(_address(tag))
		elif tag.name in BLOCKS:
			self._break()
			if tag.name in SPACED:
				self._gap()
		self.preformatted -= tag.name == "pre"
		if id(tag) in self.quotes:
			self._break()
			self.depth -= 1

	def _add(self, text: str) -> None:
		if self.preformatted:
			*whole, last = text.split("\n")
			for part in whole:
				self.line += part
				self._break(keep_empty=True)
			self.line += last
			return
		text = re.sub(r"[ \t\r\n\f\u00a0]+", " ", text)
		self.line += text.lstrip(" ") if not self.line or self.line.endswith(" ") else text

	def _break(self, *, keep_empty: bool = False) -> None:
		text, self.line = self.line.rstrip(), ""
		if text or keep_empty:
			self.lines.append((self._prefix + text).rstrip())

	def _gap(self) -> None:
		blank = self._prefix.rstrip()
		if self.lines and self.lines[-1] != blank:
			self.lines.append(blank)

	@property
	def _prefix(self) -> str:
		return "> " * (self.depth + self.rest)


def _is_hidden(tag: Tag) -> bool:
	style = re.sub(r"\s", "", str(tag.get("style") or "")).lower()
	return tag.name in DROPPED or tag.has_attr("hidden") or "display:none" in style


def _emoji(tag: Tag) -> str:
	"""Return the emoji that some programs send as a picture; other pictures say nothing."""
	alt = str(tag.get("alt") or "")
	return alt if len(alt) <= 8 and alt and not re.search(r"[\x00-\x7f]", alt) else ""


def _address(tag: Tag) -> str:
	href = re.sub(r"[\s\x00]+", "", str(tag.get("href") or ""))
	shown = tag.get_text(" ", strip=True)
	scheme = href.partition(":")[0].lower()
	if scheme not in {"http", "https", "mailto", "tel"}:
		return ""
	plain = re.sub(r"^(https?://(www\.)?|mailto:|tel:)", "", href, flags=re.IGNORECASE).rstrip("/")
	return "" if not shown or plain.lower() in shown.lower() else f" ({href})"


def _depth(html: str) -> int:
	"""Return an upper bound of how deep the tags nest; an end tag that closes nothing counts for nothing."""
	depth = deepest = 0
	opened: Counter[str] = Counter()
	for match in TAG.finditer(html):
		name = match[2].lower()
		if name in FLAT:
			continue
		if not match[1]:
			opened[name] += 1
			depth += 1
		elif opened[name]:
			opened[name] -= 1
			depth -= 1
		deepest = max(deepest, depth)
	return deepest


def _crude(html: str) -> str:
	html = re.sub(r"(?is)<(style|script|head)\b.*?(</\1\s*>|$)", " ", html)
	text = re.sub(r"<[^<>]*>", "\n", html)
	return "\n".join(line.strip() for line in text.split("\n") if line.strip())
