"""What the business knows of its own mails before it reads an answer to one."""

from dataclasses import dataclass

from customer_thread.domain.limits import MAIL_LINE_CHARACTERS


@dataclass(frozen=True)
class Known:
	"""What answers to our own mails are told by."""

	#: addresses our mails come from or are answered at, lower case
	addresses: frozenset[str] = frozenset()
	#: as our mails are signed with
	business_name: str = ""
	#: what we sent lately in this thread, line by line, as `as_compared` gives it
	sent_lines: frozenset[str] = frozenset()

	def names_us(self, text: str) -> bool:
		"""Return whether the text has one of our addresses."""
		lowered = text.lower()
		return "@" in lowered and any(address in lowered for address in self.addresses)


NOTHING = Known()
#: shorter lines are written by everybody
MIN_COMPARED = 25


def as_compared(line: str) -> str:
	"""Return a line as it is compared with what we sent: without marks, blanks as one; "" if it is too short."""
	bare = " ".join(line[:MAIL_LINE_CHARACTERS].lstrip(">| \t").split()).casefold()
	return bare if len(bare) >= MIN_COMPARED else ""


def lines_sent(texts: list[str]) -> frozenset[str]:
	"""Return the lines of our own texts, as compared."""
	return frozenset(found for text in texts for line in text.split("\n") if (found := as_compared(line)))
