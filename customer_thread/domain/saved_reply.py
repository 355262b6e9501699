"""Words that staff send again and again: what they may hold, and how they are filled for a customer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from customer_thread.domain.automations.first_name import first_name
from customer_thread.domain.automations.stop_words import stop_word_asked_for
from customer_thread.domain.cards.sandbox import TemplateFault, View
from customer_thread.domain.cards.templates import names_in, render
from customer_thread.domain.errors import BadInput
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.words import clean

#: a customer's newest document of a kind that is still open, by the name that templates have for it
DOCUMENTS: Mapping[str, Phrase] = {
	"invoice": Phrase("there is no open invoice."),
	"estimate": Phrase("there is no open estimate."),
}
_SHORTCUT = re.compile(r"[\w-]{1,30}")


@dataclass(frozen=True)
class SavedReply:
	"""A Thread Saved Reply."""

	name: str
	title: str
	shortcut: str
	text: str

	@classmethod
	def from_row(cls, row: Mapping[str, Any]) -> "SavedReply":
		"""Return what a row says."""
		return cls(**{name: row.get(name) or "" for name in cls.__dataclass_fields__})


def check(reply: SavedReply) -> None:
	"""Raise BadInput, naming it, if it cannot be filled for a customer of whom all is known, or asks her to opt out."""
	if not reply.title.strip():
		raise _fault(reply, Phrase("the title is empty. Fill it in."))
	if not _SHORTCUT.fullmatch(reply.shortcut):
		raise _fault(
			reply, Phrase("the shortcut is of at most 30 letters, digits and hyphens, without blanks.")
		)
	known = {name: {"number": "#2041", "link": "https://mikes.example/messages"} for name in DOCUMENTS}
	text = fill(reply, "Sarah Lee", "Mike's Contracting", "(555) 010-2000", known)
	if asked := stop_word_asked_for(text):
		raise _fault(
			reply,
			Phrase(
				"the text tells the customer to write {0}, which ends all texts to her phone. Ask for another word, or for a call.",
				asked,
			),
		)


def about(reply: SavedReply) -> str:
	"""Return the kind of document that a reply is about, the first if it is about several, else an empty string.

	Raise TemplateFault for what is no template.
	"""
	used = names_in(reply.text)
	return next((name for name in DOCUMENTS if name in used), "")


def fill(
	reply: SavedReply,
	customer_name: str,
	business_name: str,
	business_phone: str,
	documents: Mapping[str, Mapping[str, str]] = {},
) -> str:
	"""Return the words for a customer, cleaned as those of people are. Raise BadInput if one of them is not known.

	`documents`: the number and link of those that are open, by their kind.
	"""
	customer = {"name": customer_name, "first_name": first_name(customer_name)}
	business = {"name": business_name, "phone": business_phone}
	# what is not known is not there: half a sentence is nobody's answer
	names = {
		"customer": View(_known(customer), "customer", Phrase("the customer")),
		"business": View(_known(business), "business", Phrase("the business")),
	}
	for name in DOCUMENTS:
		names[name] = View(_known(documents.get(name, {})), name, Phrase("the document"))
	try:
		used = names_in(reply.text)
		if unknown := sorted(used - set(names)):
			listed = ", ".join(names)
			raise TemplateFault("uses {0}, which is not there. Use one of {1}.", unknown[0], listed)
		if lacking := [name for name in DOCUMENTS if name in used and not documents.get(name)]:
			raise _fault(reply, DOCUMENTS[lacking[0]])
		text = clean(render(reply.text, names))
	except TemplateFault as error:
		raise _fault(reply, Phrase("the text {0}", error.phrase)) from error
	if not text:
		raise _fault(reply, Phrase("the text is empty. Fill it in."))
	return text


def digest(reply: SavedReply) -> str:
	"""Return 16 hexadecimal digits that stand for all it says."""
	return sha256(repr((reply.title, reply.shortcut, reply.text)).encode()).hexdigest()[:16]


def is_as_shipped(reply: SavedReply, shipped: str) -> bool:
	"""Return whether nobody has changed it since it came; `shipped`: the digest it came with, if any."""
	return bool(shipped) and shipped == digest(reply)


def _known(values: Mapping[str, str]) -> dict[str, str]:
	return {name: value for name, value in values.items() if value}


def _fault(reply: SavedReply, what: Phrase) -> BadInput:
	return BadInput("“{0}”: {1}", reply.title or reply.name, what)
