"""Who of the team a note means by name."""

import re
from collections.abc import Iterable


def mentioned(text: str, people: Iterable[tuple[str, str]]) -> list[str]:
	"""Return the users whose own name or user name stands in a note behind an @, in any case, each once.

	`people`: those who may be meant, user and own name. Of two names that begin alike the longer is meant; of two
	people of the same name both are.
	"""
	users: dict[str, set[str]] = {}
	for user, name in people:
		for known in (user, name):
			users.setdefault(" ".join(known.casefold().split()), set()).add(user)
	longest_first = sorted((name for name in users if name), key=len, reverse=True)
	if not longest_first:
		return []
	names = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest_first)
	found = re.findall(rf"(?<!\w)@({names})(?!\w)", text.casefold())
	meant = (user for name in found for user in sorted(users[" ".join(name.split())]))
	return list(dict.fromkeys(meant))
