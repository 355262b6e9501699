"""Runs command lines, each in a forked child of this warm process: real processes without the imports each time.

Reads orders as JSON lines, writes the exit status of each.
"""

import json
import os
import sys
import traceback

from customer_thread.standalone.__main__ import main


def _run(order: dict[str, list[str]]) -> int:
	for descriptor, name in enumerate(order["files"]):
		opened = os.open(name, os.O_RDWR)
		os.dup2(opened, descriptor)
	try:
		return main(order["argv"])
	except SystemExit as error:
		return error.code if isinstance(error.code, int) else 1
	except BaseException:
		traceback.print_exc()
		return 1


def _obey() -> None:
	for line in sys.stdin:
		order = json.loads(line)
		child = os.fork()
		if child == 0:
			status = _run(order)
			sys.stdout.flush()
			sys.stderr.flush()
			os._exit(status)
		_child, ended = os.waitpid(child, 0)
		print(os.waitstatus_to_exitcode(ended), flush=True)


if __name__ == "__main__":
	_obey()
