"""What became of the questions that the system asked."""

from dataclasses import dataclass
from typing import Literal

#: yes; the appointment got another time; the customer wrote something else; nothing came; it is still to come
Became = Literal["yes", "moved", "wrote", "silent", "open"]
BECAME: tuple[Became, ...] = ("yes", "moved", "wrote", "silent", "open")


@dataclass(frozen=True)
class Asked:
	"""A message of the system's that asked for a yes. Times in µs."""

	#: when what it asks about begins, as it was told; 0: that is not known
	about_us: int
	#: 0: the customer did not say yes
	confirmed_us: int
	#: whether the same document was given another time since
	is_moved: bool
	#: whether the customer wrote after it
	has_written: bool


def what_became(asked: Asked, now_us: int) -> Became:
	"""Return what became of a question: the first of these that is so."""
	if asked.confirmed_us:
		return "yes"
	if asked.is_moved:
		return "moved"
	if asked.has_written:
		return "wrote"
	return "open" if asked.about_us > now_us else "silent"
