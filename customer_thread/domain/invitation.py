"""The words of an invitation: the business's own, with places for what differs from customer to customer."""

import re
from typing import NamedTuple

from customer_thread.domain.errors import BadInput
from customer_thread.domain.limits import INVITATION_CHARACTERS

LINK = "link"
PLACES = ("name", "business", LINK)
_PLACE = re.compile(r"\{\s*([^{}]*?)\s*\}")


class Around(NamedTuple):
	"""What stands before a link and after it."""

	before: str
	link: str
	after: str


def check_words(called: str, text: str) -> None:
	"""Raise BadInput for words that cannot be filled in, or that no longer fit into one text once they are."""
	if len(text) > INVITATION_CHARACTERS:
		raise BadInput("{0} may have {1} characters at most.", called, INVITATION_CHARACTERS)
	places = _PLACE.findall(text)
	for place in places:
		if place not in PLACES:
			raise BadInput(
				"“{0}” is filled in nowhere: {1} takes name, business and link in braces.", place, called
			)
		if places.count(place) > 1:
			raise BadInput("{0} has “{1}” more than once.", called, place)


def invitation(text: str, name: str, business: str, link: str) -> str:
	"""Return the words with all that is to stand in them; the link is always among them."""
	if LINK not in _PLACE.findall(text):
		text = f"{text.rstrip()} {{{LINK}}}"
	values = {"name": name, "business": business, LINK: link}
	return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def around(text: str, path: str) -> Around:
	"""Return what stands around the first address with this path in it; an empty link if there is none."""
	found = re.search(rf"https?://\S*?{re.escape(path)}\S*", text)
	if found is None:
		return Around(text, "", "")
	return Around(text[: found.start()].rstrip(), found[0], text[found.end() :].strip())
