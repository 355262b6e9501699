"""Whose words something is. Never a guess: when it is not clear, nobody's until a person says so."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Owner:
	"""The thread it belongs to; `thread` empty: it waits, unmatched, for the reason given."""

	thread: str
	reason: str


def owner_of_sms(known: Sequence[str], talked_last: str) -> Owner:
	"""Return whose a text is.

	`known`: the threads its number is a contact point of. `talked_last`: of those, the one whose last message
	went to that number from this sender, or empty.
	"""
	if len(known) == 1:
		return Owner(known[0], "the number is known")
	if not known:
		return Owner("", "nobody has this number")
	if talked_last in known:
		return Owner(talked_last, "several have this number; this one was texted last")
	return Owner("", "several customers have this number")


def owner_of_mail(by_token: str, by_reference: str, known: Sequence[str], is_proven: bool) -> Owner:
	"""Return whose a mail is.

	`by_token`: the thread of the reply token it was sent to. `by_reference`: the thread of the mail it answers.
	`known`: the threads its From address is a contact point of. `is_proven`: our mail server says that the
	From address is genuine (DMARC).
	"""
	if by_token:
		return Owner(by_token, "sent to the thread's own address")
	if by_reference and known and by_reference not in known:
		# one customer forwarded our mail to another, who answered all: the one's words are not the other's
		return Owner("", "answers a mail to one customer from another's address")
	if by_reference:
		return Owner(by_reference, "answers a mail of this thread")
	if not known:
		return Owner("", "nobody has this address")
	if len(known) > 1:
		return Owner("", "several customers have this address")
	if not is_proven:
		return Owner("", "the sender's address is not proven")
	return Owner(known[0], "the address is known and proven")
