"""The number by which a customer is told a document: “1” of ACC-SINV-2026-00001.

A series' prefix and the zeros before its counter say nothing to a customer. They come back, from the right, only
where another document of the same kind is told by the same number in the same thread.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from customer_thread.domain.model import Party

#: documents told apart by a count, because another's number is their whole name
_SAME = 9
_SEPARATOR = re.compile(r"([-/._]+)")
_TAIL = re.compile(r"\d+$")
_YEAR = re.compile(r"(19|20)\d\d")
#: of amended copies
_COUNT = re.compile(r"[1-9]\d*", re.ASCII)
#: a counter in the middle, as of SINV-00012-2026
_PADDED = re.compile(r"0\d{2,}")
#: names that no person counts: Frappe's ten letters and digits at random, RFC 9562
_RANDOM = re.compile(r"(?=.*[a-z])[0-9a-z]{10}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Numbered:
	"""A document that is to be told by a number."""

	doctype: str
	name: str
	#: the document whose amended copy it is; empty for none
	amended_from: str = ""
	#: ERPNext keeps credit notes and invoices in one DocType
	is_return: bool = False
	#: whether the card is this document's own, and not another's that names it
	is_own: bool = True

	@property
	def kind(self) -> str:
		"""Return the name of those documents that are never to have one number."""
		return f"{self.doctype} return" if self.is_return else self.doctype


@dataclass(frozen=True)
class ShownNumber:
	"""A number that a thread has told, and of which document; an empty name: of one that is gone."""

	name: str
	number: str


#: gives the number of a document in a customer's thread, without “#”
NumberFor = Callable[[Party, Numbered], str]


def whole(_party: Party, document: Numbered) -> str:
	"""Return a document's whole name, whoever reads it."""
	return document.name


def candidates(name: str, amended_from: str = "") -> tuple[str, ...]:
	"""Return the numbers that may stand for a name, from the shortest to the whole: “1”, “2026-1”, …

	A name that no series has given, such as “Deck of Sarah”, has no other than itself.
	"""
	root, suffix = _root(name, amended_from)
	found = [number + suffix for number in (candidates(root) if suffix else _shortened(name))]
	return tuple(dict.fromkeys((*found, name)))


def choose(document: Numbered, shown: Sequence[ShownNumber]) -> str:
	"""Return the number of a document in a thread that has told these, the earliest first.

	It is the one by which the thread has told it, or else the shortest by which it has told no other one. An
	amended copy goes on from the number of its original. What was never told and is only named by another
	document's card leaves the shortest number to the document that will be told by it.
	"""
	options = numbers_asked(document)
	kept = [one.number for one in shown if one.name == document.name and one.number in options]
	if kept:
		return kept[0]
	root, suffix = _root(document.name, document.amended_from)
	if suffix:
		original = choose(replace(document, name=root, amended_from="", is_own=True), shown)
		begun = original + suffix
		options = options[options.index(begun if begun in options else document.name) :]
	if not document.is_own and options[0] != document.name:
		options = options[1:]
	taken = {one.number for one in shown if one.name != document.name}
	return next((number for number in options if number not in taken), document.name)


def numbers_asked(document: Numbered) -> tuple[str, ...]:
	"""Return what a document may be told by: its candidates, and its name with a count where that is another's number.

	The whole name of one may be the short one of another: “2041” beside SINV-2041.
	"""
	counted = (f"{document.name} ({count})" for count in range(2, _SAME + 2))
	return (*candidates(document.name, document.amended_from), *counted)


def names_asked(document: Numbered) -> tuple[str, ...]:
	"""Return the names of documents whose numbers bear upon this one's: its own, its original's, its candidates."""
	root = _root(document.name, document.amended_from)[0]
	asked = (document.name, root, *candidates(document.name, document.amended_from))
	return tuple(dict.fromkeys(name for name in asked if name))


class Numbering:
	"""The numbers that one card tells."""

	def __init__(self, number_for: NumberFor, party: Party, document: Numbered) -> None:
		self._number_for = number_for
		self._party = party
		self._document = document
		#: by which the card tells its own document; empty if it does not
		self.number = ""
		#: whole, those documents that it tells by less
		self.shortened: list[str] = []

	def of(self, document: Numbered) -> str:
		"""Return the number by which this card tells a document."""
		own = self._document
		if not document.doctype or (document.doctype, document.name) == (own.doctype, own.name):
			document = own
		number = self._number_for(self._party, document)
		if document is own:
			self.number = number
		if number != document.name and document.name not in self.shortened:
			self.shortened.append(document.name)
		return number


def _root(name: str, amended_from: str) -> tuple[str, str]:
	"""Return the first of a document's amended copies and what the copy's name has more: “-1”; or "" twice."""
	root, dash, count = name.rpartition("-")
	# a copy of a copy is numbered beside it; a copy may also have the next number of the series, with its zeros
	is_next = amended_from.rpartition("-")[0] == root and root[-1:].isdigit()
	if root and (amended_from == root or is_next) and _COUNT.fullmatch(count):
		return root, dash + count
	return "", ""


def _shortened(name: str) -> list[str]:
	"""Return the numbers of a name that is no amended copy's, the shortest first, but for the whole one."""
	pieces = _SEPARATOR.split(name)
	counter = _counter_of(pieces)
	if counter < 0 or any(letter.isspace() for letter in name) or _RANDOM.fullmatch(name):
		return []
	digits = _TAIL.search(pieces[counter])
	if digits is None:
		return []
	head = pieces[counter][: digits.start()]
	if any(letter.isdigit() for letter in head):
		return []
	counted = (digits.group().lstrip("0") or "0") + "".join(pieces[counter + 1 :])
	found = [counted]
	text = head + counted
	for place in range(counter - 2, -1, -2):
		found.append(text)
		text = pieces[place] + pieces[place + 1] + text
	return [*found, text]


def _counter_of(pieces: list[str]) -> int:
	"""Return which part of a name its series counts up, -1 if none; parts stand between separators."""
	last = len(pieces) - 1
	if not _TAIL.search(pieces[last]) or not pieces[last].isascii():
		return -1
	if not pieces[last].isdigit():
		return last
	for place in range(last, -1, -2):
		if _PADDED.fullmatch(pieces[place]):
			return place
	before = pieces[last - 2] if last >= 2 else ""
	is_count = before.isascii() and before.isdigit() and len(before) > 2 and not _YEAR.fullmatch(before)
	return last - 2 if _YEAR.fullmatch(pieces[last]) and is_count else last
