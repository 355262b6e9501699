"""What the bot says, in English; it is translated where it is sent."""

import re
from collections.abc import Iterable, Sequence

from customer_thread.domain.bot.model import Customer, Words
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.words import preview

_COMMAS = re.compile("[,\u060c\u3001\ufe10\ufe11\ufe50\ufe51\uff0c\uff64]")
#: characters of words that are said again
SHOWN = 40

EMPTY = Phrase("Your message was empty: nothing was sent.")
TOO_LATE = Phrase("That was more than ten minutes ago: your words were not kept. Please write them again.")
NOT_SENT = Phrase("Your picture was not sent to anybody.")
NOTES_HOLD_WORDS = Phrase("A note holds words only: your picture was not kept.")
TOO_MANY = Phrase("These are too many pictures: the last were not kept.")


def usage(*, is_plain: bool = True) -> tuple[Phrase, ...]:
	"""Return what can be written, a line each; `is_plain`: whether words alone may be for the only one who wrote."""
	return (
		Phrase("#174 and your words: goes to customer 174."),
		Phrase("#174 alone: what you write in the next ten minutes goes there."),
		Phrase("#174 ? shows what was said last."),
		Phrase("#174 note and your words: a note that only the team reads."),
		Phrase(
			"Words alone: to the customer who wrote last, if it was the only one in twelve hours; else I ask."
		)
		if is_plain
		else Phrase("Words alone: I ask whom they are for."),
	)


def numbered(customers: Iterable[Customer]) -> str:
	"""Return "#957 Sarah Lee", a line for each."""
	return "\n".join(f"#{customer.number} {customer.name}" for customer in customers)


def question(words: Words, customers: Sequence[tuple[int, Customer]]) -> Phrase:
	"""Return whom the bot asks about, each with the number that answers."""
	if not customers:
		if words.is_note:
			return Phrase("Whose note is this? Answer with # and the customer's number, such as #174.")
		return Phrase("Who is this for? Answer with # and the customer's number, such as #174.")
	names = [_without_commas(customer.name) for _number, customer in customers]
	listed = ", ".join(
		f"{number} {name}" + (f" (#{customer.number})" if names.count(name) > 1 else "")
		for (number, customer), name in zip(customers, names, strict=True)
	)
	return (
		Phrase("Whose note is this? {0}", listed) if words.is_note else Phrase("Who is this for? {0}", listed)
	)


def _without_commas(name: str) -> str:
	"""Return a name that cannot pass for several."""
	return " ".join(_COMMAS.sub(" ", name).split())


def unknown(number: str) -> Phrase:
	"""Return that nobody has this number."""
	return Phrase("There is no #{0}.", number)


def dropped(words: Words) -> Phrase:
	"""Return that words that were kept are not sent."""
	if words.text:
		return Phrase("Not sent: “{0}”.", preview(words.text, SHOWN))
	return Phrase("Your picture from before was not sent.")


def only_a_number(number: str) -> Phrase:
	"""Return why a number alone is not sent."""
	return Phrase(
		"“{0}” alone is no customer's number: it was not sent. Write #174 and then the words.", number
	)


def chosen(customer: Customer) -> Phrase:
	"""Return who gets what comes next."""
	return Phrase(
		"What you write in the next ten minutes goes to {0} (#{1}).", customer.name, customer.number
	)


def no_words(customer: Customer) -> Phrase:
	"""Return that there is nothing to be said or noted."""
	return Phrase("What shall I tell {0}? Write #{1} and the words.", customer.name, customer.number)


def empty_note() -> Phrase:
	"""Return that a note has no words."""
	return Phrase("What shall the note say? Write #174 note and the words.")


def elsewhere(named: Customer, place: Customer) -> Phrase:
	"""Return that words for one customer were written where another's are."""
	return Phrase(
		"#{0} is {1}, and this is where you write to {2}: nothing was sent.",
		named.number,
		named.name,
		place.name,
	)


def noted(customer: Customer) -> Phrase:
	"""Return that a note was written."""
	return Phrase("Noted for {0}.", customer.name)
