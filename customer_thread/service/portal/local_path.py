"""Where a page may send somebody on to."""

import re

from customer_thread.domain.limits import GOAL_CHARACTERS

#: browsers drop tabs and line breaks and read a backslash as a slash: none of them can be in a path of ours
_LOCAL = re.compile(r"/(?!/)[^\s\\\x00-\x1f\x7f]*")


def local_path(path: str, otherwise: str = "/messages") -> str:
	"""Return a path of this site, never another site's address, nor one so long that it is none of ours."""
	return path if len(path) <= GOAL_CHARACTERS and _LOCAL.fullmatch(path) else otherwise
