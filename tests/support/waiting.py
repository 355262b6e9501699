"""Waiting for what happens in another process."""

import time
from collections.abc import Callable
from typing import Literal, TypeVar

Found = TypeVar("Found")

#: how the time between two looks goes by, in seconds; a test with a browser handles what comes from it meanwhile
pause: Callable[[float], object] = time.sleep


def wait_until(
	predicate: Callable[[], Found | Literal[False] | None], seconds: float = 60.0, what: str = ""
) -> Found:
	"""Return the first true answer of the predicate. Fail if there is none in time."""
	deadline = time.monotonic() + seconds
	while True:
		found = predicate()
		if found:
			return found
		if time.monotonic() > deadline:
			raise AssertionError(f"not within {seconds} s: {what or predicate}; last answer {found!r}")
		pause(0.02)


def stays(predicate: Callable[[], Found], seconds: float = 0.4) -> Found:
	"""Return the last answer of a predicate that is true all the time. Fail if it ever is not."""
	deadline = time.monotonic() + seconds
	while True:
		found = predicate()
		assert found, f"{predicate} did not stay true"
		if time.monotonic() > deadline:
			return found
		pause(0.05)
