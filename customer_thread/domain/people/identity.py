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


def owner_of_mail(
	referenced: Sequence[str], known: Sequence[str], trusted: Sequence[str], talked_last: str = ""
) -> Owner:
	"""Return whose a mail is that was sent to no thread's own address.

	`referenced`: the threads of the mails it answers, the nearest first. `known`: the threads its From address
	is a contact point of. `trusted`: of those, the ones for which a fresh mail from it is its owner's words.
	`talked_last`: of those, the one whose last message went to that address, or empty.
	"""
	answered = [thread for thread in dict.fromkeys(referenced) if thread in known]
	if answered:
		return Owner(answered[0], "answers a mail of this thread")
	if referenced and known:
		# one customer forwarded our mail to another, who answered all: the one's words are not the other's
		return Owner("", "answers a mail to one customer from another's address")
	if referenced:
		return Owner("", "answers a mail to a customer from an address that is not on file")
	if not known:
		return Owner("", "nobody has this address")
	if not trusted:
		return Owner("", "the sender's address is not proven")
	if len(trusted) == 1:
		return Owner(trusted[0], "the address is known and trusted")
	if talked_last in trusted:
		return Owner(talked_last, "several have this address; this one was mailed last")
	return Owner("", "several customers have this address")


def without_tag(address: str) -> str:
	"""Return a mail address without what stands behind a plus: both lead to one mailbox."""
	name, at, domain = address.partition("@")
	return f"{name.partition('+')[0]}{at}{domain}"
