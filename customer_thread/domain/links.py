"""Which words of a text lead somewhere: addresses of the web, of mail, and phone numbers. All else stays text."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice
from typing import TypedDict
from urllib.parse import quote, urlsplit

import idna
import phonenumbers
from linkify_it import LinkifyIt

from customer_thread.domain.limits import (
	LINK_CHARACTERS,
	LINK_SIGNS,
	LINKED_CHARACTERS,
	LINKS_IN_TEXT,
)

#: what is longer is shown by its host: in a bubble on a phone it would take two lines and more
_SHOWN = 44
_KEPT = 256
#: no address has blanks, nor signs that cannot be seen or turn what is read around (Unicode's Cf)
_RUN = re.compile(r"[^\s\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+")
_MAY_LINK = re.compile(r"[^\s.]\.[^\s.]|://|@")
_MAY_DIAL = re.compile(r"\d(?:\D{0,4}\d){6}")
#: what makes looking through a run slow where there are many; an address has few
_SIGNS = "([{\"':.@"
#: "done.It was" lacks a blank, "3.so" is no host
_NO_HOST = re.compile(r"(?:.*\.)?[a-z0-9-]*[a-z0-9]\.[A-Z][a-z]+|[\d.]+\.[a-z]+", re.DOTALL)
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9])?")


class TextPart(TypedDict):
	"""A piece of a text."""

	text: str
	#: where it leads: begins with http, https, mailto or tel; empty for what is no link
	href: str


class _Link(TypedDict):
	start: int
	end: int
	shown: str
	href: str


def link_parts(text: str, region: str = "") -> list[TextPart]:
	"""Return the text in pieces; `region` (US) is for phone numbers without a country.

	What a piece shows is the text as it was written, but a long address by its host, and after a host that is not ASCII
	its other name (RFC 5890): look-alikes of other scripts are seen for what they are.
	"""
	if not _MAY_LINK.search(text) and not _MAY_DIAL.search(text):
		return [{"text": text, "href": ""}] if text else []
	return [{"text": shown, "href": href} for shown, href in _parts(text, region)]


@lru_cache(_KEPT)
def _parts(text: str, region: str) -> tuple[tuple[str, str], ...]:
	pieces: list[tuple[str, str]] = []
	end = 0
	for link in islice(_links(text, region), LINKS_IN_TEXT):
		if link["start"] > end:
			pieces.append((text[end : link["start"]], ""))
		pieces.append((link["shown"], link["href"]))
		end = link["end"]
	if end < len(text):
		pieces.append((text[end:], ""))
	return tuple(pieces)


def _links(text: str, region: str) -> Iterator[_Link]:
	"""Yield the links in their order; a number within an address is a part of it."""
	end = 0
	addresses = _addresses(text)
	numbers = _numbers(text, region) if _MAY_DIAL.search(text) else []
	taken = [(link["start"], link["end"]) for link in addresses]
	free = (number for number in numbers if not any(_touch(number, span) for span in taken))
	for link in sorted((*addresses, *free), key=lambda link: link["start"]):
		if link["start"] >= end:
			yield link
			end = link["end"]


def _touch(link: _Link, span: tuple[int, int]) -> bool:
	return link["start"] < span[1] and span[0] < link["end"]


@cache
def _linkify() -> LinkifyIt:
	"""Return what finds addresses of the web and of mail."""
	found = LinkifyIt(options={"fuzzy_ip": False})
	for schema in ("ftp:", "//"):
		found.add(schema, None)
	return found


def _addresses(text: str) -> list[_Link]:
	found: list[_Link] = []
	for run in _RUN.finditer(text):
		words = run.group()
		if run.end() > LINKED_CHARACTERS:
			break
		is_slow = len(words) > LINK_CHARACTERS or any(words.count(sign) > LINK_SIGNS for sign in _SIGNS)
		if is_slow or not _MAY_LINK.search(words):
			continue
		for match in _linkify().match(words) or ():
			raw = _bare(match.raw)
			link = _mail(raw) if match.schema == "mailto:" else _web(raw, is_whole=bool(match.schema))
			if link:
				start = run.start() + match.index
				shown, href = link
				found.append({"start": start, "end": start + len(raw), "shown": shown, "href": href})
		if len(found) >= LINKS_IN_TEXT:
			break
	return found


_STOPS = ".,;:!?"


def _bare(raw: str) -> str:
	"""Return an address without the punctuation of its sentence, of any script."""
	while raw[-1] in _STOPS or (not raw[-1].isascii() and unicodedata.category(raw[-1]).startswith("P")):
		raw = raw[:-1]
	return raw


def _web(raw: str, *, is_whole: bool) -> tuple[str, str] | None:
	"""Return how an address is shown and where it leads, or None if it had better not lead anywhere."""
	try:
		url = urlsplit(raw if is_whole else f"http://{raw}")
		host, port = url.hostname or "", url.port
	except ValueError:
		return None
	name = _ascii(host)
	# a name before the host is read as if it were the host
	if not name or "@" in url.netloc or (not is_whole and _NO_HOST.fullmatch(url.netloc)):
		return None
	at = f"{name}:{port}" if port else name
	rest = raw[raw.index(url.netloc) + len(url.netloc) :]
	href = f"{url.scheme}://{at}{quote(rest, safe=_URL_SIGNS)}"
	if len(raw) > _SHOWN:
		return f"{at}/…" if rest not in ("", "/") else at, href
	return raw if host.isascii() else f"{raw} ({name})", href


#: what a path, query or fragment is left as it is (RFC 3986 §2.2, and the % of what is encoded already)
_URL_SIGNS = "%/:?#[]@!$&'()*+,;=~"


def _mail(raw: str) -> tuple[str, str] | None:
	address = raw[len("mailto:") :] if raw.lower().startswith("mailto:") else raw
	local, _at, host = address.rpartition("@")
	name = _ascii(host)
	if not name or not local:
		return None
	return raw if host.isascii() else f"{raw} ({name})", f"mailto:{quote(local)}@{name}"


def _ascii(host: str) -> str:
	"""Return a host as the network knows it (RFC 5891), or an empty string if it is none."""
	if not host.isascii():
		try:
			host = idna.encode(host, uts46=True).decode()
		except idna.IDNAError:
			return ""
	host = host.lower()
	return host if _HOST.fullmatch(host) else ""


def _numbers(text: str, region: str) -> list[_Link]:
	found: list[_Link] = []
	# a number that ends where the head does may go on behind it
	head = text[: LINKED_CHARACTERS + 1]
	matcher = phonenumbers.PhoneNumberMatcher(head, region or None, max_tries=LINKS_IN_TEXT)
	for match in islice(matcher, LINKS_IN_TEXT):
		number, raw = match.number, match.raw_string
		if match.end > LINKED_CHARACTERS or text[match.start - 1 : match.start] == "#":
			continue
		if "#" in raw:
			# "(212) 555-0100 #2041" is a number and a document
			raw, number.extension = raw.partition("#")[0].rstrip(), None
		href = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.RFC3966)
		found.append({"start": match.start, "end": match.start + len(raw), "shown": raw, "href": href})
	return found
