"""What becomes of a message to the bot. No word reaches a customer who was not meant, and none is lost unsaid."""

import re
from dataclasses import replace

from customer_thread.domain.bot import phrases
from customer_thread.domain.bot.model import Customer, Decision, Facts, Memory, Words
from customer_thread.domain.bot.read_command import Command, read_command
from customer_thread.domain.limits import BOT_CHOICES, BOT_KEEPS_SECONDS, TEXT_ATTACHMENTS
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.times import HOUR, SECOND

#: how long a forwarded conversation can be answered without its number
RECENT = 12 * HOUR
KEPT = BOT_KEEPS_SECONDS * SECOND
#: digits from which on a number before words may have been meant for a customer's
LIKE_A_NUMBER = 3
_LETTERS = re.compile(r"\w+")


def decide(command: Command, given: Words, facts: Facts) -> Decision:
	"""Return what becomes of a message; `given`: its own words, as `command` reads them, and its attachments."""
	asked = _Asked(facts, given)
	if not command.whole and not command.number and command.verb == "say" and not given.attachments:
		return Decision("empty", facts.memory, answer=(phrases.EMPTY,))
	if command.verb == "help":
		return _help(facts.memory, given)
	if facts.place:
		return _in_place(command, given, facts, facts.place)
	if command.is_bare:
		return _bare(command, given, facts, asked)
	if _may_be_words(command, given, facts):
		return _ask(_as_a_whole(command, given), asked, (), "its number may be one of its words")
	if command.number and (command.is_marked or facts.named or _is_numbered_note(command)):
		return _numbered(command, given, facts, asked)
	named = asked.by_name(command.whole) if command.whole_verb == "say" else None
	if named and asked.words and asked.can_be_answered:
		return _release(named, given, facts, asked.words)
	if named and asked.is_over:
		return Decision("answered too late", _answered(facts.memory), answer=(phrases.TOO_LATE,))
	return _unnumbered(command, _as_a_whole(command, given), facts, asked)


def _may_be_words(command: Command, given: Words, facts: Facts) -> bool:
	"""Return whether a number without a # may well be a price or a house's: another customer is answered just now."""
	if command.is_marked or command.verb != "say" or facts.named is None:
		return False
	likely = _candidates(facts, given.occurred_us)
	return bool(likely) and facts.named not in likely


def _is_numbered_note(command: Command) -> bool:
	"""Return whether a number and then "note" begin it, which is never said to a customer, however wrong the number."""
	return command.verb == "note" and command.whole_verb == "say"


def _as_a_whole(command: Command, given: Words) -> Words:
	"""Return the words with the number they begin with, which is none."""
	return replace(given, text=command.whole, is_note=command.whole_verb == "note")


def _plain(text: str) -> str:
	return " ".join(_LETTERS.findall(text.casefold()))


class _Asked:
	"""What the bot has asked this speaker."""

	def __init__(self, facts: Facts, given: Words) -> None:
		self.facts = facts
		memory = facts.memory
		#: also words that came from before the clock was set right do not outlive their time
		self.is_over = 0 < memory.until_us < max(facts.now_us, given.occurred_us)
		self.words = None if self.is_over or not memory.until_us else memory.words
		#: an answer is no answer to what was written after it
		self.can_be_answered = self.words is not None and given.occurred_us >= self.words.occurred_us

	def choice(self, number: str) -> Customer | None:
		"""Return whom a number chooses."""
		choices = self.facts.memory.choices
		# "01" is no choice
		asked = {str(place): thread for place, thread in enumerate(choices, 1)}
		return self.facts.customer(asked[number]) if number in asked else None

	def by_name(self, text: str) -> Customer | None:
		"""Return the one of the choices whose name a text is and nothing else, with or without the number."""
		said = _plain(text)
		called: dict[str, set[Customer]] = {}
		for place, thread in enumerate(self.facts.memory.choices, 1):
			if customer := self.facts.customer(thread):
				name = _plain(customer.name)
				first = name.partition(" ")[0]
				for known in (name, first, f"{place} {name}", f"{place} {first}"):
					called.setdefault(known, set()).add(customer)
		found = called.get(said, set())
		return next(iter(found)) if said and len(found) == 1 else None

	def again(self, words: Words, first: tuple[Phrase, ...], reason: str) -> Decision:
		"""Return that these words are kept and asked about; whoever was asked about keeps their number."""
		facts = self.facts
		choices = list(facts.memory.choices) if self.words else []
		known = {facts.customer(thread) for thread in choices}
		named = (facts.named,) if facts.named else ()
		for customer in (*_candidates(facts, words.occurred_us), *named, *facts.mentioned):
			if customer not in known and len(choices) < BOT_CHOICES:
				choices.append(customer.thread)
				known.add(customer)
		found = {**{customer.thread: customer for customer in known if customer}, **dict(facts.remembered)}
		listed = [(number, found[thread]) for number, thread in enumerate(choices, 1) if thread in found]
		memory = replace(
			facts.memory, words=words, choices=tuple(choices), until_us=facts.now_us + KEPT, chosen_until_us=0
		)
		return Decision(reason, memory, answer=(*first, phrases.question(words, listed)))


def _help(memory: Memory, given: Words) -> Decision:
	first = (phrases.NOT_SENT,) if given.attachments else ()
	return Decision("asked for help", memory, answer=first, with_usage=True)


def _in_place(command: Command, given: Words, facts: Facts, place: Customer) -> Decision:
	"""Decide where the place itself says whom it is for."""
	is_command = command.is_marked or _is_numbered_note(command) or (command.verb == "lines" and facts.named)
	if is_command and command.number and facts.named is None:
		return Decision("nobody has this number", facts.memory, answer=(phrases.unknown(command.number),))
	if is_command and facts.named and facts.named.thread != place.thread:
		answer = (phrases.elsewhere(facts.named, place),)
		return Decision("it names another than its place", facts.memory, answer=answer)
	if command.number and not is_command:
		# a number before words is one of them
		given = _as_a_whole(command, given)
		return _to(place, given, facts.memory, "its place says whom it is for")
	if command.verb == "lines":
		return _lines(place, given, facts.memory)
	return _to(place, given, facts.memory, "its place says whom it is for")


def _bare(command: Command, given: Words, facts: Facts, asked: _Asked) -> Decision:
	"""Decide about a number and nothing else: an answer, or a choice; never words."""
	named = asked.choice(command.number) or facts.named
	if named and asked.words and asked.can_be_answered:
		return _release(named, given, facts, asked.words)
	late = (phrases.TOO_LATE,) if asked.is_over else ()
	if facts.named and given.attachments:
		return _to(facts.named, given, _spoken(facts.memory, facts.named, given.occurred_us), "its number")
	if facts.named:
		return _choose(
			facts.named, given, _answered(facts.memory) if late else facts.memory, late, facts.now_us
		)
	if asked.words:
		first = (phrases.NOT_SENT,) if given.attachments else ()
		if not asked.choice(command.number):
			first = (*first, phrases.unknown(command.number))
		return asked.again(asked.words, first, "no choice")
	if late:
		return Decision("answered too late", _answered(facts.memory), answer=late)
	answer = (phrases.only_a_number(command.number),)
	return Decision("a number that is nobody's", facts.memory, answer=answer)


def _release(customer: Customer, given: Words, facts: Facts, kept: Words) -> Decision:
	"""Say what was asked about to who was chosen, with what came along."""
	kept = _without_number(kept, customer)
	words = replace(kept, attachments=kept.attachments + given.attachments, occurred_us=given.occurred_us)
	return _to(customer, words, _answered(_spoken(facts.memory, customer, given.occurred_us)), "chosen")


def _without_number(kept: Words, customer: Customer) -> Words:
	"""Return kept words without the number before them, which was this customer's after all."""
	command = read_command(kept.text)
	is_theirs = command.number == customer.number and command.verb == "say" and command.text
	return replace(kept, text=command.text) if is_theirs and not kept.is_note else kept


def _choose(
	customer: Customer, given: Words, memory: Memory, late: tuple[Phrase, ...], now_us: int
) -> Decision:
	"""Let what comes next be for a customer, unless another was named after this was written."""
	if given.occurred_us < memory.named_us:
		answer = (*late, phrases.no_words(customer))
		return Decision("another was named since", memory, customer, answer=answer)
	memory = replace(_spoken(memory, customer, given.occurred_us), chosen_until_us=now_us + KEPT)
	answer = (*late, phrases.chosen(customer))
	return Decision("chosen for what comes next", memory, customer, answer=answer)


def _numbered(command: Command, given: Words, facts: Facts, asked: _Asked) -> Decision:
	"""Decide about what names a customer by number."""
	if facts.named is None:
		first = (phrases.unknown(command.number),)
		if command.verb == "lines" or not (given.text or given.attachments):
			return Decision("nobody has this number", facts.memory, answer=first)
		return _ask(given, asked, first, "nobody has this number")
	if command.verb == "lines":
		return _lines(facts.named, given, facts.memory)
	memory = _spoken(facts.memory, facts.named, given.occurred_us)
	kept = _without_number(asked.words, facts.named) if asked.words else None
	if asked.words and kept and (kept.text, kept.is_note) == (given.text, given.is_note):
		# what was asked about is said with its number now
		given = replace(given, attachments=asked.words.attachments + given.attachments)
		memory = _answered(memory)
	return _to(facts.named, given, memory, "its number")


def _unnumbered(command: Command, given: Words, facts: Facts, asked: _Asked) -> Decision:
	"""Decide about words without a number."""
	if given.is_note and not given.text:
		return Decision("a note without words", facts.memory, answer=(phrases.empty_note(),))
	memory = _answered(facts.memory) if asked.is_over else facts.memory
	if asked.words is None and len(command.number) < LIKE_A_NUMBER:
		chosen, reason = _meant(facts, given.occurred_us)
		if chosen and all(customer == chosen for customer in facts.mentioned):
			return _to(chosen, given, memory, reason)
	return _ask(given, asked, (), "it does not say whom it is for")


def _ask(given: Words, asked: _Asked, first: tuple[Phrase, ...], reason: str) -> Decision:
	"""Keep words and ask about them; of two the later are kept, and a picture belongs to its words."""
	kept = asked.words
	if kept is None or (kept.text, kept.is_note, kept.attachments) == (
		given.text,
		given.is_note,
		given.attachments,
	):
		return asked.again(given, first, reason)
	if not kept.is_note and not given.is_note and not (kept.text and given.text):
		attachments = kept.attachments + given.attachments
		if len(attachments) > TEXT_ATTACHMENTS:
			first = (*first, phrases.TOO_MANY)
		joined = replace(
			kept,
			text=kept.text or given.text,
			attachments=attachments[:TEXT_ATTACHMENTS],
			occurred_us=max(kept.occurred_us, given.occurred_us),
		)
		return asked.again(joined, first, reason)
	old, new = (kept, given) if given.occurred_us >= kept.occurred_us else (given, kept)
	return asked.again(new, (phrases.dropped(old), *first), reason)


def _meant(facts: Facts, occurred_us: int) -> tuple[Customer | None, str]:
	"""Return whom words without a number are for, if that is plain, and why."""
	memory = facts.memory
	last = facts.customer(memory.thread)
	is_chosen = last is not None and max(facts.now_us, occurred_us) <= memory.chosen_until_us
	others = [customer for customer, us in facts.recent if customer != last and us > memory.named_us]
	if is_chosen and not others:
		return last, "chosen before"
	if is_chosen or not facts.is_plain or len(facts.recent) != 1:
		return None, ""
	[(only, forwarded_us)] = facts.recent
	if last not in (None, only) and max(forwarded_us, occurred_us - RECENT) < memory.named_us:
		# whoever was written to since may well be meant
		return None, ""
	return only, "the only conversation in twelve hours"


def _candidates(facts: Facts, occurred_us: int) -> list[Customer]:
	"""Return whom words without a number may be for, the likeliest first."""
	last = facts.customer(facts.memory.thread)
	spoken = [last] if last and facts.memory.named_us >= occurred_us - RECENT else []
	return list(dict.fromkeys([*(customer for customer, _us in facts.recent), *spoken]))


def _to(customer: Customer, words: Words, memory: Memory, reason: str) -> Decision:
	"""Say or note words."""
	if words.is_note:
		if not words.text:
			return Decision("a note without words", memory, customer, answer=(phrases.empty_note(),))
		first = (phrases.NOTES_HOLD_WORDS,) if words.attachments else ()
		return Decision(
			f"note: {reason}",
			memory,
			customer,
			replace(words, attachments=()),
			answer=(phrases.noted(customer), *first),
		)
	if not words.text and not words.attachments:
		return Decision("no words", memory, customer, answer=(phrases.no_words(customer),))
	return Decision(reason, memory, customer, words)


def _lines(customer: Customer, given: Words, memory: Memory) -> Decision:
	first = (phrases.NOT_SENT,) if given.attachments else ()
	return Decision("asked what was said", memory, customer, answer=first, with_lines=True)


def _spoken(memory: Memory, customer: Customer, occurred_us: int) -> Memory:
	"""Remember that a customer was named; who was chosen before is not any more, unless it is them."""
	if occurred_us < memory.named_us:
		return memory
	until = memory.chosen_until_us if memory.thread == customer.thread else 0
	return replace(memory, thread=customer.thread, named_us=occurred_us, chosen_until_us=until)


def _answered(memory: Memory) -> Memory:
	"""Forget what was asked."""
	return replace(memory, words=None, choices=(), until_us=0)
