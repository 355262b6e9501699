"""What stays of the key of an erased entry, so that a machine that repeats it still writes nothing."""

import re
from collections.abc import Callable

_SEALED = "sealed:"
#: ids of a provider's, and digests: they say nothing of anybody
_SAYS_NOTHING = re.compile(r"text:[a-z]{2}[0-9a-f]{32}|mail:sha256:[0-9a-f]{64}|sealed:[0-9a-f]{64}")


def left_of(source_key: str | None, seal: Callable[[str], str]) -> str | None:
	"""Return the key of an entry or event that is erased; `seal` digests what may have somebody's name in it."""
	if not source_key or _SAYS_NOTHING.fullmatch(source_key):
		return source_key
	return _SEALED + seal(source_key)
