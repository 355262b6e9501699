"""HTML mail as plain text. Nothing remote is ever loaded; what was quoted comes out behind "> "."""

import re
from collections import Counter
from dataclasses import dataclass, field

from customer_thread.domain.limits import HTML_CHARACTERS, HTML_DEPTH, HTML_TAGS, MAIL_TEXT_LINES
from customer_thread.domain.mail_words.attribution import lines_above
from customer_thread.domain.mail_words.header_block import is_label
from customer_thread.domain.mail_words.lines import looked_at
from customer_thread.gateways.mail.html_tokens import Tag, tokens

#: what mail programs wrap the history in: its announcement, then a blockquote
_CONTAINERS = frozenset({"gmail_quote", "protonmail_quote"})
#: all of it is history
_QUOTES = frozenset({"yahoo_quoted", "moz-cite-prefix", "zmail_extra", "moz-forward-container"})
_QUOTE_IDS = frozenset({"mail-editor-reference-message-container"})
#: where Outlook begins the history: everything behind it is quoted
_STARTS = frozenset({"appendonsend", "divrplyfwdmsg", "olk_src_body_section"})
_HIDDEN = frozenset({"head", "object", "select", "option", "button", "datalist", "audio", "video", "canvas"})
_BLOCKS = frozenset(
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
_SPACED = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6"])
#: these end when the next one of the same name begins
_IMPLIED = frozenset({"p", "li", "td", "th", "tr", "dd", "dt", "option"})
_DATA_URL = re.compile(r"data:[\w/+.-]{1,100};base64,[A-Za-z0-9+/=]*")
_BLANKS = re.compile(r"[ \t\r\n\f\u00a0]+")
#: what stands between a quote and the words that announce it
_ANNOUNCED_WITHIN = 6
#: of a link's words, compared with where it leads
_PIECES = 20


@dataclass
class _Open:
	name: str
	quotes: bool = False
	hides: bool = False
	container: bool = False
	href: str = ""
	#: the line and the piece of it at which it began
	begun: tuple[int, int] = (0, 0)


@dataclass
class _Writer:
	lines: list[str] = field(default_factory=list)
	pieces: list[str] = field(default_factory=list)
	stack: list[_Open] = field(default_factory=list)
	opened: Counter[str] = field(default_factory=Counter)
	quotes: int = 0
	hidden: int = 0
	preformatted: int = 0
	#: everything from here on is history
	rest: bool = False
	#: in a container, before its blockquote: what announces it
	announcing: int = 0
	#: a forward: all of the container is older
	forwards: bool = False
	ends_blank: bool = True
	breaks: int = 0

	def text(self) -> str:
		self._break()
		return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip()

	def start(self, tag: Tag) -> None:
		name = tag.name
		if (name in _IMPLIED and self.stack and self.stack[-1].name == name) or (
			name in _BLOCKS and self.stack and self.stack[-1].name == "p"
		):
			self._pop()
		if name == "body" and self.opened["head"]:
			self.end("head")
		if self.hidden == 0:
			self._show(tag)
		if not tag.is_void and len(self.stack) < HTML_DEPTH:
			self._push(tag)

	def end(self, name: str) -> None:
		if not self.opened[name]:
			return
		while self._pop() != name:
			pass

	def add(self, text: str) -> None:
		if self.hidden or not text:
			return
		if self.preformatted:
			*whole, last = text.split("\n")
			for part in whole:
				self._write(part)
				self._break(keep_empty=True)
			self._write(last)
			return
		text = _BLANKS.sub(" ", text)
		self._write(text.lstrip(" ") if self.ends_blank else text)

	def _show(self, tag: Tag) -> None:
		if tag.name == "br":
			self._break(keep_empty=True)
		elif tag.name == "img":
			self.add(_emoji(tag.attributes.get("alt", "")))
		elif tag.name in {"td", "th"}:
			self.add(" ")
		elif tag.name in _BLOCKS:
			self._break()
			if tag.name in _SPACED:
				self._gap()
			if tag.name == "li":
				self._write("- ")

	def _push(self, tag: Tag) -> None:
		given = tag.attributes
		style = "".join(given.get("style", "")[:2000].split()).lower()
		item = _Open(
			tag.name,
			href=given.get("href", "") if tag.name == "a" else "",
			begun=(self.breaks, len(self.pieces)),
		)
		item.hides = tag.name in _HIDDEN or "hidden" in given or "display:none" in style
		if not self.hidden and not item.hides:
			self._mark(item, given)
		self.hidden += item.hides
		self.preformatted += tag.name == "pre"
		self.stack.append(item)
		self.opened[tag.name] += 1

	def _mark(self, item: _Open, given: dict[str, str]) -> None:
		classes, id_ = given.get("class", "").lower().split(), given.get("id", "").lower()
		if id_ in _STARTS:
			self._break()
			self.rest = True
		is_quote = item.name == "blockquote"
		if (
			is_quote
			and (
				self.announcing
				or self.quotes
				or given.get("type", "").lower() == "cite"
				or self._is_announced()
			)
		) or (is_quote and not _CONTAINERS.isdisjoint(classes)):
			item.quotes = True
		elif not _CONTAINERS.isdisjoint(classes) and not is_quote:
			item.container = True
		elif not _QUOTES.isdisjoint(classes) or id_ in _QUOTE_IDS:
			item.quotes = True
		if item.quotes or item.container:
			self._break()
		if is_quote and item.quotes and self.announcing and not self.forwards:
			# what stands below the blockquote in its container is an answer
			self.announcing = 0
		self.quotes += item.quotes
		self.announcing += item.container

	def _is_announced(self) -> bool:
		above = looked_at(self.lines[-_ANNOUNCED_WITHIN:])
		while above and not above[-1]:
			above.pop()
		return bool(lines_above(above, len(above), marked=True))

	def _pop(self) -> str:
		item = self.stack.pop()
		self.opened[item.name] -= 1
		if item.href and not self.hidden:
			self._write(self._address(item))
		if item.name in _BLOCKS and not self.hidden:
			self._break()
			if item.name in _SPACED:
				self._gap()
		elif item.quotes or item.container:
			self._break()
		self.hidden -= item.hides
		self.preformatted -= item.name == "pre"
		self.quotes -= item.quotes
		if item.container:
			self.announcing, self.forwards = 0, False
		return item.name

	def _address(self, item: _Open) -> str:
		href = "".join(item.href[:2000].split()).replace("\0", "")
		breaks, piece = item.begun
		first = piece if breaks == self.breaks else 0
		shown = "".join(self.pieces[first : first + _PIECES])
		if href.partition(":")[0].lower() not in {"http", "https", "mailto", "tel"}:
			return ""
		plain = re.sub(r"^(https?://(www\.)?|mailto:|tel:)", "", href, flags=re.IGNORECASE).rstrip("/")
		return "" if not shown.strip() or plain.lower() in shown.lower() else f" ({href})"

	def _write(self, text: str) -> None:
		if text:
			self.pieces.append(text)
			self.ends_blank = text.endswith(" ")

	def _break(self, *, keep_empty: bool = False) -> None:
		text = "".join(self.pieces).rstrip()
		self.pieces, self.ends_blank, self.breaks = [], True, self.breaks + 1
		if self.announcing and is_label(text[:200].strip()):
			self.forwards = True
		if (text or keep_empty) and len(self.lines) < MAIL_TEXT_LINES:
			self.lines.append((self._prefix + text).rstrip())

	def _gap(self) -> None:
		blank = self._prefix.rstrip()
		if self.lines and self.lines[-1] != blank and len(self.lines) < MAIL_TEXT_LINES:
			self.lines.append(blank)

	@property
	def _prefix(self) -> str:
		return "> " * min(self.quotes + bool(self.rest or self.announcing), 10)


def to_text(html: str, tags: int = HTML_TAGS) -> str:
	"""Return the words of an HTML mail, the quoted ones behind "> "; links keep their address.

	Of a mail with too many characters, tags or lines, those at its head.
	"""
	html = _DATA_URL.sub("", html)[:HTML_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n")
	writer = _Writer()
	for token in tokens(html, tags):
		if isinstance(token, str):
			writer.add(token)
		elif token.is_end:
			writer.end(token.name)
		else:
			writer.start(token)
	return writer.text()


def _emoji(alt: str) -> str:
	"""Return the emoji that some programs send as a picture; other pictures say nothing."""
	return alt if len(alt) <= 8 and alt and not re.search(r"[\x00-\x7f]", alt) else ""
