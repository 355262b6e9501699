"""The commands of the copied site: `web` serves it at an address, `worker` works in its background."""

import os
import sys
from collections.abc import Sequence

# imported once, for every process that is forked from here
import erpnext  # noqa: F401
from gunicorn.app.wsgiapp import run

from support import site_app, site_worker

_OPTIONS = ["-w", "2", "--timeout", "120", "--graceful-timeout", "10"]


def main(argv: Sequence[str]) -> int:
	"""Run a command until it is ended."""
	# its children end with it
	os.setsid()
	if argv[0] == "worker":
		site_worker.main()
		return 0
	sys.argv = ["gunicorn", "-b", argv[1], *_OPTIONS, f"{site_app.__name__}:application"]
	run()
	return 0
