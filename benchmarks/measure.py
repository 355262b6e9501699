"""Repeat things in turn, and say what came of it."""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

#: repetitions of each side of a row
TIMES = 40
_WARM = 5

Act = Callable[[], object]


@dataclass(frozen=True)
class Series:
	"""What one side of a row gave, smallest first."""

	values: tuple[float, ...]

	@classmethod
	def of(cls, values: Sequence[float]) -> "Series":
		"""Sort the values."""
		return cls(tuple(sorted(values)))

	@property
	def median(self) -> float:
		"""Return the middle."""
		return statistics.median(self.values)

	def at(self, share: float) -> float:
		"""Return the value below which this share of all lies."""
		return self.values[round(share * (len(self.values) - 1))]

	def written(self, unit: str, digits: int = 2, factor: float = 1.0) -> str:
		"""Return "1.04 ms (1.01–1.15)": the median with p10–p90."""
		low, middle, high = (value * factor for value in (self.at(0.1), self.median, self.at(0.9)))
		return f"{middle:,.{digits}f} {unit} ({low:,.{digits}f}–{high:,.{digits}f})"

	@property
	def ms(self) -> str:
		"""Return seconds as milliseconds."""
		return self.written("ms", 2, 1000)


@dataclass(frozen=True)
class Result:
	"""A line of the table; `is_reached` is None for what cannot be measured yet."""

	key: str
	what: str
	measured: str
	against: str
	ratio: str
	goal: str
	is_reached: bool | None


def in_turn(*acts: Act, times: int = TIMES, between: Act | None = None) -> list[Series]:
	"""Return the seconds of each act, one after the other, A B A B; `between` is not counted."""
	taken: list[list[float]] = [[] for _act in acts]
	for number in range(-_WARM, times):
		for index, act in enumerate(acts):
			gc.collect()
			begun = time.perf_counter()
			act()
			seconds = time.perf_counter() - begun
			if number >= 0:
				taken[index].append(seconds)
			if between:
				between()
	return [Series.of(values) for values in taken]


def times_over(first: Series, second: Series) -> float:
	"""Return the ratio of two medians."""
	return first.median / second.median
