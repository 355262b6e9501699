"""How long customers waited for an answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from customer_thread.domain.working_time import WorkingHours, working_us


@dataclass(frozen=True)
class AnswerTimes:
	"""Of some questions, how they were answered; a question is all that a customer said until somebody answered."""

	asked: int
	answered: int
	#: working time; None: nothing was answered
	median_us: int | None
	#: nine of ten took no longer
	ninth_us: int | None

	@property
	def waiting(self) -> int:
		"""Return how many have no answer yet."""
		return self.asked - self.answered


def answer_times(waits: Iterable[tuple[int, int | None]], hours: WorkingHours) -> AnswerTimes:
	"""Return what questions have in common; each: when it was asked and when answered, µs, None: not yet."""
	asked, took = 0, list[int]()
	for asked_us, answered_us in waits:
		asked += 1
		if answered_us is not None:
			took.append(working_us(hours, asked_us, answered_us))
	took.sort()
	return AnswerTimes(asked, len(took), share_of(took, 50), share_of(took, 90))


def share_of(ordered: Sequence[int], percent: int) -> int | None:
	"""Return the value that this share of all does not exceed (the nearest rank); None of nothing."""
	if not ordered:
		return None
	return ordered[-(-len(ordered) * percent // 100) - 1]
