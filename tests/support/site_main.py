"""The commands of the copied site: `web` serves it at an address, `worker` works in its background."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

# imported once, for every process that is forked from here
import erpnext  # noqa: F401
import site_app
import site_worker
from gunicorn.app.wsgiapp import run

_OPTIONS = ["-w", "2", "--timeout", "120", "--graceful-timeout", "10"]


def main(argv: Sequence[str]) -> int:
	"""Run a command until it is ended."""
	# its children end with it
	os.setsid()
	if argv[0] == "worker":
		site_worker.main()
		return 0
	where = ["--pythonpath", str(Path(__file__).parent)]
	sys.argv = ["gunicorn", "-b", argv[1], *_OPTIONS, *where, f"{site_app.__name__}:application"]
	run()
	return 0
