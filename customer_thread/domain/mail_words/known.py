"""What the business knows of its own mails before it reads an answer to one."""

from collections.abc import Sequence
from dataclasses import dataclass

from customer_thread.domain.limits import KNOWN_TEXT_CHARACTERS

#: shorter lines are written by everybody
MIN_COMPARED = 25
#: what our mails carry to be answered above; in any language the words stand between these
OPENS, CLOSES = "##-", "-##"


@dataclass(frozen=True)
class Known:
	"""What an answer to a mail of ours is told by."""

	#: addresses our mails come from or are answered at, lower case
	addresses: frozenset[str] = frozenset()
	#: as our mails are signed with
	business_name: str = ""
	#: what was lately sent to whoever answers, as it is compared
	sent: tuple[str, ...] = ()

	def names_us(self, text: str) -> bool:
		"""Return whether the text has one of our addresses, or our name."""
		lowered = text.lower()
		if self.business_name and self.business_name.lower() in lowered:
			return True
		return "@" in lowered and any(address in lowered for address in self.addresses)

	def sent_in(self, line: str, above: tuple[int, int] | None) -> tuple[int, int] | None:
		"""Return in which of the texts that were sent the line stands, and where it ends there; None if in none.

		`above`: the same of the line above it. A short line counts only right behind that.
		"""
		compared = _folded(line) if self.sent else ""
		if not compared:
			return None
		if above and self.sent[above[0]].startswith(compared, above[1] + 1):
			return above[0], above[1] + 1 + len(compared)
		if len(compared) < MIN_COMPARED:
			return None
		for number, text in enumerate(self.sent):
			at = text.find(compared)
			if at >= 0:
				return number, at + len(compared)
		return None


NOTHING = Known()


def known(addresses: Sequence[str], business_name: str, texts: Sequence[str]) -> Known:
	"""Return what is known; `texts`: what was sent, the latest first."""
	lowered = frozenset(address.lower() for address in addresses if address)
	sent = (_folded(text[:KNOWN_TEXT_CHARACTERS]) for text in texts)
	return Known(lowered, business_name.strip(), tuple(text for text in sent if text))


def answer_line(words: str) -> str:
	"""Return the line to answer above."""
	return f"{OPENS} {words} {CLOSES}"


def is_answer_line(line: str) -> bool:
	"""Return whether the line is one to answer above, or its head where it was wrapped."""
	return line.lstrip(">|* \t").startswith(OPENS)


def _folded(text: str) -> str:
	return " ".join(text.split()).casefold()
